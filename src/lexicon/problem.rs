//! What can be wrong with a lexicon, said to the trainer who wrote it: which file, which
//! place, what is wrong and what to do. Findings about a *reply* are another thing, in
//! [`crate::lint`].

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, Severity, SourceCode, SourceSpan, SpanContents,
};

use crate::text::Span;

/// One file of a lexicon, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// How to name it to a person: a path, or `builtin:en/command.toml`.
    pub name: String,
    /// Its text; none when it was not read, because a compiled form was.
    pub text: String,
}

/// A place in a lexicon file.
#[derive(Clone)]
pub struct Origin {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes.
    pub span: Span,
}

/// One mistake in a lexicon, with its place and its remedy.
#[derive(Debug, Clone)]
pub struct Problem {
    code: Code,
    message: String,
    help: Option<String>,
    file: Arc<SourceFile>,
    labels: Vec<(Span, String)>,
}

/// Every mistake that was found in one run, sorted by file name and place.
#[derive(Debug, Clone, Default)]
pub struct Problems(Vec<Problem>);

macro_rules! codes {
    ($($severity:ident { $($variant:ident $name:literal $description:literal;)+ })+) => {
        /// The kinds of mistakes. The name is stable; the wording of a message is not.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $description] $variant,)+)+
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$($(Self::$variant),+),+];

            /// The stable name, such as `unknown-key`.
            pub const fn as_str(self) -> &'static str {
                match self { $($(Self::$variant => $name,)+)+ }
            }

            /// What it means, in one sentence.
            pub const fn description(self) -> &'static str {
                match self { $($(Self::$variant => $description,)+)+ }
            }

            /// How grave it is: a lexicon with an error is not used, one with warnings is.
            pub const fn severity(self) -> Severity {
                match self { $($(Self::$variant => Severity::$severity,)+)+ }
            }
        }
    };
}

codes! {
    Error {
        Syntax "syntax" "The file is not valid TOML at this place.";
        UnclosedList "unclosed-list" "A list that begins with `[` has no `]`.";
        UnknownKey "unknown-key" "A key or table that replylint does not know.";
        MissingKey "missing-key" "A table lacks a key that it needs.";
        WrongType "wrong-type" "A value is of another type than its key takes.";
        UnknownValue "unknown-value" "A value is not one of those that its key takes.";
        UnknownLevel "unknown-level" "A level is not error, warning, advice or off.";
        UnknownLanguage "unknown-language" "A language is not written as a BCP 47 tag.";
        BadId "bad-id" "A rule id is not `category.name` in ASCII letters, digits and hyphens.";
        DuplicateId "duplicate-id" "One rule id is defined twice.";
        DuplicatePhrase "duplicate-phrase" "Two entries of one lexicon hold the same phrase.";
        MisplacedTable "misplaced-table" "A table stands in a file that may only hold entries.";
        BlankPhrase "blank-phrase" "A phrase has no visible character, or every word of it is optional.";
        UnbalancedBracket "unbalanced-bracket" "A bracket in a phrase has no partner.";
        PhraseSyntax "phrase-syntax" "A special character in a phrase stands where it means nothing.";
        UnknownSlot "unknown-slot" "A slot such as `{number}` is not one that replylint knows.";
        UnknownGroup "unknown-group" "No group of this name is in reach.";
        GroupCycle "group-cycle" "A group contains itself.";
        NeverMatches "never-matches" "A pattern that no reply can ever contain: a web address, or `colou?r`, where the question mark is one.";
        NoFixedWord "no-fixed-word" "A pattern without any fixed word to look for.";
        PhraseTooLarge "phrase-too-large" "A phrase is longer or more deeply nested than its bound.";
        TooManyForms "too-many-forms" "A pattern stands for more forms than the bound of 100,000.";
        BadRegex "bad-regex" "A regular expression does not compile.";
        RegexTooLarge "regex-too-large" "A regular expression compiles to more than its bound.";
        ExtendsMissing "extends-missing" "A lexicon that is extended cannot be read.";
        ExtendsCycle "extends-cycle" "A lexicon extends itself.";
        ExtendsLanguage "extends-language" "A lexicon extends one of another language.";
        UnknownRule "unknown-rule" "An `adjust` or a condition names a rule that is not there.";
        UnknownSituation "unknown-situation" "A condition names a situation that no `[situation.…]` defines.";
        NothingToRemove "nothing-to-remove" "A phrase to remove is not in the entry.";
        FixWithBlank "fix-with-blank" "A safe fix whose wording leaves a blank to fill, or has no wording at all.";
    }
    Warning {
        InheritedPhrase "inherited-phrase" "An entry holds a phrase that an inherited entry holds too.";
        PreferFlagged "prefer-flagged" "A wording of `prefer` is itself flagged by an entry.";
        RecommendFlagged "recommend-flagged" "A phrase is recommended by one entry and flagged by another.";
        ShadowedPhrase "shadowed-phrase" "Wherever a phrase stands, another entry speaks in its place.";
        NearDuplicate "near-duplicate" "Two entries hold phrases that differ in small words only.";
        IdleUnless "idle-unless" "An exception shares no word with any phrase of its entry, so that it makes no difference.";
        IdleAdjust "idle-adjust" "An `adjust` leaves the entry as it is.";
        FixFlagged "fix-flagged" "What a safe fix puts in is flagged again.";
        FixCase "fix-case" "What a safe fix puts in has a capital where none belongs, or none where one does.";
        OtherScript "other-script" "A phrase has no letter of the script that its language is written in.";
        MixedScripts "mixed-scripts" "A word holds a letter of another script that looks like one of its own.";
        MissingExamples "missing-examples" "An entry has no `flags`, or no `passes`.";
        UnusedGroup "unused-group" "No phrase uses a group.";
        ReviewDue "review-due" "The day is past on which an entry was to be looked at again.";
        UnusedAllow "unused-allow" "An `allow` that nothing here calls for.";
    }
}

impl Code {
    /// Whether a lexicon that has it can still be used.
    pub const fn is_warning(self) -> bool {
        matches!(self.severity(), Severity::Warning)
    }

    /// Whether the `allow` of an entry may name it: warnings about entries can be let stand, errors never, nor what
    /// an `allow` itself is warned of.
    pub const fn can_be_allowed(self) -> bool {
        self.is_warning() && !matches!(self, Self::UnusedGroup | Self::UnusedAllow)
    }
}

impl Origin {
    /// The line of the file on which it begins, from 1.
    pub fn line(&self) -> usize {
        1 + self.file.text.get(..self.span.start).unwrap_or_default().matches('\n').count()
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.span == other.span && self.file.name == other.file.name
    }
}

impl Eq for Origin {}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.file.text.is_empty() {
            return f.write_str(&self.file.name);
        }
        write!(f, "{}:{}", self.file.name, self.line())
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{:?}", self.file.name, self.span)
    }
}

impl Problem {
    pub(crate) fn new(
        code: Code,
        file: &Arc<SourceFile>,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self { code, message: message.into(), help: None, file: Arc::clone(file), labels: vec![(span, label.into())] }
    }

    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub(crate) fn and_label(mut self, span: Span, label: impl Into<String>) -> Self {
        self.labels.push((span, label.into()));
        self
    }

    /// Which kind of mistake it is.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The file it is in.
    pub fn file(&self) -> &SourceFile {
        &self.file
    }

    /// The bytes of the file that it is about.
    pub fn span(&self) -> Span {
        self.labels[0].0
    }

    /// Every place of the file that it points at, the first being what it is about, and what is said there.
    pub fn places(&self) -> impl Iterator<Item = (Span, &str)> {
        self.labels.iter().map(|(span, label)| (*span, label.as_str()))
    }

    /// What to do about it.
    pub fn remedy(&self) -> Option<&str> {
        self.help.as_deref()
    }

    fn place(&self) -> (&str, Span) {
        (&self.file.name, self.span())
    }

    /// The line of the file on which it is, from 1.
    pub fn line(&self) -> usize {
        Origin { file: Arc::clone(&self.file), span: self.span() }.line()
    }

    /// Where the line begins on which it is.
    fn line_start(&self) -> usize {
        let before = self.file.text.get(..self.span().start).unwrap_or_default();
        before.rfind('\n').map_or(0, |at| at + 1)
    }

    /// Whether the lexicon can still be used.
    pub fn is_warning(&self) -> bool {
        self.code.is_warning()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code.as_str()))
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.code.severity())
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&*self.file)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(
            self.labels.iter().map(|(span, label)| LabeledSpan::new(Some(label.clone()), span.start, span.len())),
        ))
    }
}

impl SourceCode for SourceFile {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.text.read_span(span, before, after)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            contents.data(),
            *contents.span(),
            contents.line(),
            contents.column(),
            contents.line_count(),
        )))
    }
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Whether nothing is wrong at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether any of them keeps the lexicon from being used.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| !problem.is_warning())
    }

    /// All of them, sorted by file name and place.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// These and more, in the order of all.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self.in_order()
    }

    /// Sorted, none twice, and without what only follows from a syntax error.
    pub(crate) fn in_order(self) -> Self {
        let mut problems = self.0;
        problems.sort_by(|a, b| a.place().cmp(&b.place()));
        problems.dedup_by(|a, b| a.place() == b.place() && a.code == b.code && a.message == b.message);
        let is_syntax = |problem: &Problem| matches!(problem.code, Code::Syntax | Code::UnclosedList);
        let line = |problem: &Problem| (problem.file.name.clone(), problem.line_start());
        let broken: HashSet<_> = problems.iter().filter(|problem| is_syntax(problem)).map(line).collect();
        // A list that nobody closed takes in what stands below it, to the next table.
        let taken_in = |problem: &Problem| {
            let text = &problem.file.text;
            let below = text.get(problem.span().start..).unwrap_or_default();
            let end = below.find("\n[").map_or(text.len(), |end| problem.span().start + end);
            (problem.file.name.clone(), Span::new(problem.span().start, end))
        };
        let open: Vec<_> = problems.iter().filter(|problem| problem.code == Code::UnclosedList).map(taken_in).collect();
        let follows = |problem: &Problem| {
            let at = problem.span().start;
            broken.contains(&line(problem))
                || open.iter().any(|(file, taken)| *file == problem.file.name && (taken.start..taken.end).contains(&at))
        };
        problems.retain(|problem| broken.is_empty() || is_syntax(problem) || !follows(problem));
        Self(problems)
    }
}

impl<'p> IntoIterator for &'p Problems {
    type Item = &'p Problem;
    type IntoIter = std::slice::Iter<'p, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.0.iter().filter(|problem| !problem.is_warning()).count();
        write!(f, "the lexicon has {errors} {}", if errors == 1 { "mistake" } else { "mistakes" })
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
