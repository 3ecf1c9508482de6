//! How to look for a pattern that is not written out: with gaps, slots, endings, or alternatives
//! in great number. Its rarest fixed words become the anchor, which the search finds; the rest
//! is walked from there, see [`super::walk`].

use super::literal::{Care, Literal};
use super::part::{self, Part, parts};
use super::walk::{Walk, Way};
use crate::lexicon::{Element, Packer, Pattern, Slot, Spellings, Unpacker, forms_of, is_literal, write_out};
use crate::text::{Reading, Span};

/// Alternatives that an anchor may have.
const MOST_ANCHORS: u64 = 256;

/// The [`share`] of all words with which an anchor is rare enough.
const RARE: f64 = 1.0 / 4096.0;

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
    if let Some(run) = anchor_run(elements) {
        plans.push(Plan {
            before: parts(&elements[..run.start], care),
            anchors: Literal::all(&Spellings::of(&elements[run.start..run.end]), care),
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

/// The stretch that is best looked for. Every hit of an anchor is walked from, so that the rarest is taken; but
/// every form of it takes room, so that of those that are rare enough, the one of the fewest forms is.
fn anchor_run(elements: &[Element]) -> Option<Span> {
    let fixed: Vec<Option<Fixed>> = elements.iter().map(Fixed::of).collect();
    let mut best: Option<(f64, u64, Span)> = None;
    for start in 0..fixed.len() {
        if !fixed[start].is_some_and(|first| first.is_edge) {
            continue;
        }
        let (mut share, mut forms) = (1.0, 1_u64);
        for (end, next) in (start + 1..).zip(fixed[start..].iter().map_while(|next| *next)) {
            (share, forms) = (share * next.share, forms.saturating_mul(next.forms));
            if forms > MOST_ANCHORS {
                break;
            }
            // Of those that are alike, the last.
            let better = |(held, those, _): &(f64, u64, Span)| (share.max(RARE), forms) <= (held.max(RARE), *those);
            // Space at the ends joins the words to what stands there, and is walked.
            if next.is_edge && best.as_ref().is_none_or(better) {
                best = Some((share, forms, Span::new(start, end)));
            }
            if share <= RARE {
                break;
            }
        }
    }
    best.map(|(.., run)| run)
}

/// What is known of an element that is fixed words or a choice among them.
#[derive(Debug, Clone, Copy)]
struct Fixed {
    /// Which part of all words it may be, roughly.
    share: f64,
    forms: u64,
    /// An anchor may begin and end with it.
    is_edge: bool,
}

impl Fixed {
    fn of(element: &Element) -> Option<Self> {
        match element {
            Element::Text(text) => Some(Self { share: share(text), forms: 1, is_edge: !text.is_empty() }),
            Element::Space => Some(Self { share: share(" "), forms: 1, is_edge: false }),
            Element::Choice(_) => {
                let one = std::slice::from_ref(element);
                let forms = forms_of(one);
                if !is_literal(one) || forms > MOST_ANCHORS {
                    return None;
                }
                let spellings = write_out(one);
                let is_edge = spellings.iter().all(|words| !words.is_empty() && words.trim().len() == words.len());
                Some(Self { share: spellings.iter().map(|words| share(words)).sum(), forms, is_edge })
            }
            Element::Ending | Element::Gap | Element::Slot(_) => None,
        }
    }
}

/// How often some words stand in a text, roughly: a word of two letters half as often as one of a letter.
fn share(words: &str) -> f64 {
    words.chars().map(|c| if c == ' ' { 1.0 / 8.0 } else { 1.0 / 2.0 }).product()
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
