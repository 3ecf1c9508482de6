//! Layer 6: the language server. Editors hand it what somebody types, drafts as well as lexicons, and it answers with
//! what to change. It speaks the Language Server Protocol 3.17 on standard input and output, and knows nothing of the
//! command line.
//!
//! `wire` reads and writes messages, `session` takes and answers them, `documents` and `position` keep the texts,
//! `drafts` and `lexicon` know what is to be said of them. No text of a draft is ever written to a log.

mod documents;
mod drafts;
mod lexicon;
mod position;
mod session;
mod settings;
mod uri;
mod wire;

use std::io;
use std::thread;

use lsp_server::Connection;

use crate::text::Language;

pub use self::session::Ended;

/// What is set before an editor sets anything. It may set all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The lexicons to use, as on the command line; when empty, those that are found.
    pub lexicon: Vec<String>,
    /// The language of all drafts; when none, it is detected.
    pub language: Option<Language>,
    /// Where all drafts go, such as `email`.
    pub channel: Option<String>,
}

/// Serves the editor at the other end of standard input and output, until it has enough.
///
/// # Errors
///
/// When what comes in is not the protocol, so that nobody can tell where a message begins, or nothing can be
/// written.
pub fn run(options: Options) -> io::Result<Ended> {
    let (session, Connection { sender: incoming, receiver: outgoing }) = Connection::memory();
    let writer = thread::spawn(move || -> io::Result<()> {
        outgoing.iter().try_for_each(|message| wire::write(&mut io::stdout().lock(), &wire::value_of(&message)))
    });
    let reader = thread::spawn(move || {
        let answer = |refused: &serde_json::Value| {
            // Whoever does not listen any longer will not send anything either.
            let _ = wire::write(&mut io::stdout().lock(), refused);
        };
        wire::read(&mut io::stdin().lock(), &|message| incoming.send(message).is_ok(), &answer)
    });
    let ended = serve(&session, options);
    drop(session);
    let written = writer.join().unwrap_or(Ok(()));
    match ended {
        // The reader may wait for more, and nobody waits for it.
        Ended::Asked => written.map(|()| ended),
        Ended::Unasked => reader.join().unwrap_or(Ok(())).and(written).map(|()| ended),
    }
}

/// Serves the editor at the other end of a connection, until it has enough or is gone.
pub fn serve(connection: &Connection, options: Options) -> Ended {
    session::Session::new(connection, options).run()
}
