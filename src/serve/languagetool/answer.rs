//! A review as LanguageTool would have answered. Every key is there that some client cannot do without. It borrows
//! what it says, and decides nothing about what was found; only where a client is shown a thing that is missing,
//! since editors have no way to mark what has no length.

use serde::Serialize;

use super::annotated::Annotated;
use super::language::Tongue;
use super::request::Request;
use super::utf16::{Context, Units};
use crate::lexicon::Level;
use crate::lint::{Finding, FindingKind, Prefer, Review};
use crate::report::{message, why};
use crate::text::{Draft, Reading, Sentences, Span, is_word};

/// All of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    software: Software,
    warnings: Warnings,
    language: Language,
    matches: Vec<Match>,
    sentence_ranges: Vec<[usize; 2]>,
}

/// Who answers. The name is what clients look for; `status` says who it is.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Software {
    name: &'static str,
    version: &'static str,
    build_date: &'static str,
    api_version: u32,
    premium: bool,
    premium_hint: &'static str,
    status: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Warnings {
    incomplete_results: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    incomplete_results_reason: Option<String>,
}

#[derive(Debug, Serialize)]
struct Language {
    name: String,
    code: String,
    #[serde(rename = "detectedLanguage")]
    detected: Detected,
}

#[derive(Debug, Serialize)]
struct Detected {
    name: String,
    code: String,
    confidence: f64,
    source: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Match {
    message: String,
    short_message: String,
    replacements: Vec<Replacement>,
    offset: usize,
    length: usize,
    context: Context,
    sentence: String,
    #[serde(rename = "type")]
    kind: Type,
    rule: Rule,
    ignore_for_incomplete_sentence: bool,
    #[serde(rename = "contextForSureMatch")]
    sure_context: i32,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Replacement {
    value: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Type {
    type_name: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    description: String,
    issue_type: &'static str,
    category: Category,
    is_premium: bool,
}

#[derive(Debug, Serialize)]
struct Category {
    id: String,
    name: String,
}

/// Bytes of a sentence before and behind a match.
const AROUND: usize = 500;

impl Software {
    /// This program.
    pub(super) const fn here() -> Self {
        Self {
            name: "LanguageTool",
            // Of the protocol. Clients want a date, and the same source makes the same program on any day.
            version: "6.0",
            build_date: "1970-01-01 00:00:00 +0000",
            api_version: 1,
            premium: false,
            premium_hint: "",
            status: concat!(
                "replylint ",
                env!("CARGO_PKG_VERSION"),
                ", which speaks the protocol of LanguageTool and is another program"
            ),
        }
    }
}

impl Answer {
    /// What is said of the draft that was made of a request.
    pub(super) fn new(request: &Request<'_>, draft: &Draft<'_>, review: &Review<'_>) -> Self {
        let text = &request.text;
        let units = Units::new(text.whole());
        let sentences = sentences(draft);
        let heard = review.findings.iter().filter(|finding| request.mode.hears(finding.kind));
        let tongue = |found| request.language.tongue(found);
        let Tongue { name, code } = tongue(review.language);
        Self {
            software: Software::here(),
            warnings: Warnings {
                incomplete_results: !review.notes.is_empty(),
                incomplete_results_reason: (!review.notes.is_empty()).then(|| review.notes.join("; ")),
            },
            language: Language {
                detected: Detected {
                    name: name.clone(),
                    code: code.clone(),
                    // A language is either beyond doubt or not told at all.
                    confidence: if review.language.is_some() { 1.0 } else { 0.0 },
                    source: "replylint",
                },
                name,
                code,
            },
            matches: heard.filter_map(|finding| Match::new(finding, draft, text, &units, &sentences)).collect(),
            sentence_ranges: sentences.iter().map(|sentence| units.range(text.place(*sentence))).collect(),
        }
    }
}

impl Match {
    /// What is said of a finding; nothing when it is about a text that has nothing to point at.
    fn new(
        finding: &Finding<'_>,
        draft: &Draft<'_>,
        text: &Annotated<'_>,
        units: &Units<'_>,
        sentences: &[Span],
    ) -> Option<Self> {
        let (seen, replacements) = shown(finding, text)?;
        let place = text.place(seen);
        let [offset, end] = units.range(place);
        let sentence = sentences.partition_point(|sentence| sentence.end <= seen.start);
        let sentence = sentences.get(sentence).filter(|sentence| sentence.start <= seen.start);
        Some(Self {
            message: message(finding, draft),
            short_message: short_message(finding, text.seen()),
            replacements,
            offset,
            length: end - offset,
            context: Context::of(text.whole(), place),
            sentence: sentence.map_or_else(String::new, |sentence| around(text.seen(), *sentence, seen).to_owned()),
            kind: Type { type_name: if finding.level == Level::Advice { "Hint" } else { "Other" } },
            rule: Rule {
                id: finding.rule.as_str().to_owned(),
                description: why(finding),
                issue_type: "style",
                category: Category { id: finding.rule.category().to_owned(), name: in_words(finding.rule.category()) },
                is_premium: false,
            },
            ignore_for_incomplete_sentence: false,
            sure_context: 0,
        })
    }
}

/// A sentence, or as much of it around a match as anybody reads: a text may be one sentence with many matches, each of
/// which says its sentence.
fn around(text: &str, sentence: Span, seen: Span) -> &str {
    let start = text.floor_char_boundary(seen.start.saturating_sub(AROUND)).max(sentence.start);
    let end = text.floor_char_boundary(seen.end + AROUND).min(sentence.end);
    Span::new(start, end.max(start)).of(text)
}

/// What of the text is marked, and what may stand in its place. A thing that is missing is shown at the word where
/// it belongs, which nothing replaces.
fn shown(finding: &Finding<'_>, text: &Annotated<'_>) -> Option<(Span, Vec<Replacement>)> {
    if finding.span.is_empty() {
        return Some((word_at(text.seen(), finding.span.start)?, Vec::new()));
    }
    let (marked, wordings) = replaced(finding, text.seen());
    let fits = finding.kind == FindingKind::Phrase && text.is_replaceable(marked);
    let replacements = wordings.into_iter().filter(|_| fits).map(|value| Replacement { value });
    Some((marked, replacements.collect()))
}

/// The marked bytes and what may replace them. What is left out may take a comma, a blank or the next capital with
/// it; then all of that is marked, since a client puts one text in the place of another and knows no more.
fn replaced(finding: &Finding<'_>, text: &str) -> (Span, Vec<String>) {
    let edit = finding.fix.as_ref().and_then(|fix| match fix.edits.as_slice() {
        [edit] if is_left_out(&finding.prefer) => Some(edit),
        _ => None,
    });
    let Some(edit) = edit else {
        return (finding.span, finding.prefer.iter().filter_map(|wording| bare(&wording).map(str::to_owned)).collect());
    };
    let marked = Span::new(finding.span.start.min(edit.span.start), finding.span.end.max(edit.span.end));
    let within = |span: Span, wording: &str| {
        let (before, behind) = (Span::new(marked.start, span.start), Span::new(span.end, marked.end));
        [before.of(text), wording, behind.of(text)].concat()
    };
    let wording = |wording: &str| {
        if wording.is_empty() { within(edit.span, &edit.text) } else { within(finding.span, wording) }
    };
    (marked, finding.prefer.iter().filter_map(|prefer| bare(&prefer).map(wording)).collect())
}

/// A wording without the dots at its ends, which say that the sentence goes on there, as it does in the draft. None when
/// there is nothing else.
fn bare(wording: &str) -> Option<&str> {
    let bare = wording.trim_matches(['…', ' ']);
    (wording.is_empty() || !bare.is_empty()).then_some(bare)
}

/// Whether the first thing to do is to leave it out.
fn is_left_out(prefer: &Prefer<'_>) -> bool {
    prefer.get(0).is_some_and(|wording| wording.is_empty())
}

/// The word at an offset, else the one before it, else the next; of a text without words a character of it.
fn word_at(text: &str, at: usize) -> Option<Span> {
    let (before, behind) = (Span::new(0, at).of(text), Span::new(at, text.len()).of(text));
    let starting = |from: usize| {
        let rest = Span::new(from, text.len()).of(text);
        Span::new(from, from + rest.find(|c| !is_word(c)).unwrap_or(rest.len()))
    };
    let ending = |end: usize| {
        let rest = Span::new(0, end).of(text);
        let letters: usize = rest.chars().rev().take_while(|c| is_word(*c)).map(char::len_utf8).sum();
        Span::new(end - letters, end)
    };
    let last_letter = before.char_indices().rev().find(|(_, c)| is_word(*c));
    if behind.starts_with(is_word) {
        return Some(starting(at));
    }
    if let Some((letter, c)) = last_letter {
        return Some(ending(letter + c.len_utf8()));
    }
    if let Some(next) = behind.find(is_word) {
        return Some(starting(at + next));
    }
    let sign = |(offset, c): (usize, char)| Span::new(offset, offset + c.len_utf8());
    text.char_indices().find(|(_, c)| !c.is_whitespace()).or_else(|| text.char_indices().next()).map(sign)
}

fn short_message(finding: &Finding<'_>, text: &str) -> String {
    match finding.kind {
        FindingKind::Phrase => {
            format!("Avoid \"{}\"", finding.span.of(text).split_whitespace().collect::<Vec<_>>().join(" "))
        }
        FindingKind::Structure => in_words(finding.rule.category()),
    }
}

/// A category as a person reads it.
fn in_words(category: &str) -> String {
    let words = category.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The sentences of the agent's prose, without the blanks around them.
fn sentences(draft: &Draft<'_>) -> Vec<Span> {
    let reading = Reading::of(draft);
    let mut sentences = Sentences::default();
    let mut cursor = 0;
    let count = sentences.count(&reading);
    (0..count)
        .filter_map(|number| {
            let folded = Span::new(sentences.start(&reading, number), sentences.start(&reading, number + 1));
            let span = reading.original_after(folded, &mut cursor)?;
            let (all, trimmed) = (span.of(draft.text), span.of(draft.text).trim());
            let start = span.start + all.len() - all.trim_start().len();
            (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len()))
        })
        .collect()
}
