//! Phrases as a person would say them, without a sign of the syntax: one form of each, for paper.

use crate::lexicon::{Element, Pattern, Slot, Wording, WordingPart};
use crate::report::printable::one_line;

/// What stands for all that is left open.
const OPEN: &str = "…";

/// The form of a phrase that says most plainly what it is about: of alternatives the first, without what
/// may be left out, and dots for gaps, blanks and endings.
pub(super) fn spoken(pattern: &Pattern) -> String {
    let mut text = String::new();
    say(&pattern.elements(), &mut text);
    tidy(&text)
}

/// A wording to say instead, with dots for what stood in the draft.
pub(super) fn worded(wording: &Wording) -> String {
    let part = |part: &WordingPart| match part {
        WordingPart::Words(text) | WordingPart::Field(text) => text.replace("...", OPEN),
        WordingPart::Slot(_) => OPEN.to_owned(),
    };
    tidy(&wording.parts().iter().map(part).collect::<String>())
}

fn say(elements: &[Element], text: &mut String) {
    for element in elements {
        match element {
            Element::Text(words) => text.push_str(words),
            Element::Space => text.push(' '),
            Element::Gap => text.extend([" ", OPEN, " "]),
            Element::Ending | Element::Slot(Slot::Word | Slot::Number | Slot::Amount | Slot::Time | Slot::Name) => {
                text.push_str(OPEN);
            }
            Element::Choice(alternatives) => {
                if !alternatives.iter().any(|alternative| may_be_nothing(alternative)) {
                    say(alternatives.first().map(Vec::as_slice).unwrap_or_default(), text);
                }
            }
        }
    }
}

/// Whether a part may be left out of the phrase, be it by an alternative of an alternative.
fn may_be_nothing(elements: &[Element]) -> bool {
    elements.iter().all(|element| match element {
        Element::Space => true,
        Element::Choice(alternatives) => alternatives.iter().any(|alternative| may_be_nothing(alternative)),
        Element::Text(_) | Element::Ending | Element::Gap | Element::Slot(_) => false,
    })
}

/// Single spaces, none before a comma, no comma at the end, and never dots behind dots.
fn tidy(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    let line = one_line(text);
    for word in line.split_whitespace() {
        if word != OPEN || words.last() != Some(&OPEN) {
            words.push(word);
        }
    }
    let mut text = words.join(" ");
    for sign in [",", ".", ";", "!", "?", ":"] {
        text = text.replace(&format!("{OPEN} {sign}"), &format!("{OPEN}{sign}"));
    }
    text.truncate(text.trim_end_matches(',').len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Kind, Opened, Source, SourceError, SourceFile, load};

    struct One(String);

    impl Source for One {
        fn open(&self, reference: &str, _from: Option<&str>) -> Result<Opened, SourceError> {
            let file = SourceFile { name: reference.to_owned(), text: self.0.clone() };
            Ok(Opened { id: reference.to_owned(), files: vec![file] })
        }
    }

    /// What becomes of a phrase and of a wording, as they would be in a lexicon.
    fn on_paper(phrase: &str, wording: &str) -> (String, String) {
        let text = format!(
            "[lexicon]\nlanguage = \"en\"\n[group]\nmodal = [\"[really] must\", \"shall\"]\n[avoid.a.b]\nphrases = ['''{phrase}''']\nprefer = ['''{wording}''']"
        );
        let lexicon = load(&["a.toml"], &One(text)).expect(phrase).lexicons.remove(0);
        let entry = lexicon.entries().iter().find(|entry| entry.kind == Kind::Avoid).expect("it has one");
        (spoken(&entry.patterns[0]), worded(&entry.prefer[0]))
    }

    #[test]
    fn phrases_read_like_phrases() {
        let rows = [
            ("you must", "you must"),
            ("You  must…", "You must"),
            ("you('ll| will) need to", "you'll need to"),
            ("you [also|first] must", "you must"),
            (
                "[I|we] [can|do] [completely|totally] understand (how|why) you('re| are|) upset",
                "understand how you upset",
            ),
            ("(haven't|have not) paid", "haven't paid"),
            ("you @modal pay", "you must pay"),
            ("must … by {time}", "must … by …"),
            ("not … … {number} days", "not … days"),
            ("you are {number} days late", "you are … days late"),
            ("(a|(b|)) c", "c"),
            ("second(|s)", "second"),
            ("^no$", "no"),
            ("sorry[,] but", "sorry but"),
            ("is … , then", "is …, then"),
            ("e.g.", "e.g."),
            ("dude,", "dude"),
            ("долж*", "долж…"),
            ("вы долж* [были|бы] (указать|подать)", "вы долж… указать"),
            ("отклон(ён|ена|ены) (банком|нами)", "отклонён банком"),
            ("[к сожалению,] (мы|я) не мо(жем|гу) … {word}", "мы не можем …"),
            ("к сожалению", "к сожалению"),
            ("(ພວກເຮົາ|ຂ້ອຍ)ສາມາດ", "ພວກເຮົາສາມາດ"),
        ];
        for (phrase, expected) in rows {
            assert_eq!(on_paper(phrase, "x").0, expected, "{phrase}");
        }
    }

    #[test]
    fn wordings_have_dots_for_blanks() {
        let rows = [
            ("Our records show …", "Our records show …"),
            ("open for {number} days", "open for … days"),
            ("open for {number} ...", "open for …"),
            ("Dear {{name}}, it's {time}", "Dear {{name}}, it's …"),
            ("Счёт открыт {number} дней", "Счёт открыт … дней"),
        ];
        for (wording, expected) in rows {
            assert_eq!(on_paper("{number} {amount} {time} x", wording).1, expected, "{wording}");
        }
    }

    /// Whatever the lexicons that come with the program hold, no sign of the syntax reaches the paper.
    #[test]
    fn no_sign_of_the_syntax_is_left() {
        for lexicon in crate::lexicon::Builtin::references().filter_map(|it| crate::Lexicon::builtin(&it)) {
            for pattern in lexicon.entries().iter().flat_map(|entry| &entry.patterns) {
                let text = spoken(pattern);
                let is_clean = !text.is_empty() && !text.contains(['(', ')', '[', ']', '|', '{', '}', '*', '@']);
                assert!(is_clean && !text.contains("  "), "{pattern} reads {text:?}");
            }
        }
    }
}
