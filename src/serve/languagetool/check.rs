//! `/v2/check` without the server: a form in, an answer out.

use axum::http::StatusCode;

use super::answer::Answer;
use super::form::Form;
use super::language;
use super::request::Request;
use crate::lint::{Desk, LintError, Linter, Review};
use crate::serve::errors::Refusal;
use crate::text::Draft;

/// Checks the text of a form, of which part may stand in the query. `seen` is shown what was found.
///
/// # Errors
///
/// When the form is not understood, or no lexicon in force is for the language that it states.
pub(super) fn check(
    linter: &Linter,
    desk: &mut Desk,
    query: &str,
    body: &[u8],
    seen: impl FnOnce(&Review<'_>),
) -> Result<Answer, Refusal> {
    let form = Form::read(query, body)?;
    let request = Request::read(&form, linter)?;
    let draft = Draft { language: request.language.stated().cloned(), ..Draft::new(request.text.seen()) };
    let review = linter.lint_hearing(desk, &draft, &request.filter).map_err(|error| match error {
        LintError::UnservedLanguage { .. } => language::unserved(form.words("language").unwrap_or_default(), linter),
        LintError::TooLarge(_) => Refusal {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: error.code(),
            message: error.to_string().into(),
            help: error.help(),
        },
    })?;
    seen(&review);
    let answer = Answer::new(&request, &draft, &review);
    desk.take_back(review);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::refusal::said;
    use super::*;
    use crate::lexicon::{Opened, Source, SourceError, SourceFile, load};

    /// The form of some pairs.
    fn form(pairs: &[(&str, &str)]) -> String {
        let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
        pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&")
    }

    fn answer_of(linter: &Linter, pairs: &[(&str, &str)]) -> Result<Value, String> {
        let answer = check(linter, &mut Desk::default(), "", form(pairs).as_bytes(), |_| ());
        answer.map(|answer| serde_json::to_value(answer).expect("JSON")).map_err(|refusal| said(&refusal))
    }

    fn answer(pairs: &[(&str, &str)]) -> Value {
        answer_of(&Linter::builtin(), pairs).expect("an answer")
    }

    /// Rules, offsets and lengths.
    fn matches(answer: &Value) -> Vec<(&str, u64, u64)> {
        let number = |found: &Value, key: &str| found[key].as_u64().expect("a number");
        let matches = answer["matches"].as_array().expect("a list").iter();
        matches
            .map(|found| {
                (found["rule"]["id"].as_str().expect("an id"), number(found, "offset"), number(found, "length"))
            })
            .collect()
    }

    #[test]
    fn every_key_is_there() {
        let answer = answer(&[("text", "Hi 😀 You must pay. Bye."), ("language", "en-US")]);
        assert_eq!(matches(&answer), [("command.you-must", 6, 8)]);
        let found = &answer["matches"][0];
        assert_eq!(found["context"], json!({"text": "Hi 😀 You must pay. Bye.", "offset": 6, "length": 8}));
        assert_eq!(found["sentence"], "Hi 😀 You must pay.");
        assert_eq!(answer["sentenceRanges"], json!([[0, 19], [20, 24]]));
        assert_eq!(answer["language"]["code"], "en-US");
        assert_eq!(answer["language"]["detectedLanguage"]["name"], "English (US)");
        assert_eq!(found["rule"]["category"], json!({"id": "command", "name": "Command"}));
        assert!(found["replacements"][0]["value"].is_string(), "{found}");
        let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(keys(&answer), "language matches sentenceRanges software warnings");
        assert_eq!(
            keys(found),
            "context contextForSureMatch ignoreForIncompleteSentence length message offset replacements rule sentence \
             shortMessage type"
        );
        assert_eq!(keys(&found["rule"]), "category description id isPremium issueType");
        assert_eq!(keys(&answer["software"]), "apiVersion buildDate name premium premiumHint status version");
    }

    /// The answer does not grow with matches times text.
    #[test]
    fn a_text_that_is_one_sentence_is_not_repeated() {
        let text = "é you must ".repeat(2_000);
        let answer = answer(&[("text", &text), ("language", "en")]);
        assert_eq!(matches(&answer).len(), 2_000);
        for found in answer["matches"].as_array().expect("a list") {
            let sentence = found["sentence"].as_str().expect("text");
            assert!(sentence.contains("you must") && sentence.len() <= 1_010, "{}", sentence.len());
        }
    }

    #[test]
    fn markup_counts_and_is_not_torn() {
        let data = json!({"annotation": [
            {"markup": "<p>", "interpretAs": "\n\n"}, {"text": "Hi 😀 "}, {"markup": "<b>"}, {"text": "You"},
            {"markup": "</b>"}, {"text": " must pay. You must"}, {"markup": "</p>"},
        ]});
        let answer = answer(&[("data", &data.to_string()), ("language", "auto")]);
        assert_eq!(matches(&answer), [("command.you-must", 12, 12), ("command.you-must", 30, 8)]);
        assert_eq!(answer["matches"][0]["replacements"], json!([]));
        assert!(answer["matches"][0]["message"].as_str().is_some_and(|said| said.contains("say: ")));
        assert!(answer["matches"][1]["replacements"][0]["value"].is_string());
        assert_eq!(answer["matches"][0]["context"]["text"], "<p>Hi 😀 <b>You</b> must pay. You must</p>");
        assert_eq!(answer["sentenceRanges"], json!([[3, 29], [30, 38]]));
    }

    /// A linter with a lexicon of these entries.
    fn linter(entries: &str) -> Linter {
        struct One(String);
        impl Source for One {
            fn open(&self, _: &str, _: Option<&str>) -> Result<Opened, SourceError> {
                let file = SourceFile { name: "one".to_owned(), text: self.0.clone() };
                Ok(Opened { id: "one".to_owned(), files: vec![file] })
            }
        }
        let text = format!("[lexicon]\nlanguage = \"en\"\n{entries}");
        Linter::new(load(&["one"], &One(text)).expect("a valid lexicon").lexicons)
    }

    /// A client marks what it is told and puts one text in its place, and the sentence that comes out is whole.
    #[test]
    fn what_is_replaced_reads_well() {
        let linter = linter(
            "[avoid.a.kyc]\nphrases = ['kyc']\nprefer = ['the check', 'a <b>']\n\
             [avoid.a.must]\nphrases = ['you must']\nprefer = ['The next step is to …', '…', '… please … or …']\n\
             [avoid.a.basically]\nphrases = ['basically']\nprefer = ['', 'in short']\nfix = 'safe'\n\
             [avoid.a.simply]\nphrases = ['simply']\nprefer = ['']\n\
             [avoid.a.asap]\nphrases = ['asap']\n",
        );
        for (text, marked, results) in [
            ("😀 Your KYC is done.", "KYC", &["😀 Your THE CHECK is done.", "😀 Your A <B> is done."][..]),
            ("You must pay.", "You must", &["The next step is to pay.", "Please … or pay."]),
            ("😀 We can, basically, do it.", ", basically, ", &["😀 We can do it.", "😀 We can, in short, do it."]),
            ("Basically, we can.", "Basically, w", &["We can.", "In short, we can."]),
            ("We simply can.", "simply", &["We  can."]),
            ("Call asap.", "asap", &[]),
        ] {
            let answer = answer_of(&linter, &[("text", text), ("language", "en")]).expect("an answer");
            let (_, offset, length) = matches(&answer)[0];
            let units: Vec<u16> = text.encode_utf16().collect();
            let at = |units| usize::try_from(units).expect("small");
            let (start, end) = (at(offset), at(offset + length));
            let string = |units: &[u16]| String::from_utf16(units).expect("whole characters");
            assert_eq!(string(&units[start..end]), marked, "{text}");
            let replacements = answer["matches"][0]["replacements"].as_array().expect("a list").iter();
            let replaced: Vec<String> = replacements
                .map(|value| {
                    let value = value["value"].as_str().expect("text");
                    [&string(&units[..start]), value, &string(&units[end..])].concat()
                })
                .collect();
            assert_eq!(replaced, results, "{text}");
        }
    }

    /// Editors cannot show what has no length, so what is missing is shown at the word where it belongs.
    #[test]
    fn what_is_missing_is_shown_at_a_word() {
        let linter = linter(
            "[require.a.greeting]\nany = ['hello']\nwithin = 'first sentence'\nprefer = ['Hello, …']\n\
             [require.a.closing]\nany = ['kind regards']\nwithin = 'last sentence'\n",
        );
        for (text, expected) in [
            ("  The money left. It is there.", &[("a.greeting", "The"), ("a.closing", "there")][..]),
            ("«Да» 😀", &[("a.greeting", "Да"), ("a.closing", "Да")]),
            ("The money left.\n\n-- \nAnna", &[("a.greeting", "The"), ("a.closing", "left")]),
            ("😀", &[]),
            ("", &[]),
        ] {
            let answer = answer_of(&linter, &[("text", text), ("language", "en")]).expect("an answer");
            let units: Vec<u16> = text.encode_utf16().collect();
            let word = |(rule, offset, length)| {
                let (start, end) = (usize::try_from(offset).expect("small"), usize::try_from(length).expect("small"));
                (rule, String::from_utf16(&units[start..start + end]).expect("whole characters"))
            };
            let found: Vec<(&str, String)> = matches(&answer).into_iter().map(word).collect();
            let expected: Vec<(&str, String)> =
                expected.iter().map(|(rule, word)| (*rule, (*word).to_owned())).collect();
            assert_eq!(found, expected, "{text:?}");
            for found in answer["matches"].as_array().expect("a list") {
                assert_eq!(found["replacements"], json!([]), "{text:?}");
            }
        }
        let asked = |mode| {
            let form = [("text", "The money left asap."), ("language", "en"), ("mode", mode)];
            matches(&answer_of(&linter, &form).expect("an answer")).len()
        };
        assert_eq!([asked("all"), asked("textLevelOnly"), asked("allButTextLevelOnly")], [2, 2, 0]);
    }

    #[test]
    fn a_stated_language_that_no_lexicon_is_for_is_an_error() {
        let error =
            answer_of(&Linter::builtin(), &[("text", "Bonjour"), ("language", "fr-FR")]).expect_err("no French");
        assert!(error.starts_with("Error: 'fr-FR' is not the code"), "{error}");
        let text = "Vous devez payer la facture avant la fin du mois, sinon nous fermerons votre compte.";
        let answer = answer(&[("text", text), ("language", "auto")]);
        assert_eq!(answer["warnings"]["incompleteResults"], true, "{answer}");
        assert_eq!(answer["language"]["code"], "und");
    }

    #[test]
    fn rules_can_be_silenced() {
        let text = ("text", "You must pay. No problem!");
        let rules = |pair| {
            let answer = answer(&[text, ("language", "en"), pair]);
            matches(&answer).into_iter().map(|(rule, ..)| rule.to_owned()).collect::<Vec<_>>().join(" ")
        };
        let all = rules(("a", "b"));
        assert!(all.starts_with("command.you-must ") && all.split(' ').count() == 2, "{all}");
        let other = all.split(' ').next_back().expect("a rule");
        for name in ["disabledRules", "disabledCategories"] {
            let value = if name == "disabledRules" { "command.you-must" } else { "command" };
            assert_eq!(rules((name, value)), other, "{name}");
        }
        // A rule that is not heard does not stand in the way of one that is.
        let linter = linter("[avoid.a.long]\nphrases = ['you must pay']\n[avoid.a.short]\nphrases = ['must']\n");
        let form = [text, ("language", "en"), ("disabledRules", "a.long")];
        assert_eq!(matches(&answer_of(&linter, &form).expect("an answer")), [("a.short", 4, 4)]);
        assert_eq!(matches(&answer_of(&linter, &form[..2]).expect("an answer")), [("a.long", 0, 12)]);
        let only = answer(&[text, ("language", "en"), ("enabledOnly", "true"), ("enabledCategories", "command")]);
        assert_eq!(matches(&only), [("command.you-must", 0, 8)]);
    }
}
