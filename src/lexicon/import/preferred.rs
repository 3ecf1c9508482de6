//! What a rule looks for beside what it prefers: a rule that flags its own wording would be of no use.

use std::collections::HashSet;

use super::Rule;
use super::assemble::pattern_of;
use super::expressions::{plain, spellings, understood};
use crate::text::{Folded, Style, is_word};

/// When what is looked for differs from what is preferred in capitals only, the capitals that people use are
/// written out, and those that are preferred are spared.
pub(super) fn respell(rule: &mut Rule) {
    let alike = |a: &str, b: &str, style| Folded::phrase(a, style) == Folded::phrase(b, style);
    let preferred = |text: &str, style| rule.prefer.iter().any(|wording| alike(text, wording, style));
    let forms = |phrase: &String| pattern_of(phrase).map(|pattern| pattern.forms()).unwrap_or_default();
    let clashes = |phrase: &String| forms(phrase).iter().any(|form| preferred(form, Style::ACCENTED));
    if !rule.phrases.iter().any(clashes) {
        return;
    }
    let spelled: Vec<String> = if rule.exact {
        let kept = |phrase: &String| if clashes(phrase) { forms(phrase) } else { vec![phrase.clone()] };
        rule.phrases.iter().flat_map(kept).collect()
    } else {
        rule.phrases.iter().flat_map(|phrase| spellings(phrase).unwrap_or_default()).collect()
    };
    let mut phrases: Vec<String> = Vec::new();
    for form in spelled {
        if !preferred(&form, Style::CASED) && !phrases.contains(&form) {
            phrases.push(form);
        }
    }
    let was_exact = std::mem::replace(&mut rule.exact, true);
    rule.phrases = phrases;
    if rule.phrases.is_empty() {
        rule.note("it looks for what it recommends: the two read alike here");
    } else if !was_exact {
        rule.note("only small letters, a first capital and capitals are looked for, and not every mixture of them");
    }
}

/// What is preferred may hold what is looked for, and is no fault then.
pub(super) fn spare_what_is_preferred(rule: &mut Rule) {
    let folded = |text: &str| Folded::phrase(text, Style::ACCENTED);
    let forms: Vec<String> = rule
        .phrases
        .iter()
        .filter_map(|phrase| pattern_of(phrase))
        .flat_map(|pattern| pattern.forms())
        .map(|form| folded(&form))
        .collect();
    let sources: Vec<String> = rule.phrases.iter().map(|phrase| folded(phrase)).collect();
    let is_form = |text: &str| forms.iter().any(|form| *form == folded(text));
    let holds = |wording: &str| forms.iter().any(|form| stands_in(form, &folded(wording), rule.unbounded));
    let spared = rule.prefer.iter().filter(|wording| !is_form(wording) && holds(wording));
    let spared: Vec<String> =
        spared.filter_map(|wording| plain(wording)).filter(|phrase| understood(phrase).is_ok()).collect();
    rule.unless.extend(spared);
    // An exception that is what is looked for would leave nothing to find.
    rule.unless.retain(|text| !is_form(text) && !sources.contains(&folded(text)));
    let mut seen = HashSet::new();
    rule.unless.retain(|text| seen.insert(text.clone()));
}

/// Whether words stand in a text, or anywhere in it.
fn stands_in(words: &str, text: &str, anywhere: bool) -> bool {
    let ends = |c: Option<char>| anywhere || !c.is_some_and(is_word);
    text.match_indices(words).any(|(at, _)| {
        let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + words.len()..).unwrap_or_default());
        ends(before.chars().next_back()) && ends(behind.chars().next())
    })
}
