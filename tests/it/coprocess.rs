//! A hook may keep replylint running, send it a record and wait for the review before it sends the
//! next. Whoever would wait forever here fails after a while.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Long enough for any machine; only a hang takes so long.
const PATIENCE: Duration = Duration::from_secs(90);

/// Many records at once: more than is read at a time, so that threads are at work.
const MANY: usize = 1500;

struct Hook {
    child: Child,
    stdin: ChildStdin,
    reviews: Receiver<String>,
    /// Reads the reviews, and closes the pipe when nobody wants them.
    reading: JoinHandle<()>,
}

impl Hook {
    fn start(args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_replylint"))
            .args(["--lexicon", "builtin:en", "--language", "en"])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (send, reviews) = channel();
        let reading = thread::spawn(move || {
            let _ = stdout.lines().try_for_each(|line| send.send(line.unwrap()));
        });
        Self { child, stdin, reviews, reading }
    }

    fn send(&mut self, record: &str) {
        self.stdin.write_all(record.as_bytes()).unwrap();
        self.stdin.flush().unwrap();
    }

    fn expect(&self, part: &str) {
        let review = self.reviews.recv_timeout(PATIENCE).expect("no review came");
        assert!(review.contains(part), "{part} is not in {review}");
    }

    fn end(mut self) -> ExitStatus {
        drop(self.stdin);
        assert!(self.reviews.recv_timeout(PATIENCE).is_err(), "a review too many");
        ends(&mut self.child)
    }
}

fn ends(child: &mut Child) -> ExitStatus {
    let status = in_time(|| child.try_wait().unwrap());
    status.unwrap_or_else(|| {
        child.kill().unwrap();
        panic!("it does not end");
    })
}

/// Asks again and again, but not forever.
fn in_time<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        thread::sleep(Duration::from_millis(10));
    }
    None
}

#[test]
fn each_record_is_answered_before_the_next_is_sent() {
    type Record = fn(usize) -> String;
    let shapes: [(&str, &str, Record); 2] = [
        ("ndjson", "", |n| format!("{{\"id\": {n}, \"text\": \"You must pay bill {n}, dear customer of ours.\"}}\n")),
        ("csv", "id,text\n", |n| format!("{n},\"You must pay bill {n},\ndear customer of ours.\"\n")),
    ];
    for (input, header, record) in shapes {
        for jobs in ["1", "3"] {
            let mut hook = Hook::start(&["--input", input, "--jobs", jobs]);
            hook.send(header);
            for n in 0..20 {
                hook.send(&record(n));
                hook.expect(&format!("\"id\":\"{n}\""));
            }
            // The beginning of a record keeps back nothing that is complete.
            let (both, half) = (record(20) + &record(21), record(22));
            let (front, back) = half.split_at(half.len() / 2);
            hook.send(&format!("{both}{front}"));
            hook.expect("\"id\":\"20\"");
            hook.expect("\"id\":\"21\"");
            hook.send(back);
            hook.expect("\"id\":\"22\"");
            let many: String = (0..MANY).map(record).collect();
            hook.send(&many);
            for n in 0..MANY {
                hook.expect(&format!("\"id\":\"{n}\""));
            }
            for n in 0..20 {
                hook.send(&record(n));
                hook.expect(&format!("\"id\":\"{n}\""));
            }
            assert_eq!(hook.end().code(), Some(1), "{input}, {jobs} jobs");
        }
    }
}

/// The next review finds the pipe closed, and that is the end, though more input might come.
#[test]
fn a_closed_pipe_ends_it_while_input_is_awaited() {
    for jobs in ["1", "3"] {
        let mut hook = Hook::start(&["--input", "ndjson", "--jobs", jobs]);
        let record = "{\"text\": \"Thank you for waiting so long for us, and all the best.\"}\n";
        hook.send(&record.repeat(MANY));
        for _ in 0..MANY {
            hook.expect("\"verdict\":\"pass\"");
        }
        let Hook { mut child, mut stdin, reviews, reading } = hook;
        drop(reviews);
        stdin.write_all(record.as_bytes()).unwrap();
        in_time(|| reading.is_finished().then_some(())).expect("no review came");
        stdin.write_all(record.as_bytes()).unwrap();
        assert_eq!(ends(&mut child).code(), Some(0), "{jobs} jobs");
        drop(stdin);
    }
}
