//! Rules of Vale: `substitution` swaps one wording for another, and every swap is a rule here; `existence` lists
//! what is not wanted, and the list is one rule. Its other kinds look at things that a phrase cannot say.

use super::expressions::{Manner, expression, plain};
use super::yaml::Node;
use super::{Rule, Rules};
use crate::lexicon::{Level, SourceError};

/// Keys that need no note: they say what is so here anyway, or nothing about what is found.
const HARMLESS: [&str; 12] = [
    "extends",
    "message",
    "description",
    "level",
    "link",
    "ignorecase",
    "nonword",
    "swap",
    "tokens",
    "raw",
    "exceptions",
    "capitalize",
];

/// Scopes that a reply has.
const OF_TEXT: [&str; 6] = ["text", "paragraph", "sentence", "summary", "raw", "list"];

pub(super) fn read(document: &Node, rules: &mut Rules) -> Result<(), SourceError> {
    let Some(kind) = document.get("extends") else {
        return Err(SourceError {
            message: format!("{}:{}: this is no rule of Vale: it has no `extends`", rules.file, document.line),
            help: "name the folder of a style or its .yml files, or say with --from what wrote it".to_owned(),
        });
    };
    let called = name_of(&rules.file);
    let kind_name = kind.text().unwrap_or_default();
    let mut left_out = |line, why: String| {
        let rule = Rule { line, shown: called.clone(), notes: vec![why], ..Rule::default() };
        rules.list.push(rule);
    };
    if !matches!(kind_name, "substitution" | "existence") {
        left_out(kind.line, format!("a rule that extends `{kind_name}` has no counterpart"));
        return Ok(());
    }
    let scopes: Vec<&str> =
        document.get("scope").map(Node::items).unwrap_or_default().iter().filter_map(|scope| scope.text()).collect();
    let of_text = |scope: &&str| OF_TEXT.iter().any(|known| scope.split('.').next() == Some(known));
    if !scopes.is_empty() && !scopes.iter().any(of_text) {
        left_out(kind.line, format!("it looks at no more than `{}`, of which a reply has none", scopes.join("`, `")));
        return Ok(());
    }
    notes(document, rules);
    let style = Style {
        message: document.get("message").and_then(Node::text).unwrap_or_default(),
        level: match document.get("level").and_then(Node::text) {
            Some("suggestion") => Some(Level::Advice),
            Some("error") => Some(Level::Error),
            _ => None,
        },
        exceptions: document.get("exceptions").map(Node::items).unwrap_or_default(),
        manner: Manner {
            exact: !document.get("ignorecase").is_some_and(Node::is_true),
            bounded: !document.get("nonword").is_some_and(Node::is_true),
            sentences: scopes.contains(&"sentence"),
            empty: None,
        },
    };
    match kind_name {
        "substitution" => substitution(document, &style, rules),
        _ => existence(document, called, &style, rules),
    }
}

/// What all rules of a file share.
struct Style<'n> {
    message: &'n str,
    level: Option<Level>,
    exceptions: Vec<&'n Node>,
    manner: Manner,
}

impl Style<'_> {
    fn rule(&self, line: usize, shown: String) -> Rule {
        let mut rule = Rule { line, shown, level: self.level, ..Rule::default() };
        for exception in self.exceptions.iter().filter_map(|node| node.text()) {
            match expression(exception, self.manner) {
                Ok(carried) if carried.regexes.is_empty() && carried.unless.is_empty() => {
                    rule.unless.extend(carried.phrases);
                }
                Ok(_) | Err(_) => rule.note(format!("no phrase says the exception `{exception}`")),
            }
        }
        rule
    }
}

fn substitution(document: &Node, style: &Style<'_>, rules: &mut Rules) -> Result<(), SourceError> {
    let Some(swap) = document.get("swap").filter(|swap| swap.is_map() || swap.is_list()) else {
        return Err(lacks(document, "swap", rules));
    };
    // A list of pairs keeps their order there.
    let pairs = swap.pairs().iter().chain(swap.items().into_iter().flat_map(Node::pairs));
    for (from, to) in pairs {
        let (Some(from_text), to_text) = (from.text(), to.text().unwrap_or_default()) else {
            rules.notes.push((from.line, "a swap with nothing to look for is left out".to_owned()));
            continue;
        };
        let mut rule = style.rule(from.line, from_text.to_owned());
        let wordings = wordings(to_text);
        rule.look_for(expression(from_text, style.manner), None);
        for wording in &wordings {
            rule.wording(wording, Some(from_text));
        }
        let found = rule.phrases.first().filter(|phrase| plain(phrase).is_some());
        let found = found.map_or_else(|| "this".to_owned(), |phrase| format!("“{phrase}”"));
        let said: Vec<String> = rule.prefer.iter().map(|wording| format!("“{wording}”")).collect();
        rule.why = why(style.message, &[said.join(" or "), found]);
        rules.list.push(rule);
    }
    Ok(())
}

/// What to say instead: parted by `|`, or each in quotes with an `or` between them.
fn wordings(text: &str) -> Vec<String> {
    let quoted = |text: &str| -> Option<Vec<String>> {
        let parts = text.split(" or ").flat_map(|part| part.split(", "));
        let mut wordings = Vec::new();
        for part in parts {
            wordings.push(part.trim().strip_prefix('\'')?.strip_suffix('\'')?.to_owned());
        }
        Some(wordings).filter(|wordings| wordings.iter().all(|wording| !wording.is_empty() && !wording.contains('\'')))
    };
    let each = || text.split('|').map(|wording| wording.trim().to_owned()).collect();
    quoted(text).unwrap_or_else(each)
}

fn existence(document: &Node, called: String, style: &Style<'_>, rules: &mut Rules) -> Result<(), SourceError> {
    let (tokens, raw) = (document.get("tokens"), document.get("raw"));
    let Some(first) = tokens.or(raw) else { return Err(lacks(document, "tokens", rules)) };
    let texts = |node: Option<&Node>| -> Vec<(usize, String)> {
        let items = node.map(Node::items).unwrap_or_default();
        items.iter().filter_map(|node| node.text().map(|text| (node.line, text.to_owned()))).collect()
    };
    let (mut tokens, raw) = (texts(tokens), texts(raw));
    let mut manner = style.manner;
    if !raw.is_empty() {
        // They make one expression there, together with the tokens, and no borders are added to them.
        let mut whole: String = raw.iter().map(|(_, text)| text.as_str()).collect();
        if !tokens.is_empty() {
            let each: Vec<&str> = tokens.iter().map(|(_, text)| text.as_str()).collect();
            let border = if manner.bounded { r"\b" } else { "" };
            whole.extend([border, "(?:", &each.join("|"), ")", border]);
        }
        manner.bounded = false;
        tokens = vec![(raw[0].0, whole)];
    }
    let mut rule = style.rule(first.line, called.clone());
    rule.name = Some(called);
    let single = tokens.len() == 1;
    for (_, token) in &tokens {
        rule.look_for(expression(token, manner), Some(token.as_str()).filter(|_| !single));
    }
    let found = match (&rule.phrases[..], single) {
        ([phrase], true) if plain(phrase).is_some() => format!("“{phrase}”"),
        _ => "this".to_owned(),
    };
    rule.why = why(style.message, &[found]);
    rules.list.push(rule);
    Ok(())
}

/// The message, with what is found and what is to be said in place of `%s`.
fn why(message: &str, values: &[String]) -> Option<String> {
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = String::new();
    let mut rest = message.as_str();
    let mut values = values.iter();
    while let Some((before, behind)) = rest.split_once("%s") {
        let value = values.next().map_or("…", String::as_str);
        // Its own quotation marks stand there already.
        let marks = ['\'', '"', '`'];
        let bare = before.strip_suffix(marks).zip(behind.strip_prefix(marks));
        let (before, behind) = bare.unwrap_or((before, behind));
        text.extend([before, value]);
        rest = behind;
    }
    text.push_str(rest);
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let text = first + chars.as_str();
    Some(text).filter(|text| !text.trim().is_empty())
}

/// What of the file has no counterpart.
fn notes(document: &Node, rules: &mut Rules) {
    for (key, value) in document.pairs() {
        let name = key.text().unwrap_or_default();
        let note = match name {
            "link" => {
                rules.remarks.extend(value.text().map(|link| link.split_whitespace().collect::<Vec<_>>().join(" ")));
                continue;
            }
            "scope" => {
                let narrow = value
                    .items()
                    .iter()
                    .filter_map(|scope| scope.text())
                    .any(|scope| !matches!(scope, "text" | "sentence"));
                if !narrow {
                    continue;
                }
                "`scope` is left out: the whole reply is looked at".to_owned()
            }
            "action" => {
                let action = value.get("name").and_then(Node::text).unwrap_or_default();
                if matches!(action, "" | "replace" | "suggest") {
                    continue;
                }
                format!("`action: {action}` is left out")
            }
            "vocab" => "`vocab` is left out: [names] lists what is never flagged".to_owned(),
            known if HARMLESS.contains(&known) => continue,
            other => format!("`{other}` is left out"),
        };
        rules.notes.push((key.line, note));
    }
}

fn lacks(document: &Node, key: &str, rules: &Rules) -> SourceError {
    SourceError {
        message: format!("{}:{}: this rule of Vale has no `{key}`", rules.file, document.line),
        help: format!("add `{key}`, or leave the file out"),
    }
}

/// What a rule is called: its file, without folders and extension.
fn name_of(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
