//! From a raw table to a valid [`Entry`]: phrases are parsed, words such as `warning` become
//! values, and what does not fit together is reported. It looks at one entry at a time; what
//! concerns several is for `load`.

use std::sync::Arc;

use regex::Error as RegexError;

use super::conditions::{COMPLAINT, Reference};
use super::entry::{Boundary, Case, Entry, EntryId, Example, Kind, Level};
use super::expression::{Expression, Unusable};
use super::fault::problem_of;
use super::groups::Resolver;
use super::keys::{RawExample, RawKeys};
use super::parse::Fault;
use super::pattern::Pattern;
use super::problem::{Code, Problem, Problems, SourceFile};
use super::raw::{RawAdjust, RawEntry, RawGroup};
use super::read::{Text, list, nearest};
use super::source::BUILTIN;
use super::when::When;
use super::wording::Wording;
use crate::text::{Folded, Span, Style, TimeOfDay, is_word};

pub(super) const LEVELS: [&str; 4] = ["error", "warning", "advice", "off"];
pub(super) const FIXES: [&str; 2] = ["safe", "none"];
pub(super) const CASES: [&str; 2] = ["exact", "any"];
pub(super) const BOUNDARIES: [&str; 2] = ["none", "word"];

/// Understands the entries of one file.
pub(super) struct Understanding<'u, 'r> {
    /// The file whose tables are being understood.
    pub(super) file: &'u Arc<SourceFile>,
    pub(super) resolver: &'u mut Resolver<'r>,
    pub(super) problems: &'u mut Problems,
    /// What the entries so far name of others.
    pub(super) references: &'u mut Vec<Reference>,
    pub(super) ignore_accents: bool,
}

impl Understanding<'_, '_> {
    /// The entry, or nothing when it is too broken to be one; then that was reported.
    pub(super) fn entry(&mut self, raw: RawEntry<'_>) -> Option<Entry> {
        let id = self.id(&raw.category, &raw.name);
        let origin = self.origin(raw.span);
        let mut entry = Entry { ignore_accents: self.ignore_accents, ..Entry::new(id?, raw.kind, origin) };
        if raw.kind == Kind::Step {
            let situation = vec![COMPLAINT.to_owned()];
            entry.when = Some(Box::new(When { situation, ..When::default() }));
        }
        if !raw.faulty {
            self.complete(&entry, &raw.keys, raw.span);
        }
        self.set(&mut entry, raw.keys, raw.span);
        self.never_fires(&entry);
        Some(entry)
    }

    /// An entry with nothing to look for would never say anything.
    fn complete(&mut self, entry: &Entry, keys: &RawKeys<'_>, span: Span) {
        let phrases = keys.phrases.is_some() || keys.regex.is_some();
        let bounds = [keys.least_words, keys.most_words, keys.most_sentences].iter().any(Option::is_some);
        let (complete, first, second) = match entry.kind {
            Kind::Avoid | Kind::Recommend | Kind::Step => (phrases, "phrases", "regex"),
            Kind::Require => (keys.any.is_some() || keys.all.is_some() || bounds, "any", "all"),
            Kind::Style => {
                (phrases || keys.forms.is_some() || keys.placeholders.is_some() || bounds, "phrases", "forms")
            }
            // It may be one that is only ever stated.
            Kind::Situation => return,
        };
        if !complete {
            let message = format!("`{}` has nothing to look for", entry.id);
            let label = format!("neither `{first}` nor `{second}`");
            let problem = Problem::new(Code::MissingKey, self.file, span, message, label);
            self.problems.push(problem.help(format!("add `{first} = [\"…\"]`")));
        }
    }

    /// Changes an inherited entry as an `adjust` table asks: keys that are given replace, then
    /// lists are added to and taken from. Says whether that made a difference.
    pub(super) fn adjust(&mut self, entry: &mut Entry, raw: RawAdjust<'_>) -> bool {
        self.misfits(entry, &raw);
        // Those who allow something or set a day know what for, and are told elsewhere when it is not called for.
        let is_aside = |key: &&str| matches!(*key, "allow" | "review-by");
        let (aside, given): (Vec<&str>, Vec<&str>) = raw.given.iter().copied().partition(is_aside);
        let before = entry.values(&given);
        let prefer_grows = !raw.add_prefer.is_empty();
        self.set(entry, raw.keys, raw.span);
        let (more, more_unless) = (self.patterns(raw.add_phrases), self.patterns(raw.add_unless));
        entry.patterns.extend(more);
        entry.unless.extend(more_unless);
        entry.prefer.extend(raw.add_prefer.into_iter().map(|text| self.wording(text)));
        self.remove(&mut entry.patterns, &raw.remove_phrases, "phrases");
        self.remove(&mut entry.unless, &raw.remove_unless, "unless");
        if prefer_grows {
            self.check_prefer(entry, raw.span);
        }
        let empty = entry.patterns.is_empty() && entry.regexes.is_empty();
        if empty && entry.level.is_some() && !raw.remove_phrases.is_empty() {
            let message = format!("nothing is left for `{}` to look for", entry.id);
            let problem = Problem::new(Code::BlankPhrase, self.file, raw.span, message, "removes every phrase");
            self.problems.push(problem.help("to switch a rule off, write `level = \"off\"`"));
        }
        entry.adjusted.push(self.origin(raw.span));
        given.is_empty() && !aside.is_empty() || before != entry.values(&given)
    }

    /// A name of the `[names]` table.
    pub(super) fn name(&mut self, text: &Text<'_>) -> Option<Pattern> {
        let parsed = Pattern::literal(&text.value);
        self.understood(parsed, text)
    }

    /// A list of the `[approved]` table.
    pub(super) fn approved(&mut self, list: RawGroup<'_>) -> Vec<String> {
        let Some(sentences) = list.phrases else { return Vec::new() };
        let mut blank = |span, message: String| {
            let problem = Problem::new(Code::BlankPhrase, self.file, span, message, "approves nothing");
            self.problems.push(problem.help("write a whole sentence, as it stands in the replies, or take it out"));
        };
        if sentences.is_empty() {
            blank(list.name.span, format!("`{}` is an empty list", list.name.value));
        }
        for sentence in sentences.iter().filter(|sentence| !sentence.value.contains(is_word)) {
            blank(sentence.span, "this sentence has no words".to_owned());
        }
        sentences.into_iter().map(|sentence| sentence.value.into_owned()).collect()
    }

    pub(super) fn id(&mut self, category: &Text<'_>, name: &Text<'_>) -> Option<EntryId> {
        let id = EntryId::new(&category.value, &name.value);
        if id.is_none() {
            let odd = if EntryId::new(&category.value, "x").is_none() { category } else { name };
            let message = format!("`{}.{}` cannot be a rule id", category.value, name.value);
            let help = "ids are made of the letters a to z, digits and hyphens, such as `billing.you-owe`; the phrases may be in any script";
            self.problems.push(
                Problem::new(
                    Code::BadId,
                    self.file,
                    odd.span,
                    message,
                    "not in the letters a to z, digits and hyphens",
                )
                .help(help),
            );
        }
        id
    }

    /// Puts the keys that are given into the entry.
    fn set(&mut self, entry: &mut Entry, mut keys: Box<RawKeys<'_>>, span: Span) {
        if let Some(texts) = keys.phrases.take() {
            entry.patterns = self.patterns_of(texts, "phrases", span);
        }
        if matches!(entry.kind, Kind::Require | Kind::Style) {
            self.requirement(entry, &mut keys, span);
        }
        self.care(entry, &mut keys);
        self.when(entry, keys.when, keys.between);
        self.at(entry, keys.at);
        self.near(entry, keys.unless_near, keys.near, span);
        if let Some(text) = keys.says {
            entry.says = Some(text.value.into_owned()).filter(|says| !says.trim().is_empty());
        }
        if let Some(texts) = keys.regex {
            entry.regexes = texts.iter().filter_map(|text| self.regex(text)).collect();
        }
        if let Some(texts) = keys.unless {
            entry.unless = self.patterns(texts);
        }
        let prefer_given = keys.prefer.is_some();
        if let Some(texts) = keys.prefer {
            entry.prefer = texts.into_iter().map(|text| self.wording(text)).collect();
        }
        if let Some(text) = keys.why {
            entry.why = Some(text.value.into_owned()).filter(|why| !why.trim().is_empty());
        }
        if let Some(text) = keys.level
            && let Some(level) = self.one_of(&text, "level", Code::UnknownLevel, &LEVELS)
        {
            entry.level = Level::ALL.into_iter().find(|known| known.as_str() == level);
        }
        let fix_given = keys.fix.is_some();
        if let Some(text) = keys.fix {
            entry.safe_fix = self.one_of(&text, "fix", Code::UnknownValue, &FIXES) == Some("safe");
        }
        if let Some(text) = keys.case {
            let exact = self.one_of(&text, "case", Code::UnknownValue, &CASES) == Some("exact");
            entry.case = if exact { Case::Exact } else { Case::Any };
        }
        if let Some(text) = keys.boundary {
            let none = self.one_of(&text, "boundary", Code::UnknownValue, &BOUNDARIES) == Some("none");
            entry.boundary = if none { Boundary::None } else { Boundary::Word };
        }
        if let Some(texts) = keys.channels {
            entry.channels = texts.into_iter().map(|text| text.value.into_owned()).collect();
        }
        if let Some(examples) = keys.flags {
            entry.flags = self.examples(examples);
        }
        if let Some(examples) = keys.passes {
            entry.passes = self.examples(examples);
        }
        if prefer_given || fix_given {
            self.check_prefer(entry, span);
        }
    }

    fn wording(&self, text: Text<'_>) -> Wording {
        let origin = self.origin(text.part(Span::new(0, text.value.len())));
        Wording::new(text.value.into_owned(), Some(origin))
    }

    /// The patterns of a key, of which there must be one.
    pub(super) fn patterns_of(&mut self, texts: Vec<Text<'_>>, key: &str, span: Span) -> Vec<Pattern> {
        self.not_empty(&texts, key, span);
        self.patterns(texts)
    }

    pub(super) fn patterns(&mut self, texts: Vec<Text<'_>>) -> Vec<Pattern> {
        texts.into_iter().filter_map(|text| self.pattern(&text)).collect()
    }

    fn pattern(&mut self, text: &Text<'_>) -> Option<Pattern> {
        let parsed = Pattern::parse(&text.value, self.resolver);
        self.understood(parsed, text)
    }

    fn understood(&mut self, parsed: Result<Pattern, Vec<Fault>>, text: &Text<'_>) -> Option<Pattern> {
        let span = text.part(Span::new(0, text.value.len()));
        match parsed {
            Ok(pattern) => Some(pattern.at(self.origin(span))),
            Err(faults) => {
                let names: Vec<String> = self.resolver.names().into_iter().map(str::to_owned).collect();
                for problem in faults.iter().filter_map(|fault| problem_of(fault, text, self.file, &names)) {
                    self.problems.push(problem);
                }
                None
            }
        }
    }

    fn regex(&mut self, text: &Text<'_>) -> Option<Expression> {
        if self.file.name.starts_with(BUILTIN) {
            return Some(Expression::known(&text.value));
        }
        let problem = match Expression::new(&text.value) {
            Ok(expression) => return Some(expression),
            Err(Unusable::Pointless(message, help)) => {
                Problem::new(Code::NeverMatches, self.file, text.span, message, "of no use like this").help(help)
            }
            Err(Unusable::Invalid(RegexError::CompiledTooBig(limit))) => {
                let message =
                    format!("this regular expression compiles to more than {limit} bytes, which is the bound");
                Problem::new(Code::RegexTooLarge, self.file, text.span, message, "too large")
                    .help("use smaller repetition counts, or several expressions")
            }
            Err(Unusable::Invalid(error)) => {
                let text_of = error.to_string();
                let cause = text_of.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                let message = format!("this regular expression cannot be read: “{cause}”");
                Problem::new(Code::BadRegex, self.file, text.span, message, "cannot be read")
                    .help("the syntax is that of the Rust crate `regex`, without look-around; `phrases` with `unless` often says the same")
            }
        };
        self.problems.push(problem);
        None
    }

    fn one_of<'k>(&mut self, text: &Text<'_>, key: &str, code: Code, known: &[&'k str]) -> Option<&'k str> {
        let found = known.iter().copied().find(|known| *known == text.value);
        if found.is_none() {
            let near = nearest(&text.value, known.iter().copied())
                .map(|near| format!("did you mean \"{near}\"? "))
                .unwrap_or_default();
            let message = format!("`{key}` does not know \"{}\"", text.value);
            let help = format!("{near}`{key}` takes {}", list(known));
            self.problems.push(Problem::new(code, self.file, text.span, message, "unknown value").help(help));
        }
        found
    }

    fn not_empty(&mut self, texts: &[Text<'_>], key: &str, span: Span) {
        if texts.is_empty() {
            let problem = Problem::new(
                Code::BlankPhrase,
                self.file,
                span,
                format!("`{key}` is an empty list"),
                "nothing to look for",
            );
            self.problems.push(problem.help(format!("write `{key} = [\"…\"]` with at least one phrase")));
        }
    }

    fn examples(&mut self, raw: Vec<RawExample<'_>>) -> Vec<Example> {
        let value = |text: Option<Text<'_>>| text.map(|text| text.value.into_owned());
        let mut example = |raw: RawExample<'_>| Example {
            origin: self.origin(raw.text.span),
            text: raw.text.value.into_owned(),
            customer: value(raw.customer),
            before: value(raw.before),
            channel: value(raw.channel),
            sent_at: raw.sent_at.and_then(|text| self.time(&text)),
            turn: raw.turn,
            situation: value(raw.situation),
        };
        raw.into_iter().map(&mut example).collect()
    }

    /// A time of day, or a moment that shows one.
    fn time(&mut self, text: &Text<'_>) -> Option<TimeOfDay> {
        let time = TimeOfDay::parse(&text.value).or_else(|| TimeOfDay::of_moment(&text.value).ok());
        if time.is_none() {
            let message = format!("`{}` is no time", text.value);
            let problem = Problem::new(Code::UnknownValue, self.file, text.span, message, "not a time");
            self.problems.push(problem.help("write a time of day such as \"09:30\", or 2026-11-27T09:30:00+02:00"));
        }
        time
    }

    fn remove(&mut self, patterns: &mut Vec<Pattern>, texts: &[Text<'_>], what: &str) {
        for text in texts {
            let wanted = Folded::phrase(&text.value, Style::ACCENTED);
            let before = patterns.len();
            patterns.retain(|pattern| Folded::phrase(pattern.source(), Style::ACCENTED) != wanted);
            if patterns.len() == before {
                let known: Vec<&str> = patterns.iter().map(Pattern::source).collect();
                let message = format!("there is no `{}` among its {what}", text.value);
                let help = format!("its {what} are {}", list(&known));
                self.problems
                    .push(Problem::new(Code::NothingToRemove, self.file, text.span, message, "not there").help(help));
            }
        }
    }
}
