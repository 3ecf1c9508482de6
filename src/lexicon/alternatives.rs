//! What a choice is among, and what is true of it whatever stands around it. The alternatives of a group are
//! held once and looked through once, however many phrases use it.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::forms::{forms_of, is_literal};
use super::pattern::Element;
use super::useless::{Least, Useless, never};

/// The alternatives of a choice, each with its parts.
#[derive(Clone)]
pub struct Alternatives(Arc<Shared>);

struct Shared {
    all: Vec<Vec<Element>>,
    forms: u64,
    is_literal: bool,
    least: OnceLock<Least>,
    never: OnceLock<Option<Useless>>,
}

impl Alternatives {
    /// How many forms they have when written out.
    pub(super) fn forms(&self) -> u64 {
        self.0.forms
    }

    /// Whether they can be written out in full.
    pub(super) fn is_literal(&self) -> bool {
        self.0.is_literal
    }

    /// The one with the least text in it.
    pub(super) fn least(&self) -> Least {
        *self.0.least.get_or_init(|| {
            self.iter().map(|alternative| Least::of(alternative)).min_by_key(|least| least.weight).unwrap_or_default()
        })
    }

    /// What keeps all of them from ever being found.
    pub(super) fn never(&self) -> Option<Useless> {
        self.0
            .never
            .get_or_init(|| {
                let mut faults = self.iter().map(|alternative| never(alternative));
                let first = faults.next()??;
                faults.all(|fault| fault.is_some()).then_some(first)
            })
            .clone()
    }
}

impl From<Vec<Vec<Element>>> for Alternatives {
    fn from(all: Vec<Vec<Element>>) -> Self {
        let forms = all.iter().fold(0, |sum: u64, alternative| sum.saturating_add(forms_of(alternative)));
        let is_literal = all.iter().all(|alternative| is_literal(alternative));
        Self(Arc::new(Shared { all, forms, is_literal, least: OnceLock::new(), never: OnceLock::new() }))
    }
}

impl Deref for Alternatives {
    type Target = [Vec<Element>];

    fn deref(&self) -> &[Vec<Element>] {
        &self.0.all
    }
}

impl PartialEq for Alternatives {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for Alternatives {}

/// Without what only follows from them.
impl fmt::Debug for Alternatives {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
