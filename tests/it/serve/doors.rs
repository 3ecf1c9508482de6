//! Who may ask, and where.

use std::fs;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::Path;

use super::http::Request;
use super::{Server, command, ended, folder, tell};

const TOKEN: &str = "correct-horse-battery-staple";

#[test]
fn a_token_is_asked_for_everywhere_but_for_its_health() {
    let file = folder("token-file");
    fs::write(file.join("token"), format!("{TOKEN}\n")).unwrap();
    let listen = ["--listen", "127.0.0.1:0", "--lexicon", "our.toml"];
    let servers = [
        Server::start_in(folder("token"), &[("REPLYLINT_TOKEN", TOKEN)], &listen),
        Server::start_in(file, &[], &[&listen[..], &["--token-file", "token"]].concat()),
    ];
    for server in &servers {
        assert_eq!(server.get("/healthz").status, 200);
        for path in ["/readyz", "/metrics", "/v1/rules", "/openapi.json", "/nothing"] {
            let answer = server.get(path);
            assert_eq!((answer.status, answer.code().as_str()), (401, "no-token"), "{path}");
            assert_eq!(answer.header("WWW-Authenticate"), Some("Bearer"));
        }
        let record = Request::post("/v1/check", br#"{"text": "you owe"}"#);
        let right = format!("Bearer {TOKEN}");
        for (shown, status) in [
            (right.as_str(), 200),
            (&*format!("bearer {TOKEN}"), 200),
            (&*format!("Bearer {TOKEN}x"), 401),
            ("Bearer correct-horse-battery-stapl", 401),
            ("Bearer ", 401),
            ("Bearer", 401),
            (TOKEN, 401),
            ("Basic Y29ycmVjdDpob3JzZQ==", 401),
            ("", 401),
        ] {
            assert_eq!(server.ask(record.with(&[("Authorization", shown)])).status, status, "{shown}");
        }
        let twice = [("Authorization", right.as_str()), ("Authorization", "Bearer x")];
        assert_eq!(server.ask(record.with(&twice)).status, 401);
        assert!(!server.log.lock().unwrap().contains(TOKEN));
    }
}

#[test]
fn nothing_is_opened_to_all_by_accident() {
    let folder = folder("open");
    fs::write(folder.join("short"), "secret\n").unwrap();
    let rows: [(&[&str], &str); 4] = [
        (&["--listen", "0.0.0.0:0"], "no token keeps anybody out"),
        (&["--listen", "[::]:0"], "no token keeps anybody out"),
        (&["--listen", "127.0.0.1:0", "--token-file", "short"], "is no token"),
        (&["--listen", "127.0.0.1:0", "--token-file", "none"], "none"),
    ];
    for (args, said) in rows {
        let mut child = command(&folder, &[], args).spawn().unwrap();
        let (lines, _) = tell(&mut child);
        assert_eq!(ended(&mut child).code(), Some(2), "{args:?}");
        let all: String = lines.iter().collect::<Vec<_>>().join("\n");
        assert!(all.contains(said) && all.contains("help: ") && !all.contains("secret"), "{args:?}: {all}");
    }
}

fn ask(path: &Path) -> String {
    let mut stream = UnixStream::connect(path).unwrap();
    stream.write_all(&Request::post("/v1/check", br#"{"text": "you owe"}"#).bytes()).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_file_can_be_listened_at() {
    let place = folder("unix");
    let args = ["--listen", "unix:at.sock", "--lexicon", "our.toml"];
    let socket = place.join("at.sock");
    let server = Server::start_in(place.clone(), &[], &args);
    assert_eq!(server.name, "unix:at.sock (its owner and group may ask)");
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o660);
    assert!(ask(&socket).contains("\"verdict\":\"warning\""));

    // Two servers at one file would each get half of what is asked.
    let mut second = command(&place, &[], &args).spawn().unwrap();
    let (lines, _) = tell(&mut second);
    assert_eq!(ended(&mut second).code(), Some(2));
    assert!(lines.iter().any(|line| line.contains("another program listens there")));
    assert!(ask(&socket).contains("200 OK"));

    // One that is killed leaves its file, which the next replaces; one that is stopped does not.
    server.signal("-KILL");
    drop(server);
    assert!(socket.exists());
    let server = Server::start_in(place.clone(), &[], &args);
    assert!(ask(&socket).contains("200 OK"));
    assert!(server.stop().0.success());
    assert!(!socket.exists());

    // A file of another kind is somebody's.
    fs::write(&socket, "mine").unwrap();
    let mut third = command(&place, &[], &args).spawn().unwrap();
    assert_eq!(ended(&mut third).code(), Some(2));
    assert_eq!(fs::read_to_string(&socket).unwrap(), "mine");
}
