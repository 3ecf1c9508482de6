//! The turns of a talk, and what each of the agent's answers. Where the turns come from, a text or somebody's
//! database, is not known here.

use std::borrow::Cow;

use super::{Speaker, TimeOfDay};

/// What somebody said before somebody else spoke, or before they spoke again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn<'t> {
    /// Who.
    pub speaker: Speaker,
    /// The words.
    pub words: &'t str,
    /// When, by the clock of the talk, if that is known.
    pub sent_at: Option<TimeOfDay>,
}

/// A turn of the agent and what it answers. When the customer has the last word there is one more, for the turn
/// that is to come: it has no words yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'t> {
    /// Its place among all turns, from 1.
    pub number: usize,
    /// The agent's words.
    pub words: &'t str,
    /// What the customer said since the agent's turn before, if anything: turns have a blank line between them.
    pub customer: Option<Cow<'t, str>>,
    /// The agent's turn before.
    pub before: Option<&'t str>,
    /// Its place among the agent's turns, from 1.
    pub turn: u32,
    /// When it was said, if that is known.
    pub sent_at: Option<TimeOfDay>,
}

/// The agent's turns of a talk.
pub fn answers<'t>(turns: &[Turn<'t>]) -> Vec<Answer<'t>> {
    let mut answers: Vec<Answer<'t>> = Vec::new();
    let mut customer: Vec<&str> = Vec::new();
    for (number, turn) in (1..).zip(turns) {
        match turn.speaker {
            Speaker::Agent => {
                let answer = answer(number, turn.words, &mut customer, answers.last());
                answers.push(Answer { sent_at: turn.sent_at, ..answer });
            }
            Speaker::Customer if turn.words.trim().is_empty() => {}
            Speaker::Customer => customer.push(turn.words),
            Speaker::Other => {}
        }
    }
    if !customer.is_empty() {
        answers.push(answer(turns.len() + 1, "", &mut customer, answers.last()));
    }
    answers
}

fn answer<'t>(number: usize, words: &'t str, customer: &mut Vec<&'t str>, last: Option<&Answer<'t>>) -> Answer<'t> {
    let said = match **customer {
        [] => None,
        [one] => Some(Cow::Borrowed(one)),
        _ => Some(Cow::Owned(customer.join("\n\n"))),
    };
    customer.clear();
    let turn = last.map_or(1, |last| last.turn.saturating_add(1));
    Answer { number, words, customer: said, before: last.map(|last| last.words), turn, sent_at: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_turn_of_the_agent_answers_what_came_before() {
        // A: agent, C: customer, S: somebody else.
        let rows: [(&[&str], &[&str]); 8] = [
            (&[], &[]),
            (&["A hello"], &["1/1 hello <None> None"]),
            (&["S wait", "C hi", "C are you there?", "A yes"], &["4/1 yes <Some(\"hi\\n\\nare you there?\")> None"]),
            (&["C hi", "A a", "A b"], &["2/1 a <Some(\"hi\")> None", "3/2 b <None> Some(\"a\")"]),
            (
                &["C hi", "A a", "C thanks", "S closed"],
                &["2/1 a <Some(\"hi\")> None", "5/2  <Some(\"thanks\")> Some(\"a\")"],
            ),
            (&["C only me"], &["2/1  <Some(\"only me\")> None"]),
            (&["A a", "C  "], &["1/1 a <None> None"]),
            (&["S a"], &[]),
        ];
        for (lines, expected) in rows {
            let turns: Vec<Turn<'_>> = lines
                .iter()
                .map(|line| {
                    let (speaker, words) = line.split_once(' ').expect("a speaker and words");
                    let speaker = match speaker {
                        "A" => Speaker::Agent,
                        "C" => Speaker::Customer,
                        _ => Speaker::Other,
                    };
                    Turn { speaker, words, sent_at: None }
                })
                .collect();
            let shown: Vec<String> = answers(&turns)
                .iter()
                .map(|answer| {
                    let Answer { number, words, customer, before, turn, .. } = answer;
                    format!("{number}/{turn} {words} <{customer:?}> {before:?}")
                })
                .collect();
            assert_eq!(shown, expected, "{lines:?}");
        }
    }
}
