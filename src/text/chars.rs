//! What one character becomes in the matching form, before its neighbours are looked at.
//! For the folding of [`super::fold`] alone: composition with marks, runs of white space and
//! words of mixed script are decided there, where the neighbours are known.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

use super::written::Written;

/// How much of the difference between two spellings is folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    keep_case: bool,
    keep_accents: bool,
    dotless_i: bool,
}

impl Style {
    /// The one form that is searched: no case, no accents on Latin and Greek letters.
    pub const COARSE: Self = Self { keep_case: false, keep_accents: false, dotless_i: false };
    /// As [`Style::COARSE`] but with accents, to tell «no sé» from «no se» at a hit.
    pub const ACCENTED: Self = Self { keep_case: false, keep_accents: true, dotless_i: false };
    /// As typed, apart from spacing, quotes and composition: for `case = "exact"` and for
    /// finding the ends of sentences, which capitals help to tell.
    pub const CASED: Self = Self { keep_case: true, keep_accents: true, dotless_i: false };

    /// As [`Style::CASED`], without accents: for `case = "exact"` where accents are ignored.
    pub const CASED_BARE: Self = Self { keep_case: true, keep_accents: false, dotless_i: false };

    /// The same, with a capital I read as the capital of ı (Turkish, Azerbaijani).
    #[must_use]
    pub const fn with_dotless_i(self, dotless_i: bool) -> Self {
        Self { dotless_i, ..self }
    }

    pub(super) const fn folds_case(self) -> bool {
        !self.keep_case
    }

    pub(super) const fn keeps_accents(self) -> bool {
        self.keep_accents
    }

    pub(super) const fn dotless(self) -> bool {
        self.dotless_i && !self.keep_case
    }
}

/// What a character is for the folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// White space other than a line break, NBSP and its narrow sister included.
    Space,
    /// A line break.
    Line,
    /// The start of a new paragraph in one character.
    Paragraph,
    /// Takes no place: zero-width characters, soft hyphens, direction marks.
    Ignorable,
    /// Everything else.
    Text,
}

pub(super) fn class(c: char) -> Class {
    match c {
        ' ' | '\u{a0}' => Class::Space,
        // Most of what comes here besides: letters with accents, emoji, the letters of Lao and Thai.
        '\u{c0}'..='\u{33f}' | '\u{400}'..='\u{52f}' | '\u{e00}'..='\u{eff}' | '\u{1f000}'..='\u{1faff}' => Class::Text,
        '\n' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' => Class::Line,
        '\u{c}' | '\u{2029}' => Class::Paragraph,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}' => Class::Ignorable,
        c if c.is_whitespace() => Class::Space,
        _ => Class::Text,
    }
}

/// What becomes of a character that is neither white space nor a mark and folds to a single one, for
/// those that occur most: quotation marks, dashes, letters of Western Europe, currencies, emoji.
#[inline]
pub(super) fn alone(c: char, style: Style) -> Option<char> {
    match c {
        '\u{2018}' | '\u{2019}' => Some('\''),
        '\u{201c}'..='\u{201e}' | '\u{ab}' | '\u{bb}' => Some('"'),
        '\u{2013}' | '\u{2014}' => Some('\u{2014}'),
        '\u{c0}'..='\u{ff}' if style == Style::COARSE => {
            Some(BARE_LATIN[c as usize - 0xc0].into()).filter(|bare| *bare != ' ')
        }
        '\u{20a0}'..='\u{20c0}' | '\u{2022}' | '\u{1f300}'..='\u{1faff}' => Some(c),
        _ => None,
    }
}

/// Writes the folded form of a character of class [`Class::Text`], without its accents
/// unless the style keeps them.
pub(super) fn push_folded(c: char, style: Style, out: &mut Written) {
    match c {
        // The sentinels of the matching form must stay unforgeable.
        '\0'..='\u{1f}' | '\u{7f}' => out.push('\u{1a}'),
        '`'
        | '\u{b4}'
        | '\u{374}'
        | '\u{1fef}'
        | '\u{1ffd}'
        | '\u{2b9}'
        | '\u{2bb}'..='\u{2bd}'
        | '\u{2c8}'
        | '\u{2018}'..='\u{201b}'
        | '\u{2032}'
        | '\u{ff07}'
        | '\u{ff40}' => out.push('\''),
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' | '\u{ff02}' => out.push('"'),
        '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}' | '\u{2043}' => out.push('-'),
        '\u{2012}'..='\u{2015}' | '\u{2212}' => out.push('\u{2014}'),
        '\u{2026}' => out.push_str("..."),
        _ => push_letter(c, style, out),
    }
}

fn push_letter(c: char, style: Style, out: &mut Written) {
    match c {
        // Letters that know neither capitals nor other spellings.
        '\u{e01}'..='\u{e32}' | '\u{e34}'..='\u{eb2}' | '\u{eb4}'..='\u{edb}' => out.push(c),
        'I' if style.dotless() => out.push('ı'),
        c if c.is_ascii() => out.push(if style.keep_case { c } else { c.to_ascii_lowercase() }),
        'а'..='я' | 'і' | 'ї' | 'є' | 'ґ' => out.push(c),
        'ё' | 'ѐ' => out.push('е'),
        'ѝ' => out.push('и'),
        'Ё' | 'Ѐ' => push_letter('Е', style, out),
        'Ѝ' => push_letter('И', style, out),
        _ => push_other(c, style, out),
    }
}

/// U+00C0 to U+00FF without capitals and accents; a blank where that takes more than a letter.
const BARE_LATIN: [u8; 64] = *b"aaaaaa ceeeeiiii nooooo  uuuuy  aaaaaa ceeeeiiii nooooo  uuuuy y";

fn push_other(c: char, style: Style, out: &mut Written) {
    if style.keep_case {
        for c in compatible(c).iter().copied() {
            if style.keep_accents { out.extend(std::iter::once(c).nfc()) } else { push_without_accents(c, out) }
        }
        return;
    }
    // İ is a dotted i in every language; only the bare ı keeps a difference, and only where accents do.
    if c == 'İ' {
        return out.push('i');
    }
    for c in compatible(c).iter().flat_map(|c| c.to_lowercase()) {
        match c {
            'ς' => out.push('σ'),
            'ı' if !style.keep_accents => out.push('i'),
            'ß' => out.push_str("ss"),
            'ſ' => out.push('s'),
            'ŉ' => out.push_str("'n"),
            'և' => out.push_str("եւ"),
            'ϐ' => out.push('β'),
            'ϑ' => out.push('θ'),
            'ϕ' => out.push('φ'),
            'ϖ' => out.push('π'),
            'ϰ' => out.push('κ'),
            'ϱ' => out.push('ρ'),
            'ϵ' => out.push('ε'),
            'µ' => out.push('μ'),
            _ if style.keep_accents => out.extend(std::iter::once(c).nfc()),
            _ => push_without_accents(c, out),
        }
    }
}

/// Latin and Greek letters lose their marks; all others are only composed.
fn push_without_accents(c: char, out: &mut Written) {
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    match base {
        Some(base) if base != c && carries_accents(base) => out.push(if base == 'ſ' { 's' } else { base }),
        _ => out.extend(std::iter::once(c).nfc()),
    }
}

/// The compatibility foldings that occur in replies, and no others: № is not "no".
fn compatible(c: char) -> Compatible {
    match c {
        '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff9d}' | '\u{ffa1}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}' => {
            let mut parts = Compatible::default();
            for part in std::iter::once(c).nfkc() {
                parts.push(part);
            }
            parts
        }
        // Lao and Thai sara am, and the Lao digraphs, are typed in both ways.
        '\u{e33}' => Compatible::from(['\u{e4d}', '\u{e32}']),
        '\u{eb3}' => Compatible::from(['\u{ecd}', '\u{eb2}']),
        '\u{edc}' => Compatible::from(['\u{eab}', '\u{e99}']),
        '\u{edd}' => Compatible::from(['\u{eab}', '\u{ea1}']),
        _ => Compatible { parts: [c; 4], len: 1 },
    }
}

/// A few characters without an allocation.
#[derive(Debug, Clone, Copy, Default)]
struct Compatible {
    parts: [char; 4],
    len: usize,
}

impl Compatible {
    fn push(&mut self, c: char) {
        if let Some(slot) = self.parts.get_mut(self.len) {
            *slot = c;
            self.len += 1;
        }
    }

    fn iter(&self) -> impl Iterator<Item = &char> {
        self.parts.iter().take(self.len)
    }
}

impl From<[char; 2]> for Compatible {
    fn from([first, second]: [char; 2]) -> Self {
        Self { parts: [first, second, '\0', '\0'], len: 2 }
    }
}

/// What a mark does to the folded letter before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Not a mark, or one that stands for itself.
    None,
    /// It is folded away.
    Dropped,
    /// The letter before it becomes this one.
    Replaces(char),
    /// The letter and all its marks are to be composed and put in order.
    Composes,
}

/// Decides about `c` standing right after the folded character `before`.
pub(super) fn mark(before: char, c: char, style: Style) -> Mark {
    // Letters and punctuation of Europe and emoji, which are most of what comes here, are no marks.
    if matches!(c, '\u{80}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{2000}'..='\u{206f}')
        || matches!(c, '\u{20a0}'..='\u{20c0}' | '\u{1f300}'..='\u{1faff}')
    {
        return Mark::None;
    }
    // Vowel signs and tones of Lao and Thai come in two orders around sara am.
    if reorders(before, c) {
        return Mark::Composes;
    }
    let combining = canonical_combining_class(c) != 0;
    if !combining && !joins(before, c) {
        return Mark::None;
    }
    if is_cyrillic(before) {
        return match compose(before, c) {
            // ё is е, and a stress mark is no letter.
            None | Some('ё' | 'Ё' | 'ѐ' | 'Ѐ' | 'ѝ' | 'Ѝ') => Mark::Dropped,
            Some(composed) => Mark::Replaces(composed),
        };
    }
    if carries_accents(before) && !style.keep_accents { Mark::Dropped } else { Mark::Composes }
}

/// Composes a letter with its marks, and puts Lao and Thai marks into one order:
/// tone, then niggahita, then the vowel aa.
pub(super) fn compose_cluster(cluster: &str) -> String {
    let mut chars: Vec<char> = cluster.nfc().collect();
    loop {
        let wrong = chars.windows(2).position(|pair| reorders(pair[0], pair[1]));
        let Some(at) = wrong else { break };
        chars.swap(at, at + 1);
    }
    chars.into_iter().collect()
}

fn reorders(before: char, c: char) -> bool {
    let tone = matches!(c, '\u{ec8}'..='\u{ecb}' | '\u{e48}'..='\u{e4b}');
    tone && matches!(before, '\u{ecd}' | '\u{e4d}' | '\u{eb2}' | '\u{e32}')
}

/// Characters of combining class 0 that still compose with the one before, such as Hangul vowels.
fn joins(before: char, c: char) -> bool {
    !c.is_ascii() && !before.is_ascii() && compose(before, c).is_some()
}

pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && c.is_alphabetic()
}

fn carries_accents(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is folded by a short way is folded as by the long one.
    #[test]
    fn the_short_ways_are_right() {
        let styles =
            [Style::COARSE, Style::ACCENTED, Style::CASED, Style::CASED_BARE, Style::ACCENTED.with_dotless_i(true)];
        for style in styles {
            let near = ('\u{80}'..='\u{fff}').chain('\u{2000}'..='\u{2fff}').chain('\u{1f000}'..='\u{1ffff}');
            for c in near.filter(|c| !is_cyrillic(*c)) {
                let (mut short, mut long) = (Written::default(), Written::default());
                if let Some(folded) = alone(c, style) {
                    push_folded(c, style, &mut long);
                    assert_eq!(long.split_off(0), folded.to_string(), "{c:?} {style:?}");
                    assert!(class(c) == Class::Text && matches!(mark('a', c, style), Mark::None), "{c:?}");
                }
                push_letter(c, style, &mut short);
                push_other(c, style, &mut long);
                assert_eq!(short.bytes(), long.bytes(), "{c:?} {style:?}");
            }
        }
        for c in '\0'..=char::MAX {
            let white = matches!(class(c), Class::Space | Class::Line | Class::Paragraph);
            assert_eq!(white, c.is_whitespace(), "{c:?}");
        }
    }
}
