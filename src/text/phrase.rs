//! The matching form of phrases: the same as that of a draft, by a shorter way where there is one, since a lexicon
//! has a hundred thousand of them. What folds to what is decided in [`super::fold`].

use super::chars::Style;
use super::folded::{BREAK, Folded};
use super::prose::Prose;

impl Folded {
    /// Folds a phrase, or a slice of a draft that holds nothing skipped. White space at either
    /// end is dropped.
    pub fn phrase(text: &str, style: Style) -> String {
        if style.folds_case() && !style.dotless() && is_simple(text) {
            return text.to_ascii_lowercase();
        }
        if style.folds_case()
            && !style.dotless()
            && let Some(folded) = of_plain_letters(text, style)
        {
            return folded;
        }
        Self::new(text, &Prose::whole(text), style).text().trim_matches([' ', BREAK]).to_owned()
    }

    /// Whether words that have single spaces between them fold to the same in lower case.
    pub(crate) fn lowers_only(text: &str, style: Style) -> bool {
        style.folds_case()
            && !style.dotless()
            && (text.bytes().fold(0, |odd, byte| odd | u8::from(!is_plain(byte) && byte != b' ')) == 0
                || text.chars().all(is_as_folded))
    }
}

/// Words with single spaces between them, which need no more than lower case.
fn is_simple(text: &str) -> bool {
    let bytes = text.as_bytes();
    let single = |(at, byte): (usize, &u8)| {
        is_plain(*byte) || (*byte == b' ' && at > 0 && bytes.get(at + 1).is_some_and(|next| is_plain(*next)))
    };
    bytes.iter().enumerate().all(single)
}

/// The matching form of words with single spaces between them that have no letters but those of ASCII and the small
/// ones of Spanish, of which lexicons hold many.
fn of_plain_letters(text: &str, style: Style) -> Option<String> {
    const ACCENTED: [(char, char); 7] =
        [('á', 'a'), ('é', 'e'), ('í', 'i'), ('ó', 'o'), ('ú', 'u'), ('ü', 'u'), ('ñ', 'n')];
    let mut folded = String::with_capacity(text.len());
    let mut blank = true;
    for c in text.chars() {
        if c == ' ' {
            if blank {
                return None;
            }
            folded.push(' ');
        } else if let Some(byte) = u8::try_from(c).ok().filter(|byte| is_plain(*byte)) {
            folded.push(byte.to_ascii_lowercase().into());
        } else {
            let (accented, bare) = ACCENTED.into_iter().find(|(accented, _)| *accented == c)?;
            folded.push(if style.keeps_accents() { accented } else { bare });
        }
        blank = c == ' ';
    }
    (!blank).then_some(folded)
}

/// A sign of ASCII that no neighbour changes.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~') && byte != b'`' && byte != b'='
}

/// Small Cyrillic letters that are written as they fold, and what stands between them; no Latin letters, beside which
/// some of them are taken for others.
fn is_as_folded(c: char) -> bool {
    matches!(c, 'а'..='я' | 'і' | 'ї' | 'є' | 'ґ' | ' ' | '-' | ',' | '.' | '!' | '?' | '\'' | '0'..='9')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_to_be_as_folded_is() {
        let letters: Vec<char> = ('\u{20}'..='\u{52f}').filter(|c| is_as_folded(*c)).collect();
        assert_eq!(letters.len(), 32 + 4 + 7 + 10);
        for first in &letters {
            for second in &letters {
                // As the words of a phrase stand, with single spaces between them.
                let text = format!("он{first}{second}а");
                if text.contains("  ") {
                    continue;
                }
                assert!(Folded::lowers_only(&text, Style::COARSE));
                let folded = Folded::new(&text, &Prose::whole(&text), Style::COARSE);
                assert_eq!(folded.text(), text);
                assert_eq!(Folded::new(&text, &Prose::whole(&text), Style::ACCENTED).text(), text);
            }
        }
    }

    #[test]
    fn plain_letters_fold_as_they_do_in_a_text() {
        let letters: Vec<char> = ('!'..='~').chain("áéíóúüñÁ¿ ".chars()).collect();
        let mut plain = 0;
        for style in [Style::COARSE, Style::ACCENTED] {
            for first in &letters {
                for second in &letters {
                    let text = format!("sí{first}{second}a");
                    let Some(folded) = of_plain_letters(&text, style) else { continue };
                    let whole = Folded::new(&text, &Prose::whole(&text), style);
                    assert_eq!(folded, whole.text(), "{text}");
                    plain += 1;
                }
            }
        }
        assert!(plain > 15_000, "only {plain} are");
        assert_eq!(of_plain_letters("no  sé", Style::COARSE), None);
    }
}
