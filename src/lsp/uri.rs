//! Files as the protocol names them.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;

use crate::host::canonical;
use crate::report;

/// The file that a URI names, as [`canonical`] writes it; none when it names none.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let path = rest.get(rest.find('/')?..)?;
    let path = decoded(path)?;
    // `/c:/macros` is a path of Windows with a slash before it.
    let is_drive = cfg!(windows) && path.get(2..3) == Some(":");
    let path = if is_drive { path.trim_start_matches('/') } else { &path };
    Some(canonical(Path::new(path)))
}

/// The URI of a file.
pub(super) fn of_path(path: &Path) -> Uri {
    Uri(report::uri(&path.to_string_lossy()))
}

/// The text that percent signs stand for.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        rest = behind;
        if first != b'%' {
            bytes.push(first);
            continue;
        }
        let (digits, behind) = rest.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = behind;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn names_of_files_go_both_ways() {
        for (uri, path) in [
            ("file:///nowhere/a%20b.txt", Some("/nowhere/a b.txt")),
            ("file:///nowhere/%D1%86.md", Some("/nowhere/ц.md")),
            ("file:///nowhere/a%3Ab.md", Some("/nowhere/a:b.md")),
            ("file://localhost/nowhere/a.md", Some("/nowhere/a.md")),
            ("file:///nowhere/100%.md", None),
            ("file:///nowhere/%FF.md", None),
            ("untitled:Untitled-1", None),
            ("", None),
        ] {
            let found = path_of(&Uri(uri.to_owned()));
            assert_eq!(found, path.map(PathBuf::from), "{uri}");
            if let Some(path) = found {
                assert_eq!(path_of(&of_path(&path)), Some(path));
            }
        }
    }
}
