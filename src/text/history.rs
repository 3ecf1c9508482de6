//! Lines of a plain text and whose they are: the history that a mail program puts below or
//! around an answer, signatures, and blocks of code. Everything here goes line by line; what is
//! skipped within a line is found in [`super::plain`], and what an introduction or a signature
//! looks like in [`super::introduction`] and [`super::signature`].

use super::introduction::introduction;
use super::line::{Ahead, Line, split};
use super::ordinary::ordinary;
use super::prose::Skip;
use super::signature::{is_delimiter, is_device_line};
use super::{Scope, Span};

/// The lines of a text, and what they are. Neighbouring lines of plain prose come as one. An answer
/// between two quotations stays the agent's.
pub(super) fn lines(text: &str, scope: Scope) -> Lines<'_> {
    Lines { text, at: 0, scope, seen: Seen::default(), signature: false, unclosed: false, known: None }
}

/// Goes through the lines of a text.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    scope: Scope,
    seen: Seen,
    /// In a signature.
    signature: bool,
    /// No fence below closes a block of code.
    unclosed: bool,
    /// What the next so many lines are.
    known: Option<(Skip, usize)>,
}

/// What of a text was read above a line.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// Something but blank lines.
    words: bool,
    /// More than a header may be. What stands above the first blank line in the manner of a mail's header
    /// is not yet the text.
    text: bool,
}

impl Seen {
    fn pass(&mut self, line: &Line<'_>) {
        self.text = self.text || if line.is_blank() { self.words } else { !line.is_field() };
        self.words = self.words || !line.is_blank();
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        let prose = self.prose();
        if !prose.is_empty() {
            return Some(Line { text: prose, inner: "", marks: 0, depth: 0, kind: None });
        }
        let ahead = Ahead::new(Span::new(self.at, self.text.len()).of(self.text))?;
        let line = *ahead.first();
        let kind = match self.known {
            Some((kind, left)) => {
                self.known = (left > 1).then_some((kind, left - 1));
                Some(kind)
            }
            None => self.kind_of(ahead),
        };
        self.at += line.text.len();
        Some(Line { kind, ..line })
    }
}

impl<'t> Lines<'t> {
    /// The lines from here on that are plain prose for certain.
    fn prose(&mut self) -> &'t str {
        let start = self.at;
        if !self.signature && self.known.is_none() {
            while let Some(len) = self.ordinary() {
                self.at += len;
            }
        }
        Span::new(start, self.at).of(self.text)
    }

    /// The length of the next line, if that is plain prose for certain.
    #[inline]
    fn ordinary(&mut self) -> Option<usize> {
        let rest = Span::new(self.at, self.text.len()).of(self.text);
        if self.seen.text
            && self.seen.words
            && let Some(len) = ordinary(rest)
        {
            return Some(len);
        }
        let line = Line::new(split(rest).next()?);
        line.is_ordinary().then(|| self.seen.pass(&line))?;
        Some(line.text.len())
    }

    /// What the first of the lines is, if it is not read; of lines behind it that are the same, notes how many.
    fn kind_of(&mut self, ahead: Ahead<'t>) -> Option<Skip> {
        let line = ahead.first();
        let (kind, len) = if let Some(len) = self.fence(ahead) {
            // Code in a quotation is a part of the quotation, unless that is read.
            let quoted = line.depth > 0 && self.scope == Scope::Own;
            (Some(if quoted { Skip::Quote } else { Skip::Code }), len)
        } else if line.depth > 0 {
            (Some(Skip::Quote), 1)
        } else if let Some(found) = introduction(ahead) {
            // With marks behind it, a quotation says itself how far it goes; else it is the rest.
            let ends = found.marked || (found.tops && !self.seen.text);
            (Some(Skip::Quote), if ends { found.len } else { usize::MAX })
        } else {
            self.signature = self.signature || (self.seen.words && is_delimiter(ahead));
            ((self.signature || is_device_line(line.text.trim())).then_some(Skip::Signature), 1)
        };
        self.signature = self.signature && matches!(kind, Some(Skip::Signature | Skip::Code));
        match kind {
            None => self.seen.pass(line),
            Some(kind) => self.known = (len > 1).then_some((kind, len - 1)),
        }
        kind
    }

    /// How many lines a block of code takes that begins here; a fence that is never closed begins none.
    fn fence(&mut self, ahead: Ahead<'_>) -> Option<usize> {
        let first = ahead.first();
        if !first.opens_fence() || (self.unclosed && first.depth == 0) {
            return None;
        }
        let (depth, closes) = (first.depth, |line: Line<'_>| line.closes_fence() && line.depth == first.depth);
        let within = |line: &Line<'_>| depth == 0 || line.depth == depth;
        let end = ahead.lines().skip(1).take_while(within).position(closes);
        self.unclosed = self.unclosed || (depth == 0 && end.is_none());
        end.map(|end| end + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ordinary_is_nothing_else() {
        use crate::text::mail_words::{DIVIDERS, FORWARDS, STARTS, VERBS};
        let pieces = [
            "on",
            "On",
            "am",
            "Sent from",
            "my iPhone",
            "5",
            "2026",
            "10:00",
            "Anna",
            "<a@x.example>",
            "wrote",
            ":",
            "： ",
            "From",
            "Subject",
            "--",
            "-",
            "—",
            "_",
            "=",
            "*",
            "```",
            ">",
            " ",
            "  ",
            "\t",
            "\u{a0}",
            "\u{feff}",
            "а",
            "Отправлено с",
            "發",
            "信",
            "냄",
            "…",
            ".",
            ",",
            "word",
            "слово",
            "Get",
            "Enviado de",
        ];
        let words: Vec<&str> =
            pieces.iter().chain(&DIVIDERS).chain(&FORWARDS).chain(&STARTS).chain(&VERBS).copied().collect();
        let mut seed = 7_usize;
        let mut pick = |bound: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % bound
        };
        let mut ordinary = 0;
        for _ in 0..100_000 {
            let text: String = (0..=pick(7)).flat_map(|_| [words[pick(words.len())], ["", " "][pick(2)]]).collect();
            let line = Line::new(&text);
            if line.inner.is_empty() || !line.is_ordinary() {
                continue;
            }
            ordinary += 1;
            for below in ["", "Subject: x\nTo: b@x.example\nDate: c\n", "> x\n", "<a@x.example> wrote:\n"] {
                let text = format!("{text}\n{below}");
                let ahead = Ahead::new(&text).expect("a line");
                let special = ahead.first().opens_fence()
                    || introduction(ahead).is_some()
                    || is_delimiter(ahead)
                    || is_device_line(ahead.first().text.trim());
                assert!(!special, "{text:?}");
            }
        }
        assert!(ordinary > 20_000, "only {ordinary} were tried");
    }

    /// A letter for each line.
    fn marked(text: &str, scope: Scope) -> String {
        let letter = |line: &Line<'_>| line.kind.map_or(".", |kind| kind.as_str().get(..1).unwrap_or("?"));
        lines(text, scope).map(|line| letter(&line).repeat(line.text.lines().count())).collect()
    }

    #[test]
    fn quotations_end_where_the_agent_goes_on() {
        let rows = [
            ("Hi\n\nOn Mon, 5 May 2026 at 10:00, Anna <a@x.example> wrote:\n\nyou must\n", "..qqq"),
            ("On 5 May 2026, Anna wrote:\n> you must\nmine\n> more\nmine\n", "qq.q."),
            ("Hi\n-----Original Message-----\nFrom: A\nx\n", ".qqq"),
            ("> a\n>> b\n\n  > c\nmine\n", "qq.q."),
            ("Hi\n##- Please type your reply above this line -##\nx\n", ".qq"),
            ("##- Please type your reply above this line -##\nHi\n", "q."),
            ("From: Support\nTo: Anna <a@x.example>\nSubject: Refund\n\nHi\n", "qqq.."),
            ("Message-Id: <1@x.example>\nFrom: a@x.example\nTo: b\nSubject: c\n\nHi\n", ".qqq.."),
            ("Anna:\n\nFrom: a@x.example\nTo: b\nSubject: c\n\nHi\n", "..qqqqq"),
            ("Hi\nFrom: Support\nTo: Anna <a@x.example>\nSubject: Refund\n\nHi\n", ".qqqqq"),
        ];
        for (text, expected) in rows {
            assert_eq!(marked(text, Scope::Own), expected, "{text}");
        }
    }

    #[test]
    fn signatures_and_code_are_left_out() {
        let rows = [
            ("Hi\n-- \nAnna\nyou must\n", ".sss"),
            ("Hi\n--\nAnna\n\nOn 5 May 2026, Bo wrote:\n> q\nmine\n", ".sssqq."),
            ("Hi\n-- \nAnna\n> q\nmine\n", ".ssq."),
            ("Hi\nSent from my iPhone\nyou must\n", ".s."),
            ("Hi\n```\nyou must\n> x\n```\nyou\n", ".cccc."),
            ("Hi\n```\nyou must\n", "..."),
            ("-- \nyou must\n", ".."),
        ];
        for (text, expected) in rows {
            assert_eq!(marked(text, Scope::Own), expected, "{text}");
        }
    }

    #[test]
    fn code_in_a_quotation_stays_code_when_that_is_read() {
        let text = "> a\n> ```\n> b\n> ```\n> c\n";
        assert_eq!(marked(text, Scope::Own), "qqqqq");
        assert_eq!(marked(text, Scope::Quoted), "qcccq");
        assert_eq!(marked("> ```\n> b\nmine\n> ```\n", Scope::Quoted), "qq.q");
    }
}
