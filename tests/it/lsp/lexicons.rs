//! Lexicons in an editor.

use std::fs;

use serde_json::{Value, json};

use super::{Editor, codes, folder, uri, words};

const HEADER: &str = "[lexicon]\nname = \"Harbour\"\nlanguage = \"en\"\n";

/// An entry with all that it needs.
fn entry(id: &str, phrase: &str) -> String {
    format!("\n[avoid.{id}]\nphrases = [\"{phrase}\"]\nflags = [\"Oh, {phrase}!\"]\npasses = [\"Oh.\"]\n")
}

fn utf8() -> Value {
    json!({ "general": { "positionEncodings": ["utf-8"] } })
}

#[test]
fn problems_are_shown_where_they_are() {
    let home = folder("problems");
    let text = format!(
        "{HEADER}{}{}",
        entry("a.ц", "x").replace("a.ц", "a.one").replace("phrases", "phrase"),
        "\n[avoid.a.two]\nphrases = [\"😀 you (must\", \"twice\"]\n\n[avoid.a.three]\nphrases = [\"twice\"]\n"
    );
    let file = home.join("ours.toml");
    fs::write(&file, &text).unwrap();
    let mut editor = Editor::with(utf8(), &home, json!({ "lexicon": "builtin:en" }));
    let uri = uri(&file);
    editor.open(&uri, "toml", &text);
    let shown = editor.diagnostics(&uri);
    let told: Vec<(&str, &str)> =
        shown.iter().map(|it| (it["code"].as_str().unwrap(), words(&text, &it["range"]))).collect();
    assert_eq!(told, [("unknown-key", "phrase"), ("unbalanced-bracket", "("), ("duplicate-phrase", "twice")]);
    assert_eq!(shown[0]["message"], "replylint does not know the key `phrase`\nhelp: did you mean `phrases`?");
    assert_eq!(shown[0]["severity"], 1);
    // A problem of two places names the other one.
    let other = &shown[2]["relatedInformation"][0]["location"];
    assert_eq!((other["uri"].as_str(), words(&text, &other["range"])), (Some(uri.as_str()), "twice"));
}

#[test]
fn a_file_may_become_a_lexicon_and_cease_to_be_one() {
    let home = folder("becomes");
    let mut editor = Editor::with(utf8(), &home, json!({ "lexicon": "builtin:en" }));
    let uri = uri(&home.join("ours.toml"));
    editor.open(&uri, "toml", "[package]\nnome = \"x\"\n");
    editor.write(&uri, "[lexicon]\nnome = \"x\"\n");
    assert_eq!(editor.codes(&uri), ["unknown-key"]);
    editor.write(&uri, "[package]\nnome = \"x\"\n");
    assert_eq!(editor.codes(&uri), Vec::<String>::new());
    assert_eq!(editor.about("textDocument/completion", &uri, (1, 0)), Value::Null);
}

#[test]
fn warnings_are_those_of_check() {
    let home = folder("warnings");
    let text = format!("{HEADER}\n[avoid.a.one]\nphrases = [\"one\"]\n\n[group]\nidle = [\"x\"]\n");
    let file = home.join("ours.toml");
    let mut editor = Editor::with(utf8(), &home, json!({ "lexicon": "builtin:en" }));
    let uri = uri(&file);
    editor.open(&uri, "toml", &text);
    let shown = editor.diagnostics(&uri);
    assert_eq!(codes(&shown), ["missing-examples", "unused-group"]);
    assert!(shown.iter().all(|it| it["severity"] == 2), "{shown:?}");
    fs::write(&file, &text).unwrap();
    let command = std::process::Command::new(env!("CARGO_BIN_EXE_replylint"))
        .args(["lexicon", "check", "--format", "json"])
        .arg(&file)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&command.stdout).unwrap();
    assert_eq!(codes(report["problems"].as_array().unwrap()), codes(&shown));
}

/// What is open and not saved counts, in every file of a folder and in what is extended, and what is wrong is told in
/// the file that it is in.
#[test]
fn unsaved_files_count() {
    let home = folder("unsaved");
    let (header, jargon, base) = (home.join("lexicon.toml"), home.join("jargon.toml"), home.join("base.txt.toml"));
    let base_home = folder("unsaved-base");
    let base = base_home.join(base.file_name().unwrap());
    fs::write(&base, format!("{HEADER}\n[group]\nmodal = [\"must\"]\n{}", entry("a.b", "@modal pay"))).unwrap();
    let header_text = format!("{HEADER}extends = [\"{}\"]\n", base.display());
    fs::write(&header, &header_text).unwrap();
    fs::write(&jargon, entry("jargon.kyc", "KYC")).unwrap();
    let mut editor = Editor::with(utf8(), &home, json!({ "lexicon": home.join("lexicon.toml").to_string_lossy() }));
    let [header, jargon, base] = [&header, &jargon, &base].map(|path| uri(path));
    editor.open(&header, "toml", &header_text);
    assert_eq!(editor.codes(&header), Vec::<String>::new());
    // The name of the lexicon's group is used by another file of the folder.
    editor.open(&jargon, "toml", &entry("jargon.kyc", "@modal verify"));
    assert_eq!(editor.codes(&jargon), Vec::<String>::new());
    editor.write(&jargon, &entry("jargon.kyc", "@model verify"));
    assert_eq!(editor.codes(&jargon), ["unknown-group"]);
    // It is there in the file that is extended, as soon as that is typed.
    let renamed = format!("{HEADER}\n[group]\nmodel = [\"must\"]\n{}", entry("a.b", "@model pay"));
    editor.open(&base, "toml", &renamed);
    editor.until("the group", |editor| editor.shown[&jargon].1.is_empty());
    // When it is closed, the disk counts again.
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": base } }));
    editor.until("no group", |editor| codes(&editor.shown[&jargon].1) == ["unknown-group"]);
    // A file that nobody opened shows what is wrong with it.
    editor.write(&jargon, &entry("jargon.kyc", "KYC"));
    editor.write(&header, &header_text.replace("[lexicon]", "[lexicon]\nnome = 1"));
    assert_eq!(editor.codes(&header), ["unknown-key"]);
    let broken = home.join("new.toml");
    fs::write(&broken, "[avoid.x.y]\nphrases = [\"(\"]\n").unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let broken_uri = uri(&broken);
    editor.until("a file that is not open", |editor| {
        editor.shown.get(&broken_uri).is_some_and(|shown| codes(&shown.1) == ["unbalanced-bracket"])
    });
    fs::remove_file(&broken).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    editor.until("nothing in a file that is gone", |editor| {
        editor.shown.get(&broken_uri).is_none_or(|shown| shown.1.is_empty())
    });
}

/// Drafts follow the lexicon in force, and a broken one never replaces one that works.
#[test]
fn drafts_follow_the_lexicon_in_force() {
    let home = folder("force");
    let file = home.join("replylint.toml");
    let good = format!("{HEADER}{}", entry("a.one", "one thing"));
    fs::write(&file, &good).unwrap();
    let mut editor = Editor::with(utf8(), &home, Value::Null);
    let (draft, lexicon) = (uri(&home.join("a.txt")), uri(&file));
    editor.open(&draft, "plaintext", "One thing and another thing.");
    assert_eq!(editor.codes(&draft), ["a.one"]);
    // From a finding to its rule.
    let target = editor.about("textDocument/definition", &draft, (0, 4));
    assert_eq!((target["uri"].as_str(), words(&good, &target["range"])), (Some(lexicon.as_str()), "[avoid.a.one]"));
    let page = editor.about("textDocument/hover", &draft, (0, 4))["contents"]["value"].to_string();
    assert!(page.contains("Passes"), "{page}");
    editor.open(&lexicon, "toml", &good);
    assert_eq!(editor.codes(&lexicon), Vec::<String>::new());
    editor.write(&lexicon, &format!("{good}{}", entry("a.two", "another thing")));
    editor.until("two findings", |editor| codes(&editor.shown[&draft].1) == ["a.one", "a.two"]);
    // Broken: the last one that worked stays, and somebody is told when it is saved.
    editor.write(&lexicon, &good.replace("phrases", "phrase"));
    assert_eq!(editor.codes(&lexicon), ["unknown-key"]);
    editor.until("a word in the log", |editor| editor.heard("window/logMessage", "drafts are linted as before"));
    editor.write(&draft, "Another thing and one thing.");
    assert_eq!(editor.codes(&draft), ["a.two", "a.one"]);
    assert!(!editor.heard("window/showMessage", "mistake"));
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": lexicon } }));
    editor.until("a word to the person", |editor| editor.heard("window/showMessage", "drafts are linted as before"));
    // Mended.
    editor.write(&lexicon, &good);
    editor.until("one finding", |editor| codes(&editor.shown[&draft].1) == ["a.one"]);
    // Another program changes it, when the editor does not.
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": lexicon } }));
    fs::write(&file, format!("{HEADER}{}", entry("a.three", "another thing"))).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": lexicon, "type": 2 }] }));
    editor.until("what the disk says", |editor| codes(&editor.shown[&draft].1) == ["a.three"]);
}

/// A draft is never passed in silence because its lexicon is broken.
#[test]
fn a_lexicon_that_is_broken_from_the_start_is_told() {
    let home = folder("broken");
    let file = home.join("replylint.toml");
    fs::write(&file, HEADER.replace("name", "nome")).unwrap();
    let mut editor = Editor::with(utf8(), &home, Value::Null);
    let (draft, lexicon) = (uri(&home.join("a.txt")), uri(&file));
    editor.open(&draft, "plaintext", "You must pay.");
    assert_eq!(editor.codes(&draft), ["no-lexicon"]);
    assert!(editor.heard("window/showMessage", "no draft is linted until"));
    assert_eq!(codes(&editor.shown[&lexicon].1), ["unknown-key"]);
    editor.open(&lexicon, "toml", &format!("{HEADER}extends = [\"builtin:en\"]\n"));
    editor.until("a finding", |editor| codes(&editor.shown[&draft].1) == ["command.you-must"]);
    assert_eq!(editor.codes(&lexicon), Vec::<String>::new());
    // One that cannot be read at all.
    let mut editor = Editor::with(utf8(), &home, json!({ "lexicon": "nowhere.toml" }));
    editor.open(&draft, "plaintext", "You must pay.");
    assert_eq!(editor.codes(&draft), ["no-lexicon"]);
    assert!(editor.heard("window/showMessage", "nowhere.toml"));
}

/// `|` is the cursor, in a file that ends there or goes on.
fn at(text: &str) -> (String, (usize, usize)) {
    let at = text.find('|').unwrap();
    let before = &text[..at];
    let line = before.matches('\n').count();
    (text.replacen('|', "", 1), (line, at - before.rfind('\n').map_or(0, |newline| newline + 1)))
}

#[test]
fn what_may_come_next_is_offered() {
    let home = folder("completion");
    let lexicon = uri(&home.join("ours.toml"));
    let begin = format!("{HEADER}extends = [\"builtin:en\"]\n\n[group]\nours = [\"😀\"]\n\n");
    let mut editor = Editor::with(utf8(), &home, json!({ "lexicon": "builtin:en" }));
    editor.open(&lexicon, "toml", &begin);
    // What is typed, some of what is offered, something that is not, and what comes of the first.
    let rows = [
        ("[av|", &["avoid", "adjust"][..], "phrases", "[avoid"),
        ("[avoid.bil|ly.name]", &["billing"], "complaint", "[avoid.billing.name]"),
        ("[avoid.|", &["command", "billing"], "complaint", "[avoid.command"),
        ("[adjust.comm|]", &["command.you-must", "billing.you-owe"], "command", "[adjust.command.you-must]"),
        ("[adjust.command.you-|must]", &["command.you-should"], "command", "[adjust.command.you-should]"),
        ("[situation.|", &["complaint"], "command", "[situation.complaint"),
        ("[avoid.a.b]\nphr|", &["phrases", "unless"], "any", "phrases = "),
        ("[avoid.a.b]\nphr| = []", &["phrases"], "any", "phrases = []"),
        ("[avoid.a.b]\nphrases = [\"😀\"]\n|\nwhy = \"x\"", &["level"], "why", "level = \n"),
        ("[require.a.b]\n|", &["any", "within"], "phrases", "any = "),
        ("[adjust.command.you-must]\n|", &["add-phrases", "level"], "within", "add-phrases = "),
        ("[adjust.opening.greeting]\n|", &["within"], "add-phrases", "within = "),
        ("[avoid.a.b]\nlevel = |", &["error", "off"], "safe", "level = \"error\""),
        ("[avoid.a.b]\nlevel = \"|\"", &["advice"], "safe", "level = \"advice\""),
        ("[avoid.a.b]\nfix = \"|", &["safe"], "error", "fix = \"safe"),
        ("[avoid.a.b]\nreplace = |", &["true", "false"], "error", "replace = true"),
        ("[require.a.b]\nwithin = \"first|\"", &["first 2 sentences"], "error", "within = \"first 2 sentences\""),
        ("[avoid.a.b]\nphrases = [\"😀 @|\"]", &["ours", "duration"], "word", "[\"😀 @ours\"]"),
        ("[avoid.a.b]\nphrases = [\"you @ou|r pay\"]", &["ours"], "word", "[\"you @ours pay\"]"),
        ("[avoid.a.b]\nphrases = [\"x {nu|}\"]", &["number"], "ours", "[\"x {number}\"]"),
        ("[avoid.a.b]\nprefer = [\"x {|\"]", &["amount"], "ours", "[\"x {amount}\"]"),
        ("[avoid.a.b]\nprefer = [\"x @|\"]", &[], "ours", ""),
        ("[avoid.a.b]\nwhen = { |", &["customer", "situation"], "level", "{ customer = "),
        ("[avoid.a.b]\nwhen = { situation = [\"|\"] }", &["complaint"], "command", "[\"complaint\"]"),
        ("[avoid.a.b]\nwhen = { reply = [\"|\"] }", &["command", "command.you-must"], "complaint", "[\"command\"]"),
        ("[avoid.a.b]\nflags = [{ |", &["text", "sent-at"], "level", "{ text = "),
        ("[avoid.a.b]\nallow = [\"|\"]", &["missing-examples"], "unused-allow", "[\"missing-examples\"]"),
        ("[adjust.command.you-should]\nremove-phrases = [\"|\"]", &["you ought to"], "x", "[\"you ought to\"]"),
        ("[avoid.a.b]\nwhy = \"|\"", &[], "error", ""),
        ("# [av|", &[], "avoid", ""),
    ];
    for (typed, some, other, expected) in rows {
        let (text, place) = at(&format!("{begin}{typed}"));
        editor.write(&lexicon, &text);
        let list = editor.about("textDocument/completion", &lexicon, place);
        let items = list["items"].as_array().unwrap();
        let labels: Vec<&str> = items.iter().map(|item| item["label"].as_str().unwrap()).collect();
        for label in some {
            assert!(labels.contains(label), "{typed}: {label} is not among {labels:?}");
        }
        assert!(!labels.contains(&other), "{typed}: {other}");
        let mut distinct = labels.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), labels.len(), "{typed}: one is offered twice");
        let Some(first) = some.first() else {
            assert_eq!(labels, Vec::<&str>::new(), "{typed}");
            continue;
        };
        let item = items.iter().find(|item| item["label"] == *first).unwrap();
        let edit = json!({ "edit": { "changes": { lexicon.as_str(): [item["textEdit"]] } } });
        let result = super::edited(&text, &lexicon, &edit);
        assert!(result.contains(expected), "{typed}: {result}");
    }
}

#[test]
fn places_to_type_at_are_for_editors_that_know_them() {
    let home = folder("snippets");
    let lexicon = uri(&home.join("ours.toml"));
    let mut capabilities = utf8();
    capabilities["textDocument"] = json!({ "completion": { "completionItem": { "snippetSupport": true } } });
    let mut editor = Editor::with(capabilities, &home, json!({ "lexicon": "builtin:en" }));
    let text = format!("{HEADER}[avoid.a.b]\n");
    editor.open(&lexicon, "toml", &text);
    let list = editor.about("textDocument/completion", &lexicon, (4, 0));
    let insert = |name: &str| {
        let item = list["items"].as_array().unwrap().iter().find(|item| item["label"] == name).unwrap();
        (item["textEdit"]["newText"].as_str().unwrap().to_owned(), item["insertTextFormat"].clone())
    };
    assert_eq!(insert("phrases"), ("phrases = [\"$1\"]".to_owned(), json!(2)));
    assert_eq!(insert("level"), ("level = \"$1\"".to_owned(), json!(2)));
    assert_eq!(insert("when"), ("when = { $1 }".to_owned(), json!(2)));
}

#[test]
fn things_are_explained_and_found() {
    let home = folder("hover");
    let base = home.join("base.toml");
    fs::write(&base, format!("{HEADER}\n[group]\nmodal = [\"must\", \"have to\"]\n{}", entry("a.base", "@modal")))
        .unwrap();
    let lexicon = uri(&home.join("ours.toml"));
    let begin = format!("{HEADER}extends = [\"builtin:en\", \"base.toml\"]\n\n[group]\nours = [\"😀 ours\"]\n\n");
    let mut editor = Editor::with(utf8(), &home, json!({ "lexicon": "builtin:en" }));
    editor.open(&lexicon, "toml", &begin);
    // What is pointed at, the beginning of what is said, and the file and the words where it is defined.
    let rows = [
        ("[adjust.command.you|-must]\nlevel = \"off\"", "command.you-must (to avoid, ", "", ""),
        ("[adjust.a.ba|se]\nlevel = \"off\"", "a.base (to avoid, ", "base.toml", "[avoid.a.base]"),
        ("[avoid.a.b]\nphrases = [\"😀 @mo|dal\"]", "@modal\n  must\n  have to\n", "base.toml", "modal"),
        ("[avoid.a.b]\nphrases = [\"|@ours\"]", "@ours\n  😀 ours\n", "ours.toml", "ours"),
        ("[avoid.a.b]\nphrases = [\"x @dura|tion\"]", "@duration\n", "", ""),
        ("[avoid.a.b]\nphra|ses = [\"x\"]", "What to look for.", "", ""),
        ("[avoid.a.b]\nlevel = \"wa|rning\"", "How grave a finding is", "", ""),
        ("[avoid.a.b]\nwhen = { custo|mer = [\"x\"] }", "The customer wrote one of these", "", ""),
        ("[avoid.a.b]\nwhen = { reply = [\"comm|and.you-must\"] }", "command.you-must (to avoid, ", "", ""),
        ("[avoid.a.b]\nwhen = { situation = [\"comp|laint\"] }", "situation.complaint (a situation", "", ""),
        ("[av|oid]", "Phrases to avoid", "", ""),
        ("[avoid.a.n|ew]\nphrases = [\"(\"]", "A phrase to avoid.", "ours.toml", "[avoid.a.new]"),
        ("# not|hing", "", "", ""),
    ];
    for (typed, said, file, found) in rows {
        let (text, place) = at(&format!("{begin}{typed}"));
        editor.write(&lexicon, &text);
        // Until it was looked at, what is said is what was right before.
        editor.diagnostics(&lexicon);
        let hover = editor.about("textDocument/hover", &lexicon, place);
        let page = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(page.starts_with(said) && page.is_empty() == said.is_empty(), "{typed}: {page}");
        // Copies of what is built in are made in the user's cache, and tried in `tests/editors`.
        if file.is_empty() {
            continue;
        }
        let target = editor.about("textDocument/definition", &lexicon, place);
        let target_uri = target["uri"].as_str().unwrap_or_else(|| panic!("{typed}: {target}"));
        assert!(target_uri.ends_with(file), "{typed}: {target_uri}");
        let path = target_uri.strip_prefix("file://").unwrap();
        let held = if target_uri == lexicon { text } else { fs::read_to_string(path).unwrap() };
        assert_eq!(words(&held, &target["range"]), found, "{typed}");
    }
    let (text, place) = at(&begin.replace("base.toml", "ba|se.toml"));
    editor.write(&lexicon, &text);
    let target = editor.about("textDocument/definition", &lexicon, place);
    assert_eq!(target["uri"].as_str(), Some(uri(&base).as_str()));
}
