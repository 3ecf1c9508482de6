//! What is answered, and with which status: 200 only when the draft was judged.

use super::Server;
use super::http::Request;

#[test]
fn a_record_is_answered_with_its_review() {
    let server = Server::start("record", &[]);
    let rows = [
        (r#"{"text": "Today you owe us.", "id": 7}"#, "warning", "7"),
        (r#"{"text": "All is paid.", "id": "b", "channel": "chat", "turn": 2.0, "language": "en-GB"}"#, "pass", "b"),
        (
            "{\n  \"text\": \"<p>you <b>owe</b></p>\",\n  \"id\": \"c\", \"format\": \"html\", \"more\": {}\n}\n",
            "warning",
            "c",
        ),
        (r#"{"text": "", "id": "d"}"#, "pass", "d"),
    ];
    for (record, verdict, id) in rows {
        let answer = server.check(record);
        let review = answer.json();
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!((review["verdict"].as_str(), review["id"].as_str()), (Some(verdict), Some(id)), "{answer:?}");
    }
}

#[test]
fn what_cannot_be_done_is_no_review() {
    let server = Server::start("refused", &["--max-bytes", "1024"]);
    let long = format!(r#"{{"text": "{}"}}"#, "a".repeat(2000));
    let check = |body| Request::post("/v1/check", body);
    let rows: [(Request<'_>, u16, &str); 20] = [
        (check(b""), 400, "no-record"),
        (check(b" \n"), 400, "no-record"),
        (check(b"text=you owe"), 400, "not-json"),
        (check(b"{\"text\": \"you owe\"} {}"), 400, "not-json"),
        (check(b"{\"text\": \"you owe"), 400, "not-json"),
        (check(b"{\"text\": \"\xff\"}"), 400, "not-utf8"),
        (check(b"[]"), 422, "bad-record"),
        (check(b"{}"), 422, "bad-record"),
        (check(br#"{"text": 5}"#), 422, "bad-record"),
        (check(br#"{"text": "a", "format": "pdf"}"#), 422, "bad-record"),
        (check(br#"{"text": "a", "sent_at": "noon"}"#), 422, "bad-record"),
        (check(br#"{"text": "a", "turn": 0}"#), 422, "bad-record"),
        (check(br#"{"text": "a", "customer": []}"#), 422, "bad-record"),
        (check(br#"{"text": "a", "language": "ru"}"#), 422, "unserved-language"),
        (check(br#"{"text": "Subject: a\n\nb", "format": "mime"}"#), 422, "many-parts"),
        (check(long.as_bytes()), 413, "too-large"),
        (Request::get("/v1/check"), 405, "wrong-method"),
        (Request::post("/metrics", b""), 405, "wrong-method"),
        (Request::get("/v1"), 404, "no-such-route"),
        (Request::get("/v1/rules/billing.you-ow"), 404, "unknown-rule"),
    ];
    for (request, status, code) in rows {
        let answer = server.ask(request);
        let asked = String::from_utf8_lossy(&request.bytes()).into_owned();
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{asked}");
        assert!(answer.json().get("verdict").is_none(), "{asked}");
    }
    assert_eq!(server.get("/v1/check").header("Allow"), Some("POST"));
    server.serves();
}

#[test]
fn rules_are_listed_and_explained() {
    let server = Server::start("rules", &[]);
    for path in ["/v1/rules", "/v1/rules/billing.you-owe"] {
        let rules = server.get(path).json();
        assert_eq!(rules["rules"][0]["rule"].as_str(), Some("billing.you-owe"), "{rules}");
        assert_eq!(rules["rules"][0]["flags"][0]["text"].as_str(), Some("You owe 40 euros."), "{rules}");
    }
    let page = server.ask(Request::get("/v1/rules/billing.you-owe").with(&[("Accept", "text/plain")]));
    assert_eq!(page.header("Content-Type"), Some("text/plain; charset=utf-8"));
    assert!(page.body.starts_with("billing.you-owe (to avoid, warning)\n"), "{page:?}");
    let near = server.get("/v1/rules/billing.you-ow");
    assert!(near.body.contains("did you mean billing.you-owe?"), "{near:?}");
    // A path that is no text names no rule.
    assert_eq!(server.get("/v1/rules/%ff").status, 404);
}

#[test]
fn a_request_keeps_its_id_or_gets_one() {
    let server = Server::start("ids", &[]);
    let large = "x".repeat(65);
    for (sent, kept) in [("abc-1.2_X", true), ("", false), ("two words", false), ("a\tb", false), (&*large, false)] {
        let answer = server.ask(Request::get("/healthz").with(&[("X-Request-Id", sent)]));
        let id = answer.header("X-Request-Id").unwrap();
        assert_eq!(id == sent, kept, "{sent:?} became {id:?}");
        assert!(!id.is_empty());
    }
    let (_, log) = server.stop();
    assert!(log.contains(r#"id="abc-1.2_X""#) && !log.contains("two words"), "{log}");
}

#[test]
fn metrics_count_what_was_done() {
    let server = Server::start("metrics", &[]);
    server.serves();
    server.check("x");
    let batch = b"{\"text\": \"you owe\"}\nx\n{\"text\": \"paid\"}\n";
    assert_eq!(server.ask(Request::post("/v1/check:batch", batch)).status, 200);
    let metrics = server.get("/metrics").body;
    for line in [
        r#"replylint_requests_total{route="/v1/check",status="200"} 1"#,
        r#"replylint_requests_total{route="/v1/check",status="400"} 1"#,
        r#"replylint_request_seconds_count{route="/v1/check"} 2"#,
        r#"replylint_findings_total{rule="billing.you-owe",level="warning"} 2"#,
        r#"replylint_reviews_total{verdict="pass"} 1"#,
        r#"replylint_errors_total{code="not-json"} 2"#,
        r#"replylint_lexicon_entries{name="Harbour",version="1",language="en"} 1"#,
        "replylint_requests_in_flight 0",
        "replylint_lexicon_current 1",
        "# EOF",
    ] {
        assert!(metrics.lines().any(|known| known == line), "{line} is not in\n{metrics}");
    }
}
