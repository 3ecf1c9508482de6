//! How to look for a pattern that is not written out: with gaps, slots, endings, or alternatives
//! in great number. Its rarest fixed words become the anchor, which the search finds; the rest
//! is walked from there, see [`super::walk`].

use std::sync::OnceLock;

use super::lead::{Lead, Next};
use super::literal::{Care, Literal};
use super::part::{self, Folding, Part};
use super::walk::{Walk, Way};
use crate::lexicon::{Element, Packer, Pattern, Slot, Spellings, Unpacker};
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
    /// What the text must go on with behind an anchor, and before it: a look at it spares nearly all walks.
    leads: OnceLock<(Lead, Lead)>,
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
pub(super) fn plans(pattern: &Pattern, care: Care, folding: &mut Folding) -> Vec<Plan> {
    let mut plans = Vec::new();
    let elements = pattern.elements();
    split(&elements.iter().map(Piece::of).collect::<Vec<_>>(), care, folding, &mut plans);
    plans
}

fn split(pieces: &[Piece<'_>], care: Care, folding: &mut Folding, plans: &mut Vec<Plan>) {
    let elements = |pieces| <[Piece<'_>]>::iter(pieces).map(|piece| piece.element);
    if let Some(run) = anchor_run(pieces) {
        let anchors = Literal::all(&Spellings::of(elements(&pieces[run.start..run.end])), care);
        let before = folding.parts(elements(&pieces[..run.start]), care);
        plans.push(Plan::new(before, anchors, folding.parts(elements(&pieces[run.end..]), care)));
        return;
    }
    let choices = elements(pieces).enumerate();
    let mut choices =
        choices.filter_map(|(at, element)| if let Element::Choice(all) = element { Some((at, all)) } else { None });
    let Some((at, alternatives)) = choices.next() else { return };
    for alternative in alternatives.iter() {
        let (before, after) = (pieces[..at].iter().copied(), pieces[at + 1..].iter().copied());
        let whole: Vec<Piece<'_>> = before.chain(alternative.iter().map(Piece::of)).chain(after).collect();
        split(&whole, care, folding, plans);
    }
}

/// The stretch that is best looked for. Every hit of an anchor is walked from, so that the rarest is taken; but
/// every form of it takes room, so that of those that are rare enough, the one of the fewest forms is.
fn anchor_run(pieces: &[Piece<'_>]) -> Option<Span> {
    let mut best: Option<(f64, u64, Span)> = None;
    for start in 0..pieces.len() {
        if !pieces[start].fixed.is_some_and(Fixed::is_edge) {
            continue;
        }
        let (mut share, mut forms) = (1.0, 1_u64);
        for (end, next) in (start + 1..).zip(pieces[start..].iter().map_while(|next| next.fixed)) {
            (share, forms) = (share * next.share, forms.saturating_mul(next.forms));
            if forms > MOST_ANCHORS {
                break;
            }
            // Of those that are alike, the last.
            let better = |(held, those, _): &(f64, u64, Span)| (share.max(RARE), forms) <= (held.max(RARE), *those);
            // Space at the ends joins the words to what stands there, and is walked.
            if next.is_edge() && best.as_ref().is_none_or(better) {
                best = Some((share, forms, Span::new(start, end)));
            }
            if share <= RARE {
                break;
            }
        }
    }
    best.map(|(.., run)| run)
}

/// An element, and what is known of it if it can be a part of an anchor.
#[derive(Debug, Clone, Copy)]
struct Piece<'p> {
    element: &'p Element,
    fixed: Option<Fixed>,
}

/// What is known of fixed words, or of a choice among them.
#[derive(Debug, Clone, Copy)]
struct Fixed {
    /// Which part of all words it may be, roughly.
    share: f64,
    forms: u64,
    may_be_nothing: bool,
    may_begin_blank: bool,
    may_end_blank: bool,
}

impl<'p> Piece<'p> {
    fn of(element: &'p Element) -> Self {
        Self { element, fixed: Fixed::of(element).filter(|fixed| fixed.forms <= MOST_ANCHORS) }
    }
}

impl Fixed {
    const NOTHING: Self =
        Self { share: 1.0, forms: 1, may_be_nothing: true, may_begin_blank: false, may_end_blank: false };
    const NEVER: Self = Self { share: 0.0, forms: 0, may_be_nothing: false, ..Self::NOTHING };

    fn of(element: &Element) -> Option<Self> {
        match element {
            Element::Text(text) => Some(Self { share: share(text), may_be_nothing: text.is_empty(), ..Self::NOTHING }),
            Element::Space => Some(Self {
                share: share(" "),
                may_be_nothing: false,
                may_begin_blank: true,
                may_end_blank: true,
                ..Self::NOTHING
            }),
            Element::Choice(alternatives) => alternatives.iter().try_fold(Self::NEVER, |all, alternative| {
                let one = alternative.iter().try_fold(Self::NOTHING, |all, next| Some(all.then(Self::of(next)?)))?;
                Some(all.or(one)).filter(|all| all.forms <= MOST_ANCHORS)
            }),
            Element::Ending | Element::Gap | Element::Slot(_) => None,
        }
    }

    fn then(self, next: Self) -> Self {
        Self {
            share: self.share * next.share,
            forms: self.forms.saturating_mul(next.forms),
            may_be_nothing: self.may_be_nothing && next.may_be_nothing,
            may_begin_blank: self.may_begin_blank || self.may_be_nothing && next.may_begin_blank,
            may_end_blank: next.may_end_blank || next.may_be_nothing && self.may_end_blank,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            share: self.share + other.share,
            forms: self.forms.saturating_add(other.forms),
            may_be_nothing: self.may_be_nothing || other.may_be_nothing,
            may_begin_blank: self.may_begin_blank || other.may_begin_blank,
            may_end_blank: self.may_end_blank || other.may_end_blank,
        }
    }

    /// Whether an anchor may begin and end with it.
    const fn is_edge(self) -> bool {
        !self.may_be_nothing && !self.may_begin_blank && !self.may_end_blank
    }
}

/// How often some words stand in a text, roughly: a word of two letters half as often as one of a letter.
fn share(words: &str) -> f64 {
    words.chars().map(|c| if c == ' ' { 1.0 / 8.0 } else { 1.0 / 2.0 }).product()
}

impl Plan {
    fn new(before: Vec<Part>, anchors: Vec<Literal>, after: Vec<Part>) -> Self {
        Self { before, anchors, after, leads: OnceLock::new() }
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        part::pack(&self.before, packer);
        packer.list(&self.anchors, |packer, anchor| anchor.pack(packer));
        part::pack(&self.after, packer);
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let before = part::unpack(unpacker)?;
        Some(Self::new(before, unpacker.list(Literal::unpack)?, part::unpack(unpacker)?))
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
        let text = reading.folded().as_bytes();
        // Of most plans no anchor is ever found.
        let (right, left) = self
            .leads
            .get_or_init(|| (Lead::behind_words(&self.after, Way::Right), Lead::behind_words(&self.before, Way::Left)));
        let goes_on = right.may_be(Some(Next::on(Way::Right, text, span.end)))
            && left.may_be(Some(Next::on(Way::Left, text, span.start)));
        if !goes_on || !self.anchors.get(anchor).is_some_and(|anchor| anchor.fits(reading, span, care)) {
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
