//! Drafts and macros in an editor.

use std::{fs, slice};

use serde_json::{Value, json};

use super::{Editor, codes, edited, folder, offset, titles, words};

/// The codes of what is shown, and the words that it is shown at.
fn shown(editor: &mut Editor, name: &str, language: &str, text: &str) -> Vec<(String, String)> {
    let uri = format!("file:///drafts/{name}");
    editor.open(&uri, language, text);
    let shown = editor.diagnostics(&uri);
    let places = shown.iter().map(|diagnostic| words(text, &diagnostic["range"]).to_owned());
    codes(&shown).into_iter().zip(places).collect()
}

#[test]
fn findings_are_shown_where_they_are() {
    let mut editor = Editor::plain();
    let rows = [
        ("a.txt", "plaintext", "😀 You must pay.", &[("command.you-must", "You must")][..]),
        ("b.md", "markdown", "# 😀\r\n\r\nYou **must** pay.\r\n", &[("command.you-must", "You **must")]),
        ("c.html", "html", "<p>é you <b>must</b> pay</p>", &[("command.you-must", "you <b>must")]),
        // What an editor calls it counts more than how the file ends.
        ("d.txt", "markdown", "`You must` pay.", &[]),
        ("e.md", "", "`You must` pay.", &[]),
        ("f.txt", "mail", "To: a@x.example\nSubject: Re: x\n\nYou must pay.", &[("command.you-must", "You must")]),
        ("g.txt", "plaintext", "> You must pay.\n\nThank you!", &[]),
        ("h.txt", "plaintext", "", &[]),
    ];
    for (name, language, text, expected) in rows {
        let found = shown(&mut editor, name, language, text);
        let found: Vec<(&str, &str)> = found.iter().map(|(code, words)| (code.as_str(), words.as_str())).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn what_is_no_draft_is_left_alone() {
    let mut editor = Editor::plain();
    editor.open("file:///a.rs", "rust", "// You must pay.");
    editor.open("file:///a.toml", "toml", "x = 'You must pay.'");
    editor.open("file:///b.txt", "plaintext", "You must pay.");
    assert_eq!(editor.codes("file:///b.txt").len(), 1);
    assert_eq!(editor.shown.len(), 1, "{:?}", editor.shown);
    assert!(editor.actions("file:///a.rs", 0, 4).is_empty());
}

#[test]
fn a_finding_says_all_that_is_known() {
    let home = folder("says");
    let lexicon = "[lexicon]\nlanguage = \"en\"\n\n[avoid.a.order]\nphrases = [\"you must\"]\nwhy = \"An order.\"\n\
                   prefer = [\"please …\", \"could you …\"]\nlevel = \"error\"\n\n[avoid.a.long]\nphrases = [\"prior to\"]\n\
                   prefer = [\"before\"]\nfix = \"safe\"\nlevel = \"advice\"\n";
    fs::write(home.join("replylint.toml"), lexicon).unwrap();
    let mut editor = Editor::with(json!({}), &home, Value::Null);
    let uri = "file:///a.txt";
    editor.open(uri, "plaintext", "You must pay\nprior to Friday.");
    let range = |line: u32, start: u32, end: u32| json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } });
    let expected = [
        json!({
            "range": range(0, 0, 8),
            "severity": 1,
            "code": "a.order",
            "source": "replylint",
            "message": "An order. Instead of \"You must\", say: Please … | Could you …",
            "data": { "kind": "phrase", "replacements": ["Please …", "Could you …"], "safe": false },
        }),
        json!({
            "range": range(1, 0, 8),
            "severity": 3,
            "code": "a.long",
            "source": "replylint",
            "message": "The lexicon asks to avoid this. Instead of \"prior to\", say: before",
            "data": { "kind": "phrase", "replacements": ["before"], "safe": true },
        }),
    ];
    assert_eq!(editor.diagnostics(uri), expected);
}

/// Every place is right behind an emoji, in both encodings, and so is what is put in there.
#[test]
fn columns_are_counted_as_agreed() {
    let text = "😀 You must pay.";
    for (offered, start, end) in [("utf-8", 5, 13), ("utf-16", 3, 11)] {
        let capabilities = json!({ "general": { "positionEncodings": [offered] } });
        let mut editor = Editor::with(capabilities, &std::env::temp_dir(), json!({ "lexicon": "builtin:en" }));
        let uri = "file:///a.txt";
        editor.open(uri, "plaintext", text);
        let range = json!({ "start": { "line": 0, "character": start }, "end": { "line": 0, "character": end } });
        assert_eq!(editor.diagnostics(uri)[0]["range"], range);
        let actions = editor.actions(uri, 0, start);
        assert_eq!(actions[1]["edit"]["changes"][uri], json!([{ "range": range, "newText": "Please" }]));
        let hover = editor.about("textDocument/hover", uri, (0, usize::try_from(end).unwrap() - 1));
        assert_eq!(hover["range"], range);
        assert!(hover["contents"]["value"].as_str().unwrap().starts_with("command.you-must (to avoid, warning)"));
        // Somebody types right behind the emoji.
        let at = json!({ "line": 0, "character": start - 1 });
        editor.change(uri, json!([{ "range": { "start": at, "end": at }, "text": "é" }]));
        let moved = if offered == "utf-8" { start + 2 } else { start + 1 };
        assert_eq!(editor.diagnostics(uri)[0]["range"]["start"]["character"], moved);
    }
}

#[test]
fn what_can_be_done_leaves_no_finding() {
    let mut editor = Editor::plain();
    // The text, what is pointed at, and each title with what comes of it.
    let rows = [
        ("a.txt", "YOU MUST pay. Thanks!", "YOU", "Say \"PLEASE\"", "PLEASE pay. Thanks!"),
        ("b.txt", "Is it so? you must pay.", "must", "Say \"please\"", "Is it so? please pay."),
        ("c.html", "<p>You <b>must</b> pay.</p>", "must", "Say \"Please\"", "<p>Please<b></b> pay.</p>"),
        ("d.txt", "😀 At this point in time we can.", "point", "Say \"Now\"", "😀 Now we can."),
        (
            "e.md",
            "Hi,\n\n😀\nYou must pay.\n\nYou must.\n",
            "must pay",
            "Allow command.you-must here",
            "Hi,\n\n<!-- replylint: allow command.you-must -->\n😀\nYou must pay.\n\nYou must.\n",
        ),
        (
            "f.md",
            "You must pay.\r\n\r\nYou must.\r\n",
            "must pay",
            "Allow command.you-must in this file",
            "<!-- replylint: allow command.you-must -->\nYou must pay.\r\n\r\nYou must.\r\n",
        ),
        (
            "g.md",
            "You must pay.\r\n\r\nYou must.\r\n",
            "must pay",
            "Allow command.you-must here",
            "You must pay. <!-- replylint: allow command.you-must -->\r\n\r\nYou must.\r\n",
        ),
        (
            "h.html",
            "<p>Hi</p><p>Oh, you must pay.</p>",
            "must",
            "Allow command.you-must here",
            "<p>Hi</p><p>Oh, <!-- replylint: allow command.you-must -->you must pay.</p>",
        ),
        (
            "i.txt",
            "You must pay. At this point in time we can, at this point in time.",
            "You",
            "Apply all safe fixes",
            "You must pay. Now we can, now.",
        ),
    ];
    for (name, text, at, title, expected) in rows {
        let uri = format!("file:///drafts/{name}");
        let language = match name.rsplit('.').next() {
            Some("md") => "markdown",
            Some("html") => "html",
            _ => "plaintext",
        };
        editor.open(&uri, language, text);
        let before = editor.codes(&uri).len();
        let at = text.find(at).unwrap();
        let line = text[..at].matches('\n').count();
        let column = at - text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let actions = editor.actions(&uri, u32::try_from(line).unwrap(), u32::try_from(column).unwrap());
        let action = actions.iter().find(|action| action["title"] == title);
        let action = action.unwrap_or_else(|| panic!("{name}: {:?}", titles(&actions)));
        assert_eq!(edited(text, &uri, action), expected, "{name}");
        editor.write(&uri, expected);
        assert!(editor.codes(&uri).len() < before, "{name}");
    }
}

#[test]
fn only_what_is_asked_for_is_offered() {
    let mut editor = Editor::plain();
    let uri = "file:///a.txt";
    editor.open(uri, "plaintext", "You must pay. At this point in time we can.");
    let place = json!({ "line": 0, "character": 20 });
    let mut kinds = |only: Value| {
        let context = json!({ "diagnostics": [], "only": only });
        let params =
            json!({ "textDocument": { "uri": uri }, "range": { "start": place, "end": place }, "context": context });
        let actions = editor.ask("textDocument/codeAction", params).unwrap();
        let actions = actions.as_array().unwrap().iter();
        actions
            .map(|action| (action["kind"].as_str().unwrap().to_owned(), action["isPreferred"].clone()))
            .collect::<Vec<_>>()
    };
    let fix = ("quickfix".to_owned(), json!(true));
    let all = ("source.fixAll.replylint".to_owned(), Value::Null);
    assert_eq!(kinds(json!(["quickfix"])), slice::from_ref(&fix));
    assert_eq!(kinds(json!(["source.fixAll"])), slice::from_ref(&all));
    assert_eq!(kinds(json!(["source"])), slice::from_ref(&all));
    assert_eq!(kinds(json!(["refactor", "quick"])), []);
    assert_eq!(kinds(Value::Null), [fix, all]);
}

/// What a reply lacks has no words to be shown at; the nearest are.
#[test]
fn what_is_missing_is_shown_at_a_word() {
    let settings = json!({ "lexicon": "builtin:en", "channel": "email" });
    let mut editor =
        Editor::with(json!({ "general": { "positionEncodings": ["utf-8"] } }), &std::env::temp_dir(), settings);
    let text = "Your parcel left today. It arrives on Friday and the driver rings twice.";
    let found = shown(&mut editor, "a.txt", "plaintext", text);
    let places: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
    assert!(
        !found.is_empty() && found.iter().all(|(code, _)| code.starts_with("opening.") || code.starts_with("closing.")),
        "{found:?}"
    );
    assert!(places.iter().all(|words| ["Your", "twice."].contains(words)), "{found:?}");
    // A comment lets it stand, for the whole file.
    let uri = "file:///drafts/a.md";
    editor.open(uri, "markdown", text);
    let shown = editor.diagnostics(uri);
    let code = shown[0]["code"].as_str().unwrap();
    let at = offset(text, &shown[0]["range"]["start"]);
    let actions = editor.actions(uri, 0, u32::try_from(at).unwrap());
    assert!(titles(&actions).contains(&&*format!("Allow {code} in this file")), "{:?}", titles(&actions));
}

/// An allowance that is of no use, and a language that nobody reads, are no silence.
#[test]
fn notes_are_shown() {
    let mut editor = Editor::plain();
    let found = shown(&mut editor, "a.md", "markdown", "<!-- replylint: allow command.you-mast -->\nHello!");
    assert_eq!(found[0].0, "note");
    let dutch = "Beste klant, uw pakket is onderweg en wordt morgen bezorgd. Wij danken u voor uw geduld en uw begrip.";
    let found = shown(&mut editor, "b.txt", "plaintext", dutch);
    assert!(found.iter().any(|(code, _)| code == "note"), "{found:?}");
}

#[test]
fn a_closed_draft_shows_nothing() {
    let mut editor = Editor::plain();
    let uri = "file:///a.txt";
    editor.open(uri, "plaintext", "You must pay.");
    assert_eq!(editor.codes(uri).len(), 1);
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    editor.until("nothing", |editor| editor.shown[uri].1.is_empty());
}
