//! A talk as people save it: lines such as `Agent: …`, `[09:30] Customer: …`, and those that go on. Which words
//! are whose is decided here, and nothing else. Words of one who is not known are nobody's: to lint a customer's
//! would be as wrong as to pass over an agent's, so that such a talk is an error.
//!
//! A line at the margin that begins with a name and a colon begins a turn; a line that is indented never does. What
//! looks like a name and was not declared is
//!
//! - somebody unknown, when it stands before the first speaker, when it has a time before it as all speakers
//!   have, or when it looks like a name and comes twice;
//! - else a line that goes on, such as `Note: …`: a [`Doubt`], for a person to look at.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use super::speakers::folded;
use super::{Span, Speaker, Speakers, TimeOfDay, Turn};

/// More turns than any talk has.
pub const MOST_TURNS: usize = 100_000;

/// The turns of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Transcript<'t> {
    /// In the order of the text.
    pub turns: Vec<Turn<'t>>,
    /// Where the words of each are, in bytes of the text.
    pub spans: Vec<Span>,
    /// Lines that were taken for the turn going on, though they might begin another.
    pub doubts: Vec<Doubt>,
    /// The first line that is nobody's, from 1: it stands before the first speaker, or has a time and no speaker.
    pub nobodys: Option<usize>,
}

/// A line that begins as that of a speaker does whom nobody declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The line, from 1.
    pub line: usize,
    /// What stands before the colon.
    pub name: String,
}

/// Why nobody can tell whose words are whose.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TranscriptError {
    /// These speak, and nobody knows who they are; each is named once.
    Unknown(Vec<Doubt>),
    /// No line begins with a name.
    NoSpeaker,
    /// There are more than [`MOST_TURNS`] turns.
    TooManyTurns,
}

/// Names that a message lists.
const MOST_NAMED: usize = 5;

impl TranscriptError {
    /// The stable name of the error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "unknown-speaker",
            Self::NoSpeaker => "no-speaker",
            Self::TooManyTurns => "too-many-turns",
        }
    }

    /// The line that it is about, from 1.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Unknown(doubts) => doubts.first().map(|doubt| doubt.line),
            Self::NoSpeaker | Self::TooManyTurns => None,
        }
    }
}

impl fmt::Display for TranscriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(doubts) => {
                let named = doubts.iter().take(MOST_NAMED);
                let mut named: Vec<String> =
                    named.map(|Doubt { line, name }| format!("`{name}` (line {line})")).collect();
                if doubts.len() > MOST_NAMED {
                    named.push(format!("and {} more", doubts.len() - MOST_NAMED));
                }
                write!(f, "somebody speaks whom nobody named: {}", named.join(", "))
            }
            Self::NoSpeaker => f.write_str("no line begins with a speaker, such as `Agent:` or `Customer:`"),
            Self::TooManyTurns => write!(f, "there are more than {MOST_TURNS} turns, the bound for one talk"),
        }
    }
}

impl std::error::Error for TranscriptError {}

/// A line that may begin a turn.
#[derive(Debug)]
struct Head<'t> {
    /// The number of the line, from 1, and where it begins.
    line: usize,
    start: usize,
    /// Where the words begin.
    words: usize,
    has_stamp: bool,
    sent_at: Option<TimeOfDay>,
    /// What stands before the colon, if there is one.
    name: Option<&'t str>,
    speaker: Option<Speaker>,
}

impl<'t> Transcript<'t> {
    /// Tells whose words are whose. A text without words is a talk without turns.
    ///
    /// # Errors
    ///
    /// When nobody can tell.
    pub fn parse(text: &'t str, speakers: &Speakers) -> Result<Self, TranscriptError> {
        let heads = heads(text, speakers);
        let has_speakers = heads.iter().any(|head| head.speaker.is_some());
        let are_stamped = if has_speakers {
            heads.iter().filter(|head| head.speaker.is_some()).all(|head| head.has_stamp)
        } else {
            heads.iter().any(|head| head.has_stamp && head.name.is_some())
        };
        let mut times: HashMap<String, usize> = HashMap::new();
        for name in heads.iter().filter(|head| head.speaker.is_none()).filter_map(|head| head.name) {
            *times.entry(folded(name)).or_default() += 1;
        }
        let mut open = Open { text, transcript: Self::default(), turn: None };
        let mut unknown: Vec<Doubt> = Vec::new();
        for head in heads {
            if let Some(speaker) = head.speaker {
                open.begin(speaker, &head);
                continue;
            }
            let Some(name) = head.name else {
                if are_stamped {
                    open.interrupt(&head);
                }
                continue;
            };
            let doubt = Doubt { line: head.line, name: name.to_owned() };
            let speaks = match (are_stamped, head.has_stamp) {
                (true, has_stamp) => has_stamp,
                (false, _) => open.is_before_all() || (times[&folded(name)] > 1 && is_like_a_name(name)),
            };
            if speaks {
                if !unknown.iter().any(|known| folded(&known.name) == folded(name)) {
                    unknown.push(doubt);
                }
            } else if !are_stamped {
                open.transcript.doubts.push(doubt);
            }
        }
        if !unknown.is_empty() {
            return Err(TranscriptError::Unknown(unknown));
        }
        if !has_speakers && !is_blank(text) {
            return Err(TranscriptError::NoSpeaker);
        }
        let transcript = open.end();
        if transcript.turns.len() > MOST_TURNS { Err(TranscriptError::TooManyTurns) } else { Ok(transcript) }
    }
}

/// A transcript that is being read, and the turn that has begun.
struct Open<'t> {
    text: &'t str,
    transcript: Transcript<'t>,
    turn: Option<(Speaker, usize, Option<TimeOfDay>)>,
}

impl<'t> Open<'t> {
    fn is_before_all(&self) -> bool {
        self.turn.is_none() && self.transcript.turns.is_empty()
    }

    fn begin(&mut self, speaker: Speaker, head: &Head<'t>) {
        if self.is_before_all() {
            self.pass_over(head.start);
        }
        self.finish(head.start);
        self.turn = Some((speaker, head.words, head.sent_at));
    }

    /// Ends the turn at a line that is nobody's.
    fn interrupt(&mut self, head: &Head<'t>) {
        self.transcript.nobodys.get_or_insert(head.line);
        self.finish(head.start);
    }

    /// Remembers that something stands before the first speaker.
    fn pass_over(&mut self, end: usize) {
        let before = Span::new(0, end).of(self.text);
        if let Some(index) = before.lines().position(|line| !is_blank(line)) {
            self.transcript.nobodys.get_or_insert(index + 1);
        }
    }

    fn finish(&mut self, end: usize) {
        let Some((speaker, start, sent_at)) = self.turn.take() else { return };
        let words = Span::new(start, end).of(self.text).trim_end();
        self.transcript.spans.push(Span::new(start, start + words.len()));
        self.transcript.turns.push(Turn { speaker, words, sent_at });
    }

    fn end(mut self) -> Transcript<'t> {
        self.finish(self.text.len());
        self.transcript
    }
}

/// Bytes at the beginning of a line that are looked at.
const LONGEST_HEAD: usize = 200;

/// A date, a time, or both, as programs write them before a name, with brackets or without.
static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let date = r"(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?)";
    let both = format!(r"(?:{date})?(?:,?[T\s]\s*)?(?:{TIME})?");
    let pattern = format!(r"^[\x{{feff}}\x{{200e}}\x{{200f}}]*[\[(]?\s?{both}\s?(?:[\])]\s*|\s+|$)(?:[-–—|]\s+)?");
    Regex::new(&pattern).ok()
});

/// A name and its colon, with a time in brackets between them if need be.
static NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^(?P<name>[^:：]+?)\s*(?:[\[(]{TIME}[\])])?\s*[:：]")).ok());

const TIME: &str = r"(?P<hours>\d{1,2}):(?P<minutes>\d{2})(?::\d{2})?(?:[.,]\d{1,9})?(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?";

/// The lines that may begin a turn.
fn heads<'t>(text: &'t str, speakers: &Speakers) -> Vec<Head<'t>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').enumerate();
    let heads = lines.filter_map(|(index, line)| {
        let head = head(line, speakers).map(|head| Head { line: index + 1, start, words: start + head.words, ..head });
        start += line.len();
        head
    });
    heads.collect()
}

/// What a line begins with, all offsets being those of the line.
fn head<'t>(line: &'t str, speakers: &Speakers) -> Option<Head<'t>> {
    let line_start = line.trim_start_matches(['\u{feff}', '\u{200e}', '\u{200f}']);
    if line_start.starts_with(char::is_whitespace) {
        return None;
    }
    let looked_at = Span::new(0, line.floor_char_boundary(LONGEST_HEAD)).of(line);
    let stamp = STAMP.as_ref().and_then(|stamp| stamp.captures(looked_at));
    let stamp = stamp.filter(|stamp| stamp.name("date").is_some() || stamp.name("hours").is_some());
    let marks = line.len() - line_start.len();
    let behind = stamp.as_ref().and_then(|stamp| stamp.get(0)).map_or(marks, |stamp| stamp.end());
    let mut head = Head {
        line: 0,
        start: 0,
        words: behind,
        has_stamp: stamp.is_some(),
        sent_at: stamp.as_ref().and_then(time_of),
        name: None,
        speaker: None,
    };
    let rest = looked_at.get(behind..).unwrap_or_default();
    let rest_marks = rest.len() - rest.trim_start_matches(['\u{200e}', '\u{200f}']).len();
    let rest = rest.get(rest_marks..).unwrap_or_default();
    if let Some(found) = NAME.as_ref().and_then(|name| name.captures(rest)) {
        let end = behind + rest_marks + found.get(0).map_or(0, |all| all.end());
        let after = Span::new(end, line.len()).of(line);
        let name = found.name("name").map_or("", |name| name.as_str());
        let speaker = speakers.find(name);
        if speaker.is_some()
            || (after.starts_with(char::is_whitespace) || after.is_empty()) && may_be_a_name(name, head.has_stamp)
        {
            let line_end = after.trim_end().len();
            let words = after.get(..line_end).unwrap_or_default().trim_start();
            // Words may begin on the next line.
            let blanks = if words.is_empty() { after.len() } else { line_end - words.len() };
            head = Head { words: end + blanks, name: Some(name), speaker, ..head };
            head.sent_at = head.sent_at.or_else(|| time_of(&found));
        }
    }
    (head.has_stamp || head.name.is_some()).then_some(head)
}

/// The time that a stamp shows, if it is one.
fn time_of(stamp: &regex::Captures<'_>) -> Option<TimeOfDay> {
    let number = |name| stamp.name(name)?.as_str().parse::<u8>().ok();
    let hours = number("hours")?;
    let hours = match stamp.name("half").map(|half| half.as_str()) {
        Some("p" | "P") if hours < 12 => hours + 12,
        Some("a" | "A") if hours == 12 => 0,
        _ => hours,
    };
    TimeOfDay::parse(&format!("{hours:02}:{:02}", number("minutes")?))
}

/// Words of a name at the most: more are a sentence. Behind a stamp there are more names than sentences.
const MOST_WORDS: usize = 3;
const MOST_STAMPED: usize = 5;

/// Whether some words before a colon can be the name of somebody.
fn may_be_a_name(words: &str, has_stamp: bool) -> bool {
    let most = if has_stamp { MOST_STAMPED } else { MOST_WORDS };
    let begins = |c: char| c.is_alphanumeric() || matches!(c, '+' | '~' | '@');
    words.starts_with(begins) && words.split_whitespace().count() <= most && !words.contains("://")
}

/// Whether they look like one: each word has a capital, or is of a script that has none.
fn is_like_a_name(words: &str) -> bool {
    words.split_whitespace().all(|word| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_none_or(|first| !first.is_lowercase())
    })
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each turn as its speaker's letter, its time and its words; or what is wrong.
    fn read(text: &str) -> Result<Vec<String>, String> {
        let mut speakers = Speakers::default();
        speakers.declare("Anna K.", Speaker::Agent).expect("a new name");
        let transcript = Transcript::parse(text, &speakers).map_err(|error| error.to_string())?;
        let turns = transcript.turns.iter().zip(&transcript.spans);
        let mut shown: Vec<String> = turns
            .map(|(turn, span)| {
                assert_eq!(span.of(text), turn.words);
                let time = turn.sent_at.map(|time| format!("{time} ")).unwrap_or_default();
                let speaker = match turn.speaker {
                    Speaker::Agent => 'A',
                    Speaker::Customer => 'C',
                    Speaker::Other => 'S',
                };
                format!("{speaker} {time}{}", turn.words)
            })
            .collect();
        shown.extend(transcript.doubts.iter().map(|doubt| format!("? {} {}", doubt.line, doubt.name)));
        shown.extend(transcript.nobodys.map(|line| format!("- {line}")));
        Ok(shown)
    }

    #[test]
    fn turns_are_told_apart() {
        let rows: [(&str, &[&str]); 24] = [
            ("", &[]),
            ("\u{feff} \r\n\n", &[]),
            ("Agent: Hello.\nCustomer: Hi.\n", &["A Hello.", "C Hi."]),
            ("\u{feff}Agent: Hello.\r\nCustomer:Hi.\r\n", &["A Hello.", "C Hi."]),
            ("AGENT : Hello.\nand more\n\n  and more\n\nclient： Hi", &["A Hello.\nand more\n\n  and more", "C Hi"]),
            ("Agent:\nHello.\n\nCustomer:\n\nAgent: x", &["A Hello.", "C ", "A x"]),
            ("Агент: Добрый день!\nКЛИЕНТ: Здравствуйте", &["A Добрый день!", "C Здравствуйте"]),
            ("Anna  k.: Hello\nSystem: closed", &["A Hello", "S closed"]),
            (
                "[09:30] Agent: Hello\n9:31 Customer: Hi\n(9:31:15 PM) Agent: x",
                &["A 09:30 Hello", "C 09:31 Hi", "A 21:31 x"],
            ),
            ("27.11.2026, 09:30 - Agent: a\n11/27/26, 9:30\u{202f}PM - Agent: b", &["A 09:30 a", "A 21:30 b"]),
            ("\u{200e}[27.11.2026, 09:30:15] \u{200e}Agent: a\n[27.11.2026] Agent: b", &["A 09:30 a", "A b"]),
            ("2026-11-27T09:30:00+02:00 Agent: a\n2026-11-27 12:05 AM | Agent: b", &["A 09:30 a", "A 00:05 b"]),
            ("Agent (09:30): a\nCustomer [10:15]: b", &["A 09:30 a", "C 10:15 b"]),
            // What is no speaker.
            (
                "Agent: a\n  Maria: b\n> Customer: c\nhttps://x.example: d\n",
                &["A a\n  Maria: b\n> Customer: c\nhttps://x.example: d"],
            ),
            (
                "Agent: a\nNote: b\nOrder number: 1\nOrder number: 2",
                &["A a\nNote: b\nOrder number: 1\nOrder number: 2", "? 2 Note", "? 3 Order number", "? 4 Order number"],
            ),
            ("Agent: a\nThis is what I can do: b\nat 10:30", &["A a\nThis is what I can do: b\nat 10:30"]),
            ("Agent: a\n10:30 Gate: 5\n11:00 then home", &["A a\n10:30 Gate: 5\n11:00 then home", "? 2 Gate"]),
            ("[09:30] Agent: a\nNote: b\nNote: c", &["A 09:30 a\nNote: b\nNote: c"]),
            // What is nobody's.
            ("Chat of today\n\nAgent: a", &["A a", "- 1"]),
            ("\n\nChat of today\nAgent: a", &["A a", "- 3"]),
            ("09:30 Agent: a\n09:31 Anna has left\nwith a bang\n09:32 Customer: b", &["A 09:30 a", "C 09:32 b", "- 2"]),
            ("25:00 Agent: a", &["A a"]),
            ("Agent: Maria: b", &["A Maria: b"]),
            ("agent: a\nAgent: b", &["A a", "A b"]),
        ];
        for (text, expected) in rows {
            let found = read(text).expect(text);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn nobody_unknown_is_taken_for_another() {
        let somebody = "somebody speaks whom nobody named: ";
        let rows = [
            ("Maria: a\nCustomer: b", "`Maria` (line 1)"),
            ("Agent: a\nMaria: b\nAgent: c\nMARIA: d", "`Maria` (line 2)"),
            ("[09:30] Agent: a\n[09:31] Maria: b", "`Maria` (line 2)"),
            ("09:30 Agent: a\n09:31 +7 912 345-67-89: b", "`+7 912 345-67-89` (line 2)"),
            ("Agent: a\nМария: b\nМария: d\nБорис: b\nБорис: d", "`Мария` (line 2), `Борис` (line 4)"),
            (
                "A: a\nB: b\nC: c\nD: d\nE: e\nF: f",
                "`A` (line 1), `B` (line 2), `C` (line 3), `D` (line 4), `E` (line 5), and 1 more",
            ),
        ];
        for (text, named) in rows {
            assert_eq!(read(text), Err(format!("{somebody}{named}")), "{text}");
        }
        assert_eq!(Transcript::parse("You must pay.", &Speakers::default()), Err(TranscriptError::NoSpeaker));
        let many = "Agent: a\n".repeat(MOST_TURNS);
        assert!(Transcript::parse(&many, &Speakers::default()).is_ok());
        let more = many + "Agent: a";
        assert_eq!(Transcript::parse(&more, &Speakers::default()), Err(TranscriptError::TooManyTurns));
    }

    proptest::proptest! {
        /// Whatever comes: spans lie on character borders, in order, and hold the words.
        #[test]
        fn any_text(text in "(?s)(Agent: |Customer: |Maria: |\\[09:30\\] |9:30 |\\u{feff}|\\n|\\r\\n| |é|.){0,40}") {
            if let Ok(transcript) = Transcript::parse(&text, &Speakers::default()) {
                let mut end = 0;
                for (turn, span) in transcript.turns.iter().zip(&transcript.spans) {
                    assert!(end <= span.start && span.start <= span.end);
                    assert_eq!(span.of(&text), turn.words);
                    end = span.end;
                }
                assert_eq!(transcript.turns.len(), transcript.spans.len());
            }
        }
    }
}
