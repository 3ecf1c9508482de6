//! Names and codes of languages as clients of LanguageTool know them. A lexicon is for a language and knows of
//! no regions; clients ask for `en-US` and check only what they find in the list of languages under that code.

use serde::Serialize;

use super::refusal;
use crate::lexicon::Lexicon;
use crate::lint::Linter;
use crate::serve::errors::Refusal;
use crate::text::Language;

/// A language in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Listed {
    name: String,
    code: String,
    long_code: String,
}

/// A language that a client stated, or that a draft is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tongue {
    /// Such as "English (US)".
    pub(super) name: String,
    /// Such as `en-US`.
    pub(super) code: String,
}

/// What a client says of the language of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// A code, as it came.
    Stated(String, Language),
    /// `auto`, and the regions that the client would have of the languages it knows, such as `en-GB`.
    Auto(Vec<String>),
}

/// Code, name, the code that stands for it when nobody names a region, and the regions that word processors have.
const KNOWN: [(&str, &str, &str, &str); 31] = [
    ("ar", "Arabic", "ar", "AE EG SA"),
    ("be", "Belarusian", "be-BY", "BY"),
    ("bg", "Bulgarian", "bg-BG", "BG"),
    ("cs", "Czech", "cs-CZ", "CZ"),
    ("da", "Danish", "da-DK", "DK"),
    ("de", "German", "de-DE", "AT CH DE"),
    ("el", "Greek", "el-GR", "GR"),
    ("en", "English", "en-US", "AU CA GB IE IN NZ PH SG US ZA"),
    ("es", "Spanish", "es-ES", "AR BO CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV US UY VE"),
    ("fi", "Finnish", "fi-FI", "FI"),
    ("fr", "French", "fr-FR", "BE CA CH FR LU"),
    ("he", "Hebrew", "he-IL", "IL"),
    ("hi", "Hindi", "hi-IN", "IN"),
    ("hu", "Hungarian", "hu-HU", "HU"),
    ("id", "Indonesian", "id-ID", "ID"),
    ("it", "Italian", "it-IT", "CH IT"),
    ("ja", "Japanese", "ja-JP", "JP"),
    ("ko", "Korean", "ko-KR", "KR"),
    ("lo", "Lao", "lo-LA", "LA"),
    ("nb", "Norwegian", "nb-NO", "SJ NO"),
    ("nl", "Dutch", "nl-NL", "BE NL"),
    ("pl", "Polish", "pl-PL", "PL"),
    ("pt", "Portuguese", "pt-PT", "AO BR MZ PT"),
    ("ro", "Romanian", "ro-RO", "RO"),
    ("ru", "Russian", "ru-RU", "RU"),
    ("sk", "Slovak", "sk-SK", "SK"),
    ("sv", "Swedish", "sv-SE", "FI SE"),
    ("th", "Thai", "th-TH", "TH"),
    ("tr", "Turkish", "tr-TR", "TR"),
    ("uk", "Ukrainian", "uk-UA", "UA"),
    ("zh", "Chinese", "zh-CN", "CN TW"),
];

impl Asked {
    /// Reads the parameter `language`, and the regions that are preferred when it is `auto`.
    ///
    /// # Errors
    ///
    /// When it is no code of a language, in the words that LanguageTool has for it.
    pub(super) fn read(code: &str, preferred: &str, linter: &Linter) -> Result<Self, Refusal> {
        if code.eq_ignore_ascii_case("auto") {
            let codes = preferred.split(',').map(str::trim).filter(|code| Language::parse(code).is_ok());
            return Ok(Self::Auto(codes.map(str::to_owned).collect()));
        }
        match Language::parse(code) {
            Ok(language) => Ok(Self::Stated(code.to_owned(), language)),
            Err(_) => Err(unserved(code, linter)),
        }
    }

    /// The language of the draft, when it was stated.
    pub(super) fn stated(&self) -> Option<&Language> {
        match self {
            Self::Stated(_, language) => Some(language),
            Self::Auto(_) => None,
        }
    }

    /// What an answer calls the language, when a draft was found to be in `found`.
    pub(super) fn tongue(&self, found: Option<&Language>) -> Tongue {
        match (self, found) {
            (Self::Stated(code, language), _) => {
                let region = code.split(['-', '_']).skip(1).find(|part| is_region(part));
                Tongue { name: name(language.as_str(), region), code: code.replace('_', "-") }
            }
            (Self::Auto(preferred), Some(language)) => {
                let wanted =
                    preferred.iter().find(|code| Language::parse(code).as_ref() == Ok(language)).map(String::as_str);
                let code = wanted.unwrap_or_else(|| long_code(language.as_str())).to_owned();
                Self::Stated(code, language.clone()).tongue(None)
            }
            (Self::Auto(_), None) => Tongue { name: "Undetermined".to_owned(), code: "und".to_owned() },
        }
    }
}

/// All languages that a linter serves, each alone and in the regions that word processors have.
pub(super) fn listed(linter: &Linter) -> Vec<Listed> {
    served(linter).into_iter().flat_map(|code| with_regions(&code)).collect()
}

/// The answer for a language that no lexicon in force is for.
pub(super) fn unserved(code: &str, linter: &Linter) -> Refusal {
    let codes: Vec<String> = listed(linter).into_iter().map(|listed| listed.long_code).collect();
    refusal::unserved(format!(
        "'{code}' is not the code of a language that a lexicon in force is for. Supported language codes are: {}",
        codes.join(", ")
    ))
}

/// The codes of the languages that are served: a lexicon for no language in particular is for all of them.
fn served(linter: &Linter) -> Vec<String> {
    let mut codes: Vec<String> = linter
        .lexicons()
        .map(Lexicon::language)
        .filter(|language| !language.is_undetermined())
        .map(|language| language.as_str().to_owned())
        .collect();
    if codes.is_empty() && linter.lexicons().next().is_some() {
        codes = KNOWN.iter().map(|(code, ..)| (*code).to_owned()).collect();
    }
    codes.sort();
    codes.dedup();
    codes
}

fn with_regions(code: &str) -> Vec<Listed> {
    let one = |region: Option<&str>| Listed {
        name: name(code, region),
        code: code.to_owned(),
        long_code: region.map_or_else(|| code.to_owned(), |region| format!("{code}-{region}")),
    };
    let regions = known(code).map_or("", |(.., regions)| regions);
    std::iter::once(None).chain(regions.split_whitespace().map(Some)).map(one).collect()
}

fn known(code: &str) -> Option<(&'static str, &'static str, &'static str, &'static str)> {
    KNOWN.into_iter().find(|(known, ..)| *known == code)
}

fn long_code(code: &str) -> &str {
    known(code).map_or(code, |(_, _, long_code, _)| long_code)
}

fn name(code: &str, region: Option<&str>) -> String {
    let language = known(code).map_or(code, |(_, name, ..)| name);
    region.map_or_else(|| language.to_owned(), |region| format!("{language} ({})", region.to_ascii_uppercase()))
}

fn is_region(part: &str) -> bool {
    (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
        || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(code: &str, preferred: &str) -> Asked {
        Asked::read(code, preferred, &Linter::builtin()).expect("a language")
    }

    #[test]
    fn a_language_is_called_what_the_client_calls_it() {
        let english = Language::parse("en").expect("a language");
        let welsh = Language::parse("cy").expect("a language");
        for (code, preferred, found, expected) in [
            ("en-US", "", None, ("English (US)", "en-US")),
            ("en", "", None, ("English", "en")),
            ("en_gb", "", None, ("English (GB)", "en-gb")),
            ("en-Latn-US", "", None, ("English (US)", "en-Latn-US")),
            ("es-419", "", None, ("Spanish (419)", "es-419")),
            ("cy-GB", "", None, ("cy (GB)", "cy-GB")),
            ("auto", "", Some(&english), ("English (US)", "en-US")),
            ("auto", "de-AT, en-GB", Some(&english), ("English (GB)", "en-GB")),
            ("AUTO", "de-AT,%", Some(&english), ("English (US)", "en-US")),
            ("auto", "", Some(&welsh), ("cy", "cy")),
            ("auto", "en-GB", None, ("Undetermined", "und")),
        ] {
            let Tongue { name, code: called } = asked(code, preferred).tongue(found);
            assert_eq!((&*name, &*called), expected, "{code} {preferred}");
        }
    }

    #[test]
    fn languages_are_listed_with_the_codes_that_editors_ask_for() {
        let listed: Vec<String> = listed(&Linter::builtin()).into_iter().map(|listed| listed.long_code).collect();
        for code in ["en", "en-US", "en-GB", "es", "es-ES", "lo-LA", "ru-RU", "uk-UA"] {
            assert!(listed.contains(&code.to_owned()), "{code} in {listed:?}");
        }
        assert!(!listed.contains(&"fr-FR".to_owned()), "{listed:?}");
        assert!(super::listed(&Linter::new(Vec::new())).is_empty());
        let none = Linter::new(vec![Lexicon::builtin("builtin:none").expect("a lexicon")]);
        assert!(super::listed(&none).iter().any(|listed| listed.long_code == "th-TH"));
    }

    #[test]
    fn what_is_no_language_is_refused_with_those_that_are() {
        for code in ["english", "e", "", "en-", "ру", "en US"] {
            let refusal = Asked::read(code, "", &Linter::builtin()).expect_err(code);
            let said = refusal::said(&refusal);
            assert!(said.starts_with(&format!("Error: '{code}' is not the code")) && said.contains("en-US"), "{said}");
        }
    }
}
