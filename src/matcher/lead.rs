//! What the first bytes of something may be that is walked to, of each by itself: a look at four bytes of a text rules
//! out nearly all alternatives, also where all letters of a script begin with the same byte. It may say yes too often
//! and never no in error.

use super::part::Part;
use super::walk::Way;

/// Bytes that are known.
const KNOWN: usize = 4;

/// For each of the first bytes on the way a bit for each of its values, of which every fourth shares one: no two small
/// letters of Latin or Cyrillic do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead([u64; KNOWN]);

/// The next bytes of a text on the way, zeros where it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next([u8; KNOWN]);

impl Lead {
    const ANYTHING: Self = Self([u64::MAX; KNOWN]);
    const NOTHING: Self = Self([0; KNOWN]);

    /// That of parts which follow one another, in the order of the text.
    pub(super) fn of(parts: &[Part], way: Way) -> Self {
        let split = if way == Way::Right { parts.split_first() } else { parts.split_last() };
        match split {
            Some((Part::Literal(literal), rest)) => {
                let bytes = literal.coarse.bytes();
                match way {
                    Way::Right => Self::behind(bytes, rest, way),
                    Way::Left => Self::behind(bytes.rev(), rest, way),
                }
            }
            Some((Part::Choice(choice), _)) => choice.lead(way),
            // Nothing may stand there, or a word of which nothing is known.
            Some((Part::Space | Part::Gap | Part::Ending | Part::Slot(_), _)) | None => Self::ANYTHING,
        }
    }

    /// That of parts to which a blank may lead, and whether it must: it is let go where nothing needs to follow.
    pub(super) fn behind_blank(parts: &[Part], way: Way) -> (Self, bool) {
        let split = if way == Way::Right { parts.split_first() } else { parts.split_last() };
        match split {
            Some((Part::Space, rest)) => {
                let lead = Self::of(rest, way);
                (lead, lead.0[0] != u64::MAX)
            }
            _ => (Self::of(parts, way), false),
        }
    }

    /// That of some bytes and the parts behind them.
    fn behind(bytes: impl ExactSizeIterator<Item = u8>, rest: &[Part], way: Way) -> Self {
        let len = bytes.len();
        let mut lead = Self::ANYTHING;
        for (known, byte) in lead.0.iter_mut().zip(bytes) {
            *known = bit(byte);
        }
        if len < KNOWN {
            let behind = Self::of(rest, way);
            lead.0[len..].copy_from_slice(&behind.0[..KNOWN - len]);
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
fn bit(byte: u8) -> u64 {
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
