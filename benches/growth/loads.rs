//! What is measured, by name. Each load says what a unit of its size is and what it must find; none
//! knows how it is measured. Here are the texts, hostile and plain; lexicons are in [`crate::lexicons`], what
//! becomes of findings is in [`crate::outputs`], what looks beyond the phrase in [`crate::wholes`].

use replylint::text::Format;
use replylint::{Draft, Linter};

use crate::corpus::{self, Reference, Tongue, lexicon, phrases, text};
use crate::texts::{HEAD, LEXICON, REPEATED};
use crate::{lexicons, outputs, wholes};

/// One thing that might grow too fast.
pub struct Load {
    pub name: String,
    /// The smaller of the two sizes, in units of its own.
    pub size: usize,
    /// The most instructions for each unit, where that is gated too.
    pub most: Option<f64>,
    pub prepare: Box<dyn Fn(usize) -> Prepared + Sync>,
}

/// A load at a size, ready to be run. The work counts what it found.
pub struct Prepared {
    pub work: Box<dyn Fn() -> usize>,
    pub expected: usize,
}

impl Load {
    pub fn new(name: impl Into<String>, size: usize, prepare: impl Fn(usize) -> Prepared + Sync + 'static) -> Self {
        Self { name: name.into(), size, most: None, prepare: Box::new(prepare) }
    }
}

impl Prepared {
    pub fn new(expected: usize, work: impl Fn() -> usize + 'static) -> Self {
        Self { work: Box::new(work), expected }
    }
}

/// Instructions a byte, end to end, of typographic English at 1,000 phrases: what was reached on
/// 2026-11-27 and a tenth. 20 is asked.
const MOST_A_BYTE: f64 = 40.0;

/// Bytes of a hostile text.
const BYTES: usize = 32 << 10;
/// The same when each unit is a finding, which takes its time.
const BYTES_OF_FINDINGS: usize = 16 << 10;

pub fn all() -> Vec<Load> {
    let mut loads = Vec::new();
    for &(name, format, unit, each) in REPEATED {
        let bytes = if each == 0 { BYTES } else { BYTES_OF_FINDINGS };
        loads.push(Load::new(name, bytes, move |bytes| repeated(format, unit, each, bytes / unit.len())));
    }
    let rows = [
        ("typographic", Tongue::Typographic, 1_000, 128 << 10, 1),
        ("english", Tongue::English, 1_000, 128 << 10, 1),
        ("english-20-a-kb", Tongue::English, 1_000, 64 << 10, 20),
        ("english-10000-phrases", Tongue::English, 10_000, 50 << 10, 1),
        ("russian", Tongue::Russian, 1_000, 64 << 10, 1),
        ("mixed", Tongue::Mixed, 1_000, 64 << 10, 1),
    ];
    for (name, tongue, count, bytes, density) in rows {
        let load = Load::new(name, bytes, move |bytes| plain(tongue, count, bytes, density));
        loads.push(Load { most: (name == "typographic").then_some(MOST_A_BYTE), ..load });
    }
    loads.extend(lexicons::all());
    loads.extend(outputs::all());
    loads.extend(wholes::all());
    loads
}

/// The same unit over and over.
fn repeated(format: Format, unit: &str, each: usize, count: usize) -> Prepared {
    let text = format!("{HEAD}{}", unit.repeat(count));
    lint(Linter::new(vec![lexicon(LEXICON)]), Tongue::English, text, format, 1 + each * count)
}

/// Text as it is written every day.
fn plain(tongue: Tongue, count: usize, bytes: usize, density: usize) -> Prepared {
    let phrases = phrases(tongue, count);
    let text = text(tongue, bytes, density, &phrases);
    let expected = Reference::new(&phrases, &text).findings();
    lint(corpus::linter(tongue, &phrases), tongue, text, Format::Text, expected)
}

/// Linting alone: the lexicon is compiled beforehand.
pub fn lint(linter: Linter, tongue: Tongue, text: String, format: Format, expected: usize) -> Prepared {
    let lint = move |text: &str| {
        let draft = Draft::new(text).with_format(format).with_language(tongue.language());
        linter.lint(&draft).expect("its language is served").findings.len()
    };
    lint("");
    Prepared::new(expected, move || lint(&text))
}
