//! Lexicons: whatever is typed is understood or refused.

use proptest::prelude::*;
use replylint::Linter;

use super::{config, findings};
use crate::support::Memory;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_loads_or_is_refused_without_a_panic(text in "\\PC{0,120}") {
        let memory = Memory::default().with("x", &format!("[lexicon]\nlanguage = \"en\"\n[avoid.a.b]\nphrases = ['{text}']\n{text}"));
        let _ = memory.load("x");
    }

    #[test]
    fn any_phrase_is_understood_or_refused_without_a_panic(phrase in "[ a-c(|)\\[\\]{}*…@^$.']{0,24}", text in "[ a-c.,]{0,24}") {
        let source = format!("[lexicon]\nlanguage = \"en\"\n[group]\na = [\"a\", \"b c\"]\n[avoid.a.b]\nphrases = [{phrase:?}]\n");
        if let Ok(mut loaded) = Memory::default().with("x", &source).load("x") {
            let linter = Linter::new(vec![loaded.lexicons.remove(0)]);
            findings(&linter, &text);
        }
    }
}
