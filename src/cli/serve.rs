//! `replylint serve`: its arguments, and what is said when there is no server.

use std::env;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::args::{Color, LexiconArgs, LookArgs, parse_number};
use super::{Outcome, terminal};
use crate::host;
use crate::serve::{self, Failure, Limits, Listen, Options, Token};

/// Holds the token, where no file does.
const VARIABLE: &str = "REPLYLINT_TOKEN";

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  replylint serve                                      ask at http://127.0.0.1:8081/v1/check
  replylint serve --lexicon our.toml                   judge by your company's lexicon
  replylint serve --listen unix:/run/replylint.sock    for programs of this machine only
  replylint serve --listen 0.0.0.0:8081 --token-file /etc/replylint/token
                                                       for other machines, which show the token
  curl http://127.0.0.1:8081/v1/check -d '{\"text\": \"You must pay today.\"}'

What can be asked:
  POST /v1/check         a record (as of --input ndjson) in, its review out
  POST /v1/check:batch   records in, reviews out, one a line, while they come
  GET  /v1/rules         the rules in force; /v1/rules/RULE is one
  /v2/…                  what programs ask that speak the protocol of LanguageTool
  GET  /healthz /readyz /metrics /openapi.json

The status is 200 only when the draft was judged; its `verdict` then says what of it. Any other
comes with a code, a sentence and what to do, and says nothing about the draft.

The lexicon is loaded anew when one of its files is saved, and on SIGHUP. A broken one is told in
the log and at /readyz, and the last good one stays in force. SIGTERM and Ctrl-C stop the server,
once what it is answering is answered.

Exit status: 0 stopped, 2 there is no server.")]
pub(super) struct ServeArgs {
    #[command(flatten)]
    lexicon: LexiconArgs,
    /// Where to listen: an address and a port (0 is any that is free), or unix:PATH
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8081", value_parser = parse_listen)]
    listen: Listen,
    #[arg(
        long,
        value_name = "FILE",
        help = "The file with the token that clients have to show [default: what $REPLYLINT_TOKEN holds, if anything]"
    )]
    token_file: Option<PathBuf>,
    /// Let other machines ask without a token, since something else keeps strangers out
    #[arg(long, conflicts_with = "token_file")]
    without_token: bool,
    /// The largest request with one draft, and the longest line of a batch, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_bytes, value_parser = parse_bytes)]
    max_bytes: usize,
    /// The longest time to an answer, in milliseconds; later it is 503
    #[arg(long, value_name = "MS", default_value = "2000", value_parser = parse_milliseconds)]
    deadline: Duration,
    /// The longest wait for a client that sends or reads nothing, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "15", value_parser = parse_seconds)]
    patience: Duration,
    /// How much of the answer to a batch may wait for a client that reads nothing before it has sent all, in bytes;
    /// of all batches together four times as much
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_unread, value_parser = parse_unread)]
    max_unread: u32,
    /// How many requests are answered at a time; beyond it is 503
    #[arg(long, value_name = "NUMBER", default_value = "256", value_parser = parse_requests)]
    requests: u16,
    /// How long what is being answered may take when the server is told to stop, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = parse_seconds)]
    grace: Duration,
    /// How to write the log, which goes to standard error and holds no word of a draft
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    log: Log,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Log {
    /// Lines for people
    Text,
    /// A JSON object a line
    Json,
    /// Nothing but what keeps the server from starting
    Off,
}

pub(super) fn run(args: ServeArgs) -> Outcome {
    let served =
        args.options().and_then(|options| serve::run(options, |name| terminal::say(&format!("listening on {name}"))));
    match served {
        Ok(()) => Outcome::Clean,
        Err(Failure::Lexicon(error)) => {
            terminal::say_why(&error, &LookArgs { color: Color::Auto, width: None });
            Outcome::Failed
        }
        Err(Failure::Other { message, help }) => {
            terminal::say(&format!("error: {message}\n  help: {help}"));
            Outcome::Failed
        }
    }
}

impl ServeArgs {
    fn options(self) -> Result<Options, Failure> {
        let Self { max_bytes, deadline, patience, max_unread, grace, .. } = self;
        let token = if self.without_token { None } else { token(self.token_file.as_deref())? };
        Ok(Options {
            listen: self.listen,
            lexicons: self.lexicon.lexicon,
            limits: Limits { max_bytes, deadline, patience, max_unread, requests: self.requests.into(), grace },
            token,
            without_token: self.without_token,
            log: match self.log {
                Log::Text => serve::Log::Text,
                Log::Json => serve::Log::Json,
                Log::Off => serve::Log::Off,
            },
        })
    }
}

/// The token of a file, or of the environment. It is never typed: what is typed others can see.
fn token(file: Option<&Path>) -> Result<Option<Token>, Failure> {
    let (words, place) = match file {
        Some(file) => {
            let read = host::Raw::read(file, host::Limits { max_bytes: 4096 }).and_then(host::Raw::text);
            let words =
                read.map_err(|unread| Failure::Other { message: unread.error.message, help: unread.error.help })?;
            (words, file.display().to_string())
        }
        None => match env::var_os(VARIABLE).filter(|words| !words.is_empty()) {
            Some(words) => (words.to_string_lossy().into_owned(), VARIABLE.to_owned()),
            None => return Ok(None),
        },
    };
    Token::new(&words).map(Some).map_err(|why| Failure::Other {
        message: format!("what {place} holds is no token: {why}"),
        help: "make one with `openssl rand -hex 32`, or leave it out",
    })
}

fn parse_listen(address: &str) -> Result<Listen, String> {
    #[cfg(unix)]
    if let Some(path) = address.strip_prefix("unix:").filter(|path| !path.is_empty()) {
        return Ok(Listen::Unix(path.into()));
    }
    let parsed: Result<SocketAddr, _> = address.parse();
    parsed
        .map(Listen::Tcp)
        .map_err(|_| "write an address and a port, such as 127.0.0.1:8081, or unix: and a path".to_owned())
}

fn parse_bytes(number: &str) -> Result<usize, String> {
    parse_unread(number).map(|number| number as usize)
}

fn parse_unread(number: &str) -> Result<u32, String> {
    let bounds = 1024..=1 << 29;
    let number = number.parse().ok().filter(|number| bounds.contains(number));
    number.ok_or_else(|| format!("write a number from {} to {}", bounds.start(), bounds.end()))
}

fn parse_milliseconds(number: &str) -> Result<Duration, String> {
    parse_number(number, 1..=60_000).map(|number| Duration::from_millis(number.into()))
}

fn parse_seconds(number: &str) -> Result<Duration, String> {
    parse_number(number, 1..=3600).map(|number| Duration::from_secs(number.into()))
}

fn parse_requests(number: &str) -> Result<u16, String> {
    parse_number(number, 1..=10_000)
}
