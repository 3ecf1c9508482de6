//! The page to hand round. Nothing but the file is needed to read it: no script, no font, no picture. It is
//! made of headings, tables and lists with their names, so that it can be heard as well as seen.

use std::fmt::{self, Display};
use std::io::{self, Write};

use super::{ASLEEP, Backtested, HERE, SILENT, change, many, often_means, percent};
use crate::lexicon::Lexicon;
use crate::lint::{Change, Difference, Example, InLanguage, Rule};
use crate::report::printable::printable;

const STYLE: &str = "\
:root { color-scheme: light dark; --line: #8886; --quiet: #595959; --mark: #ffe08a; --ink: #111 }
@media (prefers-color-scheme: dark) { :root { --quiet: #b0b0b0; --mark: #6b5300; --ink: #fff } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem 1.5rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.3rem; margin-top: 2.5rem } h3 { font-size: 1.1rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
caption { text-align: start; color: var(--quiet); padding-bottom: .5rem }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line) }
thead th { border-top: 0; font-weight: 600 }
tbody th { font-weight: 600; width: 18rem; overflow-wrap: anywhere }
td.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums }
thead th.number { text-align: end }
.note { display: block; font-weight: 400; color: var(--quiet) }
td ul { margin: 0; padding: 0; list-style: none } td li + li { margin-top: .5rem }
td.said { min-width: 18rem; overflow-wrap: anywhere }
.id { color: var(--quiet); font-size: .875rem }
mark { background: var(--mark); color: var(--ink); padding: 0 .15em; font-weight: 600 }
ul.rules { columns: 16rem; padding-inline-start: 1.2rem; overflow-wrap: anywhere }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media print { body { max-width: none; padding: 0; font-size: 10pt } .wide { overflow: visible } tr { break-inside: avoid } }
";

/// Writes a page of HTML.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn backtest_html(told: &Backtested<'_>, out: &mut dyn Write) -> io::Result<()> {
    let result = &told.result;
    let title = match &told.against {
        Some(_) => "What an edit of the lexicon changes in past replies",
        None => "What the lexicon says of past replies",
    };
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p>{}</p>\n",
        Escaped(&told.summary())
    )?;
    writeln!(out, "<p>Read with {}.</p>", Escaped(&names(&told.lexicons)))?;
    if let Some(against) = &told.against {
        writeln!(out, "<p>Compared with {}.</p>", Escaped(&names(against)))?;
    }
    let mut page = Page { out, tables: 0 };
    if result.replies > 0 {
        page.wins(told)?;
    }
    if let Some(difference) = &result.difference {
        page.difference(difference)?;
    }
    result.languages.iter().try_for_each(|language| page.language(language, result.often))?;
    if !result.untried.is_empty() {
        page.heading(2, "Not tried")?;
        page.list(
            "Not one reply is in the language of these lexicons, and their rules are not listed:",
            &result.untried,
        )?;
    }
    writeln!(page.out, "</main>\n</body>\n</html>")
}

/// Lexicons with their versions and languages.
fn names(lexicons: &[&Lexicon]) -> String {
    let name = |lexicon: &&Lexicon| {
        let version = lexicon.version().map(|version| format!(" {version}")).unwrap_or_default();
        format!("{}{version} ({})", lexicon.name(), lexicon.language())
    };
    lexicons.iter().map(name).collect::<Vec<_>>().join(", ")
}

struct Page<'o> {
    out: &'o mut dyn Write,
    tables: usize,
}

/// A column's title and whether it holds numbers.
type Column = (&'static str, bool);

impl Page<'_> {
    fn heading(&mut self, depth: u8, text: &str) -> io::Result<()> {
        writeln!(self.out, "<h{depth}>{}</h{depth}>", Escaped(text))
    }

    fn wins(&mut self, told: &Backtested<'_>) -> io::Result<()> {
        let result = &told.result;
        self.heading(2, "Said well")?;
        if result.wins.is_empty() {
            writeln!(self.out, "<p>No recommended phrase was seen.</p>")?;
        } else {
            let columns = [("Category", false), ("Replies", true), ("Share", true), ("Examples", false)];
            self.table("Recommended phrases, by category", &columns, |page| {
                result.wins.iter().try_for_each(|won| {
                    let share = percent(won.share(result.replies), won.replies);
                    page.row(won.category, None, &[won.replies.to_string(), share], &won.examples, "said well")
                })
            })?;
        }
        if result.unsaid.is_empty() { Ok(()) } else { self.list("To be recommended, and not seen:", &result.unsaid) }
    }

    fn difference(&mut self, difference: &Difference<'_>) -> io::Result<()> {
        let Difference { alike, newly, gone, changed } = difference;
        self.heading(2, "What the edit changes")?;
        writeln!(self.out, "<p>{} the same in both lexicons.</p>", many(*alike, "reply reads", "replies read"))?;
        for (title, changes) in [("Newly flagged", newly), ("No longer flagged", gone), ("Flagged otherwise", changed)]
        {
            if changes.is_empty() {
                continue;
            }
            self.heading(3, title)?;
            let columns = [("Rule", false), ("Replies", true), ("Times", true), ("Examples", false)];
            let heard = if title == "No longer flagged" { "let pass" } else { "flagged" };
            self.table(title, &columns, |page| changes.iter().try_for_each(|change| page.change(change, heard)))?;
        }
        Ok(())
    }

    fn change(&mut self, told: &Change<'_>, heard: &str) -> io::Result<()> {
        let counts = [told.replies.to_string(), told.hits.to_string()];
        self.row(&change(told), None, &counts, &told.examples, heard)
    }

    fn language(&mut self, told: &InLanguage<'_>, often: u8) -> io::Result<()> {
        let InLanguage { language, lexicon, looked_at, fired, silent, asleep, .. } = told;
        let looked_at_ = many(*looked_at, "reply", "replies");
        self.heading(2, &format!("Flagged by {lexicon} ({language})"))?;
        if fired.is_empty() {
            writeln!(self.out, "<p>Nothing in {looked_at_}.</p>")?;
        } else {
            let columns = [("Rule", false), ("Replies", true), ("Share", true), ("Times", true), ("Examples", false)];
            let caption = format!("Rules that found something in the {looked_at_} that this lexicon looked at");
            self.table(&caption, &columns, |page| fired.iter().try_for_each(|rule| page.rule(rule, *looked_at)))?;
        }
        let often_ones: Vec<&str> = fired.iter().filter(|rule| rule.is_often).map(|rule| rule.rule).collect();
        for (title, lead, rules) in [
            ("Flagged often", &*often_means(often), &often_ones),
            ("Never flagged", SILENT, silent),
            ("Never flagged, and not always awake", ASLEEP, asleep),
        ] {
            if !rules.is_empty() {
                self.heading(3, title)?;
                self.list(lead, rules)?;
            }
        }
        Ok(())
    }

    fn rule(&mut self, rule: &Rule<'_>, looked_at: u64) -> io::Result<()> {
        let mut notes = vec![rule.level.as_str().to_owned()];
        notes.extend(rule.why.map(str::to_owned));
        if rule.is_often {
            notes.push("Flagged often.".to_owned());
        }
        if rule.behind > 0 {
            notes.push(format!("{} behind another rule.", many(rule.behind, "time", "times")));
        }
        let share = percent(rule.share(looked_at), rule.replies);
        let counts = [rule.replies.to_string(), share, rule.hits.to_string()];
        self.row(rule.rule, Some(&notes), &counts, &rule.examples, "flagged")
    }

    /// A table that can be reached and scrolled with the keyboard where it is too wide.
    fn table(
        &mut self,
        caption: &str,
        columns: &[Column],
        rows: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.tables += 1;
        let number = self.tables;
        writeln!(
            self.out,
            "<div class=\"wide\" role=\"region\" aria-labelledby=\"table-{number}\" tabindex=\"0\">\n<table>\n\
             <caption id=\"table-{number}\">{}</caption>\n<thead><tr>",
            Escaped(caption)
        )?;
        for (title, is_number) in columns {
            let class = if *is_number { " class=\"number\"" } else { "" };
            writeln!(self.out, "<th scope=\"col\"{class}>{}</th>", Escaped(title))?;
        }
        writeln!(self.out, "</tr></thead>\n<tbody>")?;
        rows(self)?;
        writeln!(self.out, "</tbody>\n</table>\n</div>")
    }

    /// `heard` is what somebody who cannot see the marks hears in their place.
    fn row(
        &mut self,
        name: &str,
        notes: Option<&[String]>,
        counts: &[String],
        examples: &[Example],
        heard: &str,
    ) -> io::Result<()> {
        write!(self.out, "<tr><th scope=\"row\">{}", Escaped(name))?;
        for note in notes.unwrap_or_default() {
            write!(self.out, "<span class=\"note\">{}</span>", Escaped(note))?;
        }
        writeln!(self.out, "</th>")?;
        for count in counts {
            writeln!(self.out, "<td class=\"number\">{}</td>", Escaped(count))?;
        }
        write!(self.out, "<td class=\"said\">")?;
        if !examples.is_empty() {
            writeln!(self.out, "<ul>")?;
        }
        for Example { id, language, before, words, after } in examples {
            // A language that nobody can tell is not that of the page.
            writeln!(
                self.out,
                "<li><span class=\"id\">{}:</span> <q lang=\"{}\" dir=\"auto\">{}<mark><span class=\"heard\" lang=\"en\"> \
                 [{heard}: </span>{}<span class=\"heard\" lang=\"en\">] </span></mark>{}</q></li>",
                Escaped(id),
                Escaped(language.as_deref().unwrap_or_default()),
                Escaped(before),
                Escaped(if words.is_empty() { HERE } else { words }),
                Escaped(after)
            )?;
        }
        writeln!(self.out, "{}</td></tr>", if examples.is_empty() { "" } else { "</ul>" })
    }

    fn list(&mut self, lead: &str, names: &[&str]) -> io::Result<()> {
        writeln!(self.out, "<p>{}</p>\n<ul class=\"rules\">", Escaped(lead))?;
        names.iter().try_for_each(|name| writeln!(self.out, "<li>{}</li>", Escaped(name)))?;
        writeln!(self.out, "</ul>")
    }
}

/// Text that is not taken for markup, whatever it holds.
struct Escaped<'t>(&'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in printable(self.0).chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}
