//! From a key to numbers, with a filter in front that says of nearly every key that it is not there, and
//! behind it the first bytes that each number wants to see next, since many needles begin alike.
//! For the search alone: keys are 64 bits that were mixed already, and nothing is ever added later.

#![allow(clippy::cast_possible_truncation, reason = "of a key, some bits are taken")]

use std::cmp::Reverse;
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
    /// A table of these keys. The numbers of a key come in the order of their lengths, longest first. Where more
    /// than `crowd` numbers have one key and go on alike, they go to `others`.
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
        let crowded = alike(keyed, &of, &counts, crowd);
        for place in &crowded {
            counts[of[*place] as usize] -= 1;
        }
        let mut starts = vec![0; counts.len() + 1];
        for (index, count) in counts.iter().enumerate() {
            starts[index + 1] = starts[index] + count;
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; starts[counts.len()] as usize];
        let mut rests = vec![0; numbers.len()];
        for place in longest_first(keyed, length) {
            let (index, (_, number, rest)) = (of[place] as usize, keyed[place]);
            if crowded.binary_search(&place).is_ok() {
                others.push(number);
            } else {
                numbers[next[index] as usize] = number;
                rests[next[index] as usize] = rest;
                next[index] += 1;
            }
        }
        for (index, count) in counts.iter().enumerate() {
            if *count as usize > FEW {
                let these = starts[index] as usize..starts[index + 1] as usize;
                sort(&mut numbers[these.clone()], &mut rests[these]);
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
        let (numbers, rests) = (&self.numbers[these.clone()], &self.rests[these]);
        if rests.len() > FEW {
            return among_many(numbers, rests, ahead, wanted);
        }
        for (number, rest) in numbers.iter().zip(rests) {
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

/// Numbers of one key that are looked at one by one. More of them are sorted by how they go on.
const FEW: usize = 32;

/// The bytes that a number looks at.
#[inline]
fn looked_at(rest: Rest) -> Rest {
    Rest::MAX.checked_shr(rest.leading_zeros() & !7).unwrap_or(0)
}

/// Whether what goes on in a text may be what a number wants, which may be shorter.
#[inline]
fn goes_on(ahead: Rest, rest: Rest) -> bool {
    ahead & looked_at(rest) == rest
}

/// The places of what is keyed alike and goes on alike more than `crowd` times, in order.
fn alike(keyed: &[(u64, u32, Rest)], of: &[u32], counts: &[u32], crowd: usize) -> Vec<usize> {
    let is_many = |place: &usize| counts[of[*place] as usize] as usize > crowd;
    let mut many: Vec<usize> = (0..keyed.len()).filter(is_many).collect();
    let go_on = |place: &usize| (of[*place], keyed[*place].2);
    many.sort_by_key(go_on);
    let runs = many.chunk_by(|one, other| go_on(one) == go_on(other)).filter(|run| run.len() > crowd);
    let mut alike = runs.flatten().copied().collect::<Vec<_>>();
    alike.sort_unstable();
    alike
}

/// Sorts the numbers of one key, which come longest first: by how many bytes they look at, most first, so that
/// the longest still do, then by those bytes.
fn sort(numbers: &mut [u32], rests: &mut [Rest]) {
    let mut both: Vec<(Rest, u32)> = rests.iter().copied().zip(numbers.iter().copied()).collect();
    both.sort_by_key(|&(rest, _)| (Reverse(looked_at(rest)), rest));
    for ((rest, number), sorted) in rests.iter_mut().zip(numbers).zip(both) {
        (*rest, *number) = sorted;
    }
}

/// Hands over the numbers of one key that may go on like this, by halving.
#[inline(never)]
fn among_many(mut numbers: &[u32], mut rests: &[Rest], ahead: Rest, mut wanted: impl FnMut(u32)) {
    while let Some(first) = rests.first() {
        let mask = looked_at(*first);
        let of_its_length = rests.partition_point(|rest| looked_at(*rest) >= mask).max(1);
        let (these, shorter) = rests.split_at(of_its_length);
        let (of_these, of_shorter) = numbers.split_at(of_its_length);
        let start = these.partition_point(|rest| *rest < ahead & mask);
        let alike = these[start..].iter().take_while(|rest| **rest == ahead & mask);
        alike.zip(&of_these[start..]).for_each(|(_, number)| wanted(*number));
        (numbers, rests) = (of_shorter, shorter);
    }
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
    fn many_with_one_key_are_found_like_few() {
        let rest = |bytes: &str| bytes.bytes().rev().fold(0, |rest, byte| rest << 8 | Rest::from(byte));
        let texts: Vec<String> =
            (0..400_u32).map(|n| format!("{:.len$}", format!(" {n:07}"), len = n as usize % 9)).collect();
        let keyed: Vec<_> = (0..).zip(&texts).map(|(number, text)| (7, number, rest(text))).collect();
        let (mut turned_away, length) = (Vec::new(), |number: u32| texts[number as usize].len());
        let table = Table::new(&keyed, length, 60, &mut turned_away);
        assert!(turned_away.is_empty() && table.numbers().len() == 400, "{turned_away:?}");
        for ahead in texts.iter().map(|text| rest(text)).chain([rest(" 0000017"), rest(" 1"), 0, Rest::MAX]) {
            let mut found = Vec::new();
            table.each(7, || ahead, |number| found.push(number));
            assert!(found.is_sorted_by_key(|number| Reverse(length(*number))), "the longest come first");
            found.sort_unstable();
            let expected = keyed.iter().filter(|(.., rest)| goes_on(ahead, *rest)).map(|(_, number, _)| *number);
            assert_eq!(found, expected.collect::<Vec<_>>());
        }
    }

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
        let table = Table::new(&[(7, 0, 0), (7, 1, 0), (7, 2, 0), (7, 3, 1)], |_| 0, 2, &mut others);
        assert!(table.numbers() == [3] && others == [0, 1, 2]);
    }
}
