//! How a session begins and ends, and what is answered to what nobody should send.

use replylint::lsp::{Ended, Options};
use serde_json::{Value, json};

use super::Editor;

#[test]
fn what_cannot_be_answered_is_refused() {
    let mut editor = Editor::new(Options::default());
    let mut code = |method: &str, params: Value| editor.ask(method, params).map_err(|error| error.code);
    assert_eq!(code("textDocument/hover", json!({})), Err(-32002));
    assert!(code("initialize", json!({ "capabilities": {} })).is_ok());
    assert_eq!(code("initialize", json!({ "capabilities": {} })), Err(-32600));
    assert_eq!(code("textDocument/rename", json!({})), Err(-32601));
    assert_eq!(code("$/replylint", json!({})), Err(-32601));
    for method in ["codeAction", "completion", "hover", "definition"] {
        for params in [Value::Null, json!([]), json!({}), json!({ "textDocument": 1, "position": "You must" })] {
            assert_eq!(code(&format!("textDocument/{method}"), params.clone()), Err(-32602), "{method} {params}");
        }
    }
    let nowhere = json!({ "textDocument": { "uri": "file:///nowhere.md" }, "position": { "line": 0, "character": 0 } });
    for method in ["completion", "hover", "definition"] {
        assert_eq!(code(&format!("textDocument/{method}"), nowhere.clone()), Ok(Value::Null), "{method}");
    }
    assert_eq!(code("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(code("textDocument/hover", nowhere), Err(-32600));
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.join().unwrap(), Ended::Asked);
}

#[test]
fn a_session_ends_with_the_editor() {
    assert_eq!(Editor::plain().end(), Ended::Asked);
    assert_eq!(Editor::plain().vanish(), Ended::Unasked);
    assert_eq!(Editor::new(Options::default()).vanish(), Ended::Unasked);
    let mut left = Editor::plain();
    left.ask("textDocument/hover", Value::Null).unwrap_err();
    left.tell("exit", Value::Null);
    assert_eq!(left.server.join().unwrap(), Ended::Unasked);
    let mut waiting = Editor::plain();
    waiting.ask("shutdown", Value::Null).unwrap();
    assert_eq!(waiting.vanish(), Ended::Asked);
}

#[test]
fn the_encoding_is_agreed_on() {
    for (offered, agreed) in [
        (json!({ "general": { "positionEncodings": ["utf-32", "utf-8", "utf-16"] } }), "utf-8"),
        (json!({ "general": { "positionEncodings": ["utf-16"] } }), "utf-16"),
        (json!({ "general": {} }), "utf-16"),
        (json!({}), "utf-16"),
    ] {
        let mut editor = Editor::new(Options::default());
        let answer = editor.ask("initialize", json!({ "capabilities": offered })).unwrap();
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed, "{offered}");
    }
}

/// Whoever reads the log of an editor does not read what a customer was to read.
#[test]
fn no_message_quotes_a_draft() {
    let mut editor = Editor::plain();
    let uri = "file:///secret.md";
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": "Confidential" }),
    );
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": "Confidential" }] }),
    );
    editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": uri, "text": "Confidential" } }));
    let refused = editor.ask("textDocument/hover", json!({ "textDocument": "Confidential" })).unwrap_err();
    editor.until("three complaints", |editor| editor.heard.len() > 2);
    let said = format!("{:?} {refused:?}", editor.heard);
    assert!(said.contains("open the file again") && !said.contains("Confidential"), "{said}");
}

/// How an editor hands settings over.
type Sets = fn(&mut Editor, &Value);

#[test]
fn settings_come_in_every_way() {
    let german = json!({ "replylint": { "language": "de", "colour": 1 } });
    let rows: [(Value, Sets); 2] = [
        (json!({}), |editor, said| editor.tell("workspace/didChangeConfiguration", json!({ "settings": said }))),
        (json!({ "workspace": { "configuration": true } }), |editor, said| {
            editor.until("a question", |editor| editor.heard("workspace/configuration", "replylint"));
            editor.answer(1, json!([said["replylint"]]));
        }),
    ];
    for (capabilities, set) in rows {
        let mut editor = Editor::with(capabilities, &std::env::temp_dir(), json!({ "lexicon": "builtin:en" }));
        let uri = "file:///a.txt";
        editor.open(uri, "plaintext", "You must pay today.");
        assert_eq!(editor.codes(uri), ["command.you-must"]);
        set(&mut editor, &german);
        editor.until("another language", |editor| super::codes(&editor.shown[uri].1) == ["unserved-language"]);
        editor.until("a complaint", |editor| editor.heard("window/showMessage", "does not know the setting `colour`"));
    }
}
