//! Where a gap may end: the places within its reach that are not inside a word, nearest first. They are found in
//! blocks, without a branch for each byte, since at most anchors nothing of what may follow the gap stands anywhere.
//! Places may be named in vain and are never missed: what is a word in other scripts, and which words stand before a
//! place, is for the walk to find out.

use wide::u8x32;

use super::walk::Way;
use crate::text::lanes::{from, inner, is, latin};
use crate::text::{BREAK, OPAQUE, PLACEHOLDER};

/// Words that a gap may take.
pub(super) const WORDS: usize = 5;
/// Bytes in which they are looked for, on either side.
pub(super) const REACH: usize = 512;
/// What no gap goes over, a byte each.
pub(super) const STOPS: [u8; 3] = [BREAK as u8, OPAQUE as u8, PLACEHOLDER as u8];

/// Places that are looked at together.
const BLOCK: usize = 32;

/// Goes from one place to the next.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t [u8],
    way: Way,
    /// The nearest place of the block at hand.
    near: usize,
    /// Places from there on that are still to be looked at.
    reach: usize,
    /// Words that may begin before the gap is at its end.
    words: usize,
    /// The places in the block at hand, the nearest lowest.
    bits: u32,
}

/// What is known of the places of a block, the nearest lowest.
struct Block {
    /// Not inside a word, nor at the wrong side of a blank.
    places: u32,
    /// Where another word begins for certain, seen from the gap.
    words: u32,
    /// What no gap goes over comes next.
    stops: u32,
}

impl<'t> Places<'t> {
    /// Those behind the byte offset `at`, or before it.
    pub(super) fn new(text: &'t [u8], at: usize, way: Way) -> Self {
        let reach = if way == Way::Right { text.len() - at } else { at };
        let mut places = Self { text, way, near: at, reach: reach.min(REACH), words: WORDS + 1, bits: 0 };
        places.look();
        places
    }

    /// Looks at the block that begins with the nearest place.
    fn look(&mut self) {
        let Block { mut places, mut words, stops } = Block::at(self.text, self.near, self.way);
        places &= low(self.reach);
        if stops != 0 {
            places &= low(stops.trailing_zeros() as usize);
            self.reach = 0;
        }
        while words != 0 && self.words > 0 {
            self.words -= 1;
            if self.words == 0 {
                places &= low(words.trailing_zeros() as usize + 1);
                self.reach = 0;
            }
            words &= words - 1;
        }
        self.bits = places;
    }

    fn go_on(&mut self) -> Option<()> {
        self.reach = self.reach.checked_sub(BLOCK).filter(|reach| *reach > 0)?;
        self.near = match self.way {
            Way::Right => self.near + BLOCK,
            Way::Left => self.near - BLOCK,
        };
        self.look();
        Some(())
    }
}

impl Iterator for Places<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            self.go_on()?;
        }
        let distance = self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(match self.way {
            Way::Right => self.near + distance,
            Way::Left => self.near - distance,
        })
    }
}

impl Block {
    /// That of the place `near` and those beyond it.
    #[inline]
    fn at(text: &[u8], near: usize, way: Way) -> Self {
        // Two bytes more, which tell what ends before a place.
        let first = match way {
            Way::Right => near.wrapping_sub(2),
            Way::Left => near.wrapping_sub(BLOCK + 1),
        };
        match text.get(first..).and_then(<[u8]>::first_chunk) {
            Some(bytes) => Self::of(bytes, way),
            None => Self::of(&at_edge(text, first), way),
        }
    }

    #[inline]
    fn of(bytes: &[u8; BLOCK + 2], way: Way) -> Self {
        let [_, rest @ ..] = bytes;
        let lane = |bytes: Option<&[u8; BLOCK]>| u8x32::new(bytes.copied().unwrap_or_default());
        let (second, before, here) = (lane(bytes.first_chunk()), lane(rest.first_chunk()), lane(bytes.last_chunk()));
        let (blank_before, blank_here) = (is(before, b' '), is(here, b' '));
        let two_letters = (letter(before) & letter(here)) | (cyrillic(second) & inner(before) & cyrillic(here));
        let inside = two_letters | inner(here);
        match way {
            Way::Right => Self {
                places: !(inside | blank_here).to_bitmask(),
                words: (blank_before & (letter(here) | cyrillic(here))).to_bitmask(),
                stops: stop(here).to_bitmask(),
            },
            Way::Left => Self {
                places: (!(inside | blank_before).to_bitmask()).reverse_bits(),
                words: (blank_here & (letter(before) | (cyrillic(second) & inner(before)))).to_bitmask().reverse_bits(),
                stops: stop(before).to_bitmask().reverse_bits(),
            },
        }
    }
}

/// The bytes of a block that begins or ends outside the text, where nothing stands.
#[cold]
fn at_edge(text: &[u8], first: usize) -> [u8; BLOCK + 2] {
    std::array::from_fn(|offset| text.get(first.wrapping_add(offset)).copied().unwrap_or_default())
}

/// So many of the lowest bits.
const fn low(bits: usize) -> u32 {
    if bits < BLOCK { (1 << bits) - 1 } else { u32::MAX }
}

#[inline]
fn letter(bytes: u8x32) -> u8x32 {
    latin(bytes) | from(bytes, b'0', 10)
}

/// Bytes with which the letters of Russian and Ukrainian begin.
#[inline]
fn cyrillic(bytes: u8x32) -> u8x32 {
    from(bytes, 0xd0, 2)
}

#[inline]
fn stop(bytes: u8x32) -> u8x32 {
    is(bytes, STOPS[0]) | is(bytes, STOPS[1]) | is(bytes, STOPS[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, is_border, words};

    /// Every border of a word that a gap may reach is among the places.
    #[test]
    fn no_place_is_missed() {
        let texts = [
            "we will, as I said, send it (today) or on 3.5. Then wait for it, please; don't call us.".to_owned(),
            "мы, как я сказал, отправим его сегодня… или завтра — it's ok. «Ждите», 5 дней".to_owned(),
            format!("{} a b c d e f g h", "xxxxxxxxxx, ".repeat(50)),
            "- - - - - - - - - - - - - - - - - - - - - - - - - - one - two".to_owned(),
            "ກະລຸນາລໍຖ້າ ພວກເຮົາ x".to_owned(),
            "a b\nc d e \u{1} f g h i j k l".to_owned(),
        ];
        let mut checked = 0;
        for text in &texts {
            let borders = |at: &usize| text.is_char_boundary(*at) && is_border(text, *at);
            let borders: Vec<usize> = (0..=text.len()).filter(borders).collect();
            for (at, way) in borders.iter().flat_map(|at| [(*at, Way::Right), (*at, Way::Left)]) {
                let found: Vec<usize> = Places::new(text.as_bytes(), at, way).collect();
                for &place in &borders {
                    let between = Span::new(at.min(place), at.max(place)).of(text);
                    let (ahead, next) = match way {
                        Way::Right => (place > at, text.as_bytes().get(place)),
                        Way::Left => (place < at, text.as_bytes().get(place.wrapping_sub(1))),
                    };
                    let goes_over = between.len() >= REACH || between.bytes().any(|byte| STOPS.contains(&byte));
                    let something = next.is_some_and(|next| *next != b' ' && !STOPS.contains(next));
                    if ahead && something && !goes_over && words(between).count() <= WORDS {
                        checked += 1;
                        assert!(found.contains(&place), "{way:?} from {at} to {place} in {text:?}");
                    }
                }
            }
        }
        assert!(checked > 5000, "{checked}");
    }

    #[test]
    fn places_end_with_the_gap() {
        let text = "one two three four five six seven eight".as_bytes();
        let right: Vec<usize> = Places::new(text, 0, Way::Right).collect();
        assert_eq!(right, [0, 4, 8, 14, 19, 24, 28]);
        let left: Vec<usize> = Places::new(text, text.len(), Way::Left).collect();
        assert_eq!(left, [39, 33, 27, 23, 18, 13, 7]);
        assert_eq!(Places::new(b"a b\nc", 1, Way::Right).collect::<Vec<_>>(), [2]);
        assert_eq!(Places::new(b"a\nb c", 5, Way::Left).collect::<Vec<_>>(), [5, 3]);
    }
}
