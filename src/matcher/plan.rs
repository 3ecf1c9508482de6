//! How to look for a pattern that is not written out: with gaps, slots, endings, or alternatives
//! in great number. Its longest fixed words become the anchor, which the search finds; the rest
//! is walked from there, see [`super::walk`].

use super::literal::{Care, Literal};
use super::part::{self, Part, parts};
use super::walk::{Walk, Way};
use crate::lexicon::{Element, Packer, Pattern, Slot, Spellings, Unpacker, forms_of, is_literal, write_out};
use crate::text::{Reading, Span};

/// Alternatives that an anchor may have.
const MOST_ANCHORS: u64 = 256;

/// One way through a pattern with fixed words at a known place in it.
#[derive(Debug)]
pub(super) struct Plan {
    before: Vec<Part>,
    /// What the search looks for; any of them.
    pub(super) anchors: Vec<Literal>,
    after: Vec<Part>,
}

/// A place where the whole pattern stands, in folded offsets.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) slots: Vec<(Slot, Span)>,
    pub(super) gap_words: usize,
    /// Which alternatives were taken; two finds with the same path are the same form.
    pub(super) path: Vec<usize>,
}

/// The ways to look for a pattern. A pattern whose fixed words all stand in alternatives has several.
pub(super) fn plans(pattern: &Pattern, care: Care) -> Vec<Plan> {
    let mut plans = Vec::new();
    split(&pattern.elements(), care, &mut plans);
    plans
}

fn split(elements: &[Element], care: Care, plans: &mut Vec<Plan>) {
    if let Some((run, _)) = anchor_runs(elements).into_iter().max_by_key(|(_, weight)| *weight) {
        let anchor = &elements[run.start..run.end];
        plans.push(Plan {
            before: parts(&elements[..run.start], care),
            anchors: Literal::all(&Spellings::of(anchor), care),
            after: parts(&elements[run.end..], care),
        });
        return;
    }
    let choices = elements.iter().enumerate();
    let mut choices =
        choices.filter_map(|(at, element)| if let Element::Choice(all) = element { Some((at, all)) } else { None });
    let Some((at, alternatives)) = choices.next() else { return };
    for alternative in alternatives {
        let whole: Vec<Element> =
            elements[..at].iter().chain(alternative).chain(&elements[at + 1..]).cloned().collect();
        split(&whole, care, plans);
    }
}

/// The stretches that could be anchors, with the length of their shortest spelling.
fn anchor_runs(elements: &[Element]) -> Vec<(Span, usize)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < elements.len() {
        let len =
            elements[at..].iter().take_while(|element| matches!(element, Element::Text(_) | Element::Space)).count();
        if len > 0 {
            let words: usize = elements[at..at + len].iter().map(text_len).sum();
            if words > 0 {
                // Space at the ends joins the words to what stands there, and is walked.
                let first = usize::from(elements[at] == Element::Space);
                let last = usize::from(elements[at + len - 1] == Element::Space);
                runs.push((Span::new(at + first, at + len - last), 2 * words));
            }
            at += len;
            continue;
        }
        let one = &elements[at..=at];
        if is_literal(one) && forms_of(one) <= MOST_ANCHORS {
            let spellings = write_out(one);
            let padded = spellings.iter().any(|words| words.trim().len() != words.len());
            if let Some(shortest) = spellings.iter().map(String::len).min().filter(|len| *len > 0 && !padded) {
                // Many anchors make many attempts, so one fixed stretch of the same length is preferred.
                runs.push((Span::new(at, at + 1), shortest));
            }
        }
        at += 1;
    }
    runs
}

fn text_len(element: &Element) -> usize {
    if let Element::Text(text) = element { text.len() } else { 0 }
}

impl Plan {
    pub(super) fn pack(&self, packer: &mut Packer) {
        part::pack(&self.before, packer);
        packer.list(&self.anchors, |packer, anchor| anchor.pack(packer));
        part::pack(&self.after, packer);
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let before = part::unpack(unpacker)?;
        Some(Self { before, anchors: unpacker.list(Literal::unpack)?, after: part::unpack(unpacker)? })
    }

    /// Whether the anchor can stand only where a word begins, and only where one ends, given that the
    /// whole phrase does.
    pub(super) fn edges(&self) -> (bool, bool) {
        let parts_words = |part: Option<&Part>| matches!(part, None | Some(Part::Space | Part::Gap));
        (parts_words(self.before.last()), parts_words(self.after.first()))
    }

    /// All places where the pattern stands around an anchor at `span`, in folded offsets.
    /// A gap takes the fewest words that will do.
    pub(super) fn around(&self, reading: &Reading<'_>, anchor: usize, span: Span, care: Care) -> Vec<Found> {
        if !self.anchors.get(anchor).is_some_and(|anchor| anchor.fits(reading, span, care)) {
            return Vec::new();
        }
        let right = Walk::new(reading, care, Way::Right).from(&self.after, span.end);
        let left = if right.is_empty() {
            Vec::new()
        } else {
            Walk::new(reading, care, Way::Left).from(&self.before, span.start)
        };
        let mut found = Vec::new();
        for left in &left {
            for right in &right {
                let mut path = left.path.clone();
                path.push(anchor);
                path.extend(&right.path);
                let slots = left.slots.iter().rev().chain(&right.slots).copied().collect();
                found.push(Found {
                    span: Span::new(left.at, right.at),
                    slots,
                    gap_words: left.gap_words + right.gap_words,
                    path,
                });
            }
        }
        found
    }
}
