//! Which elements of a page are open: as far as it takes to know where one that is not read ends,
//! in markup that may be broken. Every step costs the same, however deep the page is.

use std::collections::HashMap;

use super::elements::is_block;

/// The elements that are open, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Open {
    elements: Vec<(Vec<u8>, bool)>,
    /// Where each name stands among them, so that a stray end tag costs no search.
    levels: HashMap<Vec<u8>, Vec<usize>>,
    blocks: Vec<usize>,
}

impl Open {
    pub(super) fn len(&self) -> usize {
        self.elements.len()
    }

    pub(super) fn push(&mut self, name: &[u8], block: bool) {
        let level = self.elements.len();
        self.levels.entry(name.to_vec()).or_default().push(level);
        self.elements.push((name.to_vec(), block));
        if block {
            self.blocks.push(level);
        }
    }

    pub(super) fn truncate(&mut self, level: usize) {
        while self.elements.len() > level {
            let Some((name, block)) = self.elements.pop() else { return };
            self.levels.get_mut(&name).map(Vec::pop);
            if block {
                self.blocks.pop();
            }
        }
    }

    /// The element that an end tag ends. That of an inline element ends no block.
    pub(super) fn level_of(&self, name: &[u8]) -> Option<usize> {
        let level = *self.levels.get(name)?.last()?;
        (is_block(name) || self.blocks.last().is_none_or(|block| *block < level)).then_some(level)
    }

    /// The paragraph that ends where another block begins.
    pub(super) fn paragraph(&self) -> Option<usize> {
        let level = *self.blocks.last()?;
        self.elements.get(level).is_some_and(|(name, _)| name == b"p").then_some(level)
    }
}
