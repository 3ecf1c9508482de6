//! What `@group` stands for: the groups of a lexicon, then those of the lexicons it extends.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::alternatives::Alternatives;
use super::fault::problem_of;
use super::parse::{DEEPEST, FaultKind, Groups};
use super::pattern::Pattern;
use super::problem::{Code, Origin, Problem, Problems, SourceFile};
use super::raw::RawGroup;

/// The alternatives of every group that is in reach, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolved {
    groups: HashMap<String, Alternatives>,
    /// Something that is extended could not be read, so that what is not here may well exist.
    pub(super) incomplete: bool,
}

impl Resolved {
    /// The groups, to be resolved with; whether they are all stays known here.
    pub(super) fn take(&mut self) -> Self {
        Self { groups: std::mem::take(&mut self.groups), incomplete: self.incomplete }
    }

    pub(super) fn extend(&mut self, more: Self) {
        self.groups.extend(more.groups);
        self.incomplete |= more.incomplete;
    }
}

/// Resolves groups as phrases ask for them, each once.
pub(super) struct Resolver<'r> {
    file: &'r Arc<SourceFile>,
    own: HashMap<&'r str, &'r RawGroup<'r>>,
    inherited: Resolved,
    done: HashMap<String, Option<Alternatives>>,
    /// Inherited groups that a phrase has asked for.
    pub(super) borrowed: HashSet<String>,
    /// The groups that are being resolved right now, outermost first.
    open: Vec<String>,
    problems: Vec<Problem>,
}

impl<'r> Resolver<'r> {
    pub(super) fn new(file: &'r Arc<SourceFile>, groups: &'r [RawGroup<'r>], inherited: Resolved) -> Self {
        let own = groups.iter().map(|group| (&*group.name.value, group)).collect();
        Self {
            file,
            own,
            inherited,
            done: HashMap::new(),
            borrowed: HashSet::new(),
            open: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The groups that can be referred to, for a suggestion.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.own.keys().copied().chain(self.inherited.groups.keys().map(String::as_str)).collect();
        names.sort_unstable();
        names
    }

    /// The groups of its own that no phrase has asked for, and where each is named.
    pub(super) fn unused(&self) -> Vec<(String, Origin)> {
        let groups = self.own.values().filter(|group| !self.done.contains_key(&*group.name.value));
        let origin = |group: &RawGroup<'_>| Origin { file: Arc::clone(self.file), span: group.name.span };
        let mut unused: Vec<(String, Origin)> =
            groups.map(|group| (group.name.value.clone().into_owned(), origin(group))).collect();
        unused.sort_unstable_by_key(|(_, origin)| origin.span);
        unused
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
        all.groups.extend(self.done.into_iter().filter_map(|(name, alternatives)| Some((name, alternatives?))));
        all
    }
}

impl Groups for Resolver<'_> {
    fn resolve(&mut self, name: &str) -> Result<Alternatives, FaultKind> {
        if let Some(done) = self.done.get(name) {
            return done.clone().ok_or(FaultKind::FaultyGroup);
        }
        if let Some(at) = self.open.iter().position(|open| open == name) {
            let path: Vec<&str> = self.open.iter().skip(at).map(String::as_str).chain([name]).collect();
            return Err(FaultKind::GroupCycle(path.join(" → @")));
        }
        let Some(&group) = self.own.get(name) else {
            let missing = || {
                if self.inherited.incomplete {
                    FaultKind::FaultyGroup
                } else {
                    FaultKind::UnknownGroup(name.to_owned())
                }
            };
            let inherited = self.inherited.groups.get(name).cloned().ok_or_else(missing)?;
            self.borrowed.insert(name.to_owned());
            return Ok(inherited);
        };
        // It is no list, which was reported.
        let Some(phrases) = &group.phrases else { return Err(FaultKind::FaultyGroup) };
        if self.open.len() >= DEEPEST {
            return Err(FaultKind::TooDeep);
        }
        self.open.push(name.to_owned());
        let (mut alternatives, mut is_whole) = (Vec::with_capacity(phrases.len()), !phrases.is_empty());
        for phrase in phrases {
            match Pattern::parse_part(&phrase.value, self) {
                Ok(elements) => alternatives.push(elements),
                Err(faults) => {
                    is_whole = false;
                    let names: Vec<String> = self.names().into_iter().map(str::to_owned).collect();
                    let known = faults.iter().filter_map(|fault| problem_of(fault, phrase, self.file, &names));
                    self.problems.extend(known.collect::<Vec<_>>());
                }
            }
        }
        self.open.pop();
        if phrases.is_empty() {
            let problem = Problem::new(
                Code::BlankPhrase,
                self.file,
                group.name.span,
                format!("the group `{name}` is empty"),
                "no phrases",
            );
            self.problems.push(
                problem.help(format!("write `{name} = [\"…\"]` with at least one phrase, or take the group out")),
            );
        }
        let alternatives = is_whole.then(|| Alternatives::from(alternatives));
        self.done.insert(name.to_owned(), alternatives.clone());
        alternatives.ok_or(FaultKind::FaultyGroup)
    }
}
