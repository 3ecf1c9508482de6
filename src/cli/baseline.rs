//! `--baseline`: the file of what is accepted, read and written. What it means is
//! [`Baseline`]'s business.

use std::path::Path;

use super::terminal;
use crate::host::{Limits, Raw, ReadError, Unread, plain, replace};
use crate::lint::{Baseline, Filter};
use crate::report::Report;

/// A baseline larger than this is some other file.
const LARGEST: u64 = 256 << 20;

/// Takes out of a report what the file accepts.
pub(super) fn accept(path: &Path, filter: &Filter, report: &mut Report<'_>) -> Result<(), ReadError> {
    let mut baseline = read(path)?;
    for reply in &mut report.replies {
        baseline.accept(reply.source, &mut reply.review);
    }
    let shown = path.display();
    match baseline.unmet(sources(report), filter) {
        0 => {}
        1 => terminal::say(&format!("note: 1 finding that {shown} accepts is gone; --update-baseline takes it out")),
        unmet => terminal::say(&format!(
            "note: {unmet} findings that {shown} accepts are gone; --update-baseline takes them out"
        )),
    }
    Ok(())
}

/// Writes the file anew, so that it accepts all that the report holds. What it says of inputs and
/// rules that were not looked at this time stays.
pub(super) fn update(path: &Path, filter: &Filter, report: &mut Report<'_>) -> Result<(), ReadError> {
    let failed =
        |message: String, help| ReadError { source: path.display().to_string(), code: "unwritable", message, help };
    if !report.errors.is_empty() {
        let message = format!("{} was left as it is, since not all inputs could be read", path.display());
        return Err(failed(message, "mend the inputs first"));
    }
    let mut baseline = match read(path) {
        Err(error) if error.code == "not-found" => Baseline::default(),
        read => read?,
    };
    baseline.forget(sources(report), filter);
    for reply in &report.replies {
        reply.review.findings.iter().for_each(|finding| baseline.add(reply.source, finding));
    }
    replace(path, baseline.to_json().as_bytes())
        .map_err(|error| format!("cannot write {}: {}", path.display(), plain(&error)))
        .map_err(|message| failed(message, "check the folder, and who may write there"))?;
    terminal::say(&format!("{}: {} accepted", path.display(), baseline.len()));
    for reply in &mut report.replies {
        baseline.accept(reply.source, &mut reply.review);
    }
    Ok(())
}

fn read(path: &Path) -> Result<Baseline, ReadError> {
    let text =
        Raw::read(path, Limits { max_bytes: LARGEST }).and_then(Raw::text).map_err(|Unread { error, .. }| {
            let help = "write it with --update-baseline, or check the path";
            if error.code == "not-found" { ReadError { help, ..error } } else { error }
        })?;
    Baseline::parse(&text).map_err(|message| ReadError {
        source: path.display().to_string(),
        code: "bad-baseline",
        message: format!("{} is no baseline: {message}", path.display()),
        help: "name another file",
    })
}

fn sources<'r>(report: &'r Report<'_>) -> impl Iterator<Item = &'r str> {
    report.replies.iter().map(|reply| reply.source)
}
