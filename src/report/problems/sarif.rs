//! Problems as a log of SARIF 2.1.0, whose artifacts are the files of the lexicon and whose rules are the codes.

use std::collections::HashMap;
use std::io::{self, Write};

use super::{Checked, message, with_lines};
use crate::lexicon::{Code, Problem, SourceError};
use crate::report::sarif_log::{
    Configuration, Descriptor, Hit, Invocation, Location, Log, Notification, Region, Rule, Text,
};
use crate::text::LineIndex;

/// Writes one document. When nothing at all could be read it has no `results`, for an empty list of them would
/// mean that all is well.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn sarif(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: Vec<Code> = Vec::new();
    let mut results = Vec::with_capacity(checked.problems.len());
    let mut seen = HashMap::new();
    with_lines(&checked.problems, |problem, lines| {
        let code = problem.code();
        let index = rules.iter().position(|known| *known == code).unwrap_or_else(|| {
            rules.push(code);
            rules.len() - 1
        });
        let hit = Hit::of_problem(problem, index, lines);
        // The same while lines come and go around it.
        let print = format!("{}:{problem}", code.as_str());
        let occurrence = seen.entry(print.clone()).or_insert(0);
        *occurrence += 1;
        let partial_fingerprints = [("problemOccurrence/v1", format!("{print}:{occurrence}"))].into();
        results.push(Hit { partial_fingerprints, ..hit });
    });
    let is_read = checked.unread.is_empty() || !checked.problems.is_empty();
    let invocation = Invocation {
        execution_successful: checked.unread.is_empty(),
        tool_execution_notifications: checked.unread.iter().map(Notification::unread).collect(),
    };
    let log = Log::of(rules.into_iter().map(Rule::of_code).collect(), invocation, is_read.then_some(results));
    serde_json::to_writer(&mut *out, &log)?;
    writeln!(out)
}

impl Hit {
    fn of_problem(problem: &Problem, rule_index: usize, lines: &LineIndex<'_>) -> Self {
        let file = problem.file();
        let region = Region::new(problem.span(), &file.text, lines);
        Self {
            rule_id: problem.code().as_str().to_owned(),
            rule_index,
            level: level(problem.code()),
            message: Text::message(&message(&problem.to_string(), problem.remedy())),
            locations: [Location::new(&file.name, Some(region))],
            partial_fingerprints: [].into(),
            fixes: Vec::new(),
        }
    }
}

impl Notification {
    fn unread(unread: &SourceError) -> Self {
        Self {
            descriptor: Some(Descriptor { id: "unread-lexicon" }),
            level: "error",
            message: Text::message(&message(&unread.message, Some(&unread.help))),
            locations: Vec::new(),
        }
    }
}

impl Rule {
    fn of_code(code: Code) -> Self {
        let text = || Text::message(code.description());
        Self {
            id: code.as_str().to_owned(),
            short_description: text(),
            full_description: text(),
            help: text(),
            default_configuration: Configuration { level: level(code) },
        }
    }
}

/// What the standard calls the severity of a code.
const fn level(code: Code) -> &'static str {
    if code.is_warning() { "warning" } else { "error" }
}
