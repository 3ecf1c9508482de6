//! The sheet as one HTML page: no script, nothing to load, in black on white, with the markup of a table by
//! which a screen reader can say where it is.

use std::io::{self, Write};
use std::ops::RangeInclusive;

use super::{AVOID_ROOM, Category, Instead, PREFER_ROOM, Row, Sheet};

const STYLE: &str = include_str!("sheet.css");

/// Languages that are written from right to left.
const FROM_RIGHT: [&str; 6] = ["ar", "fa", "he", "ps", "ur", "yi"];

/// Writes the sheets as one document; each begins a page of its own.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn html(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    let language = sheets.first().map_or("und", |sheet| sheet.language.as_str());
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">", Escaped(language))?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>", Escaped(&names.join(", ")))?;
    sheets.iter().try_for_each(|sheet| page(sheet, out))?;
    writeln!(out, "</body>\n</html>")
}

fn page(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let language = sheet.language.as_str();
    let direction = if FROM_RIGHT.contains(&language) { "rtl" } else { "ltr" };
    let print = if SMALL.contains(&lines(sheet)) { " class=\"small\"" } else { "" };
    writeln!(out, "<main lang=\"{}\" dir=\"{direction}\"{print}>", Escaped(language))?;
    if sheet.categories.is_empty() {
        writeln!(out, "<h1>{}</h1>", Escaped(&sheet.name))?;
    } else {
        writeln!(out, "<table>\n<caption><h1>{}</h1></caption>", Escaped(&sheet.name))?;
        let [avoid, prefer] = &sheet.columns;
        let heads = (Escaped(avoid), Escaped(prefer));
        writeln!(
            out,
            "<thead>\n<tr><td></td><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr>",
            heads.0, heads.1
        )?;
        writeln!(out, "</thead>")?;
        sheet.categories.iter().try_for_each(|category| rows(category, out))?;
        writeln!(out, "</table>")?;
    }
    let (title, phrases) = &sheet.recommended;
    if !phrases.is_empty() {
        writeln!(out, "<h2>{}</h2>\n<ul class=\"say\">", Escaped(title))?;
        phrases.iter().try_for_each(|phrase| writeln!(out, "<li>{}</li>", Escaped(phrase)))?;
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</main>")
}

/// How many lines of the table have room on a page in small print only. Of more there is no room either way.
const SMALL: RangeInclusive<usize> = 43..=62;

/// How many lines the table will take, or nearly: characters are not equally wide.
fn lines(sheet: &Sheet) -> usize {
    let taken = |phrases: &[String], room: usize| {
        let all: usize = phrases.iter().map(|phrase| phrase.chars().count() + 3).sum();
        all.div_ceil(room).max(1)
    };
    let of_row = |row: &Row| {
        let instead = match &row.instead {
            Instead::Say(wordings) => taken(wordings, PREFER_ROOM),
            Instead::LeaveOut(text) | Instead::Why(text) => taken(std::slice::from_ref(text), PREFER_ROOM),
        };
        taken(&row.avoid, AVOID_ROOM).max(instead)
    };
    sheet.categories.iter().flat_map(|category| &category.rows).map(of_row).sum()
}

fn rows(category: &Category, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<tbody>")?;
    for (index, row) in category.rows.iter().enumerate() {
        write!(out, "<tr>")?;
        if index == 0 {
            let title = Escaped(&category.title);
            write!(out, "<th scope=\"rowgroup\" rowspan=\"{}\">{title}</th>", category.rows.len())?;
        }
        write!(out, "<th scope=\"row\">")?;
        phrases(&row.avoid, out)?;
        write!(out, "</th>")?;
        match &row.instead {
            Instead::Say(wordings) => {
                write!(out, "<td>")?;
                phrases(wordings, out)?;
            }
            Instead::LeaveOut(text) | Instead::Why(text) => write!(out, "<td class=\"aside\">{}", Escaped(text))?,
        }
        writeln!(out, "</td></tr>")?;
    }
    writeln!(out, "</tbody>")
}

/// One phrase as it is, and several as a list, so that nobody hears them as one.
fn phrases(phrases: &[String], out: &mut dyn Write) -> io::Result<()> {
    if let [phrase] = phrases {
        return write!(out, "{}", Escaped(phrase));
    }
    write!(out, "<ul>")?;
    phrases.iter().try_for_each(|phrase| write!(out, "<li>{}</li>", Escaped(phrase)))?;
    write!(out, "</ul>")
}

/// Text that is nothing but text in HTML, in an attribute too; dots never stand alone on a line.
struct Escaped<'t>(&'t str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use std::fmt::Write as _;
        let mut chars = self.0.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                ' ' if chars.peek() == Some(&'…') => f.write_str("&nbsp;")?,
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_lexicon_is_markup() {
        assert_eq!(Escaped("<b> & \"c\"").to_string(), "&lt;b&gt; &amp; &quot;c&quot;");
        assert_eq!(Escaped("a … b").to_string(), "a&nbsp;… b");
    }
}
