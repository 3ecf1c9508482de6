//! The tables for a terminal.

use std::io::{self, Write};

use super::{ASLEEP, Backtested, HERE, SILENT, change, many, often_means, percent};
use crate::lint::{Change, Difference, Example, InLanguage};
use crate::report::filled::fill;
use crate::report::printable::one_line;

/// Writes what came out in `width` columns.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn backtest(told: &Backtested<'_>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let result = &told.result;
    let mut page = Page { width, out };
    page.text(&told.summary(), "")?;
    if result.replies == 0 {
        return Ok(());
    }
    if !result.wins.is_empty() {
        page.title("Said well")?;
    }
    for won in &result.wins {
        page.row(won.replies, won.share(result.replies), won.category)?;
        page.examples(&won.examples)?;
    }
    if !result.unsaid.is_empty() {
        page.list("To be recommended, and not seen:", &result.unsaid)?;
    }
    if let Some(difference) = &result.difference {
        page.difference(difference)?;
    }
    for language in &result.languages {
        page.language(language, result.often)?;
    }
    if !result.untried.is_empty() {
        page.list(
            "Not one reply is in the language of these lexicons, and their rules are not listed:",
            &result.untried,
        )?;
    }
    Ok(())
}

struct Page<'o> {
    width: usize,
    out: &'o mut dyn Write,
}

/// Where names begin, behind two numbers.
const INDENT: &str = "                   ";

impl Page<'_> {
    fn text(&mut self, text: &str, indent: &str) -> io::Result<()> {
        fill(text, indent, indent, self.width, self.out)
    }

    fn title(&mut self, title: &str) -> io::Result<()> {
        writeln!(self.out)?;
        self.text(title, "")?;
        writeln!(self.out)
    }

    /// In how many replies, what share of them, and what.
    fn row(&mut self, replies: u64, share: u64, what: &str) -> io::Result<()> {
        let head = format!("{replies:>8} {:>8}  ", percent(share, replies));
        fill(&one_line(what), &head, INDENT, self.width, self.out)
    }

    fn examples(&mut self, examples: &[Example]) -> io::Result<()> {
        for Example { id, before, words, after, .. } in examples {
            // Where something is missing there are no words.
            let words = if words.is_empty() { format!(" {HERE} ") } else { format!("[{words}]") };
            let told = format!("{id}: {}", [before, &words, after].map(|piece| one_line(piece)).concat());
            fill(&told, INDENT, "                     ", self.width, self.out)?;
        }
        Ok(())
    }

    fn list(&mut self, lead: &str, names: &[&str]) -> io::Result<()> {
        writeln!(self.out)?;
        self.text(lead, "")?;
        self.text(&names.join(", "), "  ")
    }

    fn difference(&mut self, difference: &Difference<'_>) -> io::Result<()> {
        let Difference { alike, newly, gone, changed } = difference;
        self.title("What the edit changes")?;
        self.text(&format!("{} the same in both lexicons.", many(*alike, "reply reads", "replies read")), "  ")?;
        for (title, changes) in [("Newly flagged", newly), ("No longer flagged", gone), ("Flagged otherwise", changed)]
        {
            if !changes.is_empty() {
                self.title(title)?;
            }
            changes.iter().try_for_each(|change| self.change(change))?;
        }
        Ok(())
    }

    fn change(&mut self, told: &Change<'_>) -> io::Result<()> {
        let hits = format!("{:>8} {:>8}  ", told.replies, format!("{}x", told.hits));
        fill(&one_line(&change(told)), &hits, INDENT, self.width, self.out)?;
        self.examples(&told.examples)
    }

    fn language(&mut self, told: &InLanguage<'_>, often: u8) -> io::Result<()> {
        let InLanguage { language, lexicon, looked_at, fired, silent, asleep, .. } = told;
        let looked_at_ = many(*looked_at, "reply", "replies");
        self.title(&format!("Flagged by {} ({language}), which looked at {looked_at_}", one_line(lexicon)))?;
        if fired.is_empty() {
            self.text("Nothing.", "  ")?;
        }
        for rule in fired {
            let behind = match rule.behind {
                0 => String::new(),
                behind => format!(", {behind} of them behind another rule"),
            };
            let times = many(rule.hits, "time", "times");
            let what = format!("{} ({}), {times}{behind}", rule.rule, rule.level.as_str());
            self.row(rule.replies, rule.share(*looked_at), &what)?;
            self.examples(&rule.examples)?;
        }
        let often_ones: Vec<&str> = fired.iter().filter(|rule| rule.is_often).map(|rule| rule.rule).collect();
        if !often_ones.is_empty() {
            self.list(&often_means(often), &often_ones)?;
        }
        if !silent.is_empty() {
            self.list(SILENT, silent)?;
        }
        if !asleep.is_empty() {
            self.list(ASLEEP, asleep)?;
        }
        Ok(())
    }
}
