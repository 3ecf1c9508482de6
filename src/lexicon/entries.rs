//! The entries of a lexicon by their numbers. Where they are kept is nobody's business but this
//! page's.

use std::ops::Index;
use std::slice;

use super::entry::Entry;

/// The entries of a lexicon, in its order.
#[derive(Debug, Clone, Default)]
pub struct Entries(Vec<Entry>);

impl Entries {
    pub(super) const fn new(entries: Vec<Entry>) -> Self {
        Self(entries)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entry of this number, from 0.
    pub fn get(&self, number: usize) -> Option<&Entry> {
        self.0.get(number)
    }

    /// All of them, in the lexicon's order.
    pub fn iter(&self) -> slice::Iter<'_, Entry> {
        self.0.iter()
    }
}

impl Index<usize> for Entries {
    type Output = Entry;

    /// # Panics
    ///
    /// When there is no entry of this number.
    fn index(&self, number: usize) -> &Entry {
        &self.0[number]
    }
}

impl<'l> IntoIterator for &'l Entries {
    type Item = &'l Entry;
    type IntoIter = slice::Iter<'l, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
