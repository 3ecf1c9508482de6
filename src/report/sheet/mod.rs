//! The phrasebook on one sheet of paper: what to avoid and what to say instead, side by side. What a row
//! says and which rows there are is decided here; how it is drawn is in a file for each format.

mod html;
mod markdown;
mod spoken;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fmt;

pub use html::html;
pub use markdown::markdown;

use self::spoken::{spoken, worded};
use super::printable::one_line;
use crate::lexicon::{BUILTIN, Entry, Kind, Lexicon};
use crate::text::Language;

/// Characters for which a column has room on one line, or on two in a pinch.
const AVOID_ROOM: usize = 40;
const PREFER_ROOM: usize = 62;

/// Phrases to say that are listed below the table.
const MOST_RECOMMENDED: usize = 12;

/// What is wanted of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'s> {
    /// The most rows it may have.
    pub top: usize,
    /// Only these categories; all when empty.
    pub categories: &'s [String],
}

/// One lexicon, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    name: String,
    language: Language,
    columns: [String; 2],
    categories: Vec<Category>,
    recommended: (String, Vec<String>),
    /// Rows that found no room.
    pub left_out: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Category {
    title: String,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    avoid: Vec<String>,
    instead: Instead,
}

/// What stands beside a phrase to avoid.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Instead {
    Say(Vec<String>),
    /// Nothing has to be said in its place.
    LeaveOut(String),
    /// Nothing is known to say; this is why it is avoided.
    Why(String),
}

impl Sheet {
    /// Chooses the rows: the company's own entries before those that come with the program, the gravest
    /// before others, and of equals the first of every category before the second of any.
    pub fn of(lexicon: &Lexicon, selection: Selection<'_>) -> Self {
        let captions = Captions::of(lexicon);
        let leave_out = captions.get("leave-out", "(leave it out)");
        let mut told = HashSet::new();
        let entries = chosen(lexicon, selection.categories, is_avoided);
        let mut rows: Vec<(&str, Row)> = entries
            .into_iter()
            .filter_map(|entry| Some((entry.id.category(), Row::of(entry, &leave_out, &mut told)?)))
            .collect();
        let left_out = rows.len().saturating_sub(selection.top);
        rows.truncate(selection.top);

        let mut categories: Vec<(&str, Category)> = Vec::new();
        for (id, row) in rows {
            if let Some((_, category)) = categories.iter_mut().find(|(known, _)| *known == id) {
                category.rows.push(row);
            } else {
                categories.push((id, Category { title: captions.get(id, &title(id)), rows: vec![row] }));
            }
        }
        let said = chosen(lexicon, selection.categories, is_recommended);
        let mut heard = HashSet::new();
        let said = said.into_iter().filter_map(|entry| entry.patterns.first()).map(spoken);
        let said = said.filter(|phrase| heard.insert(phrase.to_lowercase())).take(MOST_RECOMMENDED);
        let version = lexicon.version().map(|version| format!(" {version}")).unwrap_or_default();
        Self {
            name: one_line(&format!("{}{version}", lexicon.name())),
            language: lexicon.language().clone(),
            columns: [captions.get("avoid", "Avoid"), captions.get("prefer", "Say instead")],
            categories: categories.into_iter().map(|(_, category)| category).collect(),
            recommended: (captions.get("recommend", "Good to say"), said.collect()),
            left_out,
        }
    }

    /// Whether an entry may be on a sheet.
    pub fn shows(entry: &Entry) -> bool {
        entry.level.is_some() && (is_avoided(entry) || is_recommended(entry))
    }

    fn rows(&self) -> usize {
        self.categories.iter().map(|category| category.rows.len()).sum()
    }

    /// Whether there is nothing on it.
    pub fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.recommended.1.is_empty()
    }
}

/// What of the lexicon is on it, in a few words.
impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows();
        write!(f, "the sheet of {} has {rows} of {} phrases to avoid", self.name, rows + self.left_out)
    }
}

fn is_avoided(entry: &Entry) -> bool {
    matches!(entry.kind, Kind::Avoid | Kind::Style)
}

fn is_recommended(entry: &Entry) -> bool {
    entry.kind == Kind::Recommend
}

/// The entries of a kind that are not off, the most important first.
fn chosen<'l>(lexicon: &'l Lexicon, categories: &[String], is_kind: impl Fn(&Entry) -> bool) -> Vec<&'l Entry> {
    let wanted = |entry: &&Entry| {
        let category = entry.id.category();
        entry.level.is_some() && is_kind(entry) && (categories.is_empty() || categories.iter().any(|id| id == category))
    };
    let mut counts = HashMap::new();
    let mut ranked: Vec<_> = lexicon
        .entries()
        .iter()
        .filter(wanted)
        .map(|entry| {
            let rank = (!is_own(entry), Reverse(entry.level));
            let count: &mut usize = counts.entry((rank, entry.id.category())).or_default();
            *count += 1;
            ((rank, *count), entry)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

/// Whether the company wrote or changed it.
fn is_own(entry: &Entry) -> bool {
    let mut origins = entry.adjusted.iter().chain([&entry.origin]);
    origins.any(|origin| !origin.file.name.starts_with(BUILTIN))
}

impl Row {
    /// A row, unless all its phrases were `told` before, or it has none that can be read out.
    fn of(entry: &Entry, leave_out: &str, told: &mut HashSet<String>) -> Option<Self> {
        let mut phrases: Vec<String> = entry.patterns.iter().map(spoken).collect();
        if phrases.is_empty() && !entry.regexes.is_empty() {
            // A regular expression is nothing to read; what it finds is.
            phrases.extend(entry.flags.first().map(|example| one_line(&example.text)));
        }
        phrases.retain(|phrase| told.insert(phrase.to_lowercase()));
        let phrases = without_longer(phrases);
        let avoid = fitting(phrases, AVOID_ROOM);
        if avoid.is_empty() {
            return None;
        }
        let instead = if entry.prefer.is_empty() {
            Instead::Why(one_line(entry.why.as_deref().unwrap_or_default()))
        } else {
            let mut wordings: Vec<String> = Vec::new();
            for wording in entry.prefer.iter().filter(|wording| !wording.is_deletion()).map(worded) {
                if !wordings.contains(&wording) {
                    wordings.push(wording);
                }
            }
            match fitting(wordings, PREFER_ROOM) {
                none if none.is_empty() => Instead::LeaveOut(leave_out.to_owned()),
                some => Instead::Say(some),
            }
        };
        Some(Self { avoid, instead })
    }
}

/// Without those in which another one stands, which says it all: of "deal with it" and "just deal with it"
/// the first.
fn without_longer(phrases: Vec<String>) -> Vec<String> {
    let words = |phrase: &String| {
        let plain = phrase.to_lowercase().replace(|c: char| !c.is_alphanumeric() && c != '\'', " ");
        format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut kept: Vec<(String, String)> = Vec::new();
    for phrase in phrases {
        let words = words(&phrase);
        if !kept.iter().any(|(_, shorter)| words.contains(shorter.as_str())) {
            kept.push((phrase, words));
        }
    }
    kept.into_iter().map(|(phrase, _)| phrase).collect()
}

/// The first of several in any case, and behind it what has room on its line.
fn fitting(phrases: Vec<String>, room: usize) -> Vec<String> {
    let mut taken = 0;
    let fits = |phrase: &String| {
        let is_first = taken == 0;
        taken += phrase.chars().count() + 3;
        is_first || taken <= room + 3
    };
    phrases.into_iter().take_while(fits).collect()
}

/// A category without a caption: `next-step` is "Next step".
fn title(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The captions of a lexicon, and behind them those that come with the program for its language.
struct Captions<'l> {
    own: &'l Lexicon,
    builtin: Option<Lexicon>,
}

impl<'l> Captions<'l> {
    fn of(own: &'l Lexicon) -> Self {
        Self { own, builtin: Lexicon::builtin(&format!("{BUILTIN}{}", own.language())) }
    }

    fn get(&self, name: &str, english: &str) -> String {
        let found = self.own.caption(name).or_else(|| self.builtin.as_ref()?.caption(name));
        one_line(found.unwrap_or(english))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Opened, Source, SourceError, SourceFile, load};

    /// One lexicon, whatever is asked for; what it extends is built in.
    struct One(&'static str);

    impl Source for One {
        fn open(&self, reference: &str, from: Option<&str>) -> Result<Opened, SourceError> {
            if reference.starts_with(BUILTIN) {
                return crate::lexicon::Builtin.open(reference, from);
            }
            let file = SourceFile { name: reference.to_owned(), text: self.0.to_owned() };
            Ok(Opened { id: reference.to_owned(), files: vec![file] })
        }
    }

    fn sheet(text: &'static str, top: usize, categories: &[&str]) -> Sheet {
        let lexicon = load(&["our.toml"], &One(text)).expect("a valid lexicon").lexicons.remove(0);
        let categories: Vec<String> = categories.iter().map(|id| (*id).to_owned()).collect();
        Sheet::of(&lexicon, Selection { top, categories: &categories })
    }

    fn listed(sheet: &Sheet) -> Vec<String> {
        let line = |row: &Row| {
            let instead = match &row.instead {
                Instead::Say(wordings) => wordings.join(" / "),
                Instead::LeaveOut(text) | Instead::Why(text) => format!("<{text}>"),
            };
            format!("{} -> {instead}", row.avoid.join(" / "))
        };
        let lines = |category: &Category| {
            [category.title.clone()].into_iter().chain(category.rows.iter().map(line)).collect::<Vec<_>>()
        };
        sheet.categories.iter().flat_map(lines).collect()
    }

    const OUR: &str = r#"
        [lexicon]
        name = "Ours"
        language = "en"
        version = "7"
        extends = ["builtin:en"]
        [captions]
        avoid = "Never"
        money = "About money"
        [avoid.money.advice]
        phrases = ["a trifle"]
        level = "advice"
        why = "It is not."
        [avoid.money.first]
        phrases = ["pay up", "[please] pay up now", "cough up {number}"]
        prefer = ["the balance is {number}", "The balance is {number}"]
        [avoid.money.second]
        phrases = ["pay up"]
        when = { customer = ["how much"] }
        [avoid.money.grave]
        phrases = ["or you will see"]
        level = "error"
        prefer = [""]
        [avoid.kin-ship.odd]
        regex = ['xyz+']
        flags = ["Xyzzz it is."]
        prefer = ["abc"]
        [avoid.money.off]
        phrases = ["silent"]
        level = "off"
        [recommend.money.well]
        phrases = ["@fine (by|with) (me|us)"]
        [group]
        fine = ["[that is] fine", "good"]
    "#;

    #[test]
    fn the_company_comes_first_and_the_gravest_before_others() {
        let sheet = sheet(OUR, 4, &[]);
        let expected = [
            "About money",
            "or you will see -> <(leave it out)>",
            "pay up / cough up … -> the balance is … / The balance is …",
            "a trifle -> <It is not.>",
            "Kin ship",
            "Xyzzz it is. -> abc",
        ];
        assert_eq!(listed(&sheet), expected);
        assert_eq!(
            (sheet.name.as_str(), sheet.columns.each_ref().map(String::as_str)),
            ("Ours 7", ["Never", "Say instead"])
        );
        assert_eq!(sheet.recommended.1.first().map(String::as_str), Some("fine by me"));
        assert!(sheet.left_out > 100 && sheet.rows() == 4);
    }

    #[test]
    fn of_equals_every_category_has_one_before_any_has_two() {
        let all = load(&["builtin:en"], &One("")).expect("a valid lexicon").lexicons.remove(0);
        let sheet = Sheet::of(&all, Selection { top: 20, categories: &[] });
        // Of the errors, which come first, one category has many.
        let counts: Vec<usize> = sheet.categories.iter().map(|category| category.rows.len()).collect();
        assert!(counts.len() > 8 && counts.iter().skip(1).all(|count| *count == 1), "{:?}", listed(&sheet));
    }

    #[test]
    fn only_the_categories_that_are_asked_for() {
        let only = |categories: &[&str]| sheet(OUR, 30, categories);
        let sheet = only(&["kin-ship"]);
        assert_eq!(listed(&sheet), ["Kin ship", "Xyzzz it is. -> abc"]);
        assert!(sheet.recommended.1.is_empty() && sheet.left_out == 0);
        assert!(only(&["other"]).is_empty());
    }

    #[test]
    fn a_language_without_captions_has_those_of_the_program() {
        let sheet = sheet("[lexicon]\nlanguage = \"ru\"\n[avoid.refusal.no]\nphrases = [\"нельзя\"]", 30, &[]);
        assert_eq!((sheet.columns[0].as_str(), sheet.categories[0].title.as_str()), ("Не пишем", "Отказ"));
    }

    #[test]
    fn what_says_no_more_is_not_said() {
        let rows: [(&[&str], &[&str]); 4] = [
            (&["deal with it", "just deal with it", "ideal with it"], &["deal with it", "ideal with it"]),
            (&["нет", "Нет.", "нет, мы", "нету"], &["нет", "нету"]),
            (&["a longer one", "longer"], &["a longer one", "longer"]),
            (&["can't", "can't do", "can"], &["can't", "can"]),
        ];
        for (phrases, expected) in rows {
            let phrases = phrases.iter().map(|phrase| (*phrase).to_owned()).collect();
            assert_eq!(without_longer(phrases), expected);
        }
    }

    #[test]
    fn what_has_no_room_waits() {
        let phrases = ["aaaa", "bbbb", "c"].map(str::to_owned).to_vec();
        let rows: [(usize, &[&str]); 4] =
            [(1, &["aaaa"]), (10, &["aaaa"]), (11, &["aaaa", "bbbb"]), (15, &["aaaa", "bbbb", "c"])];
        for (room, expected) in rows {
            assert_eq!(fitting(phrases.clone(), room), expected, "{room}");
        }
    }
}
