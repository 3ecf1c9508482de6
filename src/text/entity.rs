//! Entities of HTML, one at a time, so that each keeps its place.

use html5gum::{Token, Tokenizer};

/// Letters that the name of an entity may have.
const LONGEST_ENTITY: usize = 40;

/// The entity that a text begins with: its length and what it stands for. Some need no semicolon.
pub(super) fn entity(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let name = bytes.iter().skip(1).take(LONGEST_ENTITY);
    let len = 1 + name.take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    if len == 1 {
        return None;
    }
    let written = text.get(..len + usize::from(bytes.get(len) == Some(&b';')))?;
    // An error comes first where the semicolon is missing.
    let string = Tokenizer::new(written).flatten().find_map(|token| match token {
        Token::String(string) => Some(string.value.to_vec()),
        Token::StartTag(_) | Token::EndTag(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => None,
    })?;
    let decoded = String::from_utf8(string).ok()?;
    if decoded == written {
        return None;
    }
    if written.ends_with(';') && !decoded.ends_with(';') {
        return Some((written.len(), decoded));
    }
    // "&nbspyou": the letters behind the entity are only letters.
    let first = decoded.chars().next()?;
    let behind = decoded.len() - first.len_utf8();
    Some((written.len().checked_sub(behind).filter(|len| *len > 1)?, first.to_string()))
}
