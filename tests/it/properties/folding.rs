//! Folding: stable, and blind to how a character is composed.

use proptest::prelude::*;
use replylint::text::{Folded, Style};

use super::config;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn folding_again_changes_nothing(text in ".{0,80}") {
        let once = Folded::phrase(&text, Style::COARSE);
        // One line break in a text is only a space; the end of a stretch of prose takes two.
        let again = Folded::phrase(&once.replace('\n', "\n\n"), Style::COARSE);
        prop_assert_eq!(again, once);
    }

    #[test]
    fn composed_and_decomposed_text_fold_alike(text in "[a-zA-Zа-яА-ЯёЁйЙїЇéñüÅάώ ]{0,40}") {
        use unicode_normalization::UnicodeNormalization;
        let nfd: String = text.nfd().collect();
        prop_assert_eq!(Folded::phrase(&nfd, Style::COARSE), Folded::phrase(&text, Style::COARSE));
        prop_assert_eq!(Folded::phrase(&nfd, Style::ACCENTED), Folded::phrase(&text, Style::ACCENTED));
    }
}

/// Not a sample: every character there is, between letters. Left out are line breaks, and three
/// Tibetan vowels whose use Unicode discourages.
#[test]
fn every_character_folds_once_and_for_all() {
    use unicode_normalization::UnicodeNormalization;
    let mut wrong = Vec::new();
    for c in (' '..=char::MAX)
        .filter(|c| !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{f73}' | '\u{f75}' | '\u{f81}'))
    {
        let text = format!("a{c}a");
        let once = Folded::phrase(&text, Style::COARSE);
        let again = Folded::phrase(&once, Style::COARSE);
        let decomposed = Folded::phrase(&text.nfd().collect::<String>(), Style::COARSE);
        if once != again || once != decomposed {
            wrong
                .push(format!("U+{:04X} {text:?}: {once:?}, again {again:?}, decomposed {decomposed:?}", u32::from(c)));
        }
    }
    assert!(wrong.is_empty(), "{} characters\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}
