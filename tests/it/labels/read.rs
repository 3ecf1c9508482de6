//! Labelled replies: from the spans here and the texts elsewhere, or from marks in the text. Whatever
//! no longer fits is said at once, all of it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use replylint::Span;
use serde::Deserialize;

use crate::replies::{Record, records};

/// One reply and what a trainer would underline in it.
pub(super) struct Labelled {
    pub(super) text: String,
    pub(super) half: Half,
    pub(super) faults: Vec<Fault>,
    /// Findings here count neither way.
    pub(super) may: Vec<Span>,
}

pub(super) struct Fault {
    pub(super) span: Span,
    pub(super) category: String,
}

/// Whether those who write the lexicons have seen how a reply is labelled.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum Half {
    Tune,
    Held,
}

impl Half {
    /// Nobody picks: the hash of an id decides.
    fn drawn(id: &str) -> Self {
        if fnv(id) % 100 < 35 { Self::Held } else { Self::Tune }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Tune => "tune",
            Self::Held => "held",
        }
    }
}

/// A line of `<language>.jsonl`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    /// The hash of the text, in hexadecimal.
    text: String,
    half: Half,
    #[serde(default)]
    faults: Vec<Spanned>,
    #[serde(default)]
    may: Vec<[usize; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spanned {
    span: [usize; 2],
    category: String,
}

/// The labelled real replies of a language, with their texts from `replies`.
pub(super) fn real(language: &str, replies: &Path) -> Vec<Labelled> {
    let mut texts: HashMap<String, Record> =
        records(replies).into_iter().map(|record| (record.id.clone(), record)).collect();
    let (mut labelled, mut wrong) = (Vec::new(), Vec::new());
    for row in rows(language) {
        let record = texts.remove(&row.id).ok_or_else(|| "is not in the folder, or is labelled twice".to_owned());
        match record.and_then(|record| fit(&row, record, language)) {
            Ok(reply) => labelled.push(reply),
            Err(problem) => wrong.push(format!("{} {problem}", row.id)),
        }
    }
    assert!(wrong.is_empty(), "{language}.jsonl does not fit {}:\n{}", replies.display(), wrong.join("\n"));
    labelled
}

/// The categories that labels of a language name.
pub(super) fn categories(language: &str) -> Vec<String> {
    rows(language).into_iter().flat_map(|row| row.faults).map(|fault| fault.category).collect()
}

fn rows(language: &str) -> Vec<Row> {
    let file = folder().join(format!("{language}.jsonl"));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let parse =
        |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}: {line}", file.display()));
    text.lines().map(parse).collect()
}

fn fit(row: &Row, Record { text, lang, .. }: Record, language: &str) -> Result<Labelled, String> {
    if lang != language {
        return Err(format!("is said to be {lang}"));
    }
    if format!("{:016x}", fnv(&text)) != row.text {
        return Err("has another text than the one that was labelled".to_owned());
    }
    if row.half != Half::drawn(&row.id) {
        return Err(format!("is labelled {:?} and was drawn as {:?}", row.half, Half::drawn(&row.id)));
    }
    let spanned = |[start, end]: [usize; 2]| match text.get(start..end) {
        Some(slice) if !slice.is_empty() && slice.trim() == slice => Ok(Span::new(start, end)),
        other => Err(format!("has {other:?} at {start}..{end}")),
    };
    let fault = |fault: &Spanned| Ok(Fault { span: spanned(fault.span)?, category: fault.category.clone() });
    let faults = row.faults.iter().map(fault).collect::<Result<_, String>>()?;
    let may = row.may.iter().map(|&may| spanned(may)).collect::<Result<_, String>>()?;
    Ok(Labelled { text, half: row.half, faults, may })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    reply: Vec<Marked>,
}

/// A reply of our own: what is marked, ‹so›, is named in `faults`, in that order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marked {
    text: String,
    faults: Vec<String>,
}

/// The replies of our own in a language.
pub(super) fn own(language: &str) -> Vec<Labelled> {
    let file = folder().join(format!("own-{language}.toml"));
    let sheet: Sheet = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    sheet.reply.into_iter().map(unmarked).collect()
}

fn unmarked(marked: Marked) -> Labelled {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for (index, piece) in marked.text.split(['‹', '›']).enumerate() {
        if index % 2 == 1 {
            spans.push(Span::new(text.len(), text.len() + piece.len()));
        }
        text.push_str(piece);
    }
    assert_eq!(spans.len(), marked.faults.len(), "{}", marked.text);
    let mut labelled = Labelled { half: Half::drawn(&text), text, faults: Vec::new(), may: Vec::new() };
    for (span, category) in spans.into_iter().zip(marked.faults) {
        if category == "may" {
            labelled.may.push(span);
        } else {
            labelled.faults.push(Fault { span, category });
        }
    }
    labelled
}

/// Where the labels are.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/labels")
}

/// FNV-1a: enough to notice that a text is another, and to draw.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
