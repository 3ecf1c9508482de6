//! Fixed words of a phrase, and what is checked when they are found. The search itself knows
//! one coarse form of a text; whether capitals and accents are as the entry wants them is
//! decided here, on the original bytes of the hit.

use crate::lexicon::{Case, Entry};
use crate::text::{Folded, Reading, Span, Style};

/// Fixed words, folded.
#[derive(Debug, Clone)]
pub(super) struct Literal {
    /// What is searched.
    pub(super) coarse: Box<str>,
    /// With its accents, when it has any.
    accented: Option<Box<str>>,
    /// With its capitals too, when they matter.
    cased: Option<Box<str>>,
}

/// How closely an entry looks.
#[derive(Debug, Clone, Copy)]
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

    fn capitals(self) -> Style {
        if self.ignore_accents { Style::CASED_BARE } else { Style::CASED }
    }

    /// Whether the coarse form of a character may have hidden a difference.
    fn may_matter(self, c: char) -> bool {
        matches!(c, '\u{c0}'..='\u{24f}' | '\u{300}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
            || (self.dotless_i && c == 'I')
    }

    fn accents(self) -> Style {
        Style::ACCENTED.with_dotless_i(self.dotless_i)
    }
}

impl Literal {
    pub(super) fn new(text: &str, care: Care) -> Self {
        let coarse = Folded::phrase(text, Style::COARSE);
        let accented = Some(Folded::phrase(text, care.accents())).filter(|accented| *accented != coarse);
        let cased = care.exact_case.then(|| Folded::phrase(text, care.capitals()));
        Self { coarse: coarse.into(), accented: accented.map(Into::into), cased: cased.map(Into::into) }
    }

    /// Whether the original bytes of a coarse hit are close enough.
    pub(super) fn fits(&self, reading: &Reading<'_>, folded: Span, care: Care) -> bool {
        if care.ignore_accents && !care.exact_case {
            return true;
        }
        let Some(span) = reading.original(folded) else { return false };
        if let Some(cased) = &self.cased {
            return reading.refold(span, care.capitals()) == **cased;
        }
        // Without an accent on either side the coarse forms have said it all.
        if self.accented.is_none() && !span.of(reading.text()).chars().any(|c| care.may_matter(c)) {
            return true;
        }
        reading.refold(span, care.accents()) == **self.accented.as_ref().unwrap_or(&self.coarse)
    }
}
