//! How often each line stands in the replies of each agent. A line takes two numbers; its wording is kept
//! from the second reply on, and most lines never have one. Of each reply, what it is known by is kept.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{Counted, Lines};

/// Replies that are named for a line.
const NAMED: usize = 5;

/// From when on a line returns too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// In more of an agent's replies than this, in per cent.
    pub share: u8,
    /// In so many at least.
    pub least: u32,
}

/// Counts the lines of many replies.
#[derive(Debug, Default)]
pub struct Tally {
    /// Numbers of agents; of one that nobody named, too.
    numbers: HashMap<Option<Box<str>>, usize>,
    agents: Vec<Agent>,
}

/// What the replies of one agent hold.
#[derive(Debug, Default)]
struct Agent {
    /// What each reply is known by, one behind the other, and where each of them ends.
    names: String,
    ends: Vec<usize>,
    counts: HashMap<u64, Count, RandomState>,
    often: Vec<Often>,
}

/// Where a line stands: numbers of replies, and of what is known of it.
#[derive(Debug, Clone, Copy)]
enum Count {
    Once(u32),
    Often(u32),
}

/// A line that came twice.
#[derive(Debug)]
struct Often {
    key: u64,
    opening: u64,
    kind: LineKind,
    text: Box<str>,
    replies: u32,
    named: Vec<u32>,
}

/// The lines that return too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overused<'t> {
    /// How many agents there are, those included whose lines are varied. Replies whose agent nobody named are
    /// those of one.
    pub agents: usize,
    /// How many replies all of them wrote.
    pub replies: usize,
    /// The agents with such lines, those with the most replies first. They have no names.
    pub by_agent: Vec<AgentLines<'t>>,
}

/// The lines of one agent that return too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentLines<'t> {
    /// How many replies the agent wrote.
    pub replies: usize,
    /// The lines, most frequent first.
    pub lines: Vec<Line<'t>>,
}

/// A line that returns too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'t> {
    /// What of a reply it is.
    pub kind: LineKind,
    /// Its wording in one of the replies.
    pub text: &'t str,
    /// In how many replies it stands.
    pub replies: usize,
    /// The first few of them.
    pub named: Vec<&'t str>,
    key: u64,
}

/// What of a reply returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// A whole sentence, wherever it stands.
    Sentence,
    /// The first words of the first sentence behind the greeting.
    Opening,
}

impl LineKind {
    /// The name in every output, such as `opening`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Opening => "opening",
        }
    }
}

impl Threshold {
    /// Whether so many replies of all are too many.
    pub fn is_passed(self, replies: usize, all: usize) -> bool {
        replies >= self.least as usize && replies as u128 * 100 > all as u128 * u128::from(self.share)
    }
}

impl Line<'_> {
    /// In how many of `all` replies it stands, in tenths of a per cent, rounded down.
    pub fn share(&self, all: usize) -> usize {
        (self.replies * 1000).checked_div(all).unwrap_or_default()
    }
}

impl Tally {
    /// Counts the lines of one reply. `agent` wrote it, as far as that is known; it is known by `name`.
    pub fn add(&mut self, agent: Option<&str>, name: &str, lines: Lines) {
        let number = *self.numbers.entry(agent.map(Into::into)).or_insert(self.agents.len());
        if number == self.agents.len() {
            self.agents.push(Agent::default());
        }
        self.agents[number].add(name, lines);
    }

    /// How many replies were counted.
    pub fn replies(&self) -> usize {
        self.agents.iter().map(|agent| agent.ends.len()).sum()
    }

    /// Whether somebody said of any reply whose it is.
    pub fn names_agents(&self) -> bool {
        self.numbers.keys().any(Option::is_some)
    }

    /// The lines that return too often. The order of the replies decides only in which of its wordings a line is
    /// shown, and which replies are named.
    pub fn overused(&self, threshold: Threshold) -> Overused<'_> {
        let mut by_agent: Vec<AgentLines<'_>> = self
            .agents
            .iter()
            .map(|agent| AgentLines { replies: agent.ends.len(), lines: agent.lines(threshold) })
            .filter(|agent| !agent.lines.is_empty())
            .collect();
        let rank = |agent: &AgentLines<'_>| (usize::MAX - agent.replies, agent.lines.first().map(|line| line.key));
        by_agent.sort_by_key(rank);
        Overused { agents: self.agents.len(), replies: self.replies(), by_agent }
    }
}

impl Agent {
    fn add(&mut self, name: &str, lines: Lines) {
        let reply = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.names.push_str(name);
        self.ends.push(self.names.len());
        for line in lines.sentences {
            self.count(reply, LineKind::Sentence, line);
        }
        if let Some(line) = lines.opening {
            self.count(reply, LineKind::Opening, line);
        }
    }

    fn count(&mut self, reply: u32, kind: LineKind, line: Counted) {
        let count = self.counts.entry(line.key).or_insert(Count::Once(reply));
        match *count {
            Count::Once(first) if first == reply => {}
            Count::Once(first) => {
                let Ok(index) = u32::try_from(self.often.len()) else { return };
                *count = Count::Often(index);
                let Counted { key, opening, text } = line;
                self.often.push(Often { key, opening, kind, text: text.into(), replies: 2, named: vec![first, reply] });
            }
            Count::Often(index) => {
                let often = &mut self.often[index as usize];
                often.replies += 1;
                if often.named.len() < NAMED {
                    often.named.push(reply);
                }
            }
        }
    }

    fn lines(&self, threshold: Threshold) -> Vec<Line<'_>> {
        let passes = |often: &&Often| threshold.is_passed(often.replies as usize, self.ends.len());
        let found: Vec<&Often> = self.often.iter().filter(passes).collect();
        // A sentence tells more than that replies begin with it.
        let told = |opening: &Often| {
            let tells = |other: &&Often| other.kind == LineKind::Sentence && other.opening == opening.key;
            found.iter().copied().filter(|other| tells(other)).any(|sentence| sentence.replies >= opening.replies)
        };
        let mut lines: Vec<Line<'_>> = found
            .iter()
            .filter(|often| often.kind == LineKind::Sentence || !told(often))
            .map(|often| Line {
                kind: often.kind,
                text: &often.text,
                replies: often.replies as usize,
                named: often.named.iter().map(|&reply| self.name(reply as usize)).collect(),
                key: often.key,
            })
            .collect();
        lines.sort_by_key(|line| (usize::MAX - line.replies, line.kind, line.key));
        lines
    }

    /// What a reply is known by.
    fn name(&self, reply: usize) -> &str {
        let start = reply.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.names.get(start..self.ends[reply]).unwrap_or_default()
    }
}
