//! What is wanted of a JSON record, found without building the rest of it: the values at some paths,
//! as they were written. What is not wanted is skimmed, so that a broken escape in it goes unnoticed.
//! Whether a value is any good is for [`record`](super::record) to say.
//!
//! A record has many keys, and few of them are wanted: each is compared with the wanted ones, and that is all.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;

/// How many paths are followed at once.
pub(crate) const PATHS: usize = 3;

/// What was found, as it was written.
#[derive(Debug)]
pub(crate) struct Values<'r, const KEYS: usize> {
    /// At the paths.
    pub(crate) at: [Option<&'r RawValue>; PATHS],
    /// Under the keys of the record itself.
    pub(crate) under: [Option<&'r RawValue>; KEYS],
}

/// The values of an object at some paths, such as `comment.html_body` or `comments.0.body`, and under some
/// of its own keys, where there are any. A key that is written with dots comes before the keys between them.
/// Nothing when all of it must be read to tell: it is no object, or names a wanted key twice.
pub(crate) fn find<'r, const KEYS: usize>(
    json: &'r str,
    paths: [&str; PATHS],
    keys: [&str; KEYS],
) -> Option<Values<'r, KEYS>> {
    json.trim_start().starts_with('{').then_some(())?;
    let mut under = [None; KEYS];
    let mut search =
        Search { paths: paths.map(Some), found: [const { Found::NOTHING }; PATHS], keys: &keys, under: &mut under };
    search.go(json).ok()?;
    let at = search.found.map(|found| found.best.and_then(|(_, value)| value));
    Some(Values { at, under })
}

/// The paths that lead on from one value, and what was found at their ends.
struct Search<'s, 'r> {
    paths: [Option<&'s str>; PATHS],
    found: [Found<'r>; PATHS],
    /// Keys of this very value.
    keys: &'s [&'s str],
    under: &'s mut [Option<&'r RawValue>],
}

/// The values that a path may mean. Of several ways to read it the first that leads somewhere counts.
#[derive(Debug)]
struct Found<'r> {
    best: Option<(usize, Option<&'r RawValue>)>,
    /// The ways that were seen, a bit each.
    ways: u64,
}

impl Found<'_> {
    const NOTHING: Self = Self { best: None, ways: 0 };
}

/// A way to read a path that begins with a key: its number, and what is behind the key.
type Way<'p> = Option<(usize, Option<&'p str>)>;

/// The way that begins with a key of an object.
fn by_key<'p>(path: &'p str, key: &str) -> Way<'p> {
    match path.strip_prefix(key)? {
        "" => Some((0, None)),
        rest => Some((1 + key.matches('.').count(), Some(rest.strip_prefix('.')?))),
    }
}

/// The way that begins with a place in a list.
fn by_place(path: &str, place: usize) -> Way<'_> {
    match path.split_once('.') {
        None => (path.parse() == Ok(place)).then_some((0, None)),
        Some((first, rest)) => (first.parse() == Ok(place)).then_some((1, Some(rest))),
    }
}

fn twice() -> serde_json::Error {
    serde_json::Error::custom("a key that is wanted comes twice")
}

impl<'r> Search<'_, 'r> {
    fn go(&mut self, json: &'r str) -> serde_json::Result<()> {
        let mut deserializer = Deserializer::from_str(json);
        (&mut *self).deserialize(&mut deserializer)?;
        deserializer.end()
    }

    /// Takes a value that some paths lead to or through.
    fn follow(&mut self, ways: [Way<'_>; PATHS], value: &'r RawValue) -> serde_json::Result<()> {
        let behind = ways.map(|way| way?.1);
        let found = [const { Found::NOTHING }; PATHS];
        let mut deeper = Search { paths: behind, found, keys: &[], under: &mut [] };
        if behind.iter().any(Option::is_some) && value.get().starts_with(['{', '[']) {
            deeper.go(value.get())?;
        }
        for (index, way) in ways.into_iter().enumerate() {
            let Some((way, rest)) = way else { continue };
            let value = match rest {
                None => Some(value),
                Some(_) => deeper.found[index].best.and_then(|(_, value)| value),
            };
            let found = &mut self.found[index];
            let bit = 1_u64.checked_shl(u32::try_from(way).unwrap_or(u32::MAX)).unwrap_or_default();
            if bit == 0 || found.ways & bit != 0 {
                return Err(twice());
            }
            found.ways |= bit;
            if value.is_some() && found.best.is_none_or(|(best, _)| way < best) {
                found.best = Some((way, value));
            }
        }
        Ok(())
    }

    /// Takes a value that stands under a wanted key.
    fn take(&mut self, key: usize, value: &'r RawValue) -> serde_json::Result<()> {
        match self.under[key].replace(value) {
            None => Ok(()),
            Some(_) => Err(twice()),
        }
    }
}

impl<'r> DeserializeSeed<'r> for &mut Search<'_, 'r> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'r>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// A key, copied only when it is written with escapes.
#[derive(Deserialize)]
struct Key<'r>(#[serde(borrow)] Cow<'r, str>);

impl<'r> Visitor<'r> for &mut Search<'_, 'r> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'r>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            let ways = self.paths.map(|path| by_key(path?, &key));
            let wanted = self.keys.iter().position(|wanted| *wanted == key);
            let leads = ways.iter().any(Option::is_some);
            if !leads && wanted.is_none() {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value()?;
            if let Some(wanted) = wanted {
                self.take(wanted, value).map_err(A::Error::custom)?;
            }
            if leads {
                self.follow(ways, value).map_err(A::Error::custom)?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'r>>(self, mut list: A) -> Result<(), A::Error> {
        for index in 0_usize.. {
            let ways = self.paths.map(|path| by_place(path?, index));
            if ways.iter().any(Option::is_some) {
                let Some(value) = list.next_element()? else { break };
                self.follow(ways, value).map_err(A::Error::custom)?;
            } else if list.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
        }
        Ok(())
    }
}
