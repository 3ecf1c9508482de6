//! From a key to numbers, with a filter in front that says of nearly every key that it is not there.
//! For the search alone: keys are 64 bits that were mixed already, and nothing is ever added later.

#![allow(clippy::cast_possible_truncation, reason = "of a key, some bits are taken")]

use std::cmp::Reverse;

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
    /// For each place, one more than the number of the group, or 0.
    places: Vec<u32>,
    groups: Vec<Group>,
    numbers: Vec<usize>,
}

#[derive(Debug)]
struct Group {
    key: u64,
    start: usize,
    end: usize,
}

impl Table {
    /// A table of these keys. The numbers of a key come in the order of their lengths, longest first; those
    /// of a key that has more than `crowd` go to `others`.
    pub(super) fn new(
        mut pairs: Vec<(u64, usize)>,
        length: impl Fn(usize) -> usize,
        crowd: usize,
        others: &mut Vec<usize>,
    ) -> Self {
        pairs.sort_unstable_by_key(|&(key, number)| (key, Reverse(length(number)), number));
        let mut groups = Vec::new();
        let mut numbers = Vec::with_capacity(pairs.len());
        for group in pairs.chunk_by(|a, b| a.0 == b.0) {
            let members = group.iter().map(|(_, number)| *number);
            if group.len() > crowd {
                others.extend(members);
            } else {
                let start = numbers.len();
                numbers.extend(members);
                groups.push(Group { key: group[0].0, start, end: numbers.len() });
            }
        }
        let filter = Filter::new(&groups);
        let mut places = vec![0_u32; (groups.len() * 2).next_power_of_two().max(2)];
        for (index, group) in groups.iter().enumerate() {
            let mut place = first_place(group.key, places.len());
            while places[place] != 0 {
                place = (place + 1) % places.len();
            }
            places[place] = u32::try_from(index + 1).unwrap_or(u32::MAX);
        }
        Self { filter, places, groups, numbers }
    }

    /// All numbers that it holds.
    pub(super) fn numbers(&self) -> &[usize] {
        &self.numbers
    }

    /// The numbers of a key.
    #[inline]
    pub(super) fn get(&self, key: u64) -> &[usize] {
        if self.filter.may_hold(key) { self.found(key) } else { &[] }
    }

    fn found(&self, key: u64) -> &[usize] {
        let mut place = first_place(key, self.places.len());
        while let Some(index) = self.places[place].checked_sub(1) {
            let group = &self.groups[index as usize];
            if group.key == key {
                return &self.numbers[group.start..group.end];
            }
            place = (place + 1) % self.places.len();
        }
        &[]
    }
}

/// Where the search for a key begins, by the high bits, which are the best mixed ones.
fn first_place(key: u64, places: usize) -> usize {
    (key >> (64 - places.ilog2())) as usize
}

impl Filter {
    fn new(groups: &[Group]) -> Self {
        let words = (groups.len() * BITS / 64).next_power_of_two().max(2);
        let mut filter = Self { bits: vec![0; words], shift: 64 - words.ilog2() };
        for group in groups {
            let (word, bit) = filter.place(group.key);
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
        let mix = |number: usize| (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for count in [0, 1, 2, 63, 1_000] {
            let mut others = Vec::new();
            let pairs = (0..count).flat_map(|number| [(mix(number), number), (mix(number), number + 10_000)]).collect();
            let table = Table::new(pairs, |_| 0, 2, &mut others);
            assert_eq!(table.numbers().len(), 2 * count);
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
