//! Lines that return too often: as a table for people, and as one JSON document. No agent is named in
//! either; an agent's own trainer has asked for that agent's replies.

use std::io::{self, Write};

use serde::Serialize;

use super::InputError;
use super::filled::{counted, fill};
use super::printable::one_line;
use super::v1::ErrorV1;
use crate::lint::{AgentLines, Line, LineKind, Overused, Threshold};

/// What was asked, and what came out.
#[derive(Debug)]
pub struct Repeats<'r> {
    /// From when on a line returns too often.
    pub threshold: Threshold,
    /// The replies are those of one agent, who was named.
    pub of_one: bool,
    /// The lines.
    pub overused: Overused<'r>,
    /// The records that could not be read.
    pub errors: Vec<InputError>,
}

/// Writes a table of `width` columns for each agent and, when wanted, what to do about it.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn repeats(repeats: &Repeats<'_>, width: usize, with_summary: bool, out: &mut dyn Write) -> io::Result<()> {
    for agent in &repeats.overused.by_agent {
        let replies = counted(agent.replies, "reply", "replies");
        match repeats.overused.agents {
            _ if repeats.of_one => writeln!(out, "This agent, {replies}\n")?,
            1 => writeln!(out, "{replies}\n")?,
            agents => writeln!(out, "One of {agents} agents, {replies}\n")?,
        }
        table(agent, width, out)?;
    }
    if with_summary && repeats.overused.replies > 0 {
        fill(&summary(repeats), "", "", width, out)?;
    }
    Ok(())
}

/// Writes one line of JSON, `replylint/repeats-1`. Fields are only ever added to it.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn repeats_json(repeats: &Repeats<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Document::new(repeats))?;
    writeln!(out)
}

fn table(agent: &AgentLines<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let digits = agent.replies.to_string().len();
    for line in &agent.lines {
        let share = line.share(agent.replies) / 10;
        let head = format!("  {:>digits$} of {} {share:>4} %  ", line.replies, agent.replies);
        let begins = if line.kind == LineKind::Opening { "begins with " } else { "" };
        let indent = " ".repeat(head.chars().count());
        fill(&format!("{begins}“{}”", one_line(line.text)), &head, &indent, width, out)?;
        let more = if line.replies > line.named.len() { " …" } else { "" };
        fill(&format!("in {}{more}", one_line(&line.named.join(", "))), &indent, &indent, width, out)?;
    }
    writeln!(out)
}

fn summary(repeats: &Repeats<'_>) -> String {
    let Repeats { threshold: Threshold { share, .. }, overused, .. } = repeats;
    let replies = counted(overused.replies, "reply", "replies");
    let (read, whose) = match overused.agents {
        1 => (replies, "the"),
        agents => (format!("{replies} by {agents} agents"), "an agent's"),
    };
    match overused.by_agent.iter().map(|agent| agent.lines.len()).sum() {
        0 => format!("{read}. None of the lines returns in more than {share} % of {whose} replies."),
        lines => format!(
            "{read}. {} in more than {share} % of {whose} replies. A line stays warm when it is not always the same: \
             try it in two or three wordings, or, when it is meant to return, add it to a list of [approved] in your \
             lexicon.",
            counted(lines, "line returns", "lines return")
        ),
    }
}

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    threshold: Asked,
    agents: usize,
    replies: usize,
    errors: Vec<ErrorV1<'r>>,
    overused: Vec<AgentV1<'r>>,
}

#[derive(Serialize)]
struct Asked {
    share: u8,
    least: u32,
}

#[derive(Serialize)]
struct AgentV1<'r> {
    replies: usize,
    lines: Vec<LineV1<'r>>,
}

#[derive(Serialize)]
struct LineV1<'r> {
    kind: &'static str,
    text: &'r str,
    replies: usize,
    /// In per cent, with one digit behind the point.
    share: f64,
    ids: &'r [&'r str],
}

impl<'r> Document<'r> {
    fn new(repeats: &'r Repeats<'_>) -> Self {
        let Repeats { threshold: Threshold { share, least }, overused, errors, .. } = repeats;
        let line = |line: &'r Line<'_>, all| LineV1 {
            kind: line.kind.as_str(),
            text: line.text,
            replies: line.replies,
            share: u16::try_from(line.share(all)).map_or(0.0, f64::from) / 10.0,
            ids: &line.named,
        };
        let agent = |agent: &'r AgentLines<'_>| AgentV1 {
            replies: agent.replies,
            lines: agent.lines.iter().map(|of| line(of, agent.replies)).collect(),
        };
        Self {
            schema: "replylint/repeats-1",
            threshold: Asked { share: *share, least: *least },
            agents: overused.agents,
            replies: overused.replies,
            errors: errors.iter().map(ErrorV1::new).collect(),
            overused: overused.by_agent.iter().map(agent).collect(),
        }
    }
}
