//! Says what is wrong with a phrase in a trainer's words. The phrase syntax itself only names
//! the fault; see [`super::pattern`].

use std::sync::Arc;

use super::parse::{DEEPEST, Fault, FaultKind, LONGEST};
use super::pattern::{MOST_FORMS, Slot};
use super::problem::{Code, Problem, SourceFile};
use super::read::{Text, list, nearest};
use super::useless::Useless;

/// The problem to report for a fault; none when it has been reported where it stems from.
pub(super) fn problem_of(
    fault: &Fault,
    phrase: &Text<'_>,
    file: &Arc<SourceFile>,
    groups: &[String],
) -> Option<Problem> {
    let whole = &phrase.value;
    let (code, message, label, help) = match &fault.kind {
        FaultKind::FaultyGroup => return None,
        FaultKind::Useless(Useless::Blank) => (
            Code::BlankPhrase,
            "this phrase is blank".to_owned(),
            "no visible character",
            "write the words to look for, or take the phrase out".to_owned(),
        ),
        FaultKind::Useless(Useless::AllOptional) => (
            Code::BlankPhrase,
            format!("every word of `{whole}` is optional, so it would match nothing at all"),
            "nothing here is required",
            "take one word out of its brackets".to_owned(),
        ),
        FaultKind::Unopened(close) => (
            Code::UnbalancedBracket,
            format!("this `{close}` closes nothing"),
            "never opened",
            format!("put `{}` further left, or take it out; {LITERAL}", partner(*close)),
        ),
        FaultKind::Unclosed(open) => (
            Code::UnbalancedBracket,
            format!("this `{open}` is never closed"),
            "opened here",
            format!("close it with `{}` further right, or take it out; {LITERAL}", partner(*open)),
        ),
        FaultKind::BareBar => (
            Code::PhraseSyntax,
            "alternatives stand in round brackets".to_owned(),
            "outside of brackets",
            "write `(one|two)`, or two phrases; a literal `|` needs `regex`".to_owned(),
        ),
        FaultKind::LooseStar => (
            Code::PhraseSyntax,
            "`*` stands for the rest of a word, so it needs letters before it".to_owned(),
            "no letter before it",
            "write `must*` for any word that begins so, `{word}` for any word at all, or `…` for a gap; a literal `*` needs `regex`".to_owned(),
        ),
        FaultKind::StarInsideWord => (
            Code::NeverMatches,
            format!("`{whole}` can never match: `*` takes all letters up to the end of the word, so none can follow"),
            "never reached",
            "end the word at the `*`, or write out the endings: `отклон(ён|ена)`".to_owned(),
        ),
        FaultKind::CaretInside => (
            Code::PhraseSyntax,
            "`^` and `$` mark the start and the end of a sentence, so they stand first and last in a phrase".to_owned(),
            "not at an end of the phrase",
            "move it to the front of the phrase, or take it out; in a group it means nothing".to_owned(),
        ),
        FaultKind::UnknownSlot(name) => {
            let known = Slot::ALL.map(Slot::as_str);
            let near = nearest(name, known.into_iter()).map(|near| format!("did you mean `{{{near}}}`? ")).unwrap_or_default();
            (Code::UnknownSlot, format!("replylint does not know the slot `{{{name}}}`"), "unknown slot", format!("{near}the slots are {}", slots()))
        }
        FaultKind::UnknownGroup(name) => {
            let near = nearest(name, groups.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("did you mean `@{near}`?"),
                None if groups.is_empty() => format!("define it: `[group]`, then `{name} = [\"…\"]`"),
                None => {
                    let names: Vec<&str> = groups.iter().map(String::as_str).collect();
                    format!("define it under `[group]`, or use one of {}", list(&names))
                }
            };
            (Code::UnknownGroup, format!("there is no group `@{name}`"), "unknown group", help)
        }
        FaultKind::TooLong(length) => (
            Code::PhraseTooLarge,
            format!("this phrase has {} characters, and the bound is {}", thousands(*length as u64), thousands(LONGEST as u64)),
            "too long",
            "a phrase is a few words; look for the beginning of it".to_owned(),
        ),
        FaultKind::TooDeep => (
            Code::PhraseTooLarge,
            format!("brackets and groups may be nested {DEEPEST} deep at the most"),
            "too deep",
            "write out the inner alternatives, or split the phrase".to_owned(),
        ),
        FaultKind::TooManyParts => (
            Code::PhraseTooLarge,
            "with its groups this phrase has more parts than can be looked for".to_owned(),
            "too many parts",
            "use smaller groups, or split the phrase".to_owned(),
        ),
        FaultKind::GroupCycle(path) => (
            Code::GroupCycle,
            format!("a group cannot contain itself: @{path}"),
            "leads back to itself",
            "take this reference out of the group".to_owned(),
        ),
        FaultKind::Useless(Useless::NoFixedWord) => (
            Code::NoFixedWord,
            format!("`{whole}` has no fixed word to look for"),
            "only blanks",
            "add at least one word that is always there".to_owned(),
        ),
        FaultKind::Useless(Useless::TooManyForms(forms)) => (
            Code::TooManyForms,
            format!("`{whole}` stands for {} forms, and the bound is {}", thousands(*forms), thousands(MOST_FORMS)),
            "too many alternatives",
            "split it into several phrases, or replace a long list of alternatives by `{word}` or `…`".to_owned(),
        ),
        FaultKind::Useless(Useless::Never(why)) => (
            Code::NeverMatches,
            format!("`{whole}` can never match: {why}"),
            "can never match",
            "leave that part out".to_owned(),
        ),
        FaultKind::Useless(Useless::AsksWithin) => (
            Code::NeverMatches,
            format!("`{whole}` can never match: a question mark stands right before a word"),
            "can never match",
            "put what may be missing in brackets, such as `[else]`, or write both: `(honour|honor)`".to_owned(),
        ),
    };
    Some(Problem::new(code, file, phrase.part(fault.span), message, label).help(help))
}

const LITERAL: &str = "a bracket that is meant literally needs `regex`";

fn partner(bracket: char) -> char {
    match bracket {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        _ => '{',
    }
}

fn slots() -> String {
    Slot::ALL.map(|slot| format!("`{{{}}}`", slot.as_str())).join(", ")
}

/// 1000000 as people read it.
fn thousands(number: u64) -> String {
    if number == u64::MAX {
        return "more than 18,000,000,000,000,000,000".to_owned();
    }
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([thousands(7), thousands(1000), thousands(1_234_567)], ["7", "1,000", "1,234,567"]);
    }
}
