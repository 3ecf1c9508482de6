//! Replies that nobody here wrote. They are other people's words and stay out of the
//! repository: the folder is named by `REPLYLINT_REPLIES`. The test is ignored unless asked for,
//! and fails when it is asked for without the folder.

use std::path::Path;
use std::{env, fs};

use replylint::text::{Folded, LineIndex, Style};
use replylint::{Draft, Linter};
use serde::Deserialize;

use crate::support::recompiled;

#[derive(Deserialize)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) lang: String,
}

#[test]
#[ignore = "needs REPLYLINT_REPLIES, a folder of .jsonl files with real replies"]
fn real_replies_are_linted_and_every_span_holds() {
    let folder = env::var_os("REPLYLINT_REPLIES").expect("REPLYLINT_REPLIES names a folder");
    let linter = Linter::builtin();
    let compiled = recompiled(&linter);
    let (mut replies, mut findings) = (0, 0);
    for record in records(Path::new(&folder)) {
        let review = linter.lint(&Draft::new(&record.text)).unwrap_or_else(|error| panic!("{}: {error}", record.id));
        assert_eq!(compiled.lint(&Draft::new(&record.text)).unwrap(), review, "{}", record.id);
        let index = LineIndex::new(&record.text);
        for finding in &review.findings {
            let slice = record
                .text
                .get(finding.span.start..finding.span.end)
                .unwrap_or_else(|| panic!("{}: {:?}", record.id, finding.span));
            assert!(!slice.trim().is_empty(), "{}: {finding:?}", record.id);
            let matched = finding.matched.as_deref().unwrap();
            assert_eq!(Folded::phrase(slice, Style::COARSE), matched, "{}", record.id);
            assert_eq!(index.chars(finding.span.end) - index.chars(finding.span.start), slice.chars().count());
        }
        replies += 1;
        findings += review.findings.len();
    }
    assert!(replies > 300, "only {replies} replies in {}", folder.display());
    assert!(findings > 50, "only {findings} findings in {replies} real replies");
}

/// All that the `.jsonl` files of a folder hold, a reply a line.
pub(crate) fn records(folder: &Path) -> Vec<Record> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let lines =
        files.iter().flat_map(|file| fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>());
    lines.map(|line| serde_json::from_str(&line).unwrap()).collect()
}
