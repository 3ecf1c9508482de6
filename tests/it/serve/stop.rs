//! How the server ends: what it is answering is answered, within bounds.

use std::net::TcpStream;

use super::{Server, ended, in_time};

const BEGIN: &[u8] = b"POST /v1/check:batch HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n";

#[test]
fn what_has_begun_is_answered_to_its_end() {
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::start("graceful", &["--grace", "60"]);
        let mut idle = server.connect();
        let mut connection = server.connect();
        connection.send(BEGIN);
        connection.send_chunk(b"{\"text\": \"you owe\"}\n");
        assert_eq!(connection.head().0, 200);
        connection.chunk().unwrap();
        server.signal(signal);
        in_time("it listens still", || TcpStream::connect(server.address()).is_err().then_some(()));
        connection.send_chunk(b"{\"text\": \"paid\"}\n");
        assert!(connection.chunk().unwrap().contains("\"verdict\":\"pass\""));
        connection.send(b"0\r\n\r\n");
        assert_eq!(connection.chunk().as_deref(), Some(""));
        assert_eq!(ended(&mut server.child).code(), Some(0), "{signal}");
        assert_eq!(idle.rest(), "");
    }
}

#[test]
fn nobody_keeps_it_from_ending() {
    let mut server = Server::start("grace", &["--grace", "1"]);
    let mut connection = server.connect();
    connection.send(BEGIN);
    connection.send_chunk(b"{\"text\": \"you owe\"}\n");
    assert_eq!(connection.head().0, 200);
    connection.chunk().unwrap();
    server.signal("-TERM");
    assert_eq!(ended(&mut server.child).code(), Some(0));
    // What is cut off does not look as if it were whole.
    assert_eq!(connection.chunk(), None);
    in_time("it does not say so", || {
        server.log.lock().unwrap().contains("stopped before all was answered").then_some(())
    });
}
