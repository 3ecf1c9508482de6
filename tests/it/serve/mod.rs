//! `replylint serve` as its clients meet it: the real program on a loopback port, asked with bytes that are written
//! here, good ones and bad ones. Whoever would wait forever here fails after a while.
#![cfg(unix)]

mod answers;
mod batches;
mod bounds;
mod described;
mod doors;
mod http;
mod reload;
mod silence;
mod stop;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use self::http::{Answer, Connection, Request};

/// Long enough for any machine; only a hang takes so long.
const PATIENCE: Duration = Duration::from_secs(90);

/// A lexicon whose one rule is easily told from any other.
const LEXICON: &str = r#"[lexicon]
name = "Harbour"
language = "en"
version = "1"

[avoid.billing.you-owe]
phrases = ["you owe"]
prefer = ["The open balance is …"]
why = "Accuses before it informs."
flags = ["You owe 40 euros."]
passes = ["All is paid."]
"#;

/// A server, and the folder that it runs in.
struct Server {
    folder: PathBuf,
    child: Child,
    /// What stands behind `listening on`.
    name: String,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// Starts one with the lexicon above, on any free port.
    fn start(name: &str, args: &[&str]) -> Self {
        Self::start_in(folder(name), &[], &[&["--listen", "127.0.0.1:0", "--lexicon", "our.toml"], args].concat())
    }

    fn start_in(folder: PathBuf, environment: &[(&str, &str)], args: &[&str]) -> Self {
        let mut child = command(&folder, environment, args).spawn().unwrap();
        let (lines, log) = tell(&mut child);
        // Whatever goes wrong from here on, it is ended.
        let mut server = Self { folder, child, name: String::new(), log };
        let listening = lines.recv_timeout(PATIENCE).expect("it does not listen");
        let (_, name) = listening.split_once("listening on ").unwrap_or_else(|| panic!("it says {listening}"));
        name.trim_end_matches(['"', '}']).clone_into(&mut server.name);
        server
    }

    fn address(&self) -> &str {
        self.name.strip_prefix("http://").unwrap()
    }

    fn connect(&self) -> Connection {
        Connection::new(self.address())
    }

    /// The answer to one request on a connection of its own.
    fn ask(&self, request: Request<'_>) -> Answer {
        let mut connection = self.connect();
        connection.send(&request.bytes());
        connection.answer()
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path))
    }

    fn check(&self, record: &str) -> Answer {
        self.ask(Request::post("/v1/check", record.as_bytes()))
    }

    /// It still does what it is there for.
    fn serves(&self) {
        let answer = self.check(r#"{"text": "Today you owe us."}"#);
        assert_eq!((answer.status, answer.json()["verdict"].as_str()), (200, Some("warning")), "{answer:?}");
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Asks it to stop, and waits until it has.
    fn stop(mut self) -> (ExitStatus, String) {
        self.signal("-TERM");
        let status = ended(&mut self.child);
        let log = self.log.lock().unwrap().clone();
        (status, log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An empty folder with the lexicon.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("our.toml"), LEXICON).unwrap();
    folder
}

fn command(folder: &Path, environment: &[(&str, &str)], args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_replylint"));
    command.arg("serve").args(args).current_dir(folder).env("HOME", folder);
    command.env_remove("XDG_CONFIG_HOME").env_remove("REPLYLINT_LEXICON").env_remove("REPLYLINT_TOKEN");
    command.envs(environment.iter().copied()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// The lines that it says, and all of them together.
fn tell(child: &mut Child) -> (Receiver<String>, Arc<Mutex<String>>) {
    let (sender, lines) = channel();
    let log = Arc::new(Mutex::new(String::new()));
    let (said, errors) = (Arc::clone(&log), BufReader::new(child.stderr.take().unwrap()));
    thread::spawn(move || {
        for line in errors.lines().map_while(Result::ok) {
            let mut said = said.lock().unwrap();
            said.push_str(&line);
            said.push('\n');
            let _ = sender.send(line);
        }
    });
    (lines, log)
}

fn ended(child: &mut Child) -> ExitStatus {
    in_time("it does not end", || child.try_wait().unwrap())
}

/// Asks again and again, but not forever.
fn in_time<T>(otherwise: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(answer) = ask() {
            return answer;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("{otherwise}")
}
