//! What the server does not bear, and what it says then.

use super::Server;
use super::http::Request;

#[test]
fn a_body_is_read_up_to_its_bound() {
    let server = Server::start("large", &["--max-bytes", "2048"]);
    let mut stated = server.connect();
    stated.send(b"POST /v1/check HTTP/1.1\r\nHost: here\r\nContent-Length: 99999999999\r\n\r\n");
    stated.try_send(&[b'x'; 4096]).unwrap();
    let answer = stated.answer();
    assert_eq!((answer.status, answer.code().as_str(), answer.header("Connection")), (413, "too-large", Some("close")));

    let mut unstated = server.connect();
    unstated.send(b"POST /v1/check HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n");
    (0..3).for_each(|_| unstated.send_chunk(&[b'x'; 1000]));
    assert_eq!(unstated.answer().code(), "too-large");
    server.serves();
}

/// Many clients read nothing before they have sent all, and for a connection that is closed they have no status.
#[test]
fn a_client_that_sends_too_much_hears_why() {
    let server = Server::start("large-and-blocking", &["--max-bytes", "2048"]);
    let locked = [("REPLYLINT_TOKEN", "correct-horse-battery-staple")];
    let listen = ["--listen", "127.0.0.1:0", "--lexicon", "our.toml"];
    let locked = Server::start_in(super::folder("locked"), &locked, &listen);
    let body = vec![b'x'; 20 << 20];
    for (server, path, status) in [
        (&server, "/v1/check", 413),
        (&server, "/v1/check:nothing", 404),
        (&server, "/metrics", 405),
        (&locked, "/v1/check", 401),
        (&locked, "/v1/check:batch", 401),
    ] {
        assert_eq!(server.ask(Request::post(path, &body)).status, status, "{path}");
    }
    server.serves();
}

#[test]
fn a_slow_client_is_answered_or_closed() {
    let server = Server::start("slow", &["--patience", "1"]);
    for path in ["/v1/check", "/v1/check:batch"] {
        let mut body = server.connect();
        body.send(format!("POST {path} HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{{\"text\"").as_bytes());
        let answer = body.answer();
        assert_eq!((answer.status, answer.code().as_str()), (408, "too-slow"), "{path}");
    }
    let mut header = server.connect();
    header.send(b"POST /v1/check HTTP/1.1\r\nHost: he");
    assert!(!header.rest().contains("200"));
    let mut silent = server.connect();
    assert_eq!(silent.rest(), "");
    server.serves();
}

#[test]
fn so_many_requests_are_answered_at_a_time() {
    let server = Server::start("busy", &["--requests", "1"]);
    let mut first = server.connect();
    first.send(b"POST /v1/check:batch HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n");
    first.send_chunk(b"{\"text\": \"you owe\"}\n");
    assert_eq!(first.head().0, 200);
    let second = server.check(r#"{"text": "you owe"}"#);
    assert_eq!((second.status, second.code().as_str(), second.header("Retry-After")), (503, "busy", Some("1")));
    // Whoever asks for its health is answered.
    for path in ["/healthz", "/readyz", "/metrics", "/v1/rules"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    first.chunk().unwrap();
    first.send(b"0\r\n\r\n");
    assert_eq!(first.chunk().as_deref(), Some(""));
    super::in_time("its place is taken still", || (server.check(r#"{"text": "a"}"#).status == 200).then_some(()));
}

#[test]
fn an_answer_comes_in_time_or_not_at_all() {
    let server = Server::start("late", &["--deadline", "1"]);
    let record = format!(r#"{{"text": "{}"}}"#, "you owe us, and we told you so. ".repeat(30_000));
    let answer = server.check(&record);
    assert_eq!((answer.status, answer.code().as_str(), answer.header("Retry-After")), (503, "deadline", Some("1")));
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn what_is_no_http_ends_its_connection_and_nothing_else() {
    let server = Server::start("garbage", &[]);
    let rough: [&[u8]; 6] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /v1/check HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"POST /v1/check HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    for bytes in rough {
        let mut connection = server.connect();
        connection.send(bytes);
        connection.half_close();
        let answer = connection.rest();
        assert!(!answer.contains(" 200 "), "{bytes:?}: {answer}");
    }
    server.serves();
}

#[test]
fn a_client_that_has_said_all_gets_its_answer() {
    let server = Server::start("half-closed", &[]);
    let mut connection = server.connect();
    connection.send(&Request::post("/v1/check", br#"{"text": "you owe"}"#).bytes());
    connection.half_close();
    assert_eq!(connection.answer().json()["verdict"], "warning");
}

#[test]
fn several_requests_on_one_connection_are_answered_in_order() {
    let server = Server::start("pipelined", &[]);
    let mut connection = server.connect();
    let request =
        |id: u32| Request::post("/v1/check", format!("{{\"id\": {id}, \"text\": \"you owe\"}}").as_bytes()).bytes();
    connection.send(&(0..10).flat_map(request).collect::<Vec<_>>());
    for id in 0..10 {
        assert_eq!(connection.answer().json()["id"], id.to_string());
    }
}
