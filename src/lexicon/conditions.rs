//! From raw keys to when and where an entry speaks. What they name of other entries is noted here and
//! looked up once all entries are known.

use std::sync::Arc;

use super::entry::{Entry, Kind, Requirement, Within};
use super::keys::{RawKeys, RawWhen};
use super::merge::Merged;
use super::problem::{Code, Problem, Problems, SourceFile};
use super::read::{Text, list, nearest};
use super::understand::Understanding;
use super::when::{At, Near, Reach, When};
use crate::text::{Span, TimeOfDay};

/// A word of a lexicon that must be the name of something else in it.
#[derive(Debug)]
pub(super) struct Reference {
    file: Arc<SourceFile>,
    span: Span,
    to: To,
}

#[derive(Debug)]
enum To {
    /// A rule or a category.
    Rule(String),
    Situation(String),
}

/// The situation in which steps are looked for, if they name none.
pub(super) const COMPLAINT: &str = "complaint";

impl Understanding<'_, '_> {
    pub(super) fn when(&mut self, entry: &mut Entry, raw: Option<RawWhen<'_>>, between: Option<Vec<Text<'_>>>) {
        let mut when = entry.when.take().map_or_else(When::default, |when| *when);
        if let Some(raw) = raw {
            // Keys that are given replace, those inside it too: what is left out is no longer asked for.
            let between = when.between;
            let patterns = |this: &mut Self, texts: Option<Vec<Text<'_>>>, key| {
                let texts = texts.unwrap_or_default();
                if texts.is_empty() { Vec::new() } else { this.patterns_of(texts, key, raw.span) }
            };
            let reply = self.names(raw.reply, To::Rule);
            let situation = self.names(raw.situation, To::Situation);
            when = When {
                customer: patterns(self, raw.customer, "customer"),
                before: patterns(self, raw.before, "before"),
                answered: raw.answered,
                reply,
                situation,
                first_turn: raw.first_turn,
                between,
            };
            if when.is_empty() {
                let message = format!("`when` of `{}` asks for nothing", entry.id);
                let help = "leave `when` out, or say what must hold: `when = { customer = [\"…\"] }`";
                self.problems
                    .push(Problem::new(Code::BlankPhrase, self.file, raw.span, message, "nothing asked").help(help));
            }
            if entry.kind == Kind::Step && when.situation.is_empty() {
                when.situation.push(COMPLAINT.to_owned());
            }
        }
        if let Some(texts) = between {
            when.between = self.between(&texts, entry);
        }
        entry.when = (!when.is_empty()).then(|| Box::new(when));
    }

    fn names(&mut self, texts: Option<Vec<Text<'_>>>, to: fn(String) -> To) -> Vec<String> {
        let texts = texts.unwrap_or_default();
        for text in &texts {
            let (file, value) = (Arc::clone(self.file), text.value.clone().into_owned());
            self.references.push(Reference { file, span: text.span, to: to(value) });
        }
        texts.into_iter().map(|text| text.value.into_owned()).collect()
    }

    fn between(&mut self, texts: &[Text<'_>], entry: &Entry) -> Option<(TimeOfDay, TimeOfDay)> {
        const HELP: &str = "write two times of day, such as `between = [\"05:00\", \"12:00\"]`";
        let mut times = Vec::new();
        for text in texts {
            let Some(time) = TimeOfDay::parse(&text.value) else {
                let message = format!("`{}` is no time of day", text.value);
                let problem = Problem::new(Code::UnknownValue, self.file, text.span, message, "not such as 05:00");
                self.problems.push(problem.help(HELP));
                continue;
            };
            times.push(time);
        }
        match times[..] {
            [start, end] if texts.len() == 2 && start != end => return Some((start, end)),
            _ if times.len() < texts.len() => {}
            [..] => {
                let span = texts.first().map_or(entry.origin.span, |text| text.span);
                let message = format!("`between` of `{}` is not from one time to another", entry.id);
                let problem = Problem::new(Code::UnknownValue, self.file, span, message, "not two different times");
                self.problems.push(problem.help(HELP));
            }
        }
        None
    }

    pub(super) fn at(&mut self, entry: &mut Entry, text: Option<Text<'_>>) {
        let Some(text) = text else { return };
        match At::parse(&text.value.to_lowercase()) {
            Some(at) => entry.at = Some(at).filter(|at| *at != At::Part(Within::Whole)),
            None => self.unknown_place(&text, "at", At::EXAMPLES),
        }
    }

    pub(super) fn near(
        &mut self,
        entry: &mut Entry,
        texts: Option<Vec<Text<'_>>>,
        reach: Option<Text<'_>>,
        span: Span,
    ) {
        if let Some(texts) = texts {
            let reach = entry.unless_near.take().map_or_else(Reach::default, |near| near.reach);
            let patterns = self.patterns(texts);
            entry.unless_near = (!patterns.is_empty()).then(|| Box::new(Near { patterns, reach }));
        }
        let Some(text) = reach else { return };
        match (Reach::parse(&text.value.to_lowercase()), &mut entry.unless_near) {
            (Some(reach), Some(near)) => near.reach = reach,
            (Some(_), None) => {
                let message = format!("`{}` says how near, and not what", entry.id);
                let problem = Problem::new(Code::MissingKey, self.file, span, message, "no `unless-near`");
                self.problems.push(
                    problem.help("add `unless-near = [\"…\"]`, the phrases that make it fine, or leave `near` out"),
                );
            }
            (None, _) => self.unknown_place(&text, "near", Reach::EXAMPLES),
        }
    }

    pub(super) fn requirement(&mut self, entry: &mut Entry, keys: &mut RawKeys<'_>, span: Span) {
        let before = entry.requirement.take().map(|requirement| *requirement);
        let mut requirement = before.unwrap_or_else(Requirement::new);
        if let Some(texts) = keys.any.take() {
            requirement.any = self.patterns_of(texts, "any", span);
        }
        if let Some(texts) = keys.all.take() {
            requirement.all = self.patterns_of(texts, "all", span);
        }
        if let Some(sets) = keys.forms.take() {
            if sets.len() < 2 {
                let message = format!("`forms` of `{}` holds no two lists to choose from", entry.id);
                let problem = Problem::new(Code::UnknownValue, self.file, span, message, "fewer than two lists");
                self.problems
                    .push(problem.help("write a list for each way to say it: `forms = [[\"tú\"], [\"usted\"]]`"));
            }
            requirement.forms = sets.into_iter().map(|texts| self.patterns_of(texts, "forms", span)).collect();
        }
        if let Some(text) = keys.within.take() {
            match Within::parse(&text.value.to_lowercase()) {
                Some(within) => requirement.within = within,
                None => self.unknown_place(&text, "within", Within::EXAMPLES),
            }
        }
        requirement.placeholders = keys.placeholders.unwrap_or(requirement.placeholders);
        let bounds = [
            (&mut requirement.least_words, keys.least_words),
            (&mut requirement.most_words, keys.most_words),
            (&mut requirement.most_sentences, keys.most_sentences),
        ];
        for (bound, given) in bounds {
            *bound = given.or(*bound);
        }
        if requirement.least_words.zip(requirement.most_words).is_some_and(|(least, most)| least > most) {
            let message = format!("`{}` asks for fewer words and for more at once", entry.id);
            let problem =
                Problem::new(Code::UnknownValue, self.file, span, message, "more at the least than at the most");
            self.problems.push(problem.help("make `most-words` the larger of the two"));
        }
        entry.requirement = requirement.asks().then(|| Box::new(requirement));
    }

    fn unknown_place(&mut self, text: &Text<'_>, key: &str, examples: &str) {
        let message = format!("`{key}` does not know `{}`", text.value);
        let problem = Problem::new(Code::UnknownValue, self.file, text.span, message, "not a part of a reply");
        self.problems.push(problem.help(format!("write {examples}")));
    }
}

impl Kind {
    /// Whether its phrases are looked for in every reply.
    const fn has_hits(self) -> bool {
        matches!(self, Self::Avoid | Self::Recommend | Self::Style)
    }
}

impl Requirement {
    /// Whether it asks for anything.
    pub(super) fn asks(&self) -> bool {
        let bounds = [self.least_words, self.most_words, self.most_sentences];
        self.parts().next().is_some() || self.placeholders || bounds.iter().any(Option::is_some)
    }
}

/// Reports the names that nothing has.
pub(super) fn look_up(references: &[Reference], merged: &Merged, problems: &mut Problems) {
    if merged.groups.incomplete {
        // What is missing may be in what could not be read.
        return;
    }
    for Reference { file, span, to } in references {
        let problem = |code, message, label| Problem::new(code, file, *span, message, label);
        match to {
            To::Rule(rule) => {
                let entries = || merged.entries().iter().filter(|entry| entry.kind.has_hits());
                if entries().any(|entry| entry.id.is(rule)) {
                    continue;
                }
                let known = entries().flat_map(|entry| [entry.id.as_str(), entry.id.category()]);
                if merged.entries().iter().any(|entry| entry.id.is(rule)) {
                    let message = format!("`{rule}` is nothing that a reply has a hit of");
                    let help = "name a rule or a category of `avoid`, `recommend` or `style`";
                    problems.push(problem(Code::UnknownRule, message, "has no hits").help(help));
                    continue;
                }
                let help = match nearest(rule, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a rule, such as `command.you-must`, or a category, such as `refusal`".to_owned(),
                };
                let message = format!("there is no rule or category `{rule}`");
                problems.push(problem(Code::UnknownRule, message, "no such rule").help(help));
            }
            To::Situation(name) => {
                let known: Vec<&str> = merged
                    .entries()
                    .iter()
                    .filter(|entry| entry.kind == Kind::Situation)
                    .map(|entry| entry.id.name())
                    .collect();
                if known.contains(&name.as_str()) {
                    continue;
                }
                let help = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if known.is_empty() => {
                        format!("write `[situation.{name}]` with the `phrases` of customers that tell it")
                    }
                    None => format!(
                        "the situations known here are {}; a new one begins with `[situation.{name}]`",
                        list(&known)
                    ),
                };
                let message = format!("there is no situation `{name}`");
                problems.push(problem(Code::UnknownSituation, message, "no such situation").help(help));
            }
        }
    }
}
