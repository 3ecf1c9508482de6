//! What a client asks for, understood. Parameters that mean nothing here are passed over, as clients send many:
//! what concerns spelling, the mother tongue, an account, and rules that only LanguageTool has.

use super::annotated::Annotated;
use super::form::Form;
use super::language::Asked;
use super::refusal::bad;
use crate::lint::{Filter, FindingKind, Linter};
use crate::serve::errors::Refusal;

/// A text, and how it is to be checked.
#[derive(Debug)]
pub(super) struct Request<'f> {
    pub(super) text: Annotated<'f>,
    pub(super) language: Asked,
    /// The rules that the client wants to hear.
    pub(super) filter: Filter,
    pub(super) mode: Mode,
}

/// Which rules are heard. Editors that send a paragraph at a time ask of the text as a whole at another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    All,
    /// What the text as a whole lacks.
    WholeText,
    /// All but that.
    Phrases,
}

impl Mode {
    /// Whether a finding of this kind is asked for.
    pub(super) fn hears(self, kind: FindingKind) -> bool {
        match self {
            Self::All => true,
            Self::WholeText => kind == FindingKind::Structure,
            Self::Phrases => kind == FindingKind::Phrase,
        }
    }
}

impl<'f> Request<'f> {
    /// Understands a form.
    ///
    /// # Errors
    ///
    /// When something is missing or makes no sense.
    pub(super) fn read(form: &'f Form<'_>, linter: &Linter) -> Result<Self, Refusal> {
        Ok(Self {
            text: text(form)?,
            language: language(form, linter)?,
            filter: filter(form)?,
            mode: match form.words("mode") {
                None | Some("all") => Mode::All,
                Some("textLevelOnly") => Mode::WholeText,
                Some("allButTextLevelOnly") => Mode::Phrases,
                Some(_) => {
                    return Err(bad("'mode' is not known", "write 'all', 'textLevelOnly' or 'allButTextLevelOnly'"));
                }
            },
        })
    }
}

fn text<'f>(form: &'f Form<'_>) -> Result<Annotated<'f>, Refusal> {
    match (form.get("text"), form.get("data")) {
        (Some(_), Some(_)) => Err(bad("Set only 'text' or 'data' parameter, not both", "leave one of them out")),
        (Some(text), None) => Ok(Annotated::plain(text)),
        (None, Some(data)) => Annotated::read(data),
        (None, None) => Err(bad(
            "Missing 'text' or 'data' parameter",
            "send a form, such as text=Hello&language=en-US; records in JSON go to /v1/check",
        )),
    }
}

fn language(form: &Form<'_>, linter: &Linter) -> Result<Asked, Refusal> {
    let code = form.words("language").ok_or_else(|| {
        bad("Missing 'language' parameter", "send e.g. 'language=en-US' for American English, or 'language=auto'")
    })?;
    Asked::read(code, form.get("preferredVariants").unwrap_or_default(), linter)
}

/// The filter that the lists of rules and categories are. All rules that a lexicon has are heard anyway, so that
/// those which are to be heard matter only when they are to be the only ones.
fn filter(form: &Form<'_>) -> Result<Filter, Refusal> {
    let listed = |rules: &str, categories: &str| -> Vec<String> {
        let lists = [rules, categories].into_iter().filter_map(|name| form.words(name));
        let ids = lists.flat_map(|list| list.split(',')).map(str::trim).filter(|id| !id.is_empty());
        ids.map(str::to_owned).collect()
    };
    let enabled = listed("enabledRules", "enabledCategories");
    let disabled = listed("disabledRules", "disabledCategories");
    if !matches!(form.words("enabledOnly"), Some("true" | "yes")) {
        return Ok(Filter { only: Vec::new(), allow: disabled });
    }
    if enabled.is_empty() {
        return Err(bad(
            "enabledOnly=true was sent, and no rules to go with it",
            "add enabledRules or enabledCategories",
        ));
    }
    if !disabled.is_empty() {
        return Err(bad("enabledOnly=true was sent, and rules that are disabled", "send one or the other"));
    }
    Ok(Filter { only: enabled, allow: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::super::refusal::said;
    use super::*;

    fn read<T>(form: &str, look: impl Fn(Request<'_>) -> T) -> Result<T, String> {
        let form = Form::read("", form.as_bytes()).expect("a form");
        Request::read(&form, &Linter::builtin()).map(look).map_err(|refusal| said(&refusal))
    }

    #[test]
    fn lists_of_rules_become_a_filter() {
        for (lists, only, allow) in [
            ("", "", ""),
            ("enabledRules=a.b&enabledCategories=c", "", ""),
            ("enabledRules=a.b,c.d&enabledCategories=e&enabledOnly=true", "a.b c.d e", ""),
            ("disabledRules=a.b%2C+c.d,,&disabledCategories=e", "", "a.b c.d e"),
            ("disabledRules=WHITESPACE_RULE&enabledOnly=false", "", "WHITESPACE_RULE"),
        ] {
            let found = read(&format!("text=a&language=en&{lists}"), |request| request.filter);
            let ids = |list: &str| list.split_whitespace().map(str::to_owned).collect();
            assert_eq!(found, Ok(Filter { only: ids(only), allow: ids(allow) }), "{lists}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_refused() {
        for (form, expected) in [
            ("", "Error: Missing 'text' or 'data' parameter"),
            ("{\"text\": \"a\"}", "Error: Missing 'text' or 'data' parameter"),
            ("language=en", "Error: Missing 'text' or 'data' parameter"),
            ("text=a&data={}&language=en", "Error: Set only 'text' or 'data' parameter, not both"),
            ("data={}&language=en", "Error: 'data' has neither"),
            ("text=a", "Error: Missing 'language' parameter"),
            ("text=a&language=+", "Error: Missing 'language' parameter"),
            ("text=a&language=english", "Error: 'english' is not the code"),
            ("text=a&language=en&mode=some", "Error: 'mode' is not known"),
            ("text=a&language=en&enabledOnly=true", "Error: enabledOnly=true was sent, and no rules"),
            (
                "text=a&language=en&enabledOnly=yes&enabledRules=a&disabledRules=b",
                "Error: enabledOnly=true was sent, and rules that",
            ),
        ] {
            let error = read(form, |_| ()).expect_err(form);
            assert!(error.starts_with(expected), "{form}: {error}");
        }
    }

    #[test]
    fn what_is_not_known_is_passed_over() {
        let form = "text=a&language=en&motherTongue=de&level=picky&apiKey=x&username=y&dicts=z&useragent=lo&apiv=5&q";
        assert_eq!(read(form, |request| request.mode), Ok(Mode::All));
        assert_eq!(read("text=a&language=en&mode=textLevelOnly", |request| request.mode), Ok(Mode::WholeText));
    }
}
