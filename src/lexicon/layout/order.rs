//! In which order the keys of a table come: of an entry, what it looks for, what excuses it, when it speaks,
//! what to say instead, why, how grave it is, its examples, and what is said about
//! it itself.

use std::collections::HashMap;

use crate::lexicon::entry::Kind;
use crate::lexicon::keys::WHEN;
use crate::lexicon::raw::HEADER;

/// The keys of all entries and adjustments.
pub(super) const ENTRY: [&str; 34] = [
    "phrases",
    "add-phrases",
    "remove-phrases",
    "regex",
    "any",
    "all",
    "forms",
    "placeholders",
    "least-words",
    "most-words",
    "most-sentences",
    "within",
    "at",
    "unless",
    "add-unless",
    "remove-unless",
    "unless-near",
    "near",
    "case",
    "boundary",
    "says",
    "when",
    "between",
    "channels",
    "prefer",
    "add-prefer",
    "fix",
    "why",
    "level",
    "replace",
    "flags",
    "passes",
    "allow",
    "review-by",
];

/// The reply, then what is known of it.
const EXAMPLE: [&str; 7] = ["text", "channel", "turn", "sent-at", "before", "customer", "situation"];

/// Where a value stands, as far as it matters to the keys in it.
#[derive(Clone)]
pub(super) struct Place(Vec<String>);

impl Place {
    /// That of the table with these names.
    pub(super) fn of(names: &[&str]) -> Self {
        Self(names.iter().map(|name| (*name).to_owned()).collect())
    }

    pub(super) fn below(mut self, name: &str) -> Self {
        self.0.push(name.to_owned());
        self
    }

    /// Whether its keys are known and come in an order.
    pub(super) fn is_sorted(&self) -> bool {
        self.keys().is_some()
    }

    /// Whether the `=` of its keys stand below one another.
    pub(super) fn is_aligned(&self) -> bool {
        self.is_sorted() && self.0.first().is_some_and(|name| name != "lexicon")
    }

    /// The keys known here, in order.
    fn keys(&self) -> Option<&'static [&'static str]> {
        let names: Vec<&str> = self.0.iter().map(String::as_str).collect();
        let (kind, names) = names.split_first()?;
        if *kind == "lexicon" {
            return names.is_empty().then_some(&HEADER);
        }
        let depth = if *kind == Kind::Situation.as_str() { 1 } else { 2 };
        let is_entry = *kind == "adjust" || Kind::ALL.iter().any(|known| known.as_str() == *kind);
        match names.get(depth..).filter(|_| is_entry)? {
            [] => Some(&ENTRY),
            ["when"] => Some(&WHEN),
            ["flags" | "passes"] => Some(&EXAMPLE),
            _ => None,
        }
    }
}

/// The numbers of the keys at `place`, in their order. Unknown ones come last, as they were.
pub(super) fn sorted(place: &Place, keys: &[Vec<&str>]) -> Vec<usize> {
    let mut first: HashMap<&[&str], usize> = HashMap::new();
    let mut ranked: Vec<(Vec<(usize, usize)>, usize)> = Vec::new();
    for (number, key) in keys.iter().enumerate() {
        let mut place = place.clone();
        let rank = (1..=key.len()).map(|len| {
            let name = key[len - 1];
            let known = place.keys().and_then(|keys| keys.iter().position(|known| *known == name));
            place.0.push(name.to_owned());
            (known.unwrap_or(usize::MAX), *first.entry(&key[..len]).or_insert(number))
        });
        ranked.push((rank.collect(), number));
    }
    ranked.sort();
    ranked.into_iter().map(|(_, number)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::keys::EXAMPLE as KNOWN_EXAMPLE;
    use crate::lexicon::raw::adjustable;

    fn in_order<'k>(keys: &[&'k str]) -> Vec<&'k str> {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn every_key_has_its_place() {
        let mut known: Vec<&str> = adjustable().into_iter().chain(["replace"]).collect();
        known.sort_unstable();
        assert_eq!(in_order(&ENTRY), known);
        assert_eq!(in_order(&EXAMPLE), in_order(&KNOWN_EXAMPLE));
    }

    #[test]
    fn dotted_keys_stay_together() {
        let place = Place::of(&["avoid", "a", "b"]);
        let keys = [vec!["x"], vec!["when", "reply"], vec!["why"], vec!["when", "customer"], vec!["phrases"]];
        assert_eq!(sorted(&place, &keys), [4, 3, 1, 2, 0]);
    }
}
