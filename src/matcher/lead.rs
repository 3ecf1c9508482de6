//! What the first bytes of something may be that is walked to, of each by itself: a look at four bytes of a text rules
//! out nearly all alternatives, also where all letters of a script begin with the same byte. It may say yes too often
//! and never no in error.

use super::part::Part;
use super::slot;
use super::walk::Way;
use crate::lexicon::Slot;

/// Bytes that are known.
const KNOWN: usize = 4;

/// Choices in choices, and one behind the other where one of them may be nothing, that are looked into.
const DEPTH: usize = 4;

/// Whether the white space before something was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blank {
    /// It was, so that more of it is let go.
    Taken,
    /// There was none.
    None,
    Unknown,
}

/// For each of the first bytes on the way a bit for each of its values, of which every fourth shares one: no two small
/// letters of Latin or Cyrillic do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead([u64; KNOWN]);

/// The next bytes of a text on the way, zeros where it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next([u8; KNOWN]);

impl Lead {
    /// That of what may begin with anything, or be nothing.
    pub(super) const ANYTHING: Self = Self([u64::MAX; KNOWN]);
    const NOTHING: Self = Self([0; KNOWN]);

    /// That of parts which follow one another, in the order of the text.
    pub(super) fn of(parts: &[Part], way: Way) -> Self {
        Self::behind(Blank::Unknown, [parts, &[]], way, DEPTH)
    }

    /// That of parts behind words.
    pub(super) fn behind_words(parts: &[Part], way: Way) -> Self {
        Self::behind(Blank::None, [parts, &[]], way, DEPTH)
    }

    /// That of some parts, and of those behind them on the way.
    fn behind(blank: Blank, [parts, then]: [&[Part]; 2], way: Way, depth: usize) -> Self {
        let split = if way == Way::Right { parts.split_first() } else { parts.split_last() };
        let Some((part, rest)) = split else {
            return if then.is_empty() { Self::ANYTHING } else { Self::behind(blank, [then, &[]], way, depth) };
        };
        let rest = if rest.is_empty() { [then, &[]] } else { [rest, then] };
        match part {
            Part::Literal(literal) => {
                let bytes = literal.coarse.as_bytes();
                match way {
                    Way::Right => Self::going_on(bytes.iter(), rest, way, depth),
                    Way::Left => Self::going_on(bytes.iter().rev(), rest, way, depth),
                }
            }
            Part::Choice(choice) if depth > 0 => {
                // What stands behind the rest is not looked at.
                let [rest, _] = rest;
                let alternatives = choice.alternatives().iter();
                Self::of_any(alternatives.map(|one| Self::behind(blank, [&one.parts, rest], way, depth - 1)))
            }
            Part::Space if blank == Blank::Taken => Self::behind(blank, rest, way, depth),
            Part::Space if blank == Blank::None => {
                let lead = Self::behind(Blank::Taken, rest, way, depth);
                // Where nothing needs to follow, neither does a blank.
                if lead.0[0] == u64::MAX { Self::ANYTHING } else { lead.pushed(b' ') }
            }
            Part::Slot(slot) if way == Way::Right => Self::of_slot(*slot),
            Part::Choice(_) | Part::Space | Part::Gap | Part::Ending | Part::Slot(_) => Self::ANYTHING,
        }
    }

    /// That of some bytes, on the way, and the parts behind them.
    fn going_on<'b>(
        bytes: impl DoubleEndedIterator<Item = &'b u8> + ExactSizeIterator,
        rest: [&[Part]; 2],
        way: Way,
        depth: usize,
    ) -> Self {
        let known = bytes.len().min(KNOWN);
        let behind = if known < KNOWN { Self::behind(Blank::None, rest, way, depth) } else { Self::ANYTHING };
        bytes.take(known).rev().fold(behind, |lead, byte| lead.pushed(*byte))
    }

    /// The same behind one more byte.
    const fn pushed(self, byte: u8) -> Self {
        let [a, b, c, _] = self.0;
        Self([bit(byte), a, b, c])
    }

    fn of_slot(slot: Slot) -> Self {
        let mut lead = Self::ANYTHING;
        if matches!(slot, Slot::Number | Slot::Time) {
            let digits = (0..=u8::MAX).filter(|byte| slot::may_be_digit(*byte));
            lead.0[0] = digits.fold(0, |all, byte| all | bit(byte));
        }
        lead
    }

    /// That of a choice between things.
    pub(super) fn of_any(leads: impl Iterator<Item = Self>) -> Self {
        leads.fold(Self::NOTHING, |Self(all), Self(one)| Self(std::array::from_fn(|at| all[at] | one[at])))
    }

    /// Whether it can stand where these bytes come next, or where none can be reached: false is certain.
    #[inline]
    pub(super) fn may_be(self, next: Option<Next>) -> bool {
        let Some(Next(bytes)) = next else { return self.0[0] == u64::MAX };
        // All are looked at, which takes no branch.
        self.0.iter().zip(bytes).fold(true, |fits, (known, byte)| fits & (known & bit(byte) != 0))
    }
}

impl Next {
    /// The bytes that a walk has yet to see.
    #[inline]
    pub(super) fn on(way: Way, bytes: &[u8], at: usize) -> Self {
        let near = match way {
            Way::Right => bytes.get(at..).and_then(<[u8]>::first_chunk).copied(),
            Way::Left => bytes.get(..at).and_then(<[u8]>::last_chunk).map(|[a, b, c, d]| [*d, *c, *b, *a]),
        };
        Self(near.unwrap_or_else(|| Self::at_edge(way, bytes, at)))
    }

    fn at_edge(way: Way, bytes: &[u8], at: usize) -> [u8; KNOWN] {
        let mut near = [0; KNOWN];
        let (before, behind) = bytes.split_at(at.min(bytes.len()));
        let put = |(place, byte): (&mut u8, &u8)| *place = *byte;
        match way {
            Way::Right => near.iter_mut().zip(behind).for_each(put),
            Way::Left => near.iter_mut().zip(before.iter().rev()).for_each(put),
        }
        near
    }
}

#[inline]
const fn bit(byte: u8) -> u64 {
    1 << (byte & 63)
}

#[cfg(test)]
mod tests {
    use super::super::literal::{Care, Literal};
    use super::super::part::Choice;
    use super::*;

    fn literal(words: &str) -> Part {
        Part::Literal(Literal::new(words, Care::loose()))
    }

    #[test]
    fn what_begins_so_may_stand() {
        let choice = Part::Choice(Choice::new([vec![literal("до")], vec![literal("к"), literal("ак")]].into()));
        let rows: [(Vec<Part>, &str, &str); 6] = [
            (vec![literal("tomorrow")], "tomorrow", "yesterday"),
            (vec![literal("by"), Part::Space, literal("noon")], "by noon", "buy it"),
            (vec![literal("завтра")], "завтра", "зимой"),
            (vec![choice.clone(), literal("х")], "как", "по"),
            (vec![literal("a"), choice], "aдо", "aпо"),
            (vec![Part::Gap, literal("x")], "anything", ""),
        ];
        for (parts, fits, other) in rows {
            let right = Lead::of(&parts, Way::Right);
            let next = |text: &str| Some(Next::on(Way::Right, text.as_bytes(), 0));
            assert!(right.may_be(next(fits)), "{parts:?}");
            assert!(other.is_empty() || !right.may_be(next(other)), "{parts:?} {other}");
        }
        let left = Lead::of(&[literal("not"), literal("yet")], Way::Left);
        let next = |text: &str| Some(Next::on(Way::Left, text.as_bytes(), text.len()));
        assert!(left.may_be(next("notyet")) && !left.may_be(next("not yet")) && !left.may_be(next("yet")));
        assert!(!left.may_be(None) && Lead::of(&[], Way::Left).may_be(None));
    }
}
