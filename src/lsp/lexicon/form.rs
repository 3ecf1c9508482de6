//! What may stand where in a lexicon file, asked of the schema, so that nothing is listed a second time.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::lexicon::{Kind, schema};

static SCHEMA: LazyLock<Value> = LazyLock::new(schema);

/// The form of what stands at a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form(&'static Value);

/// A key that may stand somewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
}

impl Form {
    /// What stands at a path of names; none where the schema knows nothing.
    pub(super) fn at(path: &[String]) -> Option<Self> {
        path.iter().try_fold(Self(&SCHEMA), |form, name| form.inner(name))
    }

    fn inner(self, name: &str) -> Option<Self> {
        let table = self.alternatives().find(|form| form.get("properties").is_some() || is_of_names(form))?;
        let named = table.get("properties").and_then(|properties| properties.get(name));
        let of_names = || table.get("patternProperties")?.as_object()?.values().next();
        let any = || table.get("additionalProperties").filter(|any| any.is_object());
        named.or_else(of_names).or_else(any).map(Self)
    }

    /// What it may be: itself, what it refers to, what its list holds.
    fn alternatives(self) -> impl Iterator<Item = &'static Value> {
        let (mut open, mut found) = (vec![self.0], Vec::new());
        while let Some(form) = open.pop() {
            found.push(form);
            let reference = form.get("$ref").and_then(Value::as_str);
            open.extend(reference.and_then(|to| SCHEMA.pointer(to.trim_start_matches('#'))));
            open.extend(form.get("items"));
            open.extend(form.get("anyOf").and_then(Value::as_array).into_iter().flatten());
        }
        found.into_iter()
    }

    /// The keys that may stand in it.
    pub(super) fn keys(self) -> Vec<Key> {
        let properties = |form: &'static Value| form.get("properties").and_then(Value::as_object);
        let keys = self.alternatives().filter_map(properties).flat_map(Map::iter);
        keys.map(|(name, form)| Key { name, form: Self(form) }).collect()
    }

    /// What it means, in a sentence.
    pub(super) fn description(self) -> Option<&'static str> {
        self.alternatives().find_map(|form| form.get("description")?.as_str())
    }

    /// Texts that it may be, or that show what it may be.
    pub(super) fn texts(self) -> Vec<&'static str> {
        let listed = |form: &'static Value| form.get("enum").or_else(|| form.get("examples"))?.as_array();
        self.alternatives().filter_map(listed).flatten().filter_map(Value::as_str).collect()
    }

    pub(super) fn is_boolean(self) -> bool {
        self.is("boolean")
    }

    pub(super) fn is_list(self) -> bool {
        self.0.get("type").is_some_and(|name| name == "array")
    }

    pub(super) fn is_table(self) -> bool {
        !self.is_list() && self.is("object") && !self.is("string")
    }

    pub(super) fn is_text(self) -> bool {
        !self.is_list() && self.is("string") && !self.is("object")
    }

    fn is(self, name: &str) -> bool {
        self.alternatives().any(|form| form.get("type").is_some_and(|known| known == name))
    }
}

fn is_of_names(form: &Value) -> bool {
    form.get("patternProperties").is_some() || form.get("additionalProperties").is_some_and(Value::is_object)
}

/// The keys that an adjustment of an entry of some kind may have: those of the entry, and those that change its
/// lists.
pub(super) fn fits(kind: Kind, key: &str) -> bool {
    let name = ["add-", "remove-"].iter().find_map(|lead| key.strip_prefix(lead)).unwrap_or(key);
    let entry = [kind.as_str(), "x", "x"].map(str::to_owned);
    let path = if kind == Kind::Situation { &entry[..2] } else { &entry[..] };
    Form::at(path).is_some_and(|form| form.keys().iter().any(|known| known.name == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str) -> Option<Form> {
        Form::at(&path.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_schema_is_asked_by_path() {
        let keys = |path| at(path).unwrap().keys().iter().map(|key| key.name).collect::<Vec<_>>();
        assert!(keys("").contains(&"avoid"));
        assert_eq!(keys("lexicon"), ["extends", "ignore-accents", "language", "name", "version"]);
        assert!(keys("avoid.a.b").contains(&"phrases"));
        assert!(keys("situation.complaint").contains(&"phrases"));
        assert!(keys("adjust.a.b").contains(&"add-phrases"));
        assert!(keys("avoid.a.b.when").contains(&"first-turn"));
        assert!(keys("avoid.a.b.flags").contains(&"sent-at"));
        assert!(keys("group.modal").is_empty());
        assert_eq!(at("avoid.a.b.level").unwrap().texts(), ["error", "warning", "advice", "off"]);
        assert!(at("require.a.b.within").unwrap().texts().contains(&"whole reply"));
        assert!(at("avoid.a.b.replace").unwrap().is_boolean() && at("avoid.a.b.when").unwrap().is_table());
        assert!(at("avoid.a.b.flags").unwrap().is_list() && at("avoid.a.b.why").unwrap().is_text());
        assert!(at("avoid.a.b.nothing").is_none() && at("nothing").is_none());
        assert!(fits(Kind::Avoid, "add-phrases") && !fits(Kind::Require, "remove-phrases"));
        assert!(fits(Kind::Situation, "phrases") && !fits(Kind::Avoid, "any"));
    }
}
