//! What an editor's user sets: which lexicon, which language, which channel. A setting that is not known is
//! told, for it may be mistyped.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Options;
use crate::host::in_force_at;
use crate::lexicon::{BUILTIN, nearest};
use crate::text::Language;

/// The section of an editor's settings that is ours.
pub(super) const SECTION: &str = "replylint";

/// The names of settings.
const NAMES: [&str; 3] = ["lexicon", "language", "channel"];

/// What is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings {
    options: Options,
    /// Where the work is done: relative paths start there.
    folder: Option<PathBuf>,
}

impl Settings {
    /// Those of the command line, for work in a folder.
    pub(super) fn new(options: Options, folder: Option<PathBuf>) -> Self {
        Self { options, folder }
    }

    /// These with what an editor says put over them, and what is wrong with that. Each setting that it leaves out
    /// stays as it is here.
    pub(super) fn with(&self, said: &Value) -> (Self, Vec<String>) {
        let (mut settings, mut wrong) = (self.clone(), Vec::new());
        let said = match said {
            Value::Null => return (settings, wrong),
            // How Neovim writes that there are none.
            Value::Array(none) if none.is_empty() => return (settings, wrong),
            Value::Object(said) => match said.get(SECTION) {
                Some(Value::Object(ours)) => ours,
                Some(Value::Null) => return (settings, wrong),
                Some(_) => {
                    wrong.push(format!("`{SECTION}` holds the settings; write {{\"lexicon\": \"our.toml\"}}"));
                    return (settings, wrong);
                }
                None => said,
            },
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                wrong.push("settings are written by name: {\"lexicon\": \"our.toml\"}".to_owned());
                return (settings, wrong);
            }
        };
        let options = &mut settings.options;
        for (name, value) in said.iter().filter(|(_, value)| !value.is_null()) {
            match (name.as_str(), value) {
                ("lexicon", Value::String(path)) => options.lexicon = vec![path.clone()],
                ("lexicon", Value::Array(paths)) if paths.iter().all(Value::is_string) => {
                    options.lexicon = paths.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                }
                ("lexicon", _) => wrong.push("`lexicon` takes a path, or a list of paths".to_owned()),
                ("language", Value::String(tag)) => match Language::parse(tag) {
                    Ok(language) => options.language = Some(language),
                    Err(tag) => wrong.push(format!("`{tag}` is no language; write a tag such as \"en\" or \"ru\"")),
                },
                ("language", _) => wrong.push("`language` takes a tag such as \"en\" or \"ru\"".to_owned()),
                ("channel", Value::String(name)) => options.channel = Some(name.clone()),
                ("channel", _) => wrong.push("`channel` takes a name such as \"email\" or \"chat\"".to_owned()),
                (name, _) => {
                    let near = nearest(name, NAMES.into_iter());
                    let help = near.map_or_else(
                        || format!("the settings are `{}`", NAMES.join("`, `")),
                        |near| format!("did you mean `{near}`?"),
                    );
                    wrong.push(format!("replylint does not know the setting `{name}`; {help}"));
                }
            }
        }
        (settings, wrong)
    }

    pub(super) fn set_folder(&mut self, folder: PathBuf) {
        self.folder = Some(folder);
    }

    pub(super) fn language(&self) -> Option<&Language> {
        self.options.language.as_ref()
    }

    pub(super) fn channel(&self) -> Option<&str> {
        self.options.channel.as_deref()
    }

    /// The lexicons in force.
    pub(super) fn references(&self) -> Vec<String> {
        let folder = self.folder.as_deref();
        let named = |reference: &String| match folder {
            Some(folder) if !reference.starts_with(BUILTIN) => {
                folder.join(Path::new(reference)).to_string_lossy().into_owned()
            }
            _ => reference.clone(),
        };
        in_force_at(folder, &self.options.lexicon.iter().map(named).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn settings_are_read_however_an_editor_hands_them_over() {
        let base = Settings::new(Options { channel: Some("chat".to_owned()), ..Options::default() }, None);
        let with = |said: Value| {
            let (settings, wrong) = base.with(&said);
            assert_eq!(wrong, Vec::<String>::new(), "{said}");
            let Options { lexicon, language, channel } = settings.options;
            (lexicon.join("+"), language.map(|language| language.to_string()), channel)
        };
        let chat = || Some("chat".to_owned());
        let ru = || Some("ru".to_owned());
        let rows = [
            (Value::Null, ("", None, chat())),
            (json!({}), ("", None, chat())),
            (json!([]), ("", None, chat())),
            (json!({ "lexicon": "a.toml" }), ("a.toml", None, chat())),
            (json!({ "lexicon": ["a.toml", "b.toml"], "language": null }), ("a.toml+b.toml", None, chat())),
            (json!({ "replylint": { "language": "ru-RU", "channel": "email" } }), ("", ru(), Some("email".to_owned()))),
            (json!({ "replylint": null }), ("", None, chat())),
        ];
        for (said, (lexicon, language, channel)) in rows {
            assert_eq!(with(said.clone()), (lexicon.to_owned(), language, channel), "{said}");
        }
    }

    #[test]
    fn what_is_mistyped_is_told() {
        let rows = [
            (json!({ "lexcion": "a.toml" }), "did you mean `lexicon`?"),
            (json!({ "replylint": { "level": "error" } }), "the settings are `lexicon`, `language`, `channel`"),
            (json!({ "lexicon": 1 }), "`lexicon` takes a path"),
            (json!({ "lexicon": [1] }), "`lexicon` takes a path"),
            (json!({ "language": "english" }), "`english` is no language"),
            (json!({ "channel": [] }), "`channel` takes a name"),
            (json!({ "replylint": true }), "`replylint` holds the settings"),
            (json!("our.toml"), "settings are written by name"),
        ];
        for (said, expected) in rows {
            let (settings, wrong) = Settings::default().with(&said);
            assert!(wrong.len() == 1 && wrong[0].contains(expected), "{said}: {wrong:?}");
            assert_eq!(settings, Settings::default(), "{said}");
        }
    }
}
