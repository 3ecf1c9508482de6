//! The description of the server is held against the server: which routes there are, which methods they have, and
//! which fields an answer has.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Server;
use super::http::Request;

/// All that a route could be asked with.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "PATCH"];

#[test]
fn every_route_is_described_and_every_description_has_its_route() {
    let server = Server::start("routes", &[]);
    let description = server.get("/openapi.json").json();
    let paths = description["paths"].as_object().unwrap();
    let source = include_str!("../../../src/serve/mod.rs");
    let routes: BTreeSet<&str> =
        source.split(".route(\"").skip(1).map(|route| route.split('"').next().unwrap()).collect();
    let described: BTreeSet<&str> = paths.keys().map(String::as_str).filter(|path| !path.starts_with("/v2")).collect();
    assert_eq!(routes, described);
    for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("/v2")) {
        let path = path.replace("{id}", "billing.you-owe");
        for method in METHODS {
            let operation = &item[method.to_lowercase()];
            let status = server.ask(Request { method, body: Some(b""), ..Request::get(&path) }).status;
            let is_there = status != 404 && status != 405;
            assert_eq!(is_there, operation.is_object(), "{method} {path}: {status}");
            assert!(!is_there || operation["responses"][status.to_string()].is_object(), "{method} {path}: {status}");
        }
    }
}

#[test]
fn answers_are_as_described() {
    let server =
        Server::start_in(super::folder("fields"), &[], &["--listen", "127.0.0.1:0", "--lexicon", "builtin:en"]);
    let description = server.get("/openapi.json").json();
    let check = Description(&description);
    let record = r#"{"text": "Hello! I am sorry. You must pay prior to June. Thank you for waiting!\n> no\n-- \nAnn",
        "customer": "I am angry, this is a complaint!", "situation": "complaint"}"#;
    let review = server.check(record).json();
    for part in ["findings", "wins", "skipped"] {
        assert_ne!(review[part].as_array().map(Vec::len), Some(0), "{part}: {review}");
    }
    assert!(review["recovery"].is_object(), "{review}");
    check.fits("Review", &review);
    check.fits("Rules", &server.get("/v1/rules").json());
    check.fits("Error", &server.check("x").json());
    check.fits("Readiness", &server.get("/readyz").json());
    let bad = server.ask(Request::post("/v1/check:batch", b"x"));
    check.fits("BadLine", &bad.json());
}

/// What the README says to type does what it says.
#[test]
fn the_example_of_the_readme_is_judged() {
    let readme = include_str!("../../../README.md");
    let asked = readme.lines().find_map(|line| line.strip_prefix("curl http://127.0.0.1:8081/v1/check -d '"));
    let record = asked.unwrap().strip_suffix('\'').unwrap();
    let server =
        Server::start_in(super::folder("readme"), &[], &["--listen", "127.0.0.1:0", "--lexicon", "builtin:en"]);
    assert_eq!(server.check(record).json()["verdict"], "warning");
}

struct Description<'d>(&'d Value);

impl Description<'_> {
    fn fits(&self, schema: &str, value: &Value) {
        let whole = &self.0["components"]["schemas"][schema];
        assert!(whole.is_object(), "there is no {schema}");
        self.compare(schema, whole, value);
    }

    /// Every field is described, every required one is there, and each is of its type.
    fn compare(&self, place: &str, schema: &Value, value: &Value) {
        if let Some(name) = schema["$ref"].as_str() {
            return self.fits(name.rsplit('/').next().unwrap(), value);
        }
        if let Some(either) = schema["oneOf"].as_array() {
            let [_, other] = either.as_slice() else { panic!("{place}: one of two") };
            if !value.is_null() {
                self.compare(place, other, value);
            }
            return;
        }
        if let Some(known) = schema["enum"].as_array() {
            assert!(known.contains(value), "{place}: {value} is none of {known:?}");
        }
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let kinds = &schema["type"];
        let fits = kinds == kind || kinds.as_array().is_some_and(|kinds| kinds.iter().any(|known| known == kind));
        assert!(fits || schema["const"] == *value, "{place}: {value} is no {kinds}");
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.compare(place, &schema["items"], item)),
            Value::Object(fields) => {
                let described: BTreeSet<&str> =
                    schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
                let there: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
                let required = schema["required"].as_array().unwrap().len();
                assert_eq!((there, required), (described.clone(), described.len()), "{place}");
                for (name, value) in fields {
                    self.compare(&format!("{place}.{name}"), &schema["properties"][name], value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
