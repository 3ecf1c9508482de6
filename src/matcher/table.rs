//! From a key to numbers, with a filter in front that says of nearly every key that it is not there, and
//! behind it the first bytes that each number wants to see next, since many needles begin alike.
//! For the search alone: keys are 64 bits that were mixed already, and nothing is ever added later.

#![allow(clippy::cast_possible_truncation, reason = "of a key, some bits are taken")]

use std::ops::Range;

use crate::lexicon::{Packer, Parts};

/// Bits of a filter for each key.
const BITS: usize = 16;

/// A set of keys that may say yes too often.
#[derive(Debug)]
struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

/// Numbers by key.
#[derive(Debug)]
pub(super) struct Table {
    filter: Filter,
    /// For each place, one more than the number of its key, or 0.
    places: Vec<u32>,
    keys: Vec<u64>,
    /// Where the numbers of each key begin, and where the last ones end.
    starts: Vec<u32>,
    numbers: Vec<u32>,
    /// For each number, what goes on behind the key.
    rests: Vec<Rest>,
}

/// The first bytes of what goes on, the first of them the lowest; where there are fewer, zeros.
pub(super) type Rest = u64;

impl Table {
    /// A table of these keys. The numbers of a key come in the order of their lengths, longest first; those
    /// of a key that has more than `crowd` go to `others`.
    pub(super) fn new(
        keyed: &[(u64, u32, Rest)],
        length: impl Fn(u32) -> usize,
        crowd: usize,
        others: &mut Vec<u32>,
    ) -> Self {
        // By counting: there are too many to be sorted.
        let mut keys = Keys::for_so_many(keyed.len());
        let of: Vec<u32> = keyed.iter().map(|(key, ..)| keys.index(*key)).collect();
        let mut counts = vec![0_u32; keys.list.len()];
        for index in &of {
            counts[*index as usize] += 1;
        }
        let is_crowd: Vec<bool> = counts.iter().map(|count| *count as usize > crowd).collect();
        let mut starts = vec![0; counts.len() + 1];
        for (index, count) in counts.iter().enumerate() {
            starts[index + 1] = starts[index] + if is_crowd[index] { 0 } else { *count };
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; starts[counts.len()] as usize];
        let mut rests = vec![0; numbers.len()];
        for place in longest_first(keyed, length) {
            let (index, (_, number, rest)) = (of[place] as usize, keyed[place]);
            if is_crowd[index] {
                others.push(number);
            } else {
                numbers[next[index] as usize] = number;
                rests[next[index] as usize] = rest;
                next[index] += 1;
            }
        }
        let Keys { list: keys, .. } = keys;
        let filter = Filter::new(&keys);
        let mut places = Keys::for_so_many(keys.len());
        for key in &keys {
            places.index(*key);
        }
        Self { filter, places: places.places, keys, starts, numbers, rests }
    }

    /// All numbers that it holds.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Hands the numbers of a key to `wanted`, but for those that cannot be there when `ahead` goes on behind it.
    #[inline]
    pub(super) fn each(&self, key: u64, ahead: impl FnOnce() -> Rest, mut wanted: impl FnMut(u32)) {
        if !self.filter.may_hold(key) {
            return;
        }
        let these = self.found(key);
        if these.is_empty() {
            return;
        }
        let ahead = ahead();
        for (number, rest) in self.numbers[these.clone()].iter().zip(&self.rests[these]) {
            if goes_on(ahead, *rest) {
                wanted(*number);
            }
        }
    }

    fn found(&self, key: u64) -> Range<usize> {
        let mut place = first_place(key, self.places.len());
        while let Some(index) = self.places[place].checked_sub(1) {
            let index = index as usize;
            if self.keys[index] == key {
                return self.starts[index] as usize..self.starts[index + 1] as usize;
            }
            place = (place + 1) % self.places.len();
        }
        0..0
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.words(&self.filter.bits);
        packer.halves(&self.places);
        packer.words(&self.keys);
        packer.halves(&self.starts);
        packer.halves(&self.numbers);
        packer.words(&self.rests);
    }

    /// Reads a table of numbers below `bound`, in which every search ends and finds what is there.
    pub(super) fn unpack(parts: &mut Parts<'_>, bound: usize) -> Option<Self> {
        let bits = parts.words()?;
        let (places, keys) = (parts.halves()?, parts.words()?);
        let (starts, numbers, rests) = (parts.halves()?, parts.halves()?, parts.words()?);
        let fits = bits.len().is_power_of_two()
            && bits.len() > 1
            && places.len().is_power_of_two()
            && places.len() > keys.len().max(1)
            && places.iter().filter(|place| **place != 0).count() == keys.len()
            && places.iter().all(|place| *place as usize <= keys.len())
            && starts.len() == keys.len() + 1
            && starts.is_sorted()
            && starts.last().is_some_and(|end| *end as usize == numbers.len())
            && rests.len() == numbers.len()
            && numbers.iter().all(|number| (*number as usize) < bound);
        let filter = Filter { shift: u64::BITS - bits.len().checked_ilog2()?, bits };
        fits.then_some(Self { filter, places, keys, starts, numbers, rests })
    }
}

/// Whether what goes on in a text may be what a number wants, which may be shorter.
#[inline]
fn goes_on(ahead: Rest, rest: Rest) -> bool {
    let wanted = Rest::MAX.checked_shr(rest.leading_zeros() & !7).unwrap_or(0);
    ahead & wanted == rest
}

/// The places of what is keyed, in the order of the lengths of its numbers.
fn longest_first(keyed: &[(u64, u32, Rest)], length: impl Fn(u32) -> usize) -> Vec<usize> {
    let lengths: Vec<usize> = keyed.iter().map(|(_, number, _)| length(*number)).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let mut next = vec![0; longest + 2];
    for length in &lengths {
        next[longest - length + 1] += 1;
    }
    for place in 0..=longest {
        next[place + 1] += next[place];
    }
    let mut order = vec![0; keyed.len()];
    for (pair, length) in lengths.iter().enumerate() {
        let place = &mut next[longest - length];
        order[*place] = pair;
        *place += 1;
    }
    order
}

/// Where the search for a key begins, by the high bits, which are the best mixed ones.
fn first_place(key: u64, places: usize) -> usize {
    (key >> (64 - places.ilog2())) as usize
}

/// Keys by the order in which they came.
struct Keys {
    /// For each place, one more than the index of its key, or 0.
    places: Vec<u32>,
    list: Vec<u64>,
}

impl Keys {
    fn for_so_many(count: usize) -> Self {
        Self { places: vec![0; (count * 2).next_power_of_two().max(2)], list: Vec::new() }
    }

    /// The index of a key, which is noted when it is new.
    fn index(&mut self, key: u64) -> u32 {
        let mut place = first_place(key, self.places.len());
        while let Some(index) = self.places[place].checked_sub(1) {
            if self.list[index as usize] == key {
                return index;
            }
            place = (place + 1) % self.places.len();
        }
        self.list.push(key);
        self.places[place] = self.list.len() as u32;
        self.places[place] - 1
    }
}

impl Filter {
    fn new(keys: &[u64]) -> Self {
        let words = (keys.len() * BITS / 64).next_power_of_two().max(2);
        let mut filter = Self { bits: vec![0; words], shift: 64 - words.ilog2() };
        for key in keys {
            let (word, bit) = filter.place(*key);
            filter.bits[word] |= bit;
        }
        filter
    }

    #[inline]
    fn place(&self, key: u64) -> (usize, u64) {
        ((key >> self.shift) as usize, 1 << ((key >> 26) & 63))
    }

    #[inline]
    fn may_hold(&self, key: u64) -> bool {
        let (word, bit) = self.place(key);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_crowds_are_turned_away() {
        let mix = |number: u32| u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for count in [0, 1, 2, 63, 1_000] {
            let mut others = Vec::new();
            let of = |number| [(mix(number), number, 0), (mix(number), number + 10_000, 0x20_6f74)];
            let keyed: Vec<_> = (0..count).flat_map(of).collect();
            let table = Table::new(&keyed, |_| 0, 2, &mut others);
            let get = |number, ahead| {
                let mut got = Vec::new();
                table.each(mix(number), || ahead, |number| got.push(number));
                got
            };
            assert_eq!(table.numbers().len(), 2 * count as usize);
            for number in 0..count {
                assert_eq!(get(number, 0x79_2066_2020_6f74), [number, number + 10_000]);
                assert_eq!(get(number, 0x6f74), [number]);
            }
            let wrong = (count..count + 10_000).filter(|&number| table.filter.may_hold(mix(number))).count();
            assert!(wrong < 2_000, "{wrong} of 10,000");
            assert!((count..count + 100).all(|number| get(number, 0).is_empty()));
        }
        let mut others = Vec::new();
        let table = Table::new(&[(7, 0, 0), (7, 1, 0), (7, 2, 0)], |_| 0, 2, &mut others);
        assert!(table.numbers().is_empty() && others == [0, 1, 2]);
    }
}
