//! Memory that linting takes, kept from one draft to the next. It knows nothing of a draft once that is
//! linted.

use super::review::{Finding, Review};
use crate::matcher::Hits;
use crate::text::Room;

/// Where drafts are linted, one after the other: one for each thread.
#[derive(Debug, Default)]
pub struct Desk {
    pub(super) room: Room,
    pub(super) hits: Hits,
    /// Room for findings, and none of them.
    findings: Vec<Finding<'static>>,
}

impl Desk {
    /// Takes a review back that nobody needs any more: the next one is written where its findings were.
    pub fn take_back(&mut self, review: Review<'_>) {
        let findings = emptied(review.findings);
        if findings.capacity() > self.findings.capacity() {
            self.findings = findings;
        }
    }

    /// Room for the findings of the next draft.
    pub(super) fn findings<'l>(&mut self) -> Vec<Finding<'l>> {
        emptied(std::mem::take(&mut self.findings))
    }
}

/// The room of a list, for one of another lifetime.
fn emptied<'new>(mut findings: Vec<Finding<'_>>) -> Vec<Finding<'new>> {
    findings.clear();
    // A list that is mapped into one of the same size is written in its place.
    findings.into_iter().map(|_| unreachable!("it was cleared")).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Desk, Draft, Linter};

    #[test]
    fn the_room_of_a_review_is_used_again() {
        let linter = Linter::builtin();
        let mut desk = Desk::default();
        let text = "You must pay. ".repeat(100);
        let review = linter.lint_at(&mut desk, &Draft::new(&text)).expect("a review");
        let place = review.findings.as_ptr() as usize;
        assert_eq!(review.findings.len(), 100);
        desk.take_back(review);
        let review = linter.lint_at(&mut desk, &Draft::new("You must pay today.")).expect("a review");
        assert_eq!((review.findings.len(), review.findings.as_ptr() as usize), (1, place));
    }
}
