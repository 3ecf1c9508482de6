//! The form of lexicon files as a JSON Schema, for editors: they complete keys, explain them and mark what is
//! mistyped while a trainer types. Files are read by [`super::raw`], which says more and says it better; a test
//! keeps the two in step. What an entry lacks is not said here: an editor would mark all of an entry that was
//! only just begun.

mod entries;
mod file;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::{Value, json};

use self::file::File;

/// The schema, as draft 2020-12 of JSON Schema.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_deserialize().with_transform(Given);
    settings.into_generator().into_root_schema_for::<File>().to_value()
}

/// What is not given is left out in TOML, and never null; and a line of a description ends where its reader's
/// window does.
#[derive(Debug, Clone)]
struct Given;

impl Transform for Given {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = &types[..] {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(forms)) = schema.get_mut("anyOf") {
            forms.retain(|form| *form != json!({ "type": "null" }));
            if let [only] = &forms[..]
                && let Value::Object(only) = only.clone()
            {
                schema.remove("anyOf");
                schema.ensure_object().extend(only);
            }
        }
        if let Some(Value::String(description)) = schema.get_mut("description") {
            *description = description.replace('\n', " ");
        }
        transform_subschemas(self, schema);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lexicon::entry::{Kind, Within};
    use crate::lexicon::keys::{EXAMPLE, WHEN};
    use crate::lexicon::raw::{HEADER, TABLES, adjustable};
    use crate::lexicon::understand::{BOUNDARIES, CASES, FIXES, LEVELS};
    use crate::lexicon::when::{At, Reach};
    use crate::text::TimeOfDay;

    /// The schema at a path of keys; references are followed.
    fn at<'s>(root: &'s Value, path: &[&str]) -> &'s Value {
        let mut found = root;
        for key in path {
            found = followed(root, found);
            found = found.get(key).unwrap_or_else(|| panic!("no {key} of {path:?} in {found}"));
        }
        followed(root, found)
    }

    fn followed<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(to) => root.pointer(to.trim_start_matches('#')).expect("it is defined"),
            None => schema,
        }
    }

    fn keys(schema: &Value) -> BTreeSet<&str> {
        assert_eq!(schema["additionalProperties"], json!(false), "{schema}");
        schema["properties"].as_object().expect("keys").keys().map(String::as_str).collect()
    }

    fn entry<'s>(root: &'s Value, kind: &str) -> &'s Value {
        let names = ["patternProperties", file::ID];
        let path = if kind == Kind::Situation.as_str() { &names[..] } else { &[names, names].concat() };
        at(root, &[&["properties", kind], path].concat())
    }

    #[test]
    fn it_knows_the_keys_that_are_read_and_no_other() {
        let root = schema();
        let set = |keys: &[&'static str]| keys.iter().copied().collect::<BTreeSet<&str>>();
        assert_eq!(keys(&root), set(&TABLES));
        assert_eq!(keys(at(&root, &["properties", "lexicon"])), set(&HEADER));
        for kind in Kind::ALL {
            assert_eq!(keys(entry(&root, kind.as_str())), set(&kind.keys()), "{}", kind.as_str());
        }
        let adjust = entry(&root, "adjust");
        assert_eq!(keys(adjust), set(&adjustable()));
        assert_eq!(keys(at(&root, &["$defs", "When"])), set(&WHEN));
        let forms = at(&root, &["$defs", "Example", "anyOf"]).as_array().expect("a text or a table");
        let table = forms.iter().map(|form| followed(&root, form)).find(|form| form.get("properties").is_some());
        assert_eq!(keys(table.expect("a table")), set(&EXAMPLE));
    }

    #[test]
    fn it_knows_the_values_that_are_read_and_no_other() {
        let root = schema();
        let rows: [(&str, &[&str]); 4] =
            [("Level", &LEVELS), ("Fix", &FIXES), ("Case", &CASES), ("Boundary", &BOUNDARIES)];
        for (name, known) in rows {
            assert_eq!(at(&root, &["$defs", name, "enum"]), &json!(known), "{name}");
        }
    }

    type Reads = fn(&str) -> bool;

    #[test]
    fn its_patterns_fit_what_is_read() {
        let words = [
            "opening",
            "closing",
            "whole reply",
            "sentence",
            "first sentence",
            "last sentence",
            "first 2 sentences",
            "last 12 sentence",
            "same sentence",
            "next sentence",
            "next 3 sentences",
            "2 sentences",
            "0 sentences",
            "first 0 sentences",
            "first two sentences",
            "opening sentence",
            "whole",
            "",
            "last",
            "first 2 words",
            "05:00",
            "24:00",
            "24:01",
            "5:00",
            "12:60",
            "00:00",
            "12:30:00",
            "noon",
        ];
        let root = schema();
        let rows: [(&str, Reads); 4] = [
            ("Within", |text| Within::parse(text).is_some()),
            ("At", |text| At::parse(text).is_some()),
            ("Near", |text| Reach::parse(text).is_some()),
            ("TimeOfDay", |text| TimeOfDay::parse(text).is_some()),
        ];
        for (name, reads) in rows {
            let pattern = at(&root, &["$defs", name, "pattern"]).as_str().expect("a pattern");
            let pattern = regex::Regex::new(pattern).expect("a pattern");
            for word in words {
                assert_eq!(pattern.is_match(word), reads(word), "{name}: {word}");
            }
        }
    }

    /// Whoever hovers over a key reads what it means.
    #[test]
    fn everything_is_described() {
        fn look(place: &str, schema: &Value, bare: &mut Vec<String>) {
            if let Value::Object(members) = schema {
                for (key, value) in members {
                    let place = format!("{place}/{key}");
                    if key == "properties" {
                        let keys = value.as_object().expect("keys");
                        let none = keys.iter().filter(|(_, schema)| schema.get("description").is_none());
                        bare.extend(none.map(|(key, _)| format!("{place}/{key}")));
                    }
                    look(&place, value, bare);
                }
            }
        }
        let mut bare = Vec::new();
        look("", &schema(), &mut bare);
        assert_eq!(bare, Vec::<String>::new());
    }
}
