//! Words that mix Latin and Cyrillic letters which look the same: «cожалению» typed with a
//! Latin c. Such a word folds to the script of its other letters; a word that truly belongs to
//! both («iPhone'ом» without the apostrophe) stays as it is.

use super::Span;
use super::chars::{is_cyrillic, is_latin};
use super::folded::{Edit, Folded};

/// Letters that look alike, in lower case or as capitals; small form, Latin then Cyrillic.
const TWINS: [(char, char); 16] = [
    ('a', 'а'),
    ('b', 'в'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('i', 'і'),
    ('j', 'ј'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('s', 'ѕ'),
    ('t', 'т'),
    ('x', 'х'),
    ('y', 'у'),
    // ё folds to е, and so does what looks like it.
    ('ë', 'е'),
];

/// Rewrites the words around the folded offsets `mixed`, where the two scripts touch.
pub(super) fn mend(folded: Folded, mixed: &[usize]) -> Folded {
    let mut writer = Writer::default();
    let text = folded.text().to_owned();
    let mut edits = folded.parts().1.into_iter().peekable();
    let mut done = 0;
    for &at in mixed {
        if at < done {
            continue;
        }
        let word = word_around(&text, at);
        let Some(script) = script_of(word.of(&text)) else {
            writer.copy(Span::new(done, word.end).of(&text), done, &mut edits);
            done = word.end;
            continue;
        };
        writer.copy(Span::new(done, word.start).of(&text), done, &mut edits);
        for (offset, c) in word.of(&text).char_indices() {
            let at = word.start + offset;
            writer.copy("", at, &mut edits);
            writer.replace(c, script.twin(c), at, &mut edits);
        }
        done = word.end;
    }
    writer.copy(Span::new(done, text.len()).of(&text), done, &mut edits);
    writer.edits.extend(edits.map(|edit| Edit { folded: writer.text.len(), ..edit }));
    Folded::from_parts(writer.text.into_bytes(), writer.edits)
}

/// The letters of a word that are not of the script that it was meant in, though they look so; none in a word that
/// is of one script, or truly of both.
pub(crate) fn disguised(word: &str) -> Vec<char> {
    if !word.chars().any(is_latin) || !word.chars().any(is_cyrillic) {
        return Vec::new();
    }
    let Some(script) = script_of(word) else { return Vec::new() };
    word.chars().filter(|&c| script.twin(c) != c).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
}

impl Script {
    /// The letter in this script, in the case it came in.
    fn twin(self, c: char) -> char {
        let small = c.to_lowercase().next().unwrap_or(c);
        let twin = match self {
            Self::Latin => TWINS.iter().find(|(_, cyrillic)| *cyrillic == small).map(|(latin, _)| *latin),
            Self::Cyrillic => TWINS.iter().find(|(latin, _)| *latin == small).map(|(_, cyrillic)| *cyrillic),
        };
        match twin {
            Some(twin) if small != c => twin.to_uppercase().next().unwrap_or(twin),
            Some(twin) => twin,
            None => c,
        }
    }
}

/// The script that a mixed word was meant in: that of its letters without a twin, else that
/// of most of its letters. `None` when letters of both scripts have no twin.
fn script_of(word: &str) -> Option<Script> {
    let (mut latin, mut cyrillic, mut only_latin, mut only_cyrillic) = (0, 0, false, false);
    for c in word.chars() {
        if is_cyrillic(c) {
            cyrillic += 1;
            only_cyrillic |= Script::Latin.twin(c) == c;
        } else {
            latin += 1;
            only_latin |= Script::Cyrillic.twin(c) == c;
        }
    }
    match (only_latin, only_cyrillic) {
        (true, true) => None,
        (true, false) => Some(Script::Latin),
        (false, true) => Some(Script::Cyrillic),
        (false, false) => Some(if latin > cyrillic { Script::Latin } else { Script::Cyrillic }),
    }
}

/// The run of Latin and Cyrillic letters around an offset.
fn word_around(text: &str, at: usize) -> Span {
    let letter = |c: &char| is_latin(*c) || is_cyrillic(*c);
    let before: usize = Span::new(0, at).of(text).chars().rev().take_while(letter).map(char::len_utf8).sum();
    let after: usize = Span::new(at, text.len()).of(text).chars().take_while(letter).map(char::len_utf8).sum();
    Span::new(at - before, at + after)
}

/// Copies folded text and its edits while their folded offsets shift.
#[derive(Default)]
struct Writer {
    text: String,
    edits: Vec<Edit>,
    /// Where, in old offsets, the letters end that one edit stands for, as with the "ss" of ß.
    shared: usize,
}

impl Writer {
    /// Copies a stretch that began at the old offset `old`, with the edits in it.
    fn copy(&mut self, stretch: &str, old: usize, edits: &mut std::iter::Peekable<std::vec::IntoIter<Edit>>) {
        let new = self.text.len();
        let end = old + stretch.len();
        while let Some(edit) = edits.next_if(|edit| edit.folded < end || (edit.folded == end && edit.folded_len == 0)) {
            self.edits.push(Edit { folded: new + (edit.folded - old), ..edit });
        }
        self.text.push_str(stretch);
    }

    fn replace(&mut self, c: char, twin: char, old: usize, edits: &mut std::iter::Peekable<std::vec::IntoIter<Edit>>) {
        let folded = self.text.len();
        let folded_len = twin.len_utf8();
        self.text.push(twin);
        if let Some(last) = self.edits.last_mut().filter(|_| old < self.shared) {
            last.folded_len += folded_len;
        } else if let Some(edit) = edits.next_if(|edit| edit.folded == old) {
            self.shared = edit.folded_end();
            self.edits.push(Edit { folded, folded_len, ..edit });
        } else if twin != c {
            // Without an edit of its own the letter stood in step, so the way back is that of its neighbour.
            let raw = self.edits.last().map_or(folded, |edit| edit.raw_end() + (folded - edit.folded_end()));
            self.edits.push(Edit { folded, folded_len, raw, raw_len: c.len_utf8() });
        }
    }
}
