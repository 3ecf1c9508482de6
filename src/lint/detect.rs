//! Which language a draft is in, when nobody said. The `whatlang` crate tells languages apart
//! by their letter triples; what is decided here is how far to believe it. A wrong guess would
//! silently look with the wrong lexicon, so that when in doubt the answer is "unsure".

use whatlang::{Detector, Lang};

use crate::text::{Language, Piece, Prose};

/// Bytes of prose that are looked at; more does not make the answer better.
const SAMPLE: usize = 2_000;

/// What a draft seems to be written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Detected {
    /// One of the languages that lexicons in force serve.
    Served(Language),
    /// Another language; its English name.
    Foreign(&'static str),
    /// Too short or too mixed to tell.
    Unsure,
}

/// Guesses the language of some prose, among the `served` ones.
pub(super) fn detect(text: &str, prose: &Prose, served: &[&Language]) -> Detected {
    let sample = sample(text, prose);
    if let Some(language) = by_script(&sample) {
        let found = served.iter().find(|known| known.as_str() == language.0);
        return found.map_or(Detected::Foreign(language.1), |known| Detected::Served((*known).clone()));
    }
    let is_served = |lang: Lang| served.iter().find(|language| lang_of(language.as_str()) == Some(lang));
    let found = |lang: Lang| is_served(lang).map(|known| Detected::Served((*known).clone()));
    if let Some(any) = whatlang::detect(&sample).filter(whatlang::Info::is_reliable) {
        return found(any.lang()).unwrap_or(Detected::Foreign(any.lang().eng_name()));
    }
    // Among few languages, less is enough to tell them apart.
    let known = served.iter().filter_map(|language| lang_of(language.as_str())).collect();
    let among = Detector::with_allowlist(known).detect(&sample).filter(whatlang::Info::is_reliable);
    among.map(|among| among.lang()).or_else(|| by_letters(&sample)).and_then(found).unwrap_or(Detected::Unsure)
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

/// The first words of the agent; quotes and addresses may be in any language.
fn sample(text: &str, prose: &Prose) -> String {
    let mut sample = String::new();
    for piece in prose.pieces() {
        match *piece {
            Piece::Words(span) => sample.push_str(span.of(text)),
            Piece::Decoded(_, c) => sample.push(c),
            Piece::Opaque(..) | Piece::Break(_) => sample.push(' '),
        }
        if sample.len() > SAMPLE {
            sample.truncate(sample.floor_char_boundary(SAMPLE));
            break;
        }
    }
    sample
}

/// Languages with a script of their own that `whatlang` does not know.
fn by_script(sample: &str) -> Option<(&'static str, &'static str)> {
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let lao = sample.chars().filter(|c| matches!(c, '\u{e80}'..='\u{eff}') && c.is_alphabetic()).count();
    (lao * 2 > letters).then_some(("lo", "Lao"))
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

    #[test]
    fn every_code_names_a_language() {
        for language in ["en", "ca", "sk", "la", "tk", "fa", "sr", "tr"] {
            assert!(lang_of(language).is_some(), "{language}");
        }
    }
}
