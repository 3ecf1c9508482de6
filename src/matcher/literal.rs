//! Fixed words of a phrase, and what is checked when they are found. The search itself knows
//! one coarse form of a text; whether capitals and accents are as the entry wants them is
//! decided here, on the original bytes of the hit.

use crate::lexicon::{Case, Entry, Packer, Spellings, Unpacker};
use crate::text::{Folded, Reading, Span, Style, has};

/// Fixed words, folded.
#[derive(Debug, Clone)]
pub(super) struct Literal {
    /// What is searched.
    pub(super) coarse: Box<str>,
    exact: Exact,
}

/// What the coarse form of some words does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exact {
    /// With their accents, when they have any.
    accented: Option<Box<str>>,
    /// With their capitals too, when they matter.
    cased: Option<Box<str>>,
}

/// How closely an entry looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Care {
    exact_case: bool,
    ignore_accents: bool,
    dotless_i: bool,
}

impl Care {
    pub(super) fn of(entry: &Entry, dotless_i: bool) -> Self {
        Self { exact_case: entry.case == Case::Exact, ignore_accents: entry.ignore_accents, dotless_i }
    }

    /// Neither capitals nor accents matter.
    pub(super) fn loose() -> Self {
        Self { exact_case: false, ignore_accents: true, dotless_i: false }
    }

    pub(super) fn pack(self, packer: &mut Packer) {
        for flag in [self.exact_case, self.ignore_accents, self.dotless_i] {
            packer.flag(flag);
        }
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self { exact_case: unpacker.flag()?, ignore_accents: unpacker.flag()?, dotless_i: unpacker.flag()? })
    }

    fn capitals(self) -> Style {
        if self.ignore_accents { Style::CASED_BARE } else { Style::CASED }
    }

    /// Whether the coarse form of a text may have hidden a difference.
    fn may_hide(self, text: &str) -> bool {
        if text.is_ascii() && !self.dotless_i {
            return false;
        }
        self.dotless_i && text.contains('I') || may_be_accented(text)
    }

    /// Whether the coarse form of some words may lack something that matters: false is certain, for ASCII has no
    /// accents, and Cyrillic none that are kept.
    fn may_lose(self, text: &str) -> bool {
        let plain = |byte: u8| byte < 0xc0 || matches!(byte, 0xd0..=0xd2);
        self.dotless_i || !(text.is_ascii() || text.bytes().all(plain))
    }

    fn accents(self) -> Style {
        Style::ACCENTED.with_dotless_i(self.dotless_i)
    }
}

impl Literal {
    pub(super) fn new(text: &str, care: Care) -> Self {
        let coarse = Folded::phrase(text, Style::COARSE);
        let accented = care.may_lose(text).then(|| Folded::phrase(text, care.accents()));
        let cased = care.exact_case.then(|| Folded::phrase(text, care.capitals()));
        Self { exact: Exact::of(&coarse, accented.as_deref(), cased.as_deref()), coarse: coarse.into() }
    }

    /// Hands every spelling of something to `each`, with what is exact about it.
    pub(super) fn each(spellings: &Spellings<'_>, care: Care, mut each: impl FnMut(&str, Exact)) {
        let accented = care.may_lose(spellings.text()).then(|| spellings.folded(care.accents()));
        let cased = care.exact_case.then(|| spellings.folded(care.capitals()));
        for (number, coarse) in spellings.folded(Style::COARSE).iter().enumerate() {
            let accented = accented.as_ref().and_then(|all| all.get(number));
            let cased = cased.as_ref().and_then(|all| all.get(number));
            each(coarse, Exact::of(coarse, accented, cased));
        }
    }

    pub(super) fn all(spellings: &Spellings<'_>, care: Care) -> Vec<Self> {
        let mut all = Vec::with_capacity(spellings.len());
        Self::each(spellings, care, |coarse, exact| all.push(Self { coarse: coarse.into(), exact }));
        all
    }

    /// Whether the original bytes of a coarse hit are close enough.
    pub(super) fn fits(&self, reading: &Reading<'_>, folded: Span, care: Care) -> bool {
        self.exact.fits(reading, folded, care)
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.text(&self.coarse);
        self.exact.pack(packer);
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self { coarse: unpacker.text()?.into(), exact: Exact::unpack(unpacker)? })
    }
}

impl Exact {
    /// The coarse form says it all.
    pub(super) const NOTHING: Self = Self { accented: None, cased: None };

    fn of(coarse: &str, accented: Option<&str>, cased: Option<&str>) -> Self {
        let accented = accented.filter(|accented| *accented != coarse);
        Self { accented: accented.map(Into::into), cased: cased.map(Into::into) }
    }

    pub(super) fn pack(&self, packer: &mut Packer) {
        packer.option(self.accented.as_deref(), Packer::text);
        packer.option(self.cased.as_deref(), Packer::text);
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let text = |unpacker: &mut Unpacker<'_>| unpacker.text().map(Into::into);
        Some(Self { accented: unpacker.option(text)?, cased: unpacker.option(text)? })
    }

    /// Whether the original bytes of a coarse hit are close enough.
    pub(super) fn fits(&self, reading: &Reading<'_>, folded: Span, care: Care) -> bool {
        (care.ignore_accents && !care.exact_case)
            || reading.original(folded).is_some_and(|span| self.fits_original(reading, (folded, span), care))
    }

    /// Whether every coarse hit fits, in a text that has no accents.
    #[inline]
    pub(super) fn says_nothing(&self, care: Care) -> bool {
        self.accented.is_none() && self.cased.is_none() && !care.dotless_i
    }

    /// The same, for a hit whose original bytes are known.
    pub(super) fn fits_original(&self, reading: &Reading<'_>, (folded, span): (Span, Span), care: Care) -> bool {
        if care.ignore_accents && !care.exact_case {
            return true;
        }
        if let Some(cased) = &self.cased {
            return reading.refold(span, care.capitals()) == **cased;
        }
        // Without an accent on either side the coarse forms have said it all.
        if self.accented.is_none() && !care.may_hide(span.of(reading.text())) {
            return true;
        }
        reading.refold(span, care.accents()) == self.accented.as_deref().unwrap_or(folded.of(reading.folded()))
    }
}

/// Whether a text may have letters whose accents its coarse form hides: from U+00C0 on to
/// U+03FF and from U+1E00 on to U+1FFF, which begin with these bytes.
pub(super) fn may_be_accented(text: &str) -> bool {
    // Without a branch for each byte, there being many.
    has(text.as_bytes(), |byte| u8::from(byte.wrapping_sub(0xc3) <= 0xcf - 0xc3) | u8::from(byte == 0xe1) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_loses_nothing_is_the_same_with_its_accents() {
        let care = Care { exact_case: false, ignore_accents: false, dotless_i: false };
        let kept = |c: char| !care.may_lose(c.encode_utf8(&mut [0; 4]));
        let letters: Vec<char> = ('\u{20}'..='\u{fffd}').filter(|c| kept(*c)).collect();
        assert!(letters.contains(&'й') && letters.contains(&'ў') && !letters.contains(&'é'), "{letters:?}");
        for letter in letters {
            let word = format!("а{letter}б");
            assert_eq!(Folded::phrase(&word, Style::COARSE), Folded::phrase(&word, care.accents()), "{letter:?}");
        }
    }
}
