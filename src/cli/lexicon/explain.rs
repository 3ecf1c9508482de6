//! `replylint lexicon explain`: a rule as a page, or what became of it, or of all rules, in a reply.

use std::io;

use clap::Args;

use super::no_such_rule;
use crate::cli::args::{Color, LexiconArgs, LookArgs, parse_language};
use crate::cli::{Outcome, customer, terminal};
use crate::host::{Disk, in_force};
use crate::intake::ReadAs;
use crate::lexicon::{Entry, Kind, Lexicon, load};
use crate::lint::{LintError, Linter, Standing, explain};
use crate::text::{Draft, Format as DraftFormat, Language, Talk, TimeOfDay};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  replylint lexicon explain command.you-must
  replylint lexicon explain billing.you-owe --lexicon our.toml
  replylint lexicon explain command.you-must --text 'You must be tired.'   why it speaks about a reply, or does not
  replylint lexicon explain --text 'You must try our mustard.'             why any rule does, or does not

Without a rule, what is found comes first. Then comes what is near and not found: covered by an exception or a
longer phrase, only a part of a word, in a stretch that is not read, or of a rule that sleeps. Then what is asked
of the whole reply and stands there. Rules that have nothing there are counted.")]
pub(in crate::cli) struct ExplainArgs {
    /// The rule, as every output names it; with --text it may be left out, and every rule is asked
    #[arg(required_unless_present = "text")]
    rule: Option<String>,
    #[command(flatten)]
    lexicon: LexiconArgs,
    /// Only the lexicon of this language
    #[arg(long, value_name = "TAG", value_parser = parse_language)]
    language: Option<Language>,
    /// A reply: say why the rule, or every rule that comes near, speaks about it or does not
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// What the reply is written in [default: text]
    #[arg(long = "as", value_enum, value_name = "FORMAT", ignore_case = true, requires = "text")]
    read_as: Option<ReadAs>,
    /// Where the reply goes, such as email or chat
    #[arg(long, value_name = "NAME", requires = "text")]
    channel: Option<String>,
    /// What the customer wrote, for rules about answers: a text, or @FILE (@@… for a text that begins with @)
    #[arg(long, value_name = "TEXT", value_parser = customer::words, requires = "text")]
    customer: Option<String>,
    /// The agent's own turn before this one
    #[arg(long, value_name = "TEXT", requires = "text")]
    before: Option<String>,
    /// Which of the agent's turns it is, from 1
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..), requires = "text")]
    turn: Option<u32>,
    /// What the talk is about, such as complaint [default: what the customer's words show]
    #[arg(long, value_name = "NAME", requires = "text")]
    situation: Option<String>,
    /// When the reply is sent, by the reader's clock, such as 2026-11-27T09:30:00+02:00
    #[arg(long, value_name = "MOMENT", value_parser = TimeOfDay::of_moment, requires = "text")]
    now: Option<TimeOfDay>,
}

/// The page of a rule, once for each language that has it; or what became of it, or of all rules, in a reply.
pub(super) fn run(args: &ExplainArgs) -> io::Result<Outcome> {
    let language = args.language.as_ref();
    let lexicons = match load(&in_force(&args.lexicon.lexicon), &Disk) {
        Ok(loaded) => loaded.lexicons,
        Err(error) => {
            terminal::say_why(&error, &LookArgs { color: Color::Auto, width: None });
            return Ok(Outcome::Failed);
        }
    };
    let wanted = || lexicons.iter().filter(|lexicon| language.is_none_or(|language| lexicon.language() == language));
    let draft = args.draft();
    if draft.is_some() && args.read_as == Some(ReadAs::Mime) {
        terminal::say(
            "error: --text holds a reply, not a whole mail\n  help: give the text of the mail, and leave --as out or write --as html",
        );
        return Ok(Outcome::Failed);
    }
    let Some(rule) = &args.rule else {
        return draft.map_or(Ok(Outcome::Failed), |draft| of_all(&Linter::new(lexicons), &draft));
    };
    // As it is copied from a lexicon: [avoid.billing.you-owe]
    let bare = rule.trim_matches(['[', ']']);
    let rule = Kind::ALL.iter().find_map(|kind| bare.strip_prefix(kind.as_str())?.strip_prefix('.')).unwrap_or(bare);
    let found: Vec<(&Lexicon, &Entry)> =
        wanted().filter_map(|lexicon| Some((lexicon, lexicon.entry(bare).or_else(|| lexicon.entry(rule))?))).collect();
    let Some((_, entry)) = found.first() else { return Ok(no_such_rule(rule, wanted())) };
    let Some(draft) = draft else {
        let pages: Vec<String> = found.iter().map(|(lexicon, entry)| explain(lexicon, entry)).collect();
        terminal::print(|out| write!(out, "{}", pages.join("\n\n")))?;
        return Ok(Outcome::Clean);
    };
    let id = entry.id.to_string();
    match Linter::new(lexicons).account(&draft, &id) {
        Ok(accounts) => {
            let lines = accounts.iter().flat_map(|account| account.lines(&draft));
            terminal::print(|out| lines.into_iter().try_for_each(|line| writeln!(out, "{id}: {line}")))?;
            Ok(Outcome::Clean)
        }
        Err(error) => Ok(unserved(&error)),
    }
}

/// What every rule that comes near makes of a reply: findings first, each part in the order of the text.
fn of_all(linter: &Linter, draft: &Draft<'_>) -> io::Result<Outcome> {
    let overview = match linter.overview(draft) {
        Ok(overview) => overview,
        Err(error) => return Ok(unserved(&error)),
    };
    let several = overview.language.is_none() && linter.lexicons().nth(1).is_some();
    let mut lines: Vec<(Standing, Option<usize>, String)> = Vec::new();
    for account in &overview.accounts {
        // Of several lexicons that look at one reply, each is named.
        let of = if several { format!(" ({})", account.language) } else { String::new() };
        for (reason, line) in account.reasons.iter().zip(account.lines(draft)) {
            lines.push((reason.standing(), reason.place(), format!("{}{of}: {line}", account.entry.id)));
        }
    }
    lines.sort_by_key(|(standing, place, _)| (*standing, *place));
    let lines_of = |standing| lines.iter().filter(move |(of, ..)| *of == standing).map(|(.., line)| line);
    let (near, whole) = (lines_of(Standing::Near), lines_of(Standing::Whole));
    let sections = [("Near, and not found:", near.collect::<Vec<_>>()), ("Asked for, and there:", whole.collect())];
    terminal::print(|out| {
        for line in lines_of(Standing::Found) {
            writeln!(out, "{line}")?;
        }
        if lines_of(Standing::Found).next().is_none() {
            writeln!(out, "No rule finds anything.")?;
        }
        for (title, lines) in sections.iter().filter(|(_, lines)| !lines.is_empty()) {
            writeln!(out, "\n{title}")?;
            lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
        let what = if overview.silent == 1 { "rule has" } else { "rules have" };
        let others = if overview.accounts.is_empty() { "" } else { "other " };
        writeln!(out, "\n{} {others}{what} nothing here.", overview.silent)
    })?;
    for note in &overview.notes {
        terminal::say(&format!("note: {note}"));
    }
    Ok(Outcome::Clean)
}

fn unserved(error: &LintError) -> Outcome {
    terminal::say(&format!("error: {error}\n  help: name a lexicon for it with --lexicon, or leave --language out"));
    Outcome::Failed
}

impl ExplainArgs {
    /// The reply that is asked about, if one is.
    fn draft(&self) -> Option<Draft<'_>> {
        let customer = self.customer.as_deref().filter(|words| !words.trim().is_empty());
        let talk = Talk {
            customer,
            before: self.before.as_deref(),
            turn: self.turn,
            situation: self.situation.as_deref(),
            sent_at: self.now,
        };
        let format = self.read_as.and_then(ReadAs::format).unwrap_or(DraftFormat::Text);
        let draft = Draft::new(self.text.as_deref()?).with_format(format).with_talk(talk);
        Some(Draft { language: self.language.clone(), channel: self.channel.as_deref(), ..draft })
    }
}
