//! `replylint lexicon explain`: a rule as a page, or what became of it in a reply.

use std::io;

use clap::Args;

use super::no_such_rule;
use crate::cli::args::{Color, LexiconArgs, LookArgs, ReadAs, parse_language};
use crate::cli::{Outcome, customer, terminal};
use crate::host::{Disk, in_force};
use crate::lexicon::{Entry, Kind, Lexicon, load};
use crate::lint::{Linter, explain};
use crate::text::{Draft, Format as DraftFormat, Language, Talk, TimeOfDay};

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArgs {
    /// The rule, as every output names it
    rule: String,
    #[command(flatten)]
    lexicon: LexiconArgs,
    /// Only the lexicon of this language
    #[arg(long, value_name = "TAG", value_parser = parse_language)]
    language: Option<Language>,
    /// A reply: say why the rule speaks about it, or why it does not
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

/// The page of a rule, once for each language that has it; or what became of the rule in a reply.
pub(super) fn run(args: &ExplainArgs) -> io::Result<Outcome> {
    let language = args.language.as_ref();
    // As it is copied from a lexicon: [avoid.billing.you-owe]
    let bare = args.rule.trim_matches(['[', ']']);
    let rule = Kind::ALL.iter().find_map(|kind| bare.strip_prefix(kind.as_str())?.strip_prefix('.')).unwrap_or(bare);
    let lexicons = match load(&in_force(&args.lexicon.lexicon), &Disk) {
        Ok(loaded) => loaded.lexicons,
        Err(error) => {
            terminal::say_why(&error, &LookArgs { color: Color::Auto, width: None });
            return Ok(Outcome::Failed);
        }
    };
    let wanted = || lexicons.iter().filter(|lexicon| language.is_none_or(|language| lexicon.language() == language));
    let found: Vec<(&Lexicon, &Entry)> =
        wanted().filter_map(|lexicon| Some((lexicon, lexicon.entry(bare).or_else(|| lexicon.entry(rule))?))).collect();
    let Some((_, entry)) = found.first() else { return Ok(no_such_rule(rule, wanted())) };
    let Some(draft) = args.draft() else {
        let pages: Vec<String> = found.iter().map(|(lexicon, entry)| explain(lexicon, entry)).collect();
        terminal::print(|out| write!(out, "{}", pages.join("\n\n")))?;
        return Ok(Outcome::Clean);
    };
    if args.read_as == Some(ReadAs::Mime) {
        terminal::say(
            "error: --text holds a reply, not a whole mail\n  help: give the text of the mail, and leave --as out or write --as html",
        );
        return Ok(Outcome::Failed);
    }
    let id = entry.id.to_string();
    match Linter::new(lexicons).account(&draft, &id) {
        Ok(accounts) => {
            let lines = accounts.iter().flat_map(|account| account.lines(&draft));
            terminal::print(|out| lines.into_iter().try_for_each(|line| writeln!(out, "{id}: {line}")))?;
            Ok(Outcome::Clean)
        }
        Err(error) => {
            terminal::say(&format!(
                "error: {error}\n  help: name a lexicon for it with --lexicon, or leave --language out"
            ));
            Ok(Outcome::Failed)
        }
    }
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
