//! Where an input is, in the notations of other programs. Where in it a finding is, they ask
//! [`LineIndex`](crate::text::LineIndex).

use std::fmt::Write as _;
use std::path::{MAIN_SEPARATOR, Path};

/// A path as repositories name it: forward slashes, and no segments that say nothing.
pub(super) fn path(source: &str) -> String {
    let slashed = source.replace(MAIN_SEPARATOR, "/");
    let says = |(index, segment): &(usize, &str)| *segment != "." && (*index == 0 || !segment.is_empty());
    let segments: Vec<&str> = slashed.split('/').enumerate().filter(says).map(|(_, segment)| segment).collect();
    if segments.is_empty() { ".".to_owned() } else { segments.join("/") }
}

/// A URI: relative for a relative path, `file:` for an absolute one, and `stdin:` for standard
/// input, which nobody will look for among files.
pub fn uri(source: &str) -> String {
    let encoded = encoded(&path(source));
    match source {
        "stdin" => "stdin:".to_owned(),
        _ if !Path::new(source).is_absolute() => encoded,
        _ if encoded.starts_with('/') => format!("file://{encoded}"),
        _ => format!("file:///{encoded}"),
    }
}

/// Whatever might mean something in a URI but the slash, as percent signs and digits.
fn encoded(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn places_are_named_as_others_do() {
        let table = [
            ("reply.txt", "reply.txt", "reply.txt"),
            ("./a//b/./c.txt", "a/b/c.txt", "a/b/c.txt"),
            ("../a.txt", "../a.txt", "../a.txt"),
            (".", ".", "."),
            ("/replies/a b.txt", "/replies/a b.txt", "file:///replies/a%20b.txt"),
            ("часто/a:b#1?%.txt", "часто/a:b#1?%.txt", "%D1%87%D0%B0%D1%81%D1%82%D0%BE/a%3Ab%231%3F%25.txt"),
            ("stdin", "stdin", "stdin:"),
            ("./stdin", "stdin", "stdin"),
        ];
        for (source, as_path, as_uri) in table {
            assert_eq!((path(source).as_str(), uri(source).as_str()), (as_path, as_uri), "{source}");
        }
    }
}
