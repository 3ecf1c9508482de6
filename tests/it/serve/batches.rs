//! Records in, reviews out, a line each.

use serde_json::Value;

use super::Server;
use super::http::{Connection, Request};

const BEGIN: &[u8] = b"POST /v1/check:batch HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n";

fn lines(body: &str) -> Vec<Value> {
    body.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_bad_line_is_an_error_in_its_place_and_the_run_goes_on() {
    let server = Server::start("bad-lines", &["--max-bytes", "1024"]);
    let long = "x".repeat(3000);
    let records = format!(
        "\u{feff}{{\"id\": 1, \"text\": \"you owe\"}}\r\n\n{{\"id\": 2}}\n{long}\n\
         {{\"id\": 3, \"text\": \"Subject: you owe\\n\\nAll is paid.\", \"format\": \"mime\"}}\n{{\"id\": 4, \"text\": \"paid\"}}"
    );
    let answer = server.ask(Request::post("/v1/check:batch", records.as_bytes()));
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("application/x-ndjson")));
    let shown: Vec<String> = lines(&answer.body)
        .iter()
        .map(|line| {
            let said = if line["error"].is_object() { &line["error"]["code"] } else { &line["verdict"] };
            format!("{} {} {} {said}", line["id"], line["line"], line["part"])
        })
        .collect();
    assert_eq!(
        shown,
        [
            r#""1" null null "warning""#,
            r#""2" 3 null "bad-record""#,
            r#"null 4 null "too-large""#,
            r#""3" null "1" "pass""#,
            r#""3" null "subject" "warning""#,
            r#""4" null null "pass""#,
        ]
    );
}

#[test]
fn a_batch_without_a_record_is_refused() {
    let server = Server::start("no-records", &[]);
    for body in [&b""[..], b"\n", b" \r\n\n\t"] {
        let answer = server.ask(Request::post("/v1/check:batch", body));
        assert_eq!((answer.status, answer.code().as_str()), (400, "no-record"));
    }
}

#[test]
fn each_record_is_answered_before_the_next_is_sent() {
    let server = Server::start("streamed", &[]);
    let mut connection = server.connect();
    connection.send(BEGIN);
    for number in 0..20 {
        // The beginning of a record keeps back nothing that is complete.
        connection.send_chunk(format!("{{\"id\": {number}, \"text\": \"you owe\"}}\n{{\"id\": ").as_bytes());
        if number == 0 {
            assert_eq!(connection.head().0, 200);
        }
        assert_eq!(lines(&connection.chunk().unwrap())[0]["id"], number.to_string());
        connection.send_chunk(format!("\"x{number}\", \"text\": \"paid\"}}\n").as_bytes());
        assert_eq!(lines(&connection.chunk().unwrap())[0]["id"], format!("x{number}"));
    }
    connection.send(b"0\r\n\r\n");
    assert_eq!(connection.chunk().as_deref(), Some(""));
}

#[test]
fn many_records_keep_their_order() {
    let server = Server::start("ordered", &[]);
    let records: String =
        (0..1000).fold(String::new(), |all, number| all + &format!("{{\"id\": {number}, \"text\": \"you owe\"}}\n"));
    let answer = server.ask(Request::post("/v1/check:batch", records.as_bytes()));
    assert!(answer.is_whole);
    let ids: Vec<String> = lines(&answer.body).iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect();
    assert!(
        ids.iter().map(String::as_str).eq((0..1000)
            .map(|number| number.to_string())
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str))
    );
}

/// What began is not judged, and the answer does not end as one that is whole.
#[test]
fn half_a_record_is_no_draft() {
    let server = Server::start("broken-off", &[]);
    let mut connection = server.connect();
    connection.send(BEGIN);
    connection.send_chunk(b"{\"id\": 1, \"text\": \"you owe\"}\n{\"id\": 2, \"text\": \"you owe\"}");
    assert_eq!(connection.head().0, 200);
    assert_eq!(lines(&connection.chunk().unwrap())[0]["id"], "1");
    connection.half_close();
    assert_eq!(connection.chunk(), None);
    server.serves();
}

/// Many clients do not read before they have sent all, and their last record comes later than what they are waited
/// for when nothing moves.
#[test]
fn a_client_may_send_all_before_it_reads() {
    let server = Server::start("sends-all", &["--patience", "1"]);
    let mut connection = server.connect();
    connection.send(BEGIN);
    let record = format!("{{\"text\": \"{}\"}}\n", "you owe. ".repeat(100));
    for _ in 0..30 {
        connection.send_chunk(record.repeat(20).as_bytes());
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    connection.send(b"0\r\n\r\n");
    let answer = connection.answer();
    assert!(answer.is_whole && answer.body.len() > 10 << 20, "{} bytes", answer.body.len());
    assert_eq!(answer.body.lines().count(), 600);
}

/// Nothing is read on for a client that reads nothing, and it is not waited for without end.
#[test]
fn a_client_that_does_not_read_is_left() {
    let server = Server::start("no-reader", &["--patience", "1", "--max-unread", "100000"]);
    let mut connection: Connection = server.connect();
    connection.send(BEGIN);
    let records = format!("{{\"text\": \"{}\"}}\n", "you owe. ".repeat(100)).repeat(20);
    let chunk = [format!("{:x}\r\n", records.len()).as_bytes(), records.as_bytes(), b"\r\n"].concat();
    let sent = (0..500).take_while(|_| connection.try_send(&chunk).is_ok()).count();
    assert!(sent < 500, "all was taken");
    server.serves();
    let metrics = super::in_time("its place is taken still", || {
        let metrics = server.get("/metrics").body;
        metrics.contains("replylint_requests_in_flight 0\n").then_some(metrics)
    });
    assert!(metrics.contains("/v1/check:batch"));
}
