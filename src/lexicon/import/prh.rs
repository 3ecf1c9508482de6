//! Rules of prh: what is expected, and the patterns that stand for it. Patterns are literal, or JavaScript's
//! regular expressions between slashes; a rule without one looks for other spellings of what is expected.

use super::expressions::{Manner, expression, words};
use super::source::groups_of;
use super::yaml::Node;
use super::{Rule, Rules};
use crate::lexicon::SourceError;

pub(super) fn read(document: &Node, rules: &mut Rules) -> Result<(), SourceError> {
    let listed = document.get("rules");
    if !["rules", "imports", "targets"].iter().any(|key| document.get(key).is_some()) {
        return Err(SourceError {
            message: format!("{}:{}: this is no file of prh: it has no `rules`", rules.file, document.line),
            help: "name a file in which `rules:` begins a list, or say with --from what wrote it".to_owned(),
        });
    }
    for (key, value) in document.pairs() {
        let note = match key.text().unwrap_or_default() {
            "version" | "meta" | "rules" => continue,
            "imports" => {
                let files: Vec<&str> =
                    value.items().iter().filter_map(|item| item.text().or_else(|| item.get("path")?.text())).collect();
                if files.is_empty() {
                    continue;
                }
                format!("`{}` is imported there, and is not read: name it on the command line too", files.join("`, `"))
            }
            other => format!("`{other}` is left out"),
        };
        rules.notes.push((key.line, note));
    }
    for item in listed.map(Node::items).unwrap_or_default() {
        let rule = rule(item);
        rules.list.push(rule);
    }
    Ok(())
}

fn rule(node: &Node) -> Rule {
    let expected = node.text().or_else(|| node.get("expected")?.text()).unwrap_or_default();
    let mut rule = Rule { line: node.line, shown: expected.to_owned(), ..Rule::default() };
    if expected.is_empty() {
        rule.note("it says nothing of what is expected");
        return rule;
    }
    let message = node.get("prh").and_then(Node::text).unwrap_or_default();
    rule.why = Some(message.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|why| !why.is_empty());
    let options = node.get("options");
    let bounded = options.and_then(|options| options.get("wordBoundary")).is_some_and(Node::is_true);
    let empty =
        node.get("regexpMustEmpty").and_then(Node::text).and_then(|group| group.trim_start_matches('$').parse().ok());
    let manner = Manner { exact: true, bounded, sentences: false, empty };
    let given = node.get("pattern").filter(|node| !node.items().is_empty()).or_else(|| node.get("patterns"));
    let patterns = given.map(Node::items).unwrap_or_default();
    if patterns.is_empty() {
        // Other capitals, other widths.
        rule.look_for(words(expected, Manner { exact: false, ..manner }), None);
    }
    let single = patterns.len() == 1;
    let mut sources = Vec::new();
    for pattern in patterns.iter().filter_map(|node| node.text()) {
        let carried = match slashed(pattern) {
            Some((source, flags)) => {
                sources.push(source);
                expression(source, Manner { exact: !flags.contains('i'), ..manner })
            }
            None => words(pattern, manner),
        };
        rule.look_for(carried, Some(pattern).filter(|_| !single));
    }
    let most = sources.iter().max_by_key(|source| groups_of(source)).copied();
    rule.wording(expected, most);
    examples(node, &mut rule);
    for (key, _) in node.pairs() {
        let known = ["expected", "pattern", "patterns", "regexpMustEmpty", "options", "specs", "prh"];
        let key = key.text().unwrap_or_default();
        if !known.contains(&key) {
            rule.note(format!("`{key}` is left out"));
        }
    }
    rule
}

/// What stands between slashes, and the flags behind them.
fn slashed(pattern: &str) -> Option<(&str, &str)> {
    let (source, flags) = pattern.strip_prefix('/')?.rsplit_once('/')?;
    flags.bytes().all(|flag| b"gimyus".contains(&flag)).then_some((source, flags))
}

/// Its `specs`: what is changed is to be flagged, what stays is not.
fn examples(node: &Node, rule: &mut Rule) {
    for spec in node.get("specs").map(Node::items).unwrap_or_default() {
        let text = |key| spec.get(key).and_then(Node::text);
        match (text("from"), text("to")) {
            (Some(from), Some(to)) if from == to => rule.passes.push(from.to_owned()),
            (Some(from), Some(_)) => rule.flags.push(from.to_owned()),
            _ => rule.note("an example without `from` and `to` is left out"),
        }
    }
}
