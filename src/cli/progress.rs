//! How far a run over records is, for somebody who watches it.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal;

/// A bar of bytes, or a count of records when nobody knows how many there will be.
pub(super) struct Progress {
    bar: ProgressBar,
    in_bytes: bool,
}

impl Progress {
    /// Shown only to somebody who would see it and nothing else: reviews that scroll by on the same
    /// terminal are progress enough.
    pub(super) fn beside_reviews(source: &str, size: Option<u64>, hidden: bool) -> Self {
        Self::new(source, size, hidden || io::stdout().is_terminal())
    }

    /// Shown on a terminal, unless it is `hidden`, such as for records that somebody types.
    pub(super) fn new(source: &str, size: Option<u64>, hidden: bool) -> Self {
        let target = if hidden || !io::stderr().is_terminal() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let template = match size {
            Some(_) => "{prefix} [{bar:30}] {bytes} of {total_bytes}, {eta} left",
            None => "{prefix} {human_pos} records, {elapsed}",
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(size, target).with_style(style.progress_chars("=> "));
        bar.set_prefix(crate::report::printable(source));
        Self { bar, in_bytes: size.is_some() }
    }

    pub(super) fn advance(&self, bytes: u64, records: u64) {
        self.bar.inc(if self.in_bytes { bytes } else { records });
    }

    /// Writes lines to standard error, above the bar if there is one.
    pub(super) fn say(&self, lines: &[String]) {
        if !lines.is_empty() {
            self.bar.suspend(|| lines.iter().for_each(|line| terminal::say(line)));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
