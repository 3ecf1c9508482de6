//! `replylint fix --interactive`: every finding is shown with its wordings, and a person chooses.
//! Answers are lines of standard input, so that they can come from a pipe too; what was chosen is
//! put together only at the end, and writing it is the business of [`super::fix`].

use std::io::{self, BufRead};

use super::args::LintArgs;
use super::drafts::Incoming;
use super::terminal;
use crate::lint::{Edit, Finding, FindingKind, Fixed, LintError, Linter, Prefer, Rewriter, rewritten};
use crate::report::{self, Reply, Report, printable};

/// What a person said to one finding.
enum Answer {
    Write(String),
    Skip,
    /// No more questions, about this draft or any other.
    Stop,
}

/// The questions of one run.
#[derive(Debug, Default)]
pub(super) struct Questions {
    stopped: bool,
}

impl Questions {
    /// Asks about every finding of a draft. What comes of it is linted again, for what is left.
    pub(super) fn ask<'l>(
        &mut self,
        linter: &'l Linter,
        args: &LintArgs,
        text: &Incoming,
    ) -> io::Result<Result<Fixed<'l>, LintError>> {
        let draft = text.draft(args);
        let mut review = match linter.lint(&draft) {
            Ok(review) => review,
            Err(error) => return Ok(Err(error)),
        };
        let mut findings = std::mem::take(&mut review.findings);
        // What is missing replaces nothing. It is said at the end, with whatever else is left.
        findings.retain(|finding| finding.kind == FindingKind::Phrase);
        let rewriter = Rewriter::new(&draft);
        let reply = Reply { source: &text.source, id: None, draft, review };
        let mut page = Report { replies: vec![reply], ..Report::default() };
        let (mut edits, mut count): (Vec<Edit>, usize) = (Vec::new(), 0);
        for (index, finding) in findings.iter().enumerate() {
            if self.stopped {
                break;
            }
            page.replies[0].review.findings = vec![Finding { prefer: Prefer::default(), ..finding.clone() }];
            terminal::print(|out| report::pretty(&page, terminal::look(&args.look), false, out))?;
            match answer(finding, index + 1, findings.len())? {
                Answer::Stop => self.stopped = true,
                Answer::Skip => {}
                Answer::Write(wording) => {
                    let chosen = rewriter.edits(finding, &wording);
                    let reach = edits.last().map_or(0, |last| last.span.end);
                    if chosen.first().is_some_and(|edit| edit.span.start >= reach) {
                        edits.extend(chosen);
                        count += 1;
                    } else {
                        terminal::say(
                            "This one shares words with what you chose before it, and is left; run `replylint fix -i` again for it.",
                        );
                    }
                }
            }
        }
        let result = rewritten(&text.text, &edits);
        Ok(linter.lint(&text.saying(&result, args)).map(|review| Fixed { text: result, count, review }))
    }
}

/// Asks until the answer is understood. The end of the input stops.
fn answer(finding: &Finding<'_>, number: usize, of: usize) -> io::Result<Answer> {
    for (index, wording) in finding.prefer.iter().enumerate() {
        let shown = if wording.is_empty() { "(leave it out)".to_owned() } else { printable(&wording) };
        prompt(&format!("  {} {shown}\n", index + 1))?;
    }
    let choices = if finding.prefer.is_empty() { "" } else { "a number to say that, " };
    loop {
        prompt(&format!("{number} of {of}: {choices}e to write your own, Enter to skip, q to stop? "))?;
        let Some(line) = line()? else { return Ok(Answer::Stop) };
        match line.trim().to_lowercase().as_str() {
            "" | "s" | "skip" => return Ok(Answer::Skip),
            "q" | "quit" | "stop" => return Ok(Answer::Stop),
            "e" | "edit" => {
                prompt("Write instead: ")?;
                match self::line()? {
                    None => return Ok(Answer::Stop),
                    Some(own) if own.trim().is_empty() => {}
                    Some(own) => return Ok(Answer::Write(own.trim().to_owned())),
                }
            }
            typed => match typed.parse::<usize>().ok().and_then(|choice| finding.prefer.get(choice.checked_sub(1)?)) {
                Some(wording) => return filled(&wording),
                None => terminal::say(&format!("\"{}\" is none of the choices.", printable(typed))),
            },
        }
    }
}

/// A wording whose blanks are filled. One at either end is the rest of the sentence, which is there
/// already.
fn filled(wording: &str) -> io::Result<Answer> {
    let inner = wording.trim_matches(['…', ' ']);
    let mut parts = inner.split('…');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for rest in parts {
        prompt(&format!("Fill in the blank of \"{}\": ", printable(inner)))?;
        let Some(blank) = line()? else { return Ok(Answer::Stop) };
        text.push_str(blank.trim());
        text.push_str(rest);
    }
    Ok(Answer::Write(text))
}

fn prompt(question: &str) -> io::Result<()> {
    terminal::print(|out| write!(out, "{question}"))
}

fn line() -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut line)?;
    if read == 0 {
        prompt("\n")?;
    }
    // What cannot be read is asked again.
    Ok((read > 0).then(|| String::from_utf8(line).unwrap_or_else(|_| "?".to_owned())))
}
