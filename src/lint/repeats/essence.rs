//! What two sentences must share to be one line: their words, without what changes from one reply to the
//! next. Case, accents and signs are folded away; numbers, amounts, times, dates, names, placeholders and
//! addresses are left out. Nothing here counts, and only the sentence itself decides, so that it folds
//! alike in every reply.
//!
//! What a name is nobody can tell for certain. It is a word with a capital that does not begin its sentence,
//! and words that somebody is called by: behind a greeting, before the first comma ("Anna, your parcel …";
//! "Unfortunately, …" goes the same way, and is as easily exchanged) and behind the last one. Words in capitals
//! all through are taken for emphasis or an abbreviation. Where all words have capitals (a title), or all
//! nouns (German), capitals tell nothing, and only the other signs of a name count.

use super::words::{DATES, GERMAN_TITLES, GREETINGS, LINKS, NO_NAMES, SIGNS_OF_GERMAN};
use crate::matcher::value_end;
use crate::text::{BREAK, Format, OPAQUE, PLACEHOLDER, Piece, Reading, Span, words};

/// A line may be so long, in characters, that ends a sentence without a sign. Longer ones were broken to fit.
const SHORT_LINE: usize = 50;

/// Words of a greeting, the name that follows included.
const GREETING: usize = 5;

/// Words of one name.
const NAME: usize = 3;

/// Letters from which on a word has a capital in a title.
const TITLE: usize = 4;

/// Words that make an opening.
const OPENING: usize = 4;

/// Characters of a sentence that are kept to be shown.
const SHOWN: usize = 240;

/// One sentence of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// The words that are left of it.
    pub(super) essence: String,
    /// How many they are.
    pub(super) words: usize,
    /// The first of them.
    pub(super) opening: String,
    /// In its own wording, with single spaces, and with a "…" for what changes: nobody is named in it.
    pub(super) text: String,
    /// The beginning of that, as far as the opening goes.
    pub(super) opening_text: String,
}

/// The sentences of a reply, in their order, without greetings and those of which nothing is left.
pub(super) fn sentences(reading: &Reading<'_>) -> Vec<Sentence> {
    let mut tokens = Tokens::of(reading);
    let mut all = std::mem::take(&mut tokens.all);
    let sentences = all.chunk_by_mut(|_, next| !next.begins);
    sentences
        .filter_map(|sentence| {
            let greeting = tokens.greeting(sentence);
            let rest = &mut sentence[greeting..];
            tokens.leave_out(rest);
            tokens.sentence(rest)
        })
        .collect()
}

/// A word, or a stretch that is not read.
#[derive(Debug, Clone, Copy)]
struct Token {
    folded: Span,
    /// It begins a sentence.
    begins: bool,
    capitals: Capitals,
    left_out: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capitals {
    /// It begins with a sign of a script that has none, or with a digit.
    Unknown,
    None,
    First,
    All,
}

impl Capitals {
    fn of(word: &str) -> Self {
        let cased = || word.chars().filter(|c| c.is_uppercase() || c.is_lowercase());
        match word.chars().next() {
            Some(c) if c.is_lowercase() => Self::None,
            Some(c) if !c.is_uppercase() => Self::Unknown,
            _ if cased().all(char::is_uppercase) => Self::All,
            _ => Self::First,
        }
    }
}

/// The line that is being read, of those that the writer broke.
struct Line {
    start: usize,
    /// The last word of it.
    last: Option<(Span, Span)>,
}

impl Line {
    /// Whether a line that ends before a word ends the sentence, too: a greeting, a closing, or a line of a chat.
    fn ends_before(&mut self, reading: &Reading<'_>, folded: Span, raw: Span, capitals: Capitals) -> bool {
        let Some((before, raw_before)) = self.last.replace((folded, raw)) else { return false };
        let gap = Span::new(raw_before.end, raw.start.max(raw_before.end)).of(reading.text());
        if !breaks_line(gap, reading.format()) {
            return false;
        }
        let line = Span::new(self.start, before.end).of(reading.folded());
        self.start = folded.start;
        line.chars().count() < SHORT_LINE && (capitals != Capitals::None || gap.trim_start().starts_with(','))
    }
}

fn breaks_line(gap: &str, format: Format) -> bool {
    match format {
        Format::Html => {
            gap.split('<').skip(1).any(|tag| tag.get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case("br")))
        }
        Format::Flowed { .. } => gap.contains('\n') && !gap.contains(" \n") && !gap.contains(" \r\n"),
        Format::Text | Format::Markdown => gap.contains('\n'),
    }
}

/// The words of a stretch of prose, and what stands in it without being read.
fn stretches(block: &str) -> impl Iterator<Item = Span> {
    let mut words = words(block).peekable();
    let mut marks =
        block.match_indices([OPAQUE, PLACEHOLDER]).map(|(at, mark)| Span::new(at, at + mark.len())).peekable();
    std::iter::from_fn(move || match (words.peek(), marks.peek()) {
        (Some(word), Some(mark)) if mark.start < word.start => marks.next(),
        (None, _) => marks.next(),
        _ => words.next(),
    })
}

struct Tokens<'r, 't> {
    reading: &'r Reading<'t>,
    all: Vec<Token>,
}

impl<'r, 't> Tokens<'r, 't> {
    fn of(reading: &'r Reading<'t>) -> Self {
        let text = reading.folded();
        let mut tokens = Self { reading, all: Vec::new() };
        let (mut start, mut cursor) = (0, 0);
        for block in text.split(BREAK) {
            let (mut first, mut line) = (true, Line { start, last: None });
            for span in stretches(block) {
                let folded = span.shifted(start);
                let raw = reading.original_after(folded, &mut cursor);
                let capitals = raw.map_or(Capitals::Unknown, |raw| Capitals::of(raw.of(reading.text())));
                let ended = raw.is_some_and(|raw| line.ends_before(reading, folded, raw, capitals));
                let begins = first || ended || reading.starts_sentence(folded.start);
                tokens.all.push(Token { folded, begins, capitals, left_out: false });
                first = false;
            }
            start += block.len() + BREAK.len_utf8();
        }
        tokens
    }

    fn word(&self, token: &Token) -> &'r str {
        token.folded.of(self.reading.folded())
    }

    /// The signs behind a token, up to the next one or the end of the stretch.
    fn signs(&self, tokens: &[Token], index: usize) -> &'r str {
        let end = tokens[index].folded.end;
        let rest = match tokens.get(index + 1) {
            Some(next) => Span::new(end, next.folded.start).of(self.reading.folded()),
            None => Span::new(end, self.reading.folded().len()).of(self.reading.folded()),
        };
        let len = rest.find(|c: char| c == BREAK || c.is_alphanumeric()).unwrap_or(rest.len());
        Span::new(0, len).of(rest)
    }

    /// How many tokens greet somebody, the name included.
    fn greeting(&self, sentence: &[Token]) -> usize {
        let word = |index: usize| sentence.get(index).map_or("", |token| self.word(token));
        let two = format!("{} {}", word(0), word(1));
        if !GREETINGS.contains(&word(0)) && !GREETINGS.contains(&two.as_str()) {
            return 0;
        }
        let ends = |index: &usize| self.signs(sentence, *index).contains([',', '!', ':', '.', '\u{2014}']);
        (0..sentence.len().min(GREETING)).find(ends).map_or(0, |last| last + 1)
    }

    /// Leaves out what changes from reply to reply.
    fn leave_out(&self, sentence: &mut [Token]) {
        self.values(sentence);
        let named = self.names(sentence);
        for (token, named) in sentence.iter_mut().zip(named) {
            token.left_out |= named;
        }
        self.called(sentence);
    }

    /// Numbers with their units, dates, and what is not read.
    fn values(&self, sentence: &mut [Token]) {
        let mut until = 0;
        for index in 0..sentence.len() {
            let (token, start) = (sentence[index], sentence[index].folded.start);
            let word = self.word(&token);
            let numeric = |token: &Token| self.word(token).starts_with(char::is_numeric);
            if numeric(&token) || sentence.get(index + 1).is_some_and(numeric) {
                until = value_end(self.reading, start).unwrap_or(0).max(until);
            }
            sentence[index].left_out = start < until
                || word.contains(char::is_numeric)
                || word.starts_with([OPAQUE, PLACEHOLDER])
                || DATES.contains(word);
        }
        for index in 1..sentence.len().saturating_sub(1) {
            let within = sentence[index - 1].left_out && sentence[index + 1].left_out;
            sentence[index].left_out |= within && LINKS.contains(&self.word(&sentence[index]));
        }
    }

    /// Which words are names by their capitals.
    fn names(&self, sentence: &[Token]) -> Vec<bool> {
        let german = sentence.iter().any(|token| SIGNS_OF_GERMAN.contains(self.word(token)));
        let titled = |index: usize| {
            let title = |token: &Token| GERMAN_TITLES.contains(&self.word(token));
            sentence[index.saturating_sub(NAME - 1)..index].iter().any(title) || title(&sentence[index])
        };
        let capital = |index: usize| {
            let token = &sentence[index];
            token.capitals == Capitals::First && !NO_NAMES.contains(&self.word(token))
        };
        // Behind a colon a sentence may begin.
        let inner = |index: usize| index > 0 && !self.signs(sentence, index - 1).contains(':');
        let telling = !german && !self.is_title(sentence);
        (0..sentence.len()).map(|index| inner(index) && capital(index) && (telling || titled(index))).collect()
    }

    /// Whether all words have capitals that could.
    fn is_title(&self, sentence: &[Token]) -> bool {
        let mut inner = sentence.iter().skip(1).filter(|token| !token.left_out);
        let capitals = sentence.iter().skip(1).filter(|token| token.capitals == Capitals::First).count();
        let small = |token: &Token| token.capitals == Capitals::None && self.word(token).chars().count() >= TITLE;
        capitals >= 2 && !inner.any(small)
    }

    /// Names by which somebody is called, before the first comma and behind the last.
    fn called(&self, sentence: &mut [Token]) {
        let comma = |index: usize| self.signs(sentence, index).contains(',');
        let mut commas = (0..sentence.len().saturating_sub(1)).filter(|&index| comma(index));
        let Some(first) = commas.next() else { return };
        let last = commas.next_back().unwrap_or(first);
        let calls_first = sentence[1..=first].iter().all(|token| token.left_out) && first < NAME;
        let behind = &sentence[last + 1..];
        let name = |token: &Token| token.left_out || matches!(token.capitals, Capitals::First | Capitals::All);
        let calls_last = behind.len() <= NAME && behind.iter().all(name);
        if calls_last {
            sentence[last + 1..].iter_mut().for_each(|token| token.left_out = true);
        }
        if calls_first {
            sentence[0].left_out = true;
        }
    }

    /// What is left of a sentence.
    fn sentence(&self, tokens: &[Token]) -> Option<Sentence> {
        let kept: Vec<usize> = (0..tokens.len()).filter(|&index| !tokens[index].left_out).collect();
        let last = tokens.len().checked_sub(1)?;
        let joined = |kept: &[usize]| kept.iter().map(|&index| self.word(&tokens[index])).collect::<Vec<_>>().join(" ");
        let opening = &kept[..kept.len().min(OPENING)];
        let opens_until = *opening.last()?;
        let signs = self.signs(tokens, last);
        let text = self.shown(tokens, tokens[last].folded.end + signs.find(' ').unwrap_or(signs.len()));
        let begins = self.shown(&tokens[..=opens_until], tokens[opens_until].folded.end);
        let opening_text = if opens_until == last { text.clone() } else { format!("{begins} …") };
        Some(Sentence { essence: joined(&kept), words: kept.len(), opening: joined(opening), text, opening_text })
    }

    /// Some words up to a folded offset as they were written, with a "…" for what is left out.
    fn shown(&self, tokens: &[Token], end: usize) -> String {
        let mut written = String::new();
        let mut at = tokens.first().map_or(end, |token| token.folded.start);
        for run in tokens.chunk_by(|token, next| token.left_out && next.left_out) {
            if let [Token { folded: Span { start, .. }, left_out: true, .. }, ..] = *run {
                self.write(Span::new(at, start), &mut written);
                written.push('…');
                at = run.last().map_or(start, |token| token.folded.end);
            }
        }
        self.write(Span::new(at, end), &mut written);
        shortened(&written)
    }

    /// Writes some folded bytes as they were written.
    fn write(&self, folded: Span, out: &mut String) {
        let text = self.reading.text();
        let Some(raw) = self.reading.original(folded) else {
            out.push_str(&folded.of(self.reading.folded()).replace([OPAQUE, PLACEHOLDER], "…"));
            return;
        };
        for piece in self.reading.prose().within(raw).pieces() {
            match *piece {
                Piece::Words(span) => out.push_str(span.of(text)),
                Piece::Opaque(..) => out.push('…'),
                Piece::Decoded(_, c) => out.push(c),
                Piece::Break(_) => out.push(' '),
            }
        }
    }
}

/// As many words as are shown, with single spaces.
fn shortened(written: &str) -> String {
    let mut shown = String::with_capacity(written.len().min(4 * SHOWN));
    let mut room = SHOWN;
    for word in written.replace("….", "…").split_whitespace() {
        let Some(rest) = room.checked_sub(word.chars().count()) else {
            shown.push_str(if shown.is_empty() { "…" } else { " …" });
            break;
        };
        room = rest;
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Draft;

    fn essences(text: &str, format: Format) -> Vec<String> {
        let reading = Reading::of(&Draft::new(text).with_format(format));
        sentences(&reading).into_iter().map(|sentence| sentence.essence).collect()
    }

    #[test]
    fn what_changes_from_reply_to_reply_is_left_out() {
        let rows: [(&str, &[&str]); 12] = [
            (
                "thank you for your patience",
                &[
                    "Thank you for your patience.",
                    "THANK YOU FOR YOUR PATIENCE!",
                    "Thank You for Your Patience",
                    "thank  you\u{a0}for\nyour patience …",
                    "Thank you for your patience, Anna.",
                    "Anna Maria, thank you for your patience!",
                    "{{name}}, thank you for your patience",
                    "Hi Anna, thank you for your patience.",
                    "hello anna lopez! thank you for your patience.",
                    "Dear Anna,\nThank you for your patience.",
                    "Dear Mr. Smith,\n\nThank you for your patience, Mr. Smith.",
                ],
            ),
            (
                "your order was sent on and costs",
                &[
                    "Your order 4711 of Monday was sent on 12 October and costs $40.",
                    "Your order AB-12/7 of 2026-11-21 was sent on Sunday, 5 p.m. and costs 1 200,50 euros.",
                    "Your order #{{order.id}} of {{date}} was sent on Oct 3rd and costs EUR 40.",
                ],
            ),
            (
                "i talked with about it",
                &[
                    "I talked with Anna about it.",
                    "I talked with Anna-Maria O'Neill about it.",
                    "i talked with https://x.example about it",
                ],
            ),
            (
                "anna's answer is that i'm right",
                &["Anna's answer is that I'm right.", "ANNA'S ANSWER IS THAT I'M RIGHT"],
            ),
            (
                "please do not reply to this sms",
                &["Please do NOT reply to this SMS.", "please do not reply to this sms"],
            ),
            ("note please call us at once", &["Note: Please call us at once."]),
            (
                "we cannot offer a refund",
                &["Unfortunately, we cannot offer a refund.", "Anna, we cannot offer a refund."],
            ),
            (
                "благодарим вас за ваше терпение",
                &[
                    "Благодарим Вас за Ваше терпение!",
                    "благодарим вас за ваше терпение",
                    "Анна Петровна, благодарим вас за ваше терпение.",
                    "Здравствуйте, Борис! Благодарим вас за ваше терпение.",
                    "Уважаемая Анна,\nблагодарим вас за ваше терпение, Анна",
                ],
            ),
            (
                "ваш заказ приедет в и стоит",
                &[
                    "Ваш заказ № 17 приедет в среду и стоит 500 рублей.",
                    "Ваш заказ 18-А приедет в пятницу, 12 октября, и стоит 1 200 ₽.",
                ],
            ),
            (
                "я говорил с о вашем заказе",
                &["Я говорил с Анной о вашем заказе.", "Я говорил с Петром Ильичом о Вашем заказе."],
            ),
            (
                "vielen dank fur ihre geduld",
                &[
                    "Vielen Dank für Ihre Geduld, Frau Müller.",
                    "vielen dank für ihre geduld",
                    "Hallo Anna,\nvielen Dank für Ihre Geduld.",
                ],
            ),
            (
                "wir haben geschrieben",
                &["Wir haben Herrn Müller geschrieben.", "Wir haben Frau Anna Schmidt geschrieben."],
            ),
        ];
        for (essence, texts) in rows {
            for text in texts {
                let found = essences(text, Format::Text);
                assert!(found.iter().any(|found| found == essence), "{text}: {found:?}");
            }
        }
    }

    #[test]
    fn other_words_make_another_line() {
        for (one, other) in [
            ("Thank you for your patience.", "Thank you for your order."),
            ("We can help you.", "We can't help you."),
            ("Vielen Dank für Ihre Geduld.", "Vielen Dank für Ihre Nachricht."),
            ("Благодарим Вас за терпение.", "Благодарим Вас за обращение."),
            ("Ваш заказ уже в пути.", "Ваш заказ ещё не в пути."),
            ("ขอบคุณที่รอ", "ขอบคุณครับ"),
        ] {
            assert_ne!(essences(one, Format::Text), essences(other, Format::Text), "{one}");
        }
    }

    #[test]
    fn sentences_end_at_signs_blocks_and_short_lines() {
        let rows: [(&str, Format, &[&str]); 6] = [
            ("It is here. It is there!", Format::Text, &["it is here", "it is there"]),
            ("it came back\nIt is here\nand stays", Format::Text, &["it came back", "it is here and stays"]),
            (
                "We have looked at everything that you have sent to us on the\nMonday before.",
                Format::Text,
                &["we have looked at everything that you have sent to us on the before"],
            ),
            ("Kind regards,\nAnna Lopez\nHarbour Bank", Format::Text, &["kind regards", "anna", "harbour"]),
            ("Hi Anna,<br>it is <b>on its</b> way<BR/>It&#39;s here", Format::Html, &["it is on its way", "it's here"]),
            ("- It is here\n- It is there", Format::Markdown, &["it is here", "it is there"]),
        ];
        for (text, format, expected) in rows {
            assert_eq!(essences(text, format), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_is_shown_in_its_own_wording() {
        let text = "Hi Anna, I&nbsp;have <b>sent</b> {{order}} to “café\n ωmega”! See https://x.example/a. Anna, it is here with Bo Li for you, Anna";
        let reading = Reading::of(&Draft::new(text).with_format(Format::Html));
        let shown: Vec<(String, String)> =
            sentences(&reading).into_iter().map(|sentence| (sentence.text, sentence.opening_text)).collect();
        let expected = [
            ("I have sent … to “café ωmega”!", "I have sent … to …"),
            ("See …", "See …"),
            ("…, it is here with … for you, …", "…, it is here with …"),
        ];
        assert_eq!(shown, expected.map(|(text, opening)| (text.to_owned(), opening.to_owned())));
    }
}
