//! Folded text while it is written: as bytes, since runs are folded in blocks of bytes. Nothing is
//! decided here; that the bytes are text is seen at the end, see [`super::folded`].

/// Bytes that are whole characters whenever nobody is writing.
#[derive(Debug, Default)]
pub(super) struct Written(Vec<u8>);

impl Written {
    /// Nothing yet, in a buffer with room for some bytes.
    pub(super) fn new(mut buffer: Vec<u8>, room: usize) -> Self {
        buffer.clear();
        // Blocks are written whole before what is too much of them is taken back.
        buffer.reserve(room + 64);
        Self(buffer)
    }

    /// For writing whole characters.
    pub(super) fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn push(&mut self, c: char) {
        let mut buffer = [0; 4];
        self.0.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
    }

    pub(super) fn push_str(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(super) fn last(&self) -> Option<char> {
        last_of(&self.0)
    }

    /// How many bytes the last character has.
    pub(super) fn last_len(&self) -> usize {
        let inner = self.0.iter().rev().take_while(|byte| is_inner(**byte)).count();
        (inner + 1).min(self.0.len())
    }

    /// Whether the last character is there and no blank.
    pub(super) fn ends_in_word(&self) -> bool {
        self.0.last().is_some_and(|&byte| byte > b' ')
    }

    /// The characters on both sides of an offset, when they may be letters of different scripts.
    #[inline]
    pub(super) fn around(&self, at: usize) -> Option<(char, char)> {
        let may_be_letter = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        let before = self.0.get(at.wrapping_sub(1))?;
        let behind = self.0.get(at)?;
        // Two letters of ASCII are of one script.
        let may = may_be_letter(before) && may_be_letter(behind) && !(before.is_ascii() && behind.is_ascii());
        if may { self.characters_around(at) } else { None }
    }

    fn characters_around(&self, at: usize) -> Option<(char, char)> {
        let (before, behind) = self.0.split_at(at);
        let len = behind.iter().skip(1).take_while(|byte| is_inner(**byte)).count() + 1;
        Some((last_of(before)?, last_of(&behind[..len])?))
    }

    pub(super) fn is_one_character(&self, start: usize) -> bool {
        self.0[start..].iter().filter(|byte| !is_inner(**byte)).count() == 1
    }

    /// Takes away what was written from an offset on.
    pub(super) fn split_off(&mut self, at: usize) -> String {
        String::from_utf8(self.0.split_off(at)).unwrap_or_default()
    }

    /// All of it.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl Extend<char> for Written {
    fn extend<I: IntoIterator<Item = char>>(&mut self, chars: I) {
        chars.into_iter().for_each(|c| self.push(c));
    }
}

/// Whether a byte is one behind the first of a character.
fn is_inner(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

fn last_of(bytes: &[u8]) -> Option<char> {
    let last = *bytes.last()?;
    if last.is_ascii() {
        return Some(last.into());
    }
    let start = bytes.iter().rposition(|&byte| !is_inner(byte))?;
    std::str::from_utf8(&bytes[start..]).ok()?.chars().next()
}
