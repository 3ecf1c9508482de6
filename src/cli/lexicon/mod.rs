//! `replylint lexicon`: for the trainer who keeps the phrases.

mod args;
mod check;
mod compile;
mod covered;
mod diff;
mod explain;
mod fmt;
mod import;
mod list;
mod new;
mod schema;
mod sheet;
mod test;

use std::io;

use crate::cli::{Outcome, terminal, watch};
use crate::lexicon::{Kind, Lexicon};
use crate::lint::nearest_rule;

pub(super) use self::args::LexiconCommand;

pub(super) fn run(command: LexiconCommand) -> io::Result<Outcome> {
    match command {
        LexiconCommand::New(args) => Ok(new::new(&args)),
        LexiconCommand::List(args) => list::list(&args),
        LexiconCommand::Diff(args) => diff::diff(&args),
        LexiconCommand::Check(args) => watch::run(args.watch.watch, &args.trainer.lexicons, || check::run(&args)),
        LexiconCommand::Test(args) => watch::run(args.watch.watch, &args.trainer.lexicons, || test::run(&args)),
        LexiconCommand::Fmt(args) => fmt::run(&args),
        LexiconCommand::Schema => schema::run(),
        LexiconCommand::Compile(args) => compile::run(&args),
        LexiconCommand::Explain(args) => explain::run(&args),
        LexiconCommand::Sheet(args) => sheet::run(&args),
        LexiconCommand::Import(args) => import::run(&args),
    }
}

/// What a lexicon holds, in one line.
fn state(lexicon: &Lexicon) -> String {
    let kinds = Kind::ALL.into_iter().filter_map(|kind| {
        let count = lexicon.entries().iter().filter(|entry| entry.kind == kind).count();
        let what = match kind {
            Kind::Avoid => "to avoid",
            Kind::Recommend => "to recommend",
            Kind::Require => "to require",
            Kind::Step if count == 1 => "step",
            Kind::Step => "steps",
            Kind::Style => "of house style",
            Kind::Situation if count == 1 => "situation",
            Kind::Situation => "situations",
        };
        (count > 0).then(|| format!("{count} {what}"))
    });
    let approved = match lexicon.approved().len() {
        0 => None,
        1 => Some("1 approved sentence".to_owned()),
        count => Some(format!("{count} approved sentences")),
    };
    let kinds: Vec<String> = kinds.chain(approved).collect();
    let held = if kinds.is_empty() { "nothing yet".to_owned() } else { kinds.join(", ") };
    format!("{} ({}): {held}", lexicon.name(), lexicon.language())
}

fn no_such_rule<'l>(rule: &str, lexicons: impl Iterator<Item = &'l Lexicon>) -> Outcome {
    let help = match nearest_rule(rule, lexicons) {
        Some(near) => format!("did you mean {near}?"),
        None => "name a rule as findings show it in [brackets], such as command.you-must".to_owned(),
    };
    terminal::say(&format!("error: no lexicon in force has a rule {rule}\n  help: {help}"));
    Outcome::Failed
}
