//! Comments in a draft that allow a rule: `<!-- replylint: allow command.you-must -->`. A macro that
//! says a thing on purpose says so in its own file. What a comment covers is decided by
//! [`Reading::block_of`]; an allowance that is of no use is told, since it may be mistyped.

use std::collections::{HashMap, HashSet};

use super::{Linter, nearest_rule};
use crate::lexicon::{Entry, Kind, Lexicon};
use crate::text::{LineIndex, Reading, Span};

/// What a comment begins with that speaks to us.
const ADDRESS: &str = "replylint:";

/// Mistyped rules of one draft for which a near one is looked for, which takes its time.
const MOST_NEAR: usize = 20;

/// The allowances of one draft.
pub(super) struct Allowances {
    list: Vec<Allowance>,
    /// Where each rule is allowed, in the order of the text: places in the list.
    by_rule: HashMap<String, Vec<usize>>,
    /// How often a phrase was let stand.
    pub(super) count: usize,
    notes: Vec<String>,
}

struct Allowance {
    /// A rule or a category.
    rule: String,
    /// Where it is allowed, in offsets of the folded text.
    covers: Span,
    /// The line of the comment.
    line: usize,
    used: bool,
}

impl Allowances {
    /// Reads the comments of a draft.
    pub(super) fn of(reading: &Reading<'_>) -> Self {
        let mut found = Self { list: Vec::new(), by_rule: HashMap::new(), count: 0, notes: Vec::new() };
        let spoken = |content: Span| {
            let said = content.of(reading.text()).trim();
            let (name, rest) = said.split_at_checked(ADDRESS.len() - 1)?;
            (name.eq_ignore_ascii_case(ADDRESS.trim_end_matches(':')) && !rest.starts_with(char::is_alphanumeric))
                .then_some(rest)
        };
        let mut comments = reading
            .prose()
            .comments()
            .iter()
            .filter_map(|comment| Some((comment, spoken(comment.content)?)))
            .peekable();
        if comments.peek().is_none() {
            return found;
        }
        let index = LineIndex::new(reading.text());
        let mut known = HashSet::new();
        for (comment, said) in comments {
            let line = index.position(comment.span.start).line;
            let order = said.strip_prefix(':').unwrap_or_default();
            let words = order.split([' ', ',', '\t', '\n', '\r']).filter(|word| !word.is_empty());
            // What comes behind two hyphens is the reason.
            let mut words = words.take_while(|word| *word != "--").peekable();
            if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("allow")) || words.peek().is_none() {
                let said = said.trim_start_matches(':').trim();
                found.notes.push(format!(
                    "the comment on line {line} says \"{said}\" and means nothing; write \"{ADDRESS} allow RULE\""
                ));
                continue;
            }
            let covers = reading.block_of(comment);
            for rule in words.filter(|rule| known.insert((*rule, covers))) {
                found.by_rule.entry(rule.to_owned()).or_default().push(found.list.len());
                found.list.push(Allowance { rule: rule.to_owned(), covers, line, used: false });
            }
        }
        found
    }

    /// Whether a comment lets an entry stand there.
    pub(super) fn allow(&mut self, entry: &Entry, folded: Span) -> bool {
        if self.list.is_empty() || !matches!(entry.kind, Kind::Avoid | Kind::Require | Kind::Style) {
            return false;
        }
        let mut allowed = false;
        for named in [entry.id.as_str(), entry.id.category()] {
            let Some(places) = self.by_rule.get(named) else { continue };
            // Blocks lie side by side in the order of the text; only the whole draft, or its first
            // block, may cover a place as well, and both come first. One block may have two comments.
            let behind = places.partition_point(|&index| self.list[index].covers.start <= folded.start);
            let near = behind.saturating_sub(2).max(2)..behind.max(2);
            for &index in places.iter().take(2).chain(places.get(near).into_iter().flatten()) {
                let covers = self.list[index].covers.covers(folded);
                self.list[index].used |= covers;
                allowed |= covers;
            }
        }
        self.count += usize::from(allowed);
        allowed
    }

    /// What the author of the comments ought to know.
    pub(super) fn into_notes(self, linter: &Linter) -> Vec<String> {
        let (mut notes, mut looked) = (self.notes, 0);
        for Allowance { rule, line, .. } in self.list.into_iter().filter(|allowance| !allowance.used) {
            let known = || linter.lexicons().flat_map(Lexicon::entries).filter(|entry| entry.id.is(&rule));
            if known().next().is_none() {
                looked += 1;
                let near = (looked <= MOST_NEAR).then(|| nearest_rule(&rule, linter.lexicons())).flatten();
                let near = near.map_or_else(
                    || "; take it out, or write a rule as it stands in [brackets] behind a finding".to_owned(),
                    |near| format!("; did you mean {near}?"),
                );
                notes.push(format!("the comment on line {line} allows {rule}, which no lexicon in force has{near}"));
            } else if known().any(|entry| linter.filter.hears(entry.id.as_str())) {
                notes.push(format!("the comment on line {line} allows {rule}, which is not found there; take it out"));
            }
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use crate::{Draft, Linter};

    #[test]
    fn an_allowance_that_is_repeated_is_one() {
        let said = "command.you-must nothing.such ".repeat(1_000);
        let text = format!("<!-- replylint: allow {said}-->\n<p>You must pay.</p>");
        let draft = Draft::new(&text).with_format(crate::text::Format::Html);
        let linter = Linter::builtin();
        let review = linter.lint(&draft).expect("a review");
        assert_eq!((review.findings.len(), review.allowed, review.notes.len()), (0, 1, 1), "{:?}", review.notes);
    }

    #[test]
    fn every_block_has_its_own_allowance() {
        let block = |number: usize| {
            let comment = if number.is_multiple_of(3_usize) { "" } else { "<!-- replylint: allow command -->" };
            format!("<p>{comment}You must pay.</p>")
        };
        let text: String = ["<p>Hello,</p>".to_owned()].into_iter().chain((0..30).map(block)).collect();
        let draft = Draft::new(&text).with_format(crate::text::Format::Html);
        let linter = Linter::builtin();
        let review = linter.lint(&draft).expect("a review");
        assert_eq!((review.findings.len(), review.allowed, review.notes.len()), (10, 20, 0), "{:?}", review.notes);
    }

    #[test]
    fn not_every_mistyped_rule_is_looked_up() {
        let said: Vec<String> = (0..1_000).map(|number| format!("command.you-mus{number}")).collect();
        let text = format!("<!-- replylint: allow {} -->\n<p>You may pay.</p>", said.join(" "));
        let draft = Draft::new(&text).with_format(crate::text::Format::Html);
        let linter = Linter::builtin();
        let notes = linter.lint(&draft).expect("a review").notes;
        let near = notes.iter().filter(|note| note.contains("did you mean")).count();
        assert_eq!((notes.len(), near), (1_000, super::MOST_NEAR));
    }
}
