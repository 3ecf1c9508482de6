//! From what the command line names to drafts: every input is read, decoded and, when it is a mail,
//! taken apart. What is wrong with one input is said at once and kept for the report; the others
//! are still read.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use indicatif::ProgressBar;

use super::args::{InputArgs, LintArgs};
use super::terminal;
use crate::host::{Inputs, Limits, Raw, ReadError, Sought, Unread};
use crate::intake::{Part, ReadAs, taken_apart};
use crate::report::InputError;
use crate::text::{Draft, Format, Language, Span, Talk, TimeOfDay};

/// Files from which on progress is shown.
const MANY: usize = 200;

/// How standard input is named.
pub(super) static STDIN: LazyLock<[PathBuf; 1]> = LazyLock::new(|| [PathBuf::from("-")]);

/// A text to lint and where it came from.
#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) source: String,
    /// What its maker knows it by.
    pub(super) id: Option<String>,
    /// The file that holds it and nothing else; none for standard input and parts of a mail.
    pub(super) file: Option<PathBuf>,
    /// The turns of a talk share theirs.
    pub(super) text: Arc<str>,
    /// Which bytes of the text are the draft, if not all.
    pub(super) window: Option<Span>,
    pub(super) format: Format,
    /// Which part of a mail or turn of a talk it is.
    pub(super) part: Option<String>,
    /// What the input says of it, which counts before what the arguments say.
    pub(super) known: Option<Known>,
    /// What the reader of its review ought to know.
    pub(super) notes: Vec<String>,
}

/// What a talk says of one of its turns.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) language: Option<Language>,
    pub(super) channel: String,
    pub(super) customer: Option<String>,
    pub(super) before: Option<String>,
    pub(super) turn: u32,
    pub(super) situation: Option<String>,
    pub(super) sent_at: Option<TimeOfDay>,
}

impl InputArgs {
    /// What is named, or standard input.
    pub(super) fn paths(&self) -> &[PathBuf] {
        if self.paths.is_empty() { &*STDIN } else { &self.paths }
    }

    /// What an input is read as: as the arguments say, else as the extension does.
    pub(super) fn format_of(&self, file: &Path) -> ReadAs {
        let extension = || file.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        self.read_as.unwrap_or_else(|| match extension().as_deref() {
            Some("md" | "markdown" | "mkd") => ReadAs::Markdown,
            Some("html" | "htm" | "xhtml") => ReadAs::Html,
            Some("eml") => ReadAs::Mime,
            _ => ReadAs::Text,
        })
    }
}

impl Incoming {
    /// A text of which nothing else is known.
    fn new(source: String, text: String, format: Format) -> Self {
        let (text, notes) = (text.into(), Vec::new());
        Self { source, id: None, file: None, text, window: None, format, part: None, known: None, notes }
    }

    /// The draft, with all that the arguments say about it.
    pub(super) fn draft<'t>(&'t self, args: &'t LintArgs) -> Draft<'t> {
        self.saying(&self.text, args)
    }

    /// Another text in the place of this one.
    pub(super) fn saying<'t>(&'t self, text: &'t str, args: &'t LintArgs) -> Draft<'t> {
        let mut draft = Draft::new(text).with_format(self.format).with_scope(args.scope());
        draft.part = self.part.as_deref();
        draft.window = self.window;
        let Some(known) = &self.known else {
            draft.language.clone_from(&args.language);
            draft.channel = args.channel.as_deref();
            draft.talk = args.talk();
            return draft;
        };
        draft.language.clone_from(&known.language);
        draft.channel = Some(&known.channel);
        draft.talk = Talk {
            customer: known.customer.as_deref(),
            before: known.before.as_deref(),
            turn: Some(known.turn),
            situation: known.situation.as_deref(),
            sent_at: known.sent_at,
        };
        draft
    }
}

/// All inputs, in the order they were named.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) texts: Vec<Incoming>,
    pub(super) errors: Vec<InputError>,
    /// What was read of standard input when that was no draft.
    pub(super) spoilt: Vec<u8>,
}

/// What is read, for finding it in folders and for asking a person.
pub(super) struct Seen {
    pub(super) sought: Sought,
    pub(super) awaited: &'static str,
}

/// Reads all inputs, each a draft or a mail.
pub(super) fn read(named: &InputArgs, args: &LintArgs) -> Drafts {
    let seen = Seen { sought: Sought::Drafts, awaited: "a reply" };
    read_all(named, args, seen, |file, drafts| {
        drafts.texts.extend(read_one(file, named, args.max_bytes)?);
        Ok(())
    })
}

/// Reads all inputs as `one` does each.
pub(super) fn read_all(
    named: &InputArgs,
    args: &LintArgs,
    Seen { sought, awaited }: Seen,
    one: impl Fn(&Path, &mut Drafts) -> Result<(), Unread>,
) -> Drafts {
    let mut drafts = Drafts::default();
    let inputs = Inputs::find(named.paths(), sought);
    let shown = inputs.files.len() >= MANY && io::stderr().is_terminal() && !args.quiet;
    let progress = if shown { ProgressBar::new(inputs.files.len() as u64) } else { ProgressBar::hidden() };
    for error in inputs.errors {
        drafts.errors.push(complaint(error));
    }
    for file in progress.wrap_iter(inputs.files.iter()) {
        if *file == STDIN[0] && io::stdin().is_terminal() && !args.quiet {
            terminal::say(&format!("Type or paste {awaited}, then press Ctrl-D (Ctrl-Z and Enter on Windows)."));
        }
        if let Err(Unread { error, bytes }) = one(file, &mut drafts) {
            drafts.errors.push(complaint(error));
            if *file == STDIN[0] {
                drafts.spoilt = bytes;
            }
        }
    }
    progress.finish_and_clear();
    drafts
}

fn read_one(file: &Path, named: &InputArgs, max_bytes: u64) -> Result<Vec<Incoming>, Unread> {
    let limits = Limits { max_bytes };
    let Some(format) = named.format_of(file).format() else {
        let raw = Raw::read(file, limits.for_mail())?;
        return mail(&raw.bytes, &raw.source, max_bytes).map_err(|error| Unread { error, bytes: raw.bytes });
    };
    let raw = Raw::read(file, limits)?;
    let source = raw.source.clone();
    let own = (*file != STDIN[0]).then(|| file.to_owned());
    Ok(vec![Incoming { file: own, ..Incoming::new(source, raw.text()?, format) }])
}

/// The parts of a mail that a reader sees.
pub(super) fn mail(bytes: &[u8], source: &str, max_bytes: u64) -> Result<Vec<Incoming>, ReadError> {
    let incoming = |Part { name, format, text, notes }| Incoming {
        part: Some(name),
        notes,
        ..Incoming::new(source.to_owned(), text, format)
    };
    Ok(taken_apart(bytes, source, max_bytes)?.into_iter().map(incoming).collect())
}

/// Says what is wrong with an input, and keeps it for the report.
pub(super) fn complaint(error: ReadError) -> InputError {
    terminal::say(&format!("error: {}\n  help: {}", error.message, error.help));
    InputError { source: error.source, id: None, line: None, code: error.code, message: error.message }
}
