//! A list whose items are either there or packed, each to be unpacked when it is first asked for: of a
//! large lexicon a draft needs a handful of entries.

use std::fmt;
use std::ops::Index;
use std::sync::OnceLock;

use super::pack::{Packer, Unpacker};
use super::parts::{Items, Parts};

/// What can be kept packed.
pub(crate) trait Keep: Sized {
    /// What items have in common, and is not packed with each.
    type Common: fmt::Debug + Clone;

    fn pack(&self, common: &Self::Common, packer: &mut Packer);

    fn unpack(common: &Self::Common, unpacker: &mut Unpacker<'_>) -> Option<Self>;

    /// What stands for an item that cannot be unpacked. Only somebody who forged a whole file, checksum and
    /// all, ever sees it.
    fn damaged() -> Self;
}

/// Items by their numbers.
#[derive(Debug, Clone)]
pub(crate) enum Kept<T: Keep> {
    Here(Vec<T>),
    Packed(Packed<T>),
}

#[derive(Debug, Clone)]
pub(crate) struct Packed<T: Keep> {
    common: T::Common,
    bytes: Items,
    /// Where each begins, and where the last one ends.
    starts: Vec<u32>,
    /// Those that were asked for, and with them places for their neighbours.
    items: Vec<OnceLock<Neighbours<T>>>,
}

type Neighbours<T> = Box<[OnceLock<Box<T>>]>;

/// Items for which there are places side by side.
const NEIGHBOURS: usize = 64;

impl<T: Keep> Kept<T> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Here(items) => items.len(),
            Self::Packed(packed) => packed.starts.len() - 1,
        }
    }

    #[inline]
    pub(crate) fn get(&self, number: usize) -> Option<&T> {
        match self {
            Self::Here(items) => items.get(number),
            Self::Packed(packed) => packed.get(number),
        }
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &T> + Clone {
        (0..self.len()).map(|number| &self[number])
    }

    pub(crate) fn pack(&self, common: &T::Common, packer: &mut Packer) {
        let mut starts = vec![packer.items_end()];
        starts.extend(self.iter().map(|item| packer.item(|packer| item.pack(common, packer))));
        packer.halves(&starts);
    }

    pub(crate) fn unpack(common: T::Common, parts: &mut Parts<'_>) -> Option<Self> {
        let starts = parts.halves().filter(|starts| !starts.is_empty())?;
        let items = (0..starts.len().div_ceil(NEIGHBOURS)).map(|_| OnceLock::new()).collect();
        Some(Self::Packed(Packed { common, bytes: parts.items(), starts, items }))
    }
}

impl<T: Keep> Packed<T> {
    fn get(&self, number: usize) -> Option<&T> {
        (number + 1 < self.starts.len()).then_some(())?;
        let places = || (0..NEIGHBOURS).map(|_| OnceLock::new()).collect();
        let neighbours = self.items.get(number / NEIGHBOURS)?.get_or_init(places);
        Some(neighbours[number % NEIGHBOURS].get_or_init(|| Box::new(self.unpacked(number).unwrap_or_else(T::damaged))))
    }

    fn unpacked(&self, number: usize) -> Option<T> {
        let bytes = self.bytes.get(*self.starts.get(number)?, *self.starts.get(number + 1)?)?;
        let mut unpacker = Unpacker::new(&bytes);
        T::unpack(&self.common, &mut unpacker).filter(|_| unpacker.is_done())
    }
}

#[cold]
fn missing(number: usize, len: usize) -> ! {
    panic!("there are {len} items and no {number}")
}

impl<T: Keep> Index<usize> for Kept<T> {
    type Output = T;

    #[inline]
    fn index(&self, number: usize) -> &T {
        self.get(number).unwrap_or_else(|| missing(number, self.len()))
    }
}

impl<T: Keep> Default for Kept<T> {
    fn default() -> Self {
        Self::Here(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lexicon::parts::{Bytes, Stream};

    impl Keep for String {
        type Common = ();

        fn pack(&self, (): &(), packer: &mut Packer) {
            packer.text(self);
        }

        fn unpack((): &(), unpacker: &mut Unpacker<'_>) -> Option<Self> {
            unpacker.string()
        }

        fn damaged() -> Self {
            "damaged".to_owned()
        }
    }

    #[test]
    fn items_are_unpacked_one_by_one() {
        let words: Vec<String> = (0..200).map(|number| "долг ".repeat(number % 7)).collect();
        let mut packer = Packer::default();
        packer.item(|packer| packer.text("of another list"));
        Kept::Here(words.clone()).pack(&(), &mut packer);
        let [values, arrays, items] = packer.into_parts();
        let unpack = |bytes: Vec<u8>| {
            let bytes: Arc<dyn Bytes> = Arc::new(bytes);
            let all = (arrays.len() + items.len()) as u64;
            let items = Items { bytes: Arc::clone(&bytes), start: arrays.len() as u64 };
            Kept::<String>::unpack((), &mut Parts::new(&values, Stream::new(&*bytes, 0, all), items))
        };
        let bytes = [&arrays[..], &items].concat();
        let kept = unpack(bytes.clone()).expect("it was written");
        assert_eq!((kept[199].as_str(), kept.get(200)), (words[199].as_str(), None));
        assert_eq!(kept.iter().collect::<Vec<_>>(), words.iter().collect::<Vec<_>>());
        for at in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x80;
            // Whatever it is, it does not panic.
            let _ = unpack(bytes).map(|kept| kept.iter().map(String::len).sum::<usize>());
        }
    }
}
