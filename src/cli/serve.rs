//! `replylint serve`: its arguments, and what is said when there is no server.

use std::io;
use std::net::SocketAddr;

use clap::Args;

use super::args::{LexiconArgs, LookArgs};
use super::{Outcome, terminal};
use crate::host::plain;
use crate::serve::{self, Failure, Limits, Listen, Options};

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    lexicon: LexiconArgs,
    /// Where to listen: an address and a port (0 is any that is free)
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8081", value_parser = parse_listen)]
    listen: Listen,
    #[command(flatten)]
    look: LookArgs,
}

#[expect(clippy::unnecessary_wraps, reason = "all commands are run alike")]
pub(super) fn run(args: ServeArgs) -> io::Result<Outcome> {
    let ServeArgs { lexicon, listen, look } = args;
    let options = Options { listen, lexicons: lexicon.lexicon, limits: Limits::default() };
    let ready = |url: &str| terminal::say(&format!("listening on {url}"));
    Ok(match serve::run(options, ready) {
        Ok(()) => Outcome::Clean,
        Err(failure) => {
            match failure {
                Failure::Lexicon(error) => terminal::say_why(&error, &look),
                Failure::Other { message, help } => terminal::say(&format!("error: {message}\n  help: {help}")),
                Failure::Runtime(error) => terminal::say(&format!(
                    "error: cannot start threads: {}\n  help: look how many this user may have",
                    plain(&error)
                )),
            }
            Outcome::Failed
        }
    })
}

fn parse_listen(address: &str) -> Result<Listen, String> {
    let parsed: Result<SocketAddr, _> = address.parse();
    parsed.map(Listen::Tcp).map_err(|_| "write an address and a port, such as 127.0.0.1:8081".to_owned())
}
