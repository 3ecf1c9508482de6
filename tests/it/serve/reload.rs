//! Lexicons that change while the server runs.

use std::fs;

use serde_json::Value;

use super::{LEXICON, Server, in_time};

fn version(server: &Server) -> String {
    server.get("/readyz").json()["lexicons"][0]["version"].as_str().unwrap().to_owned()
}

fn save(server: &Server, text: &str) {
    fs::write(server.folder.join("our.toml"), text).unwrap();
}

#[test]
fn a_saved_lexicon_is_in_force_and_a_broken_one_is_not() {
    let server = Server::start("reload", &[]);
    server.serves();
    save(&server, &LEXICON.replace("version = \"1\"", "version = \"2\"").replace("you owe\"", "all is paid\""));
    in_time("it is not reloaded", || (version(&server) == "2").then_some(()));
    assert_eq!(server.check(r#"{"text": "you owe"}"#).json()["verdict"], "pass");
    assert_eq!(server.check(r#"{"text": "all is paid"}"#).json()["verdict"], "warning");

    save(&server, &LEXICON.replace("[\"you owe\"]", "[\"you (owe\"]"));
    let failed = in_time("it says nothing of it", || {
        let failed = server.get("/readyz").json()["failed_reload"].clone();
        failed.is_object().then_some(failed)
    });
    let problem = &failed["problems"][0];
    let told = (problem["code"].as_str(), problem["file"].as_str(), problem["line"].as_u64());
    assert_eq!(told, (Some("unbalanced-bracket"), Some("our.toml"), Some(7)), "{failed}");
    assert_eq!(version(&server), "2");
    assert_eq!(server.check(r#"{"text": "all is paid"}"#).json()["verdict"], "warning");
    let metrics = server.get("/metrics").body;
    assert!(metrics.contains("replylint_lexicon_current 0\n"), "{metrics}");

    save(&server, LEXICON);
    in_time("it is not mended", || (version(&server) == "1").then_some(()));
    assert_eq!(server.get("/readyz").json()["failed_reload"], Value::Null);
    server.serves();
    let (_, log) = server.stop();
    let told = r#"code="unbalanced-bracket" file="our.toml" line=7"#;
    assert!(log.contains(told) && log.contains("lexicon reloaded") && !log.contains("you (owe"), "{log}");
}

/// The built-in lexicons have no files, and one may be put beside the server later.
#[test]
fn a_signal_reloads_too() {
    let folder = super::folder("signal");
    fs::rename(folder.join("our.toml"), folder.join("later.toml")).unwrap();
    let server = Server::start_in(folder, &[], &["--listen", "127.0.0.1:0"]);
    assert!(server.get("/readyz").json()["lexicons"].as_array().unwrap().len() > 1);
    fs::rename(server.folder.join("later.toml"), server.folder.join("lexicon.toml")).unwrap();
    server.signal("-HUP");
    in_time("it is not reloaded", || {
        let lexicons = server.get("/readyz").json()["lexicons"].clone();
        (lexicons[0]["name"] == "Harbour").then_some(())
    });
    server.serves();
}

#[test]
fn there_is_no_server_without_a_lexicon() {
    let folder = super::folder("no-lexicon");
    fs::write(folder.join("our.toml"), LEXICON.replace("phrases", "phrase")).unwrap();
    for lexicon in ["our.toml", "none.toml"] {
        let args = ["--listen", "127.0.0.1:0", "--lexicon", lexicon];
        let mut child = super::command(&folder, &[], &args).spawn().unwrap();
        let (lines, _) = super::tell(&mut child);
        assert_eq!(super::ended(&mut child).code(), Some(2), "{lexicon}");
        let all = lines.iter().collect::<Vec<_>>().join("\n");
        assert!(all.contains(lexicon) && all.contains("help: ") && !all.contains("listening"), "{all}");
    }
}
