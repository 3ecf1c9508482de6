//! What is asked about a pattern before it is looked at: whose it is, what for, and in whose words it is looked for.
//! Of most patterns of which a needle stands in a draft nobody wants to know more, so that these lie by themselves and
//! are read where they are packed.

use super::candidate::{Role, Voice};
use super::compile::NAMES;
use crate::lexicon::{Packer, Parts};

/// What is known of a pattern at a glance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub(super) entry: usize,
    pub(super) role: Role,
    pub(super) voice: Voice,
}

/// Those of all patterns, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Heads(Vec<u32>);

/// Numbers that each takes.
const EACH: usize = 2;

impl Heads {
    pub(super) fn push(&mut self, head: Head) {
        self.0.extend(head.to_numbers());
    }

    pub(super) fn len(&self) -> usize {
        self.0.len() / EACH
    }

    /// That of a pattern of which there is one.
    #[inline]
    pub(super) fn get(&self, number: usize) -> Option<Head> {
        self.0.as_chunks().0.get(number).and_then(|numbers| Head::of_numbers(*numbers))
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.halves(&self.0);
    }

    /// Reads those of patterns of so many entries.
    pub(super) fn unpack(parts: &mut Parts<'_>, entries: usize) -> Option<Self> {
        let numbers = parts.halves()?;
        let (each, rest) = numbers.as_chunks();
        let known = |head: Head| if head.role == Role::Name { head.entry == NAMES } else { head.entry < entries };
        let fits = rest.is_empty() && each.iter().all(|numbers| Head::of_numbers(*numbers).is_some_and(known));
        fits.then_some(Self(numbers))
    }
}

impl Head {
    fn to_numbers(self) -> [u32; EACH] {
        let (role, part) = self.role.to_numbers();
        let entry = u32::try_from(self.entry).unwrap_or(u32::MAX);
        [entry, u32::from(role) | u32::from(self.voice as u8) << 8 | u32::from(part) << 16]
    }

    #[inline]
    fn of_numbers([entry, what]: [u32; EACH]) -> Option<Self> {
        let [role, voice, part @ ..] = what.to_le_bytes();
        let role = Role::of_numbers(role, u16::from_le_bytes(part))?;
        let voice = Voice::ALL.into_iter().find(|known| *known as u8 == voice)?;
        let entry = if role == Role::Name && entry == u32::MAX { NAMES } else { entry as usize };
        Some(Self { entry, role, voice })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_come_back_as_they_were() {
        let roles =
            [Role::Phrase, Role::Unless, Role::Name, Role::Near, Role::Said, Role::Part(0), Role::Part(u16::MAX)];
        let mut heads = Heads::default();
        let all = || roles.into_iter().flat_map(|role| Voice::ALL.map(|voice| (role, voice)));
        for (number, (role, voice)) in all().enumerate() {
            heads.push(Head { entry: if role == Role::Name { NAMES } else { number }, role, voice });
        }
        assert_eq!(heads.len(), all().count());
        for (number, (role, voice)) in all().enumerate() {
            let head = heads.get(number).expect("it is there");
            assert_eq!((head.role, head.voice), (role, voice));
            assert_eq!(head.entry, if role == Role::Name { NAMES } else { number });
        }
    }
}
