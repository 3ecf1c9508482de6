//! An entry as a page to read: what it looks for, why, what to say instead.

use std::fmt::Write as _;

use crate::lexicon::{Entry, Kind, Level, Lexicon, Pattern, Requirement, When, Wording};

/// The page of one entry, in Markdown without decoration.
pub fn explain(lexicon: &Lexicon, entry: &Entry) -> String {
    let mut page = String::new();
    let level = entry.level.map_or("off", Level::as_str);
    let kind = match entry.kind {
        Kind::Avoid => format!("to avoid, {level}"),
        Kind::Recommend => "to recommend".to_owned(),
        Kind::Require => format!("to require, {level}"),
        Kind::Step => format!("a step of {}", entry.id.category()),
        Kind::Style => format!("house style, {level}"),
        Kind::Situation => "a situation, told by the customer's words".to_owned(),
    };
    let _ = writeln!(page, "{} ({kind})", entry.id);
    if let Some(why) = &entry.why {
        let _ = writeln!(page, "\n  {why}");
    }
    section(&mut page, "Looks for", entry.patterns.iter().map(ToString::to_string));
    section(&mut page, "Looks for (regular expression)", entry.regexes.iter().map(ToString::to_string));
    if let Some(at) = entry.at {
        let _ = writeln!(page, "\nOnly where it stands in\n  {at}");
    }
    if let Some(requirement) = &entry.requirement {
        asked(&mut page, requirement);
    }
    section(&mut page, "Unless it shares a word with", entry.unless.iter().map(ToString::to_string));
    if let Some(near) = &entry.unless_near {
        let title = format!("Unless one of these stands {}", near.reach);
        section(&mut page, &title, near.patterns.iter().map(ToString::to_string));
    }
    section(&mut page, "Says of a reply that it", entry.says.iter().cloned());
    let say = |wording: &Wording| {
        if wording.is_deletion() { "(nothing: leave it out)".to_owned() } else { wording.to_string() }
    };
    section(&mut page, "Say instead", entry.prefer.iter().map(say));
    if entry.safe_fix {
        let _ = writeln!(page, "\nFix\n  safe: the first wording can be put in wherever the phrase stands");
    }
    section(&mut page, "Only in", entry.channels.iter().cloned());
    if let Some(when) = &entry.when {
        awake(&mut page, when);
    }
    section(&mut page, "Flags", entry.flags.iter().map(|example| example.text.clone()));
    section(&mut page, "Passes", entry.passes.iter().map(|example| example.text.clone()));
    let _ = writeln!(page, "\nDefined\n  in {}, part of {} ({})", entry.origin, lexicon.name(), lexicon.language());
    for origin in &entry.adjusted {
        let _ = writeln!(page, "  adjusted in {origin}");
    }
    page
}

/// What a reply as a whole must be like.
fn asked(page: &mut String, requirement: &Requirement) {
    let within = requirement.within;
    section(page, &format!("Needs one of, in {within}"), requirement.any.iter().map(ToString::to_string));
    section(page, &format!("Needs all of, in {within}"), requirement.all.iter().map(ToString::to_string));
    let set = |set: &Vec<Pattern>| set.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    section(page, "Wants one manner kept, of", requirement.forms.iter().map(set));
    let bound = |bound: Option<u32>, what: &str| bound.map(|bound| what.replace('#', &bound.to_string()));
    let wants = [
        requirement.placeholders.then(|| "every placeholder filled in".to_owned()),
        bound(requirement.least_words, "# words at the least"),
        bound(requirement.most_words, "# words at the most"),
        bound(requirement.most_sentences, "# sentences at the most"),
    ];
    section(page, "Wants", wants.into_iter().flatten());
}

/// When an entry speaks.
fn awake(page: &mut String, when: &When) {
    section(page, "When the customer wrote one of", when.customer.iter().map(ToString::to_string));
    section(page, "When the agent's turn before holds one of", when.before.iter().map(ToString::to_string));
    section(page, "When the reply has a hit of", when.reply.iter().cloned());
    section(page, "In the situation", when.situation.iter().cloned());
    let turn = when.first_turn.map(|first| if first { "the first turn" } else { "a later turn" }.to_owned());
    let answered = when.answered.map(|answered| if answered { "has answered" } else { "has not answered" });
    let answered = answered.map(|answered| format!("when the customer {answered} the turn before"));
    let hours = when.between.map(|(start, end)| format!("sent from {start} to {end}"));
    section(page, "Only", turn.into_iter().chain(answered).chain(hours));
}

fn section(page: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = writeln!(page, "\n{title}");
        for line in lines {
            let _ = writeln!(page, "  {line}");
        }
    }
}
