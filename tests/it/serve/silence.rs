//! What a client sends stays between it and the server: nothing of it is in the log or in the metrics.

use super::http::Request;
use super::{Server, folder};

/// Words that stand in no source, so that wherever they are they came from a client.
const WORDS: [&str; 3] = ["Zanzibarquux", "Ouagadougoublix", "Ulaanbaatarplonk"];

#[test]
fn no_word_of_a_client_is_told() {
    let [draft, customer, agent] = WORDS;
    let records = [
        format!(r#"{{"text": "{draft}, you owe us.", "customer": "{customer}", "agent": "{agent}", "id": "{draft}"}}"#),
        format!(r#"{{"text": "{draft}", "format": "{customer}"}}"#),
        format!(r#"{{"text": "{draft}", "language": "{customer}"}}"#),
        format!(r#"{{"text": "{draft}", "sent_at": "{customer}"}}"#),
        format!(r#"{{"text": "{draft}", "turn": "{customer}"}}"#),
        format!(r#"{{"{draft}": "{customer}", "textt": "{agent}"}}"#),
        format!("{draft} {customer}"),
        format!(r#"{{"text": "{draft}: {customer}\n\n{agent}", "format": "mime"}}"#),
    ];
    let paths = [format!("/v1/rules/{draft}"), format!("/{customer}"), format!("/v1/check?text={agent}")];
    for log in ["text", "json"] {
        let args = ["--listen", "127.0.0.1:0", "--lexicon", "our.toml", "--log", log];
        let server = Server::start_in(folder(&format!("silence-{log}")), &[("RUST_LOG", "trace")], &args);
        let mut answered = String::new();
        for record in &records {
            for path in ["/v1/check", "/v1/check:batch"] {
                answered += &server.ask(Request::post(path, record.as_bytes())).body;
            }
        }
        for path in &paths {
            answered += &server.get(path).body;
            answered += &server.ask(Request::post(path, b"{}")).body;
            answered += &server.ask(Request { method: agent, ..Request::get(path) }).body;
        }
        let shown = [("X-Request-Id", "Zanzibar quux"), ("Authorization", customer), ("User-Agent", agent)];
        server.ask(Request::get("/healthz").with(&shown));
        // They would be seen: they are in what the client was told.
        assert!(answered.contains(draft) && answered.contains(customer), "{answered}");
        let metrics = server.get("/metrics").body;
        let (_, said) = server.stop();
        assert!(said.lines().count() > 20, "{said}");
        for word in WORDS.into_iter().chain(["Zanzibar"]) {
            let is_told = [&said, &metrics].iter().any(|text| text.to_lowercase().contains(&word.to_lowercase()));
            assert!(!is_told, "{word} is in\n{said}\n{metrics}");
        }
    }
}

#[test]
fn a_log_of_json_is_json() {
    let args = ["--listen", "127.0.0.1:0", "--lexicon", "our.toml", "--log", "json"];
    let server = Server::start_in(folder("json-log"), &[], &args);
    server.serves();
    let (_, log) = server.stop();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = lines.iter().find(|line| line["message"] == "answered").unwrap_or_else(|| panic!("{log}"));
    assert_eq!((&answered["route"], &answered["status"]), (&"/v1/check".into(), &200.into()), "{answered}");
}

#[test]
fn nothing_is_said_when_nothing_is_to_be() {
    let args = ["--listen", "127.0.0.1:0", "--lexicon", "our.toml", "--log", "off"];
    let server = Server::start_in(folder("no-log"), &[], &args);
    server.serves();
    let (_, log) = server.stop();
    assert_eq!(log.lines().count(), 1, "{log}");
}
