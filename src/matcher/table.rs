//! From a key to numbers, with a filter in front that says of nearly every key that it is not there.
//! For the search alone: keys are 64 bits that were mixed already, and nothing is ever added later.

#![allow(clippy::cast_possible_truncation, reason = "of a key, some bits are taken")]

use std::cmp::Reverse;

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
}

impl Table {
    /// A table of these keys. The numbers of a key come in the order of their lengths, longest first; those
    /// of a key that has more than `crowd` go to `others`.
    pub(super) fn new(
        pairs: Vec<(u64, u32)>,
        length: impl Fn(u32) -> usize,
        crowd: usize,
        others: &mut Vec<u32>,
    ) -> Self {
        let mut rows: Vec<_> = pairs.into_iter().map(|(key, number)| (key, Reverse(length(number)), number)).collect();
        rows.sort_unstable();
        let (mut keys, mut starts, mut numbers) = (Vec::new(), vec![0], Vec::with_capacity(rows.len()));
        for group in rows.chunk_by(|a, b| a.0 == b.0) {
            let members = group.iter().map(|(.., number)| *number);
            if group.len() > crowd {
                others.extend(members);
            } else {
                numbers.extend(members);
                keys.push(group[0].0);
                starts.push(numbers.len() as u32);
            }
        }
        let filter = Filter::new(&keys);
        let mut places = vec![0_u32; (keys.len() * 2).next_power_of_two().max(2)];
        for (index, key) in keys.iter().enumerate() {
            let mut place = first_place(*key, places.len());
            while places[place] != 0 {
                place = (place + 1) % places.len();
            }
            places[place] = u32::try_from(index + 1).unwrap_or(u32::MAX);
        }
        Self { filter, places, keys, starts, numbers }
    }

    /// All numbers that it holds.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// The numbers of a key.
    #[inline]
    pub(super) fn get(&self, key: u64) -> &[u32] {
        if self.filter.may_hold(key) { self.found(key) } else { &[] }
    }

    fn found(&self, key: u64) -> &[u32] {
        let mut place = first_place(key, self.places.len());
        while let Some(index) = self.places[place].checked_sub(1) {
            let index = index as usize;
            if self.keys[index] == key {
                return &self.numbers[self.starts[index] as usize..self.starts[index + 1] as usize];
            }
            place = (place + 1) % self.places.len();
        }
        &[]
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.words(&self.filter.bits);
        packer.halves(&self.places);
        packer.words(&self.keys);
        packer.halves(&self.starts);
        packer.halves(&self.numbers);
    }

    /// Reads a table of numbers below `bound`, in which every search ends and finds what is there.
    pub(super) fn unpack(parts: &mut Parts<'_>, bound: usize) -> Option<Self> {
        let bits = parts.words()?;
        let (places, keys) = (parts.halves()?, parts.words()?);
        let (starts, numbers) = (parts.halves()?, parts.halves()?);
        let fits = bits.len().is_power_of_two()
            && bits.len() > 1
            && places.len().is_power_of_two()
            && places.len() > keys.len().max(1)
            && places.iter().filter(|place| **place != 0).count() == keys.len()
            && places.iter().all(|place| *place as usize <= keys.len())
            && starts.len() == keys.len() + 1
            && starts.is_sorted()
            && starts.last().is_some_and(|end| *end as usize == numbers.len())
            && numbers.iter().all(|number| (*number as usize) < bound);
        let filter = Filter { shift: u64::BITS - bits.len().checked_ilog2()?, bits };
        fits.then_some(Self { filter, places, keys, starts, numbers })
    }
}

/// Where the search for a key begins, by the high bits, which are the best mixed ones.
fn first_place(key: u64, places: usize) -> usize {
    (key >> (64 - places.ilog2())) as usize
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
            let pairs = (0..count).flat_map(|number| [(mix(number), number), (mix(number), number + 10_000)]).collect();
            let table = Table::new(pairs, |_| 0, 2, &mut others);
            assert_eq!(table.numbers().len(), 2 * count as usize);
            for number in 0..count {
                assert_eq!(table.get(mix(number)), [number, number + 10_000]);
            }
            let wrong = (count..count + 10_000).filter(|&number| table.filter.may_hold(mix(number))).count();
            assert!(wrong < 2_000, "{wrong} of 10,000");
            assert!((count..count + 100).all(|number| table.get(mix(number)).is_empty()));
        }
        let mut others = Vec::new();
        let table = Table::new((0..3).map(|number| (7, number)).collect(), |_| 0, 2, &mut others);
        assert!(table.numbers().is_empty() && others == [0, 1, 2]);
    }
}
