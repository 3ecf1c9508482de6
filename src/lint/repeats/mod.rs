//! Lines that return too often: a sentence that stands in many replies of one agent, or the same first words
//! at the beginning of many. Customers hear a script in them, and a good line that everybody says is one.
//!
//! Replies are read into [`Lines`] by [`Approved`], on any number of threads; a [`Tally`] counts them. Which
//! replies are whose is for the caller to say. What makes two sentences one line is in `essence`.

mod essence;
mod tally;
mod words;

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use self::essence::{Sentence, sentences};
use crate::lexicon::{Lexicon, Slot};
use crate::text::{Draft, Reading, Room, Scope};

pub use tally::{AgentLines, Line, LineKind, Overused, Tally, Threshold};

/// Words that a sentence has at least to count, those aside that change from reply to reply.
const LEAST_WORDS: usize = 3;

/// The sentences that may return in any number of replies.
#[derive(Debug, Default)]
pub struct Approved(HashSet<u64>);

/// The sentences of one reply, each once.
#[derive(Debug, Default)]
pub struct Lines {
    sentences: Vec<Counted>,
    opening: Option<Counted>,
}

/// A line that counts.
#[derive(Debug)]
struct Counted {
    key: u64,
    /// The key of its first words.
    opening: u64,
    text: String,
}

impl Approved {
    /// What lexicons approve of. A slot such as `{name}` may stand in a sentence for what changes.
    pub fn of<'l>(lexicons: impl Iterator<Item = &'l Lexicon>) -> Self {
        let mut approved = Self::default();
        for text in lexicons.flat_map(Lexicon::approved) {
            let filled = Slot::ALL.iter().fold(text.clone(), |text, slot| {
                let slot = format!("{{{}}}", slot.as_str());
                text.replace(&slot, &format!("{{{slot}}}"))
            });
            let reading = Reading::of(&Draft::new(&filled).with_scope(Scope::Quoted));
            approved.0.extend(sentences(&reading).iter().map(|sentence| key(LineKind::Sentence, &sentence.essence)));
        }
        approved
    }

    /// The lines of a reply, which may have several parts, that are not approved of. `room` is memory that an
    /// earlier reading took.
    pub fn lines(&self, parts: &[Draft<'_>], room: &mut Room) -> Lines {
        let mut lines = Lines::default();
        let mut is_first = true;
        for part in parts {
            let reading = Reading::within(std::mem::take(room), part);
            for sentence in sentences(&reading) {
                if sentence.words >= LEAST_WORDS {
                    self.add(sentence, is_first, &mut lines);
                    is_first = false;
                }
            }
            *room = reading.end().1;
        }
        lines.sentences.sort_by_key(|line| line.key);
        lines.sentences.dedup_by_key(|line| line.key);
        lines
    }

    fn add(&self, sentence: Sentence, is_first: bool, lines: &mut Lines) {
        let key_of = key(LineKind::Sentence, &sentence.essence);
        if self.0.contains(&key_of) {
            return;
        }
        let opening = key(LineKind::Opening, &sentence.opening);
        if is_first {
            lines.opening = Some(Counted { key: opening, opening, text: sentence.opening_text });
        }
        lines.sentences.push(Counted { key: key_of, opening, text: sentence.text });
    }
}

/// The hash by which a line is known. Of a thousand million different ones, some two may be taken for one.
fn key(kind: LineKind, essence: &str) -> u64 {
    xxh3_64_with_seed(essence.as_bytes(), kind as u64)
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;
    use crate::lexicon::{Opened, Source, SourceError, SourceFile, load};

    struct Approving(&'static str);

    impl Source for Approving {
        fn open(&self, _: &str, _: Option<&str>) -> Result<Opened, SourceError> {
            let text = format!("[lexicon]\nlanguage = \"en\"\n[approved]\nlines = [{}]\n", self.0);
            Ok(Opened { id: "x".to_owned(), files: vec![SourceFile { name: "x".to_owned(), text }] })
        }
    }

    fn approved(list: &'static str) -> Approved {
        Approved::of(load(&["x"], &Approving(list)).expect("a valid lexicon").lexicons.iter())
    }

    type Told = (LineKind, String, usize);

    /// The lines that stand in more than 30 per cent of the replies and in three at least.
    fn overused(approved: &Approved, replies: &[&str]) -> Vec<Told> {
        let mut tally = Tally::default();
        for (number, reply) in replies.iter().enumerate() {
            let lines = approved.lines(&[Draft::new(reply)], &mut Room::default());
            tally.add(None, &number.to_string(), lines);
        }
        let found = tally.overused(Threshold { share: 30, least: 3 });
        let lines = found.by_agent.into_iter().flat_map(|agent| agent.lines);
        lines.map(|line| (line.kind, line.text.to_owned(), line.replies)).collect()
    }

    #[test]
    fn a_line_counts_once_a_reply_and_what_is_approved_does_not() {
        use LineKind::{Opening, Sentence};
        let replies = [
            "Hi Anna,\n\nThank you for writing to us. It is on its way. It is on its way.\n\nKind regards,\nIvo",
            "Hello Boris,\n\nThank you for writing to Harbour Bank. It is on its way. Kind regards from me.",
            "Dear Ms Lopez, thank you for writing today. It is ON ITS WAY! Ask me any time, Clara.",
            "Nothing of all that. Ask me any time, Anna. Kind regards from me.",
            "Ask me any time.\n\nKind regards from me.\n\n> It is on its way.",
        ];
        let sentence = |text: &str, replies| (Sentence, text.to_owned(), replies);
        let opening = (Opening, "Thank you for writing …".to_owned(), 3);
        let ask = sentence("Ask me any time, …", 3);
        let way = sentence("It is on its way.", 3);
        let regards = sentence("Kind regards from me.", 3);
        let rows: [(&str, &[Told]); 4] = [
            ("'Kind regards'", &[ask.clone(), way.clone(), regards.clone(), opening.clone()]),
            ("'IT IS ON ITS WAY', 'Ask me any time. Kind regards from me'", slice::from_ref(&opening)),
            ("'{name}, ask me any time'", &[way.clone(), regards.clone(), opening.clone()]),
            ("'Thank you for writing to us.', 'Thank you for writing to {{company}}.'", &[ask, way, regards]),
        ];
        for (list, expected) in rows {
            let mut found = overused(&approved(list), &replies);
            found.sort();
            assert_eq!(found, expected, "{list}");
        }
    }
}
