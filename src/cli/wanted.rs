//! What is wanted of a JSON record, found without building the rest of it: the values at some paths,
//! as they were written. What is not wanted is skimmed, so that a broken escape in it goes unnoticed.
//! Whether a value is any good is for [`record`](super::record) to say.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;

/// How many values are looked for at once.
pub(super) const GOALS: usize = 6;

/// A path to a value, such as `comment.html_body` or `comments.0.body`. A key that is written with dots
/// comes before the keys between them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Goal<'p> {
    /// It may lead through objects and lists.
    Path(&'p str),
    /// It is a key of the record itself.
    Key(&'p str),
}

/// The values at some paths of an object, where there are any. Nothing when all of it must be read
/// to tell: it is no object, or names a wanted key twice.
pub(super) fn find<'r>(json: &'r str, goals: [Goal<'_>; GOALS]) -> Option<[Option<&'r RawValue>; GOALS]> {
    json.trim_start().starts_with('{').then_some(())?;
    let mut search = Search { goals: goals.map(Some), found: [const { Found::NOTHING }; GOALS] };
    search.go(json).ok()?;
    Some(search.found.map(|found| found.best.and_then(|(_, value)| value)))
}

/// The paths that lead on from one value, and what was found at their ends.
struct Search<'p, 'r> {
    goals: [Option<Goal<'p>>; GOALS],
    found: [Found<'r>; GOALS],
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

impl<'p> Goal<'p> {
    /// The way that begins with a key of an object.
    fn by_key(self, key: &str) -> Way<'p> {
        match self {
            Self::Path(path) => match path.strip_prefix(key)? {
                "" => Some((0, None)),
                rest => Some((1 + key.matches('.').count(), Some(rest.strip_prefix('.')?))),
            },
            Self::Key(wanted) => (wanted == key).then_some((0, None)),
        }
    }

    /// The way that begins with a place in a list.
    fn by_place(self, place: usize) -> Way<'p> {
        let Self::Path(path) = self else { return None };
        match path.split_once('.') {
            None => (path.parse() == Ok(place)).then_some((0, None)),
            Some((first, rest)) => (first.parse() == Ok(place)).then_some((1, Some(rest))),
        }
    }
}

impl<'p, 'r> Search<'p, 'r> {
    fn go(&mut self, json: &'r str) -> serde_json::Result<()> {
        let mut deserializer = Deserializer::from_str(json);
        (&mut *self).deserialize(&mut deserializer)?;
        deserializer.end()
    }

    /// Takes a value that some goals lead to or through.
    fn take(&mut self, ways: [Way<'p>; GOALS], value: &'r RawValue) -> serde_json::Result<()> {
        let behind = ways.map(|way| Some(Goal::Path(way?.1?)));
        let mut deeper = Search { goals: behind, found: [const { Found::NOTHING }; GOALS] };
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
                return Err(serde_json::Error::custom("a key that is wanted comes twice"));
            }
            found.ways |= bit;
            if value.is_some() && found.best.is_none_or(|(best, _)| way < best) {
                found.best = Some((way, value));
            }
        }
        Ok(())
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
            let ways = self.goals.map(|goal| goal?.by_key(&key));
            if ways.iter().any(Option::is_some) {
                self.take(ways, map.next_value()?).map_err(A::Error::custom)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'r>>(self, mut list: A) -> Result<(), A::Error> {
        for index in 0_usize.. {
            let ways = self.goals.map(|goal| goal?.by_place(index));
            if ways.iter().any(Option::is_some) {
                let Some(value) = list.next_element()? else { break };
                self.take(ways, value).map_err(A::Error::custom)?;
            } else if list.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
        }
        Ok(())
    }
}
