//! Every string that is written in the source of the tool, tests aside: a message that nobody has ever
//! seen is a message too.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use regex::{Captures, Regex};
use syn::Lit;

use super::Said;

/// All of them, each with its file.
pub(super) fn literals() -> Vec<Said> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut said = Vec::new();
    for file in files(&root.join("src")) {
        let tokens: TokenStream = fs::read_to_string(&file).unwrap().parse().unwrap();
        let mut texts = Vec::new();
        collect(tokens, &mut texts);
        let place = file.strip_prefix(root).unwrap().display().to_string();
        said.extend(texts.into_iter().map(|text| Said::new(&place, without_arguments(&text))));
    }
    said
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn collect(tokens: TokenStream, texts: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut is_test = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                // An attribute, of what follows or of what it stands in.
                tokens.next_if(|next| matches!(next, TokenTree::Punct(sign) if sign.as_char() == '!'));
                let Some(TokenTree::Group(attribute)) = tokens.next_if(is_bracketed) else { continue };
                let written = attribute.stream().to_string();
                is_test |= written == "cfg (test)" || written == "cfg(test)";
                // What clap says; a doc comment that it says comes with the help.
                if ["command", "arg", "value"].iter().any(|name| written.starts_with(name)) {
                    collect(attribute.stream(), texts);
                }
            }
            TokenTree::Group(group) => {
                if !std::mem::take(&mut is_test) || group.delimiter() != Delimiter::Brace {
                    collect(group.stream(), texts);
                }
            }
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal) {
                    texts.push(text.value());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

fn is_bracketed(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

/// What will be put into a message is not known here.
fn without_arguments(format: &str) -> String {
    let braces = Regex::new(r"\{\{|\}\}|\{[^{}]*\}").unwrap();
    let shown = |found: &Captures<'_>| if found[0].len() == 2 && &found[0] != "{}" { "" } else { "{{value}}" };
    braces.replace_all(format, shown).into_owned()
}
