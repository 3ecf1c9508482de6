//! What another tool looks for, said in our phrase syntax where that can say it. Most regular expressions of
//! rule files are words with alternatives, and become phrases; others stay regular expressions when they mean
//! the same on a folded text; of the rest it is said why they cannot be carried over.

use regex_syntax::ast::parse::ParserBuilder;
use regex_syntax::ast::{Ast, ErrorKind};

use super::folding::Folder;
use super::parts::{Part, render};
use super::source::{alternatives, scan, tidied, without_flags};
use super::walk::{Taking, Walk};
use crate::lexicon::alternatives::Alternatives;
use crate::lexicon::expression::{Expression, Unusable};
use crate::lexicon::parse::{FaultKind, Groups};
use crate::lexicon::pattern::Pattern;
use crate::lexicon::useless::Useless;
use crate::text::{Folded, Span, Style, is_word};

/// How deeply an expression may be nested.
const DEEPEST: u32 = 32;
/// The most alternatives that a class of characters, or a list of phrases, is written out as.
pub(super) const MOST_WRITTEN: usize = 16;

/// How a tool reads what it looks for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner {
    /// Capitals matter.
    pub(super) exact: bool,
    /// It begins and ends with words.
    pub(super) bounded: bool,
    /// `^` and `$` mean the ends of a sentence, not of a line.
    pub(super) sentences: bool,
    /// The group that takes nothing in what is looked for.
    pub(super) empty: Option<u32>,
}

/// What it comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Carried {
    pub(super) phrases: Vec<String>,
    pub(super) regexes: Vec<String>,
    pub(super) unless: Vec<String>,
    pub(super) exact: bool,
    pub(super) bounded: bool,
    pub(super) notes: Vec<String>,
}

/// Words in which no character means anything special there.
pub(super) fn words(text: &str, manner: Manner) -> Result<Carried, String> {
    let text = text.trim();
    let mut carried = Carried { exact: manner.exact, bounded: manner.bounded, ..Carried::default() };
    match plain(text).map(|phrase| understood(&phrase)) {
        Some(Ok(())) => carried.phrases.push(text.to_owned()),
        Some(Err(why)) => return Err(why),
        None => carried.regexes.push(literally(text, manner, &mut carried.notes)?),
    }
    Ok(carried)
}

/// The text as a phrase, if no character of it means anything special in one.
pub(super) fn plain(text: &str) -> Option<String> {
    let parts: Vec<Part> = text.chars().map(Part::of).collect();
    render(&parts)
}

/// The words of a phrase in small letters, with a first capital and in capitals; none when it is more than words
/// and few alternatives.
pub(super) fn spellings(phrase: &str) -> Option<Vec<String>> {
    let forms = Pattern::parse(phrase, &mut NoGroups).ok()?.forms();
    if forms.is_empty() || forms.len() > MOST_WRITTEN {
        return None;
    }
    let mut spelled: Vec<String> = Vec::new();
    for form in forms {
        let lower = form.to_lowercase();
        let mut rest = lower.chars();
        let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
        for spelling in [lower.clone(), first + rest.as_str(), form.to_uppercase(), form.clone()] {
            if !spelled.contains(&spelling) {
                spelled.push(spelling);
            }
        }
    }
    Some(spelled)
}

/// Whether a phrase is of any use; else why not.
pub(super) fn understood(phrase: &str) -> Result<(), String> {
    Pattern::parse(phrase, &mut NoGroups).map(drop).map_err(|faults| reason(faults.first().map(|fault| &fault.kind)))
}

/// There is none in what is imported.
pub(super) struct NoGroups;

impl Groups for NoGroups {
    fn resolve(&mut self, name: &str) -> Result<Alternatives, FaultKind> {
        Err(FaultKind::UnknownGroup(name.to_owned()))
    }
}

fn reason(fault: Option<&FaultKind>) -> String {
    match fault {
        Some(FaultKind::Useless(Useless::Never(why))) => format!("it is never found: {why}"),
        Some(FaultKind::Useless(Useless::AsksWithin)) => {
            "it is never found: a question mark stands right before a word".to_owned()
        }
        Some(FaultKind::Useless(Useless::TooManyForms(forms))) => {
            format!("it stands for {forms} forms, more than one phrase may have")
        }
        Some(FaultKind::Useless(Useless::NoFixedWord)) => "it has no fixed word to look for".to_owned(),
        Some(FaultKind::Useless(Useless::Blank | Useless::AllOptional)) => "it may be empty".to_owned(),
        Some(FaultKind::TooLong(_) | FaultKind::TooManyParts) => "it is longer than a phrase may be".to_owned(),
        _ => "no phrase says it".to_owned(),
    }
}

/// A regular expression for words that hold a character with a meaning in phrases.
fn literally(text: &str, manner: Manner, notes: &mut Vec<String>) -> Result<String, String> {
    let folded = Folded::phrase(text, Style::COARSE);
    if text.chars().any(char::is_control) {
        return Err("it holds a control character, and a reply has none".to_owned());
    }
    let border = |c: Option<char>| if manner.bounded && c.is_some_and(is_word) { "\\b" } else { "" };
    let (first, last) = (border(folded.chars().next()), border(folded.chars().next_back()));
    let escaped = regex_syntax::escape(&folded).replace("\\-", "-").replace("\\&", "&");
    if manner.exact && text.chars().any(|c| c.is_uppercase() || c.is_lowercase()) {
        notes.push(ANY_CASE.to_owned());
    }
    checked([first, &escaped, last].concat())
}

pub(super) const ANY_CASE: &str =
    "it is found in capitals and small letters alike, for it is a regular expression here";
const LOOKS_ROUND: &str = "it looks ahead or back; `unless` may say the same";

/// A regular expression of another tool.
pub(super) fn expression(source: &str, mut manner: Manner) -> Result<Carried, String> {
    let (source, any_case) = without_flags(source);
    manner.exact &= !any_case;
    let mut carried = Carried { exact: manner.exact, bounded: manner.bounded, ..Carried::default() };
    let mut left_out = Vec::new();
    let mut read = Vec::new();
    let tidied: Vec<_> = alternatives(source).into_iter().map(|source| (source, tidied(source))).collect();
    for (source, (tidied, has_dollars)) in &tidied {
        if *has_dollars {
            carried.notes.push("a `$` in front of a number is taken for a dollar".to_owned());
        }
        match Alternative::read(tidied, manner) {
            Ok(alternative) => read.push((source, alternative)),
            Err(why) => left_out.push((source, why)),
        }
    }
    // What says itself where words end, on both sides of every alternative, is as good as bounded.
    carried.bounded |= !read.is_empty() && read.iter().all(|(_, alternative)| alternative.borders() == (true, true));
    for (source, alternative) in read {
        if let Err(why) = alternative.carry(manner, &mut carried) {
            left_out.push((source, why));
        }
    }
    if carried.phrases.is_empty() && carried.regexes.is_empty() {
        return Err(left_out.into_iter().next().map_or_else(|| "it may be empty".to_owned(), |(_, why)| why));
    }
    carried.notes.extend(left_out.into_iter().map(|(source, why)| format!("`{source}` is left out: {why}")));
    carried.notes.dedup();
    Ok(carried)
}

/// One alternative, with what it says of its neighbours taken off.
struct Alternative<'s> {
    source: &'s str,
    ast: Ast,
    /// The parts of a phrase, if it can be one.
    parts: Option<Vec<Part>>,
    /// What it does not stand behind, and what does not stand behind it.
    not_behind: Vec<Part>,
    not_before: Vec<Part>,
}

impl<'s> Alternative<'s> {
    fn read(source: &'s str, manner: Manner) -> Result<Self, String> {
        let mut groups = Vec::new();
        let mut opened = Vec::new();
        scan(source, |at, c, depth| match c {
            '(' if depth == 0 => opened.push(at),
            ')' if depth == 0 => groups.extend(opened.pop().map(|from| (from, at))),
            _ => {}
        });
        let (mut core, mut not_behind, mut not_before) = (source, Vec::new(), Vec::new());
        if let Some(&(from, to)) = groups.last()
            && to + 1 == source.len()
            && let Some(inner) = Span::new(from, to).of(source).strip_prefix("(?!")
        {
            not_before = neighbour(inner, manner)?;
            core = Span::new(0, from).of(source);
        }
        if let Some(&(0, to)) = groups.first()
            && let Some(inner) = Span::new(0, to).of(source).strip_prefix("(?<!")
        {
            not_behind = neighbour(inner, manner)?;
            core = core.get(to + 1..).unwrap_or_default();
        }
        let ast = parse(core)?;
        let parts = Walk { manner, wanted: Taking::Without }.parts(&ast);
        Ok(Self { source: core, ast, parts, not_behind, not_before })
    }

    /// Whether it says itself that a word begins in front of it and ends behind it.
    fn borders(&self) -> (bool, bool) {
        let parts = self.parts.as_deref().unwrap_or_default();
        let is_border = |part: Option<&Part>| matches!(part, Some(Part::Border | Part::Space));
        (is_border(parts.first()), parts.len() > 1 && is_border(parts.last()))
    }

    fn carry(self, manner: Manner, carried: &mut Carried) -> Result<(), String> {
        // What words are among what is found anywhere, an expression tells.
        let as_phrase = carried.bounded || self.borders() == (false, false);
        if let Some(parts) = self.parts.filter(|_| as_phrase).map(trimmed)
            && let Some(phrases) = phrases(&parts)
        {
            for phrase in &phrases {
                understood(phrase)?;
            }
            let mut unless = Vec::new();
            if manner.empty.is_some() {
                let with = Walk { manner, wanted: Taking::With }.parts(&self.ast).map(trimmed);
                unless.extend(with.filter(|with| *with != parts));
            }
            if !self.not_behind.is_empty() {
                unless.push([&self.not_behind[..], &parts].concat());
            }
            if !self.not_before.is_empty() {
                unless.push([&parts[..], &self.not_before].concat());
            }
            for parts in unless {
                let unless = render(&parts).filter(|unless| understood(unless).is_ok()).ok_or(LOOKS_ROUND)?;
                carried.unless.push(unless);
            }
            carried.phrases.extend(phrases);
            return Ok(());
        }
        if !self.not_behind.is_empty() || !self.not_before.is_empty() {
            return Err(LOOKS_ROUND.to_owned());
        }
        if manner.empty.is_some() {
            return Err("`regexpMustEmpty` names a group that is no optional word".to_owned());
        }
        let folded = Folder::fold(self.source, &self.ast, manner, &mut carried.notes)?;
        carried.regexes.push(checked(if manner.bounded { format!(r"\b(?:{folded})\b") } else { folded })?);
        Ok(())
    }
}

/// What does not stand beside it.
fn neighbour(source: &str, manner: Manner) -> Result<Vec<Part>, String> {
    let parts = Walk { manner, wanted: Taking::Without }.parts(&parse(source)?);
    parts.filter(|parts| !parts.is_empty()).ok_or_else(|| LOOKS_ROUND.to_owned())
}

fn parse(source: &str) -> Result<Ast, String> {
    ParserBuilder::new().nest_limit(DEEPEST).build().parse(source).map_err(|error| {
        let kind = error.kind();
        if *kind == ErrorKind::UnsupportedLookAround {
            LOOKS_ROUND.to_owned()
        } else if *kind == ErrorKind::UnsupportedBackreference {
            "it asks for the same words twice, with a back-reference".to_owned()
        } else {
            format!("it cannot be read as a regular expression: {kind}")
        }
    })
}

/// Without the borders at its ends, which a phrase has anyway.
fn trimmed(mut parts: Vec<Part>) -> Vec<Part> {
    let is_border = |part: &Part| matches!(part, Part::Border | Part::Space);
    while parts.last().is_some_and(is_border) {
        parts.pop();
    }
    let lead = parts.iter().take_while(|part| is_border(part)).count();
    parts.drain(..lead);
    parts
}

/// The phrases that the parts are: one, or when it is a choice and nothing else, one for each alternative.
fn phrases(parts: &[Part]) -> Option<Vec<String>> {
    match parts {
        [Part::Choice(each)] if each.len() <= MOST_WRITTEN && each.iter().all(|parts| !parts.is_empty()) => {
            each.iter().map(|parts| render(parts)).collect()
        }
        _ => render(parts).map(|phrase| vec![phrase]),
    }
}

fn checked(source: String) -> Result<String, String> {
    match Expression::new(&source) {
        Ok(_) => Ok(source),
        Err(Unusable::Invalid(_)) => Err("the expression is larger than one may be here".to_owned()),
        Err(Unusable::Pointless(message, _)) => Err(message),
    }
}
