//! Names of languages. For comparing what a draft, a lexicon and a detector say; not for
//! translating names or for anything about regions beyond ignoring them.

use std::fmt;

/// The language part of a BCP 47 tag, lower case: `en-GB` and `EN` are both `en`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// Reads a BCP 47 tag and keeps its language.
    ///
    /// # Errors
    ///
    /// Gives the tag back when it does not begin with two or three ASCII letters, or when a
    /// later part is not one to eight ASCII letters and digits.
    pub fn parse(tag: &str) -> Result<Self, String> {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default();
        let named = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
        let rest = parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if named && rest { Ok(Self(language.to_ascii_lowercase())) } else { Err(tag.to_owned()) }
    }

    /// The language of what nobody said anything about: `und`.
    pub fn undetermined() -> Self {
        Self("und".to_owned())
    }

    /// Whether nobody can tell it.
    pub fn is_undetermined(&self) -> bool {
        self.0 == "und"
    }

    /// The tag, such as `en`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a capital I is the capital of a dotless ı in this language.
    pub fn has_dotless_i(&self) -> bool {
        matches!(self.as_str(), "tr" | "az")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_language_counts() {
        for tag in ["en", "en-GB", "EN_us", "en-Latn-US"] {
            assert_eq!(Language::parse(tag).as_ref().map(Language::as_str), Ok("en"), "{tag}");
        }
        for tag in ["", "e", "english", "en-", "e1", "ру"] {
            assert!(Language::parse(tag).is_err(), "{tag}");
        }
    }
}
