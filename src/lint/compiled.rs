//! Lexicons in force as bytes, compiled, to be used without reading or compiling them again. Bytes that
//! are not exactly what was written are refused; those of another version too, for what is compiled is
//! a matter between one version and itself. Where the bytes are kept is not known here.

use std::fmt;
use std::sync::{Arc, OnceLock};

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Filter, InForce, LintError, Linter};
use crate::lexicon::{Bytes, Items, Packer, Parts, Stream, Unpacker};
use crate::matcher::{BuildError, Matcher};

/// What compiled lexicons begin with. The zero makes it no text.
const MAGIC: &[u8; 8] = b"replylx\0";

/// The version that compiled, and its source.
const MADE_BY: &str = env!("CARGO_PKG_VERSION");
const SOURCE: &str = env!("REPLYLINT_SOURCE");

/// Why bytes cannot be used as compiled lexicons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCompiled {
    /// They are something else.
    Foreign,
    /// They were compiled by another replylint.
    MadeBy {
        /// Its version.
        version: String,
    },
    /// They are not what was written.
    Damaged,
}

impl fmt::Display for NotCompiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("it is no compiled lexicon"),
            Self::MadeBy { version } if version == MADE_BY => {
                write!(f, "it was compiled by another build of replylint {version}")
            }
            Self::MadeBy { version } => {
                write!(f, "it was compiled by replylint {version}, and this is replylint {MADE_BY}")
            }
            Self::Damaged => f.write_str("it is a compiled lexicon that is damaged"),
        }
    }
}

impl std::error::Error for NotCompiled {}

/// Whether these bytes, the first of a file, begin a compiled lexicon.
pub fn is_compiled(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

impl Linter {
    /// The lexicons in force, compiled, as bytes for [`Linter::from_compiled`] of the same version. The filter is not
    /// among them, and neither are the examples of entries.
    ///
    /// # Errors
    ///
    /// When a lexicon is too large to be compiled.
    pub fn to_compiled(&self) -> Result<Vec<u8>, LintError> {
        let matchers = self.lexicons.iter().map(InForce::matcher).collect::<Result<Vec<_>, _>>()?;
        packed(&matchers).map_err(LintError::TooLarge)
    }

    /// A linter of what [`Linter::to_compiled`] wrote: of `len` bytes from `start` on. Its entries are read when they are
    /// needed, so that `bytes` must stay what they are.
    ///
    /// # Errors
    ///
    /// When that is not what stands there, or another replylint wrote it.
    pub fn from_compiled(bytes: impl Bytes + 'static, start: u64, len: u64) -> Result<Self, NotCompiled> {
        let bytes: Arc<dyn Bytes> = Arc::new(bytes);
        let mut magic = [0; MAGIC.len()];
        if len < MAGIC.len() as u64 || bytes.read(start, &mut magic).is_err() || magic != *MAGIC {
            return Err(NotCompiled::Foreign);
        }
        let head = Head::read(&*bytes, start, len).ok_or(NotCompiled::Damaged)?;
        if (head.version.as_str(), head.source.as_str()) != (MADE_BY, SOURCE) {
            return Err(NotCompiled::MadeBy { version: head.version });
        }
        let lexicons =
            matchers(&bytes, &head).ok_or(NotCompiled::Damaged)?.into_iter().map(InForce::compiled).collect();
        Ok(Self { lexicons, filter: Filter::default() })
    }
}

/// Matchers as [`Linter::from_compiled`] reads them.
pub(super) fn packed(matchers: &[&Matcher]) -> Result<Vec<u8>, BuildError> {
    let mut content = Packer::default();
    content.number(matchers.len());
    for matcher in matchers {
        matcher.pack(&mut content)?;
    }
    Ok(sealed(&content.into_parts(), MADE_BY, SOURCE))
}

/// What stands before the content.
struct Head {
    version: String,
    source: String,
    checksum: u64,
    /// Of small values, arrays and items.
    lengths: [u64; 3],
    /// Where the content begins.
    start: u64,
}

impl Head {
    /// Bytes that a head has at the most.
    const LONGEST: u64 = 4_096;

    fn read(bytes: &dyn Bytes, start: u64, len: u64) -> Option<Self> {
        let mut fixed = [0; 12];
        let at = start + MAGIC.len() as u64;
        bytes.read(at, &mut fixed).ok()?;
        let (checksum, length) = fixed.split_first_chunk::<8>()?;
        let length = u32::from_le_bytes(length.try_into().ok()?);
        let mut head =
            vec![0; usize::try_from(Some(u64::from(length)).filter(|length| *length <= Self::LONGEST)?).ok()?];
        bytes.read(at + fixed.len() as u64, &mut head).ok()?;
        (xxh3_64(&head).to_le_bytes() == *checksum).then_some(())?;
        let mut unpacker = Unpacker::new(&head);
        let (version, source) = (unpacker.string()?, unpacker.string()?);
        let (checksum, lengths) = (unpacker.word()?, [unpacker.word()?, unpacker.word()?, unpacker.word()?]);
        let begun = MAGIC.len() as u64 + fixed.len() as u64 + u64::from(length);
        let whole = lengths.iter().try_fold(begun, |sum, length| sum.checked_add(*length))?;
        (unpacker.is_done() && whole == len).then_some(Self {
            version,
            source,
            checksum,
            lengths,
            start: start + begun,
        })
    }
}

fn matchers(bytes: &Arc<dyn Bytes>, head: &Head) -> Option<Vec<Matcher>> {
    let [values, arrays, items] = head.lengths;
    let mut stream = Stream::new(&**bytes, head.start, values + arrays + items);
    let values = stream.take(values)?;
    let items = Items { bytes: Arc::clone(bytes), start: head.start + head.lengths[0] + arrays };
    let mut parts = Parts::new(&values, stream, items);
    let count = parts.values.number()?;
    let matchers = (0..count).map(|_| Matcher::unpack(&mut parts)).collect::<Option<Vec<_>>>()?;
    (parts.finish()? == head.checksum).then_some(matchers)
}

/// The content behind a head that says what it is and whether it is whole.
fn sealed(parts: &[Vec<u8>; 3], version: &str, source: &str) -> Vec<u8> {
    let mut hasher = Xxh3::new();
    for part in parts {
        hasher.update(part);
    }
    let mut head = Packer::default();
    head.text(version);
    head.text(source);
    head.word(hasher.digest());
    for part in parts {
        head.word(part.len() as u64);
    }
    let head = head.into_bytes();
    let length = u32::try_from(head.len()).unwrap_or(u32::MAX);
    let [values, arrays, items] = parts;
    [MAGIC, &xxh3_64(&head).to_le_bytes()[..], &length.to_le_bytes(), &head, values, arrays, items].concat()
}

impl InForce {
    fn compiled(matcher: Matcher) -> Self {
        Self { lexicon: matcher.shared_lexicon(), matcher: OnceLock::from(Ok(matcher)), store: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, Opened, Source, SourceError, SourceFile, load};
    use crate::text::{Draft, Language};

    struct One;

    impl Source for One {
        fn open(&self, _: &str, _: Option<&str>) -> Result<Opened, SourceError> {
            const TEXT: &str = r#"
[lexicon]
language = "en"
[avoid.a.b]
phrases = ["you must", "no sé {number} days", "I … you$", "(a|b|c) pay*", "付款"]
unless = ["you must be"]
regex = ['\bfoo\d+']
[names]
all = ["Must Records"]
"#;
            let file = SourceFile { name: "one.toml".to_owned(), text: TEXT.to_owned() };
            Ok(Opened { id: "one".to_owned(), files: vec![file] })
        }
    }

    #[test]
    fn what_another_replylint_compiled_is_refused() {
        let read = |version, source| {
            let bytes = sealed(&[vec![0], Vec::new(), Vec::new()], version, source);
            let len = bytes.len() as u64;
            Linter::from_compiled(bytes, 0, len).map(|linter| linter.lexicons().count())
        };
        assert_eq!(read(MADE_BY, SOURCE), Ok(0));
        let refused = |version: &str| Err(NotCompiled::MadeBy { version: version.to_owned() });
        assert_eq!(read("0.0.9", SOURCE), refused("0.0.9"));
        assert_eq!(read(MADE_BY, "0123456789abcdef"), refused(MADE_BY));
        for (version, said) in
            [("0.0.9", "by replylint 0.0.9, and this is"), (MADE_BY, "by another build of replylint")]
        {
            let error = NotCompiled::MadeBy { version: version.to_owned() };
            assert!(error.to_string().contains(said), "{error}");
        }
    }

    /// Somebody who means harm can make a checksum, too. Then it need not be right, but must not panic.
    #[test]
    fn a_forged_content_does_no_harm() {
        let linter = Linter::new(load(&["one"], &One).expect("a valid lexicon").lexicons);
        let mut content = Packer::default();
        content.number(1);
        linter.lexicons[0]
            .matcher()
            .and_then(|matcher| matcher.pack(&mut content).map_err(LintError::TooLarge))
            .expect("it is small");
        let parts = content.into_parts();
        let draft = Draft::new("You must be at Must Records. You must say no sé 5 days, I and you. A paying foo12付款")
            .with_language(Language::parse("en").expect("a tag"));
        let mut used = 0;
        for (part, at) in (0..3).flat_map(|part| (0..parts[part].len()).map(move |at| (part, at))) {
            for wrong in [parts[part][at] ^ 1, parts[part][at] ^ 0x80, 0, 0xff] {
                let mut parts = parts.clone();
                parts[part][at] = wrong;
                let bytes = sealed(&parts, MADE_BY, SOURCE);
                let len = bytes.len() as u64;
                let Ok(linter) = Linter::from_compiled(bytes, 0, len) else { continue };
                let _ = linter.lint(&draft);
                used += linter.lexicons().map(Lexicon::entries).flat_map(IntoIterator::into_iter).count();
            }
        }
        assert!(used > 100, "only {used} forged ones could be used at all");
    }
}
