//! Phrases in another script than their language is written in, and words with a letter of another script in
//! them that only looks right. A phrase that names a product in Latin letters is fine as long as a word of the
//! language stands beside it.

use regex::Regex;

use super::{Audit, problem};
use crate::lexicon::{Code, Element, Entry, Origin, Pattern, Problem};
use crate::text::{Language, disguised};

/// The scripts of languages that are mostly written in others than Latin; those of the same language side by side.
const SCRIPTS: [(&str, &str); 22] = [
    ("ru uk be bg mk kk ky mn tg", r"\p{Cyrillic}"),
    ("sr uz az tk bs", r"\p{Cyrillic}\p{Latin}"),
    ("el", r"\p{Greek}"),
    ("he yi", r"\p{Hebrew}"),
    ("ar fa ur ps ug", r"\p{Arabic}"),
    ("th", r"\p{Thai}"),
    ("lo", r"\p{Lao}"),
    ("km", r"\p{Khmer}"),
    ("my", r"\p{Myanmar}"),
    ("ja", r"\p{Han}\p{Hiragana}\p{Katakana}ー"),
    ("zh yue", r"\p{Han}\p{Bopomofo}"),
    ("ko", r"\p{Hangul}\p{Han}"),
    ("hi mr ne sa", r"\p{Devanagari}"),
    ("bn as", r"\p{Bengali}"),
    ("pa", r"\p{Gurmukhi}\p{Arabic}"),
    ("gu", r"\p{Gujarati}"),
    ("ta", r"\p{Tamil}"),
    ("te", r"\p{Telugu}"),
    ("kn", r"\p{Kannada}"),
    ("ml", r"\p{Malayalam}"),
    ("ka", r"\p{Georgian}"),
    ("hy", r"\p{Armenian}"),
];

/// Languages that are written in Latin letters.
const LATIN: &str = "en es de fr it pt nl pl cs sk sl hr ro hu sv da no nb nn fi et lv lt is ga cy eu ca gl sq mt tr vi id ms tl sw af la eo";

impl Audit<'_> {
    pub(super) fn ask_after_scripts(&mut self) {
        let script = Script::of(self.lexicon.language());
        let mut found: Vec<(usize, Problem)> = Vec::new();
        let mut foreign: Vec<(usize, &Pattern, &Origin)> = Vec::new();
        let mut has_own = false;
        for (number, entry) in self.all() {
            for (pattern, origin) in entry.all_patterns().filter_map(|pattern| Some((pattern, pattern.origin()?))) {
                if !self.is_own(Some(origin)) {
                    continue;
                }
                found.extend(mixed(pattern.source(), entry, origin).map(|problem| (number, problem)));
                match script.as_ref().map(|script| script.letters_of(pattern)) {
                    Some(Letters::Own) => has_own = true,
                    // An exception may be the name of something, and often is.
                    Some(Letters::Others) if !is_exception(pattern, entry) => foreign.push((number, pattern, origin)),
                    Some(Letters::Others | Letters::None) | None => {}
                }
            }
            for (wording, origin) in self.own_wordings(entry) {
                found.extend(mixed(wording.as_str(), entry, origin).map(|problem| (number, problem)));
            }
        }
        let language = self.lexicon.language();
        // Where all are in another script, it is the language that is wrong, or they are examples yet.
        let shown = if has_own { foreign.len() } else { 1 };
        for (number, pattern, origin) in foreign.into_iter().take(shown) {
            let (message, remedy) = if has_own {
                (
                    format!(
                        "`{pattern}` has no letter of the script of this lexicon's language, which is `{language}`"
                    ),
                    "is it in the right lexicon? If replies hold it like this, write `allow = [\"other-script\"]` into the entry",
                )
            } else {
                (
                    format!(
                        "no phrase here has a letter of the script of this lexicon's language, which is `{language}`"
                    ),
                    "put phrases of that language in place of these, or write another `language` at the top",
                )
            };
            found.push((number, problem(Code::OtherScript, origin, message, "another script", remedy.to_owned())));
        }
        self.warn_of_all(found);
    }
}

fn is_exception(pattern: &Pattern, entry: &Entry) -> bool {
    let near = entry.unless_near.iter().flat_map(|near| &near.patterns);
    entry.unless.iter().chain(near).any(|exception| std::ptr::eq(exception, pattern))
}

/// The script of a language.
struct Script {
    letters: Regex,
    /// Letters of other scripts.
    others: Regex,
}

impl Script {
    fn of(language: &Language) -> Option<Self> {
        let named = |list: &str| list.split(' ').any(|known| known == language.as_str());
        let own = SCRIPTS.iter().find(|(languages, _)| named(languages)).map(|(_, script)| *script);
        let own = own.or_else(|| named(LATIN).then_some(r"\p{Latin}"))?;
        let others = format!(r"[\p{{Letter}}--[{own}\p{{Common}}\p{{Inherited}}]]");
        Some(Self { letters: Regex::new(&format!("[{own}]")).ok()?, others: Regex::new(&others).ok()? })
    }

    fn letters_of(&self, pattern: &Pattern) -> Letters {
        let mut letters = Letters::None;
        each_text(&pattern.elements(), &mut |text| {
            if self.letters.is_match(text) {
                letters = Letters::Own;
            } else if letters == Letters::None && self.others.is_match(text) {
                letters = Letters::Others;
            }
        });
        letters
    }
}

/// Of which script the letters of a phrase are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// It has none.
    None,
    /// All of others.
    Others,
    /// Of its own, some at least.
    Own,
}

fn each_text(elements: &[Element], each: &mut impl FnMut(&str)) {
    for element in elements {
        match element {
            Element::Text(text) => each(text),
            Element::Choice(alternatives) => alternatives.iter().for_each(|alternative| each_text(alternative, each)),
            Element::Space | Element::Ending | Element::Gap | Element::Slot(_) => {}
        }
    }
}

/// The warning about a word that mixes scripts, where every letter of the other one looks like one of its own.
fn mixed(text: &str, entry: &Entry, origin: &Origin) -> Option<Problem> {
    let mut words = text.split(|c: char| !c.is_alphabetic()).map(|word| (word, disguised(word)));
    let (word, letters) = words.find(|(_, letters)| !letters.is_empty())?;
    let letters = letters.iter().map(|letter| format!("`{letter}`")).collect::<Vec<_>>().join(", ");
    let message = format!("`{word}` in `{}` has a letter of another script that only looks right: {letters}", entry.id);
    let remedy = "type the word anew, all of it with the same keyboard layout";
    Some(problem(Code::MixedScripts, origin, message, "mixes scripts", remedy.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_one_row_and_every_row_can_be_read() {
        let all: Vec<&str> =
            SCRIPTS.iter().flat_map(|(languages, _)| languages.split(' ')).chain(LATIN.split(' ')).collect();
        for language in &all {
            assert_eq!(all.iter().filter(|other| *other == language).count(), 1, "{language}");
            assert!(Script::of(&Language::parse(language).expect("a tag")).is_some(), "{language}");
        }
        assert!(Script::of(&Language::undetermined()).is_none());
    }
}
