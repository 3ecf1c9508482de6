//! Which language a draft is in, when nobody said. Most drafts give themselves away by their small
//! words, which [`tally`] counts in about a microsecond. Of the others the `whatlang` crate judges
//! by letter triples, which takes far longer; what is decided here is how far to believe
//! it. A wrong guess would silently look with the wrong lexicon, so that when in doubt the answer is
//! "unsure".

mod sample;
mod tally;
mod tongues;
mod vocabulary;

use whatlang::{Detector, Lang};

use self::sample::Sample;
use self::tally::Tally;
use crate::text::{Language, Prose};

/// What a draft seems to be written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detected<'l> {
    /// One of the languages that lexicons in force serve.
    Served(&'l Language),
    /// Another language; its English name.
    Foreign(&'static str),
    /// Too short or too mixed to tell.
    Unsure,
}

/// Guesses the language of some prose, among the `served` ones.
pub(super) fn detect<'l>(text: &str, prose: &Prose, served: &[&'l Language]) -> Detected<'l> {
    let sample = Sample::of(text, prose);
    quick(&sample, served).unwrap_or_else(|| thorough(&sample.joined(), served))
}

/// The language of some prose when it is beyond doubt at a glance, among the `served` ones.
pub(super) fn glance<'l>(text: &str, prose: &Prose, served: &[&'l Language]) -> Option<&'l Language> {
    match quick(&Sample::of(text, prose), served) {
        Some(Detected::Served(language)) => Some(language),
        Some(Detected::Foreign(_) | Detected::Unsure) | None => None,
    }
}

/// What is beyond doubt at a glance.
fn quick<'l>(sample: &Sample<'_>, served: &[&'l Language]) -> Option<Detected<'l>> {
    let tally = Tally::of(sample.clone());
    let is_served = |tag: &str| served.iter().find(|known| known.as_str() == tag);
    let found = |tag: &str| is_served(tag).map(|&known| Detected::Served(known));
    if tally.is_lao() {
        return Some(found("lo").unwrap_or(Detected::Foreign("Lao")));
    }
    tally.verdict().and_then(found)
}

fn thorough<'l>(sample: &str, served: &[&'l Language]) -> Detected<'l> {
    let is_served = |lang: Lang| served.iter().find(|language| lang_of(language.as_str()) == Some(lang));
    let found = |lang: Lang| is_served(lang).map(|&known| Detected::Served(known));
    if let Some(any) = whatlang::detect(sample).filter(whatlang::Info::is_reliable) {
        return found(any.lang()).unwrap_or(Detected::Foreign(any.lang().eng_name()));
    }
    // Among few languages, less is enough to tell them apart.
    let known = served.iter().filter_map(|language| lang_of(language.as_str())).collect();
    let among = Detector::with_allowlist(known).detect(sample).filter(whatlang::Info::is_reliable);
    among.map(|among| among.lang()).or_else(|| by_letters(sample)).and_then(found).unwrap_or(Detected::Unsure)
}

/// Russian and Ukrainian share most words of a short reply, and tell themselves apart by letters.
fn by_letters(sample: &str) -> Option<Lang> {
    let has = |letters: &[char]| sample.to_lowercase().contains(letters);
    match (has(&['ы', 'э', 'ъ', 'ё']), has(&['і', 'ї', 'є', 'ґ']), has(&['ў'])) {
        (true, false, false) => Some(Lang::Rus),
        (false, true, false) => Some(Lang::Ukr),
        _ => None,
    }
}

/// `whatlang` names languages by ISO 639-3, lexicons by the two letters of BCP 47.
fn lang_of(language: &str) -> Option<Lang> {
    const CODES: [(&str, &str); 67] = [
        ("eo", "epo"),
        ("en", "eng"),
        ("ru", "rus"),
        ("zh", "cmn"),
        ("es", "spa"),
        ("pt", "por"),
        ("it", "ita"),
        ("bn", "ben"),
        ("fr", "fra"),
        ("de", "deu"),
        ("uk", "ukr"),
        ("ka", "kat"),
        ("ar", "ara"),
        ("hi", "hin"),
        ("ja", "jpn"),
        ("he", "heb"),
        ("yi", "yid"),
        ("pl", "pol"),
        ("am", "amh"),
        ("jv", "jav"),
        ("ko", "kor"),
        ("nb", "nob"),
        ("da", "dan"),
        ("sv", "swe"),
        ("fi", "fin"),
        ("tr", "tur"),
        ("nl", "nld"),
        ("hu", "hun"),
        ("cs", "ces"),
        ("el", "ell"),
        ("bg", "bul"),
        ("be", "bel"),
        ("mr", "mar"),
        ("kn", "kan"),
        ("ro", "ron"),
        ("sl", "slv"),
        ("hr", "hrv"),
        ("sr", "srp"),
        ("mk", "mkd"),
        ("lt", "lit"),
        ("lv", "lav"),
        ("et", "est"),
        ("ta", "tam"),
        ("vi", "vie"),
        ("ur", "urd"),
        ("th", "tha"),
        ("gu", "guj"),
        ("uz", "uzb"),
        ("pa", "pan"),
        ("az", "aze"),
        ("id", "ind"),
        ("te", "tel"),
        ("fa", "pes"),
        ("ml", "mal"),
        ("or", "ori"),
        ("my", "mya"),
        ("ne", "nep"),
        ("si", "sin"),
        ("km", "khm"),
        ("tk", "tuk"),
        ("ak", "aka"),
        ("zu", "zul"),
        ("sn", "sna"),
        ("af", "afr"),
        ("la", "lat"),
        ("sk", "slk"),
        ("ca", "cat"),
    ];
    let (_, code) = CODES.iter().find(|(two, _)| *two == language)?;
    Lang::from_code(*code)
}

#[cfg(test)]
mod tests {
    use super::tongues::TONGUES;
    use super::*;

    #[test]
    fn languages_are_told_apart_or_left_open() {
        let served: Vec<Language> =
            ["en", "ru", "uk", "es", "lo"].map(|tag| Language::parse(tag).expect("a tag")).into();
        let served: Vec<&Language> = served.iter().collect();
        let rows = [
            ("Thank you for writing, we have looked at your order and it is on its way.", "en"),
            ("Вы должны заплатить до пятницы.", "ru"),
            ("Ви повинні заплатити до п'ятниці.", "uk"),
            ("Gracias por escribirnos, hemos revisado su pedido y está en camino.", "es"),
            ("ທ່ານຕ້ອງສົ່ງເອກະສານ", "lo"),
            ("No.", ""),
            ("Вы неправильно ввели код.", "ru"),
            ("Немає, її код.", "uk"),
            ("", ""),
            ("Vielen Dank für Ihre Nachricht, wir haben Ihre Bestellung geprüft und sie ist unterwegs.", "German"),
            ("> Вы должны заплатить до пятницы.\nThank you for writing, we have looked at your order.", "en"),
        ];
        for (text, expected) in rows {
            let found = match detect(text, &Prose::of_text(text), &served) {
                Detected::Served(language) => language.to_string(),
                Detected::Foreign(name) => name.to_owned(),
                Detected::Unsure => String::new(),
            };
            assert_eq!(found, expected, "{text}");
        }
    }

    /// A lexicon may be for any language; the quick way is right about it or says nothing.
    #[test]
    fn the_quick_way_is_right_or_silent() {
        let served: Vec<Language> = TONGUES
            .iter()
            .map(|tongue| tongue.tag)
            .chain(["lo"])
            .map(|tag| Language::parse(tag).expect("a tag"))
            .collect();
        let served: Vec<&Language> = served.iter().collect();
        let (mut said, mut silent) = (Vec::new(), Vec::new());
        for line in include_str!("sentences.txt").lines().filter(|line| !line.starts_with('#')) {
            let (tag, text) = line.split_once(": ").expect("a language and a sentence");
            match quick(&Sample::of(text, &Prose::of_text(text)), &served) {
                Some(Detected::Served(language)) => {
                    assert_eq!(language.as_str(), tag, "{text}");
                    said.push(tag);
                }
                Some(other) => panic!("{other:?}: {text}"),
                None => silent.push(tag),
            }
        }
        for tag in ["en", "es", "ru", "uk", "lo"] {
            let count = |tags: &[&str]| tags.iter().filter(|&&of| of == tag).count();
            assert!(count(&said) > count(&silent), "{tag} is told {} times of {}", count(&said), count(&silent));
        }
    }

    /// Over replies that nobody here wrote, the quick way says what the thorough one says, or what the
    /// person said who gathered them where that one is unsure.
    #[test]
    #[ignore = "needs REPLYLINT_REPLIES, a folder of .jsonl files with real replies"]
    #[allow(clippy::disallowed_methods, reason = "a test may read its files")]
    fn real_replies_are_in_the_same_language_either_way() {
        let folder = std::env::var_os("REPLYLINT_REPLIES").expect("REPLYLINT_REPLIES names a folder");
        let served = ["en", "ru", "uk", "es", "lo"].map(|tag| Language::parse(tag).expect("a tag"));
        let served: Vec<&Language> = served.iter().collect();
        let (mut all, mut decided) = (0, 0);
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a file").path();
            if path.extension().is_none_or(|extension| extension != "jsonl") {
                continue;
            }
            for line in std::fs::read_to_string(path).expect("a text").lines() {
                let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
                let text = record["text"].as_str().expect("a text");
                let prose = Prose::of_text(text);
                let sample = Sample::of(text, &prose);
                all += 1;
                let Some(quickly) = quick(&sample, &served) else { continue };
                decided += 1;
                match thorough(&sample.joined(), &served) {
                    Detected::Unsure => assert_eq!(
                        Some(quickly),
                        served.iter().find(|tag| record["lang"] == tag.as_str()).map(|&tag| Detected::Served(tag)),
                        "{text}"
                    ),
                    thoroughly @ (Detected::Served(_) | Detected::Foreign(_)) => {
                        assert_eq!(quickly, thoroughly, "{text}");
                    }
                }
            }
        }
        assert!(all > 300, "only {all} replies");
        // The others are mostly of less than ten words.
        assert!(decided * 100 > all * 85, "only {decided} of {all} replies are told quickly");
    }

    #[test]
    fn every_code_names_a_language() {
        for language in ["en", "ca", "sk", "la", "tk", "fa", "sr", "tr"] {
            assert!(lang_of(language).is_some(), "{language}");
        }
    }
}
