//! What `@group` stands for: the groups of a lexicon, then those of the lexicons it extends.

use std::collections::HashMap;
use std::sync::Arc;

use super::fault::problem_of;
use super::parse::{FaultKind, Groups};
use super::pattern::{Element, Pattern};
use super::problem::{Problem, Problems, SourceFile};
use super::raw::RawGroup;

/// The alternatives of every group that is in reach, by name.
pub(super) type Resolved = HashMap<String, Vec<Vec<Element>>>;

/// Resolves groups as phrases ask for them, each once.
pub(super) struct Resolver<'r> {
    file: &'r Arc<SourceFile>,
    own: HashMap<&'r str, &'r RawGroup>,
    inherited: Resolved,
    done: HashMap<String, Option<Vec<Vec<Element>>>>,
    /// The groups that are being resolved right now, outermost first.
    open: Vec<String>,
    problems: Vec<Problem>,
}

impl<'r> Resolver<'r> {
    pub(super) fn new(file: &'r Arc<SourceFile>, groups: &'r [RawGroup], inherited: Resolved) -> Self {
        let own = groups.iter().map(|group| (group.name.value.as_str(), group)).collect();
        Self { file, own, inherited, done: HashMap::new(), open: Vec::new(), problems: Vec::new() }
    }

    /// The groups that can be referred to, for a suggestion.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.own.keys().copied().chain(self.inherited.keys().map(String::as_str)).collect();
        names.sort_unstable();
        names
    }

    /// Resolves what nobody asked for too, reports all that is wrong with groups, and hands on
    /// what lexicons that extend this one may use.
    pub(super) fn finish(mut self, problems: &mut Problems) -> Resolved {
        let mut names: Vec<&str> = self.own.keys().copied().collect();
        names.sort_unstable();
        for name in names {
            let _ = self.resolve(name);
        }
        for problem in self.problems {
            problems.push(problem);
        }
        let mut all = self.inherited;
        all.extend(self.done.into_iter().filter_map(|(name, alternatives)| Some((name, alternatives?))));
        all
    }
}

impl Groups for Resolver<'_> {
    fn resolve(&mut self, name: &str) -> Result<Vec<Vec<Element>>, FaultKind> {
        if let Some(done) = self.done.get(name) {
            return done.clone().ok_or(FaultKind::FaultyGroup);
        }
        if let Some(at) = self.open.iter().position(|open| open == name) {
            let path: Vec<&str> = self.open.iter().skip(at).map(String::as_str).chain([name]).collect();
            return Err(FaultKind::GroupCycle(path.join(" → @")));
        }
        let Some(&group) = self.own.get(name) else {
            return self.inherited.get(name).cloned().ok_or_else(|| FaultKind::UnknownGroup(name.to_owned()));
        };
        self.open.push(name.to_owned());
        let mut alternatives = Some(Vec::new());
        for phrase in &group.phrases {
            match Pattern::parse_part(&phrase.value, self) {
                Ok(elements) => alternatives.iter_mut().for_each(|all| all.push(elements.clone())),
                Err(faults) => {
                    alternatives = None;
                    let names: Vec<String> = self.names().into_iter().map(str::to_owned).collect();
                    let known = faults.iter().filter_map(|fault| problem_of(fault, phrase, self.file, &names));
                    self.problems.extend(known.collect::<Vec<_>>());
                }
            }
        }
        self.open.pop();
        self.done.insert(name.to_owned(), alternatives.clone());
        alternatives.ok_or(FaultKind::FaultyGroup)
    }
}
