//! The token that clients have to show. How long a comparison takes says nothing about it: both sides are laid out
//! in blocks of one size first.

use std::fmt;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::Method;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::Response;
use subtle::ConstantTimeEq;

use super::errors::Refusal;

/// The shortest, in bytes, that nobody guesses.
const SHORTEST: usize = 16;
/// The longest, in bytes.
const LONGEST: usize = 256;

/// A token. It is never shown.
#[derive(Clone)]
pub struct Token(Arc<Block>);

/// Why some words are no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoToken {
    /// There are fewer bytes or more than a token has.
    Length,
    /// There is something in it that a header cannot hold.
    Signs,
}

#[derive(PartialEq, Eq)]
struct Block {
    bytes: [u8; LONGEST],
    len: u64,
}

impl Token {
    /// The token that some words are, without the white space round them.
    ///
    /// # Errors
    ///
    /// When they are none.
    pub fn new(words: &str) -> Result<Self, NoToken> {
        let words = words.trim();
        if words.len() < SHORTEST {
            return Err(NoToken::Length);
        }
        if !words.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(NoToken::Signs);
        }
        Block::of(words.as_bytes()).map(|block| Self(Arc::new(block))).ok_or(NoToken::Length)
    }

    fn is(&self, shown: &[u8]) -> bool {
        let Some(shown) = Block::of(shown) else { return false };
        bool::from(self.0.bytes.ct_eq(&shown.bytes) & self.0.len.ct_eq(&shown.len))
    }
}

impl Block {
    fn of(words: &[u8]) -> Option<Self> {
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..words.len())?.copy_from_slice(words);
        Some(Self { bytes, len: words.len() as u64 })
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl fmt::Display for NoToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => write!(f, "a token has {SHORTEST} to {LONGEST} letters, digits and signs"),
            Self::Signs => f.write_str("a token is of ASCII letters, digits and signs, without spaces"),
        }
    }
}

impl std::error::Error for NoToken {}

/// Lets those through who show it; whether the server lives anybody may ask, and a browser what it may ask.
pub(super) async fn ask(token: Option<Token>, request: Request, next: Next) -> Result<Response, Refusal> {
    let is_free = request.uri().path() == "/healthz" || request.method() == Method::OPTIONS;
    match token {
        Some(token) if !is_free && !shows(&request, &token) => Err(Refusal::no_token()),
        _ => Ok(next.run(request).await),
    }
}

fn shows(request: &Request, token: &Token) -> bool {
    let mut headers = request.headers().get_all(AUTHORIZATION).iter();
    let (Some(header), None) = (headers.next(), headers.next()) else { return false };
    let Some((scheme, shown)) = header.as_bytes().split_at_checked("Bearer ".len()) else { return false };
    scheme.eq_ignore_ascii_case(b"Bearer ") && token.is(shown.trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_is_the_token() {
        let token = Token::new(" correct-horse-battery\n").expect("a token");
        let long = "x".repeat(LONGEST + 1);
        for (shown, is) in [
            ("correct-horse-battery", true),
            ("correct-horse-batterx", false),
            ("correct-horse-battery\0", false),
            ("correct-horse-batter", false),
            ("", false),
            (&long, false),
        ] {
            assert_eq!(token.is(shown.as_bytes()), is, "{shown}");
        }
        assert!(!format!("{token:?}").contains("horse"));
    }

    #[test]
    fn what_is_no_token() {
        for (words, why) in [
            ("", NoToken::Length),
            ("short", NoToken::Length),
            (&*"x".repeat(LONGEST + 1), NoToken::Length),
            ("correct horse battery", NoToken::Signs),
            ("correct-horse-bättery", NoToken::Signs),
        ] {
            assert_eq!(Token::new(words).err(), Some(why), "{words}");
        }
    }
}
