//! The matching form of a draft's prose, with a map back to the original bytes.
//!
//! Two spellings that a reader takes for the same phrase fold to the same bytes; see
//! [`Style`] for how far that goes. This page decides nothing about words, sentences or phrases.

use super::chars::{self, Class, Mark, Style};
use super::folded::{BREAK, Edit, Folded, OPAQUE, PLACEHOLDER};
use super::prose::{Piece, Prose, Skip};
use super::run::{self, End, Rules};
use super::written::Written;
use super::{Span, lao, lookalike};

impl Folded {
    /// Folds the prose of `text`.
    pub fn new(text: &str, prose: &Prose, style: Style) -> Self {
        Self::default().again(text, prose, style)
    }

    /// Folds the prose of another text. What this one took of memory is used anew.
    #[must_use]
    pub fn again(self, text: &str, prose: &Prose, style: Style) -> Self {
        let pieces = prose.pieces();
        let length = pieces.last().zip(pieces.first()).map_or(0, |(last, first)| last.span().end - first.span().start);
        let mut folder = Folder::new(text, style, self, length);
        for piece in prose.pieces() {
            match *piece {
                Piece::Words(span) => folder.words(span),
                Piece::Opaque(span, Skip::Placeholder) => folder.sentinel(PLACEHOLDER, span),
                Piece::Opaque(span, _) => folder.sentinel(OPAQUE, span),
                Piece::Break(span) => folder.white_space(span, true),
                Piece::Decoded(span, c) => folder.read(c, span),
            }
        }
        folder.finish()
    }
}

/// Bytes of one letter with its marks.
const LONGEST_CLUSTER: usize = 96;

/// The one pass over a text.
struct Folder<'t> {
    text: &'t str,
    style: Style,
    rules: Rules,
    out: Written,
    edits: Vec<Edit>,
    /// Original bytes before this one are accounted for.
    raw: usize,
    /// White space that was read but not yet written, and whether it ends the prose.
    pending: Option<(Span, bool)>,
    /// Line breaks in the pending white space.
    lines: usize,
    /// The last letter with its marks: where it begins, folded and original.
    cluster: Option<(usize, usize)>,
    /// Folded offsets at which Latin and Cyrillic letters touch.
    mixed: Vec<usize>,
}

impl<'t> Folder<'t> {
    fn new(text: &'t str, style: Style, old: Folded, length: usize) -> Self {
        let (out, mut edits) = old.parts();
        edits.clear();
        Self {
            text,
            style,
            rules: Rules::new(style.folds_case(), style.dotless()),
            out: Written::new(out, length),
            edits,
            raw: 0,
            pending: None,
            lines: 0,
            cluster: None,
            mixed: Vec::new(),
        }
    }

    fn words(&mut self, span: Span) {
        let mut at = self.plain(span);
        while at < span.end {
            let rest = Span::new(at, span.end).of(self.text);
            if let Some(soft) = rest.starts_with('=').then(|| soft_break(rest)).flatten() {
                at += soft;
                continue;
            }
            if let Some(behind) = self.lao(Span::new(at, span.end)) {
                at = self.plain(Span::new(behind, span.end));
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            let raw = Span::new(at, at + c.len_utf8());
            // CR LF is one line break, and LF is the half of it that counts.
            if rest.starts_with("\r\n") {
                self.white_space(raw, false);
            } else {
                self.read(c, raw);
            }
            at = self.plain(Span::new(raw.end, span.end));
        }
    }

    /// Folds what `rest` begins with that no neighbour changes: runs, which go byte for byte, and lone
    /// characters between them. Gives the place behind it.
    fn plain(&mut self, rest: Span) -> usize {
        let bytes = &self.text.as_bytes()[..rest.end];
        let mut at = rest.start;
        while let Some(&next) = bytes.get(at) {
            let goes_on = matches!(next, b' ' | b'\n') && self.pending.is_none() && self.out.ends_in_word();
            let mut blank = false;
            if goes_on || self.rules.begin(next) {
                let end = self.run(Span::new(at, rest.end));
                if end.at == at {
                    break;
                }
                (at, blank) = (end.at, end.blank);
            }
            // White space may be joined with more of it; before a lone character it is known to be alone.
            let next = Span::new(at + usize::from(blank), rest.end);
            let Some((c, folded)) = self.lone_at(next) else { break };
            if blank {
                self.out.push(' ');
                self.raw = next.start;
            }
            at = next.start + c.len_utf8();
            self.lone(folded, Span::new(next.start, at));
        }
        // A break that was pending may have been written, and nothing behind it.
        if at > rest.start {
            let last = self.out.last_len();
            let raw = self.edits.last().filter(|edit| edit.folded_end() == self.out.len()).map(|edit| edit.raw);
            self.cluster = Some((self.out.len() - last, raw.unwrap_or(at - last)));
        }
        at
    }

    /// A run of letters, digits, signs and single blanks.
    fn run(&mut self, rest: Span) -> End {
        self.before(rest.start);
        let (start, noted) = (self.out.len(), self.mixed.len());
        let end = run::fold(self.text.as_bytes(), rest, self.rules, self.out.bytes(), &mut self.mixed);
        if end.at > rest.start {
            self.raw = end.at;
            if self.touches_other_script(start) {
                self.mixed.insert(noted, start);
            }
        }
        end
    }

    /// A run of Lao or Thai, where one begins. Gives the place behind it.
    fn lao(&mut self, rest: Span) -> Option<usize> {
        let bytes = rest.of(self.text).as_bytes();
        if !lao::begins(bytes) {
            return None;
        }
        self.before(rest.start);
        let end = lao::fold(bytes, rest.start, self.out.bytes(), &mut self.edits);
        self.raw = end.at;
        self.cluster = Some(end.letter);
        Some(end.at)
    }

    /// The character that stands there, and what becomes of it, when no other can change it.
    #[inline]
    fn lone_at(&self, at: Span) -> Option<(char, char)> {
        self.text.as_bytes().get(at.start).filter(|byte| at.start < at.end && !byte.is_ascii())?;
        let c = at.of(self.text).chars().next()?;
        Some((c, chars::alone(c, self.style)?))
    }

    fn lone(&mut self, folded: char, raw: Span) {
        self.before(raw.start);
        let start = self.out.len();
        self.out.push(folded);
        let folded_len = self.out.len() - start;
        if folded_len != raw.len() {
            self.edits.push(Edit { folded: start, folded_len, raw: raw.start, raw_len: raw.len() });
        }
        // Nearly all that stand alone are signs.
        if chars::is_latin(folded) || chars::is_cyrillic(folded) {
            self.note_scripts(start);
        }
        self.raw = raw.end;
    }

    /// One character, wherever it came from.
    fn read(&mut self, c: char, raw: Span) {
        match chars::class(c) {
            Class::Space => self.white_space(raw, false),
            Class::Line => {
                self.lines += 1;
                self.white_space(raw, self.lines > 1);
            }
            Class::Paragraph => self.white_space(raw, true),
            Class::Ignorable => {}
            Class::Text => self.character(c, raw),
        }
    }

    fn character(&mut self, c: char, raw: Span) {
        if self.pending.is_none()
            && !c.is_ascii()
            && let Some(before) = self.out.last()
        {
            match chars::mark(before, c, self.style) {
                Mark::None => {}
                // The mark stays with its letter, so that no span can cut between the two.
                Mark::Dropped => return self.recompose(raw.end, |_| {}),
                Mark::Replaces(with) => {
                    return self.recompose(raw.end, |text| {
                        text.pop();
                        text.push(with);
                    });
                }
                Mark::Composes => {
                    return self.recompose(raw.end, |text| {
                        text.push(c);
                        *text = chars::compose_cluster(text);
                    });
                }
            }
        }
        self.before(raw.start);
        let start = self.out.len();
        chars::push_folded(c, self.style, &mut self.out);
        self.note_scripts(start);
        self.account(start, raw);
        self.cluster = Some((start, raw.start));
    }

    fn note_scripts(&mut self, at: usize) {
        if self.touches_other_script(at) {
            self.mixed.push(at);
        }
    }

    /// Whether the letter at the folded offset `at` is of another script than the one before.
    fn touches_other_script(&self, at: usize) -> bool {
        self.out.around(at).is_some_and(|(before, after)| {
            (chars::is_latin(before) && chars::is_cyrillic(after))
                || (chars::is_cyrillic(before) && chars::is_latin(after))
        })
    }

    /// Rewrites the last letter together with the marks behind it. Of a letter with more marks
    /// than any language has, the rest are let go, so that hostile text costs no more than other.
    fn recompose(&mut self, raw_end: usize, rewrite: impl FnOnce(&mut String)) {
        let Some((start, raw_start)) = self.cluster else { return };
        let mut cluster = self.out.split_off(start);
        if cluster.len() < LONGEST_CLUSTER {
            rewrite(&mut cluster);
        }
        self.out.push_str(&cluster);
        // What was written in front of the letter may come from no byte at all.
        self.edits.truncate(self.edits.partition_point(|edit| edit.raw < raw_start || edit.folded < start));
        self.account(start, Span::new(raw_start, raw_end));
    }

    /// Something opaque, or a whole placeholder.
    fn sentinel(&mut self, sentinel: char, raw: Span) {
        self.before(raw.start);
        let start = self.out.len();
        self.out.push(sentinel);
        self.account(start, raw);
        self.cluster = None;
    }

    fn white_space(&mut self, raw: Span, ends: bool) {
        let (span, ended) = self.pending.unwrap_or((raw, false));
        self.pending = Some((Span::new(span.start, raw.end), ended || ends));
    }

    /// Writes pending white space, and notes original bytes that were passed over.
    #[inline]
    fn before(&mut self, raw: usize) {
        if self.pending.is_some() || raw != self.raw {
            self.catch_up(raw);
        }
        self.lines = 0;
    }

    fn catch_up(&mut self, raw: usize) {
        if let Some((span, ends)) = self.pending.take() {
            self.pass_over(span.start);
            let start = self.out.len();
            self.out.push(if ends { BREAK } else { ' ' });
            self.account(start, span);
            self.cluster = None;
        }
        self.pass_over(raw);
    }

    fn pass_over(&mut self, raw: usize) {
        if raw > self.raw {
            self.edits.push(Edit { folded: self.out.len(), folded_len: 0, raw: self.raw, raw_len: raw - self.raw });
            self.raw = raw;
        }
    }

    /// Notes that the original bytes `raw` became what was written from `start` on.
    fn account(&mut self, start: usize, raw: Span) {
        let folded_len = self.out.len() - start;
        let in_step = folded_len == raw.len() && (folded_len == 1 || self.out.is_one_character(start));
        if !in_step || one_or_more(raw.of(self.text)) {
            self.edits.push(Edit { folded: start, folded_len, raw: raw.start, raw_len: raw.len() });
        }
        self.raw = raw.end;
    }

    fn finish(mut self) -> Folded {
        self.before(self.text.len());
        let folded = Folded::from_parts(self.out.into_bytes(), self.edits);
        if self.mixed.is_empty() { folded } else { lookalike::mend(folded, &self.mixed) }
    }
}

/// A quoted-printable soft line break that was pasted with the text.
fn soft_break(rest: &str) -> Option<usize> {
    let behind = rest.strip_prefix('=')?;
    let next = behind.strip_prefix("\r\n").or_else(|| behind.strip_prefix('\n'))?;
    (!next.starts_with(['\r', '\n'])).then_some(rest.len() - next.len())
}

fn one_character(text: &str) -> bool {
    text.chars().nth(1).is_none()
}

/// Several original characters that became one written stretch need an edit even when the
/// lengths agree, so that no offset can point between them.
fn one_or_more(raw: &str) -> bool {
    raw.len() > 1 && !one_character(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> Folded {
        Folded::new(text, &Prose::of_text(text), Style::COARSE)
    }

    #[test]
    fn spellings_that_read_alike_fold_alike() {
        let rows = [
            ("You’ll don`t ‘MUST’", "you'll don't 'must'"),
            ("you\u{a0}\u{202f}must\t pay", "you must pay"),
            ("you\r\n  must", "you must"),
            ("you\r\n \r\nmust", "you\nmust"),
            ("y\u{ad}ou\u{200b} \u{200b}must", "you must"),
            ("Ещё ЕЩЁ е\u{308}щё", "еще еще еще"),
            ("и\u{306} й ї і\u{308} зна\u{301}чит", "й й ї ї значит"),
            ("CAFÉ cafe\u{301}", "cafe cafe"),
            ("ΟΔΟΣ οδος ὁδός", "οδοσ οδοσ οδοσ"),
            ("Straße STRASSE ﬁn", "strasse strasse fin"),
            ("İstanbul ısı ＹＯＵ", "istanbul isi you"),
            ("c\u{43e}жалению y\u{43e}u", "\u{441}ожалению you"),
            ("ßc\u{43e}ß", "sscoss"),
            ("ຈໍາ ຈຳ ນ້ຳ ນ້ໍາ ນໍ້າ ໜຶ່ງ", "ຈໍາ ຈໍາ ນ້ໍາ ນ້ໍາ ນ້ໍາ ຫນຶ່ງ"),
            ("non\u{2011}stop – no…", "non-stop — no..."),
            ("№ 5", "№ 5"),
            ("mu=\nst a = b", "must a = b"),
        ];
        for (text, folded) in rows {
            assert_eq!(fold(text).text(), folded, "{text:?}");
        }
    }

    #[test]
    fn every_range_maps_back_to_whole_characters() {
        let text = "\u{feff}İ 😀 «Ещё\u{a0} \u{ad}раз» и\u{306}ог 1ﬁ \r\n> q\r\n- you{{x}} must\u{200b}";
        let folded = fold(text);
        assert_eq!(folded.text(), "i 😀 \"еще раз\" йог 1fi\nyou\u{2} must");
        let borders: Vec<usize> = folded.text().char_indices().map(|(at, _)| at).chain([folded.text().len()]).collect();
        for (index, &start) in borders.iter().enumerate() {
            for &end in &borders[index..] {
                let Some(span) = folded.original(Span::new(start, end)) else { continue };
                assert!(text.get(span.start..span.end).is_some(), "{start}..{end} -> {span:?}");
            }
        }
        let at = folded.text().find("must").expect("it is there");
        let span = folded.original(Span::new(at, at + 4)).expect("whole characters");
        assert_eq!(span.of(text), "must");
        assert_eq!(folded.offset_of(span.start), at);
        let f = folded.text().find("fi").expect("it is there");
        assert_eq!(folded.original(Span::new(f, f + 1)), None);
    }

    /// In Markdown a break stands in front of the first word, and comes from no byte.
    #[test]
    fn a_break_is_no_letter() {
        use crate::text::{Format, Scope};
        for (text, expected) in [("ѐ", "\nе"), ("ѐ\n\nѐ", "\nе\nе"), ("е\u{308}, pay", "\nе, pay")] {
            let prose = Prose::of(text, Format::Markdown, Scope::Own);
            let folded = Folded::new(text, &prose, Style::COARSE);
            assert_eq!(folded.text(), expected);
            let letter = folded.original(Span::new(1, 3)).expect("whole characters");
            assert!(text.get(letter.start..letter.end).is_some_and(|letter| letter.starts_with(['ѐ', 'е'])), "{text}");
        }
    }

    #[test]
    fn accents_stay_where_asked() {
        assert_eq!(Folded::phrase(" No  SÉ ", Style::ACCENTED), "no sé");
        assert_eq!(Folded::phrase("No se\u{301}", Style::ACCENTED), "no sé");
        assert_eq!(Folded::phrase("No  SÉ", Style::CASED), "No SÉ");
        assert_eq!(Folded::phrase("SINIR ıİ", Style::ACCENTED.with_dotless_i(true)), "sınır ıi");
    }
}
