//! The parts of a pattern, which may wait packed until somebody asks for them. What looks for phrases has parts of its
//! own: of a lexicon that is read to lint with, hardly any pattern is asked.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use super::pack::{Packer, Unpacker};
use super::pattern::{Element, Slot};

/// Parts, there or packed.
#[derive(Clone, Default)]
pub(super) struct Elements {
    packed: Box<[u8]>,
    here: OnceLock<Vec<Element>>,
}

impl Elements {
    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.later(|packer| pack(self, packer));
    }

    /// Takes what [`Elements::pack`] wrote as it is. Only of a file that somebody forged, checksum and all, can it turn out to
    /// be nothing.
    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self { packed: unpacker.bytes()?.into(), here: OnceLock::new() })
    }
}

impl From<Vec<Element>> for Elements {
    fn from(elements: Vec<Element>) -> Self {
        Self { packed: Box::default(), here: OnceLock::from(elements) }
    }
}

impl Deref for Elements {
    type Target = [Element];

    fn deref(&self) -> &[Element] {
        self.here.get_or_init(|| {
            let mut unpacker = Unpacker::new(&self.packed);
            unpack(&mut unpacker).filter(|_| unpacker.is_done()).unwrap_or_default()
        })
    }
}

impl fmt::Debug for Elements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for Elements {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Elements {}

fn pack(elements: &[Element], packer: &mut Packer) {
    packer.list(elements, |packer, element| match element {
        Element::Text(text) => {
            packer.byte(0);
            packer.text(text);
        }
        Element::Space => packer.byte(1),
        Element::Ending => packer.byte(2),
        Element::Gap => packer.byte(3),
        Element::Slot(slot) => {
            packer.byte(4);
            packer.byte(*slot as u8);
        }
        Element::Choice(alternatives) => {
            packer.byte(5);
            packer.list(alternatives, |packer, elements| pack(elements, packer));
        }
    });
}

fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Vec<Element>> {
    unpacker.list(|unpacker| {
        Some(match unpacker.byte()? {
            0 => Element::Text(unpacker.string()?),
            1 => Element::Space,
            2 => Element::Ending,
            3 => Element::Gap,
            4 => Element::Slot(Slot::unpack(unpacker)?),
            5 => Element::Choice(unpacker.list(unpack)?.into()),
            _ => return None,
        })
    })
}
