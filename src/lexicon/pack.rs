//! Values as bytes, for the compiled form of a lexicon. It has three parts: small values one behind another;
//! large arrays of numbers, which are read straight to where they are used; and items that are read when
//! they are asked for. What reads them trusts nothing: bytes that are not what they ought to be give `None`,
//! never a panic, and never more memory than there are bytes. How the parts are read together is in
//! [`super::parts`].

use crate::text::Span;

/// Writes values.
#[derive(Debug, Default)]
pub(crate) struct Packer {
    bytes: Vec<u8>,
    arrays: Vec<u8>,
    items: Vec<u8>,
    /// Lists that are being written right now, within one another.
    depth: usize,
    too_deep: bool,
}

/// Lists within lists. No phrase that a person wrote has a tenth of it, and any thread's stack holds them.
const DEEPEST: usize = 512;

impl Packer {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Small values, arrays and items.
    pub(crate) fn into_parts(self) -> [Vec<u8>; 3] {
        [self.bytes, self.arrays, self.items]
    }

    /// Whether all of it can be read again.
    pub(crate) fn fits(&self) -> bool {
        !self.too_deep && u32::try_from(self.items.len()).is_ok()
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(crate) fn flag(&mut self, flag: bool) {
        self.byte(u8::from(flag));
    }

    /// A number, in as few bytes as it needs.
    pub(crate) fn number(&mut self, number: usize) {
        let mut rest = number as u64;
        while rest >= 0x80 {
            self.bytes.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest.to_le_bytes()[0]);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    /// An item that `pack` writes; gives where it ends among all items.
    pub(crate) fn item(&mut self, pack: impl FnOnce(&mut Self)) -> u32 {
        let mut item = Self { depth: self.depth, ..Self::default() };
        pack(&mut item);
        self.too_deep |= item.too_deep;
        self.items.append(&mut item.bytes);
        self.items_end()
    }

    /// Bytes that `pack` writes, to be read by themselves and later.
    pub(crate) fn later(&mut self, pack: impl FnOnce(&mut Self)) {
        let mut inner = Self { depth: self.depth, ..Self::default() };
        pack(&mut inner);
        self.too_deep |= inner.too_deep;
        self.bytes(&inner.bytes);
    }

    /// Where the items end. Of more than can be counted, none can be found, and then nothing fits.
    pub(crate) fn items_end(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn span(&mut self, span: Span) {
        self.number(span.start);
        self.number(span.len());
    }

    /// An array of numbers.
    pub(crate) fn words(&mut self, words: &[u64]) {
        self.number(words.len());
        self.arrays.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    }

    /// An array of smaller numbers.
    pub(crate) fn halves(&mut self, halves: &[u32]) {
        self.number(halves.len());
        self.arrays.extend(halves.iter().flat_map(|half| half.to_le_bytes()));
    }

    /// A long text, which is kept as arrays are.
    pub(crate) fn long_text(&mut self, text: &str) {
        self.number(text.len());
        self.arrays.extend_from_slice(text.as_bytes());
    }

    /// One number of 64 bits among the small values.
    pub(crate) fn word(&mut self, word: u64) {
        self.bytes.extend_from_slice(&word.to_le_bytes());
    }

    pub(crate) fn option<T>(&mut self, option: Option<T>, mut pack: impl FnMut(&mut Self, T)) {
        self.flag(option.is_some());
        if let Some(value) = option {
            pack(self, value);
        }
    }

    pub(crate) fn list<T>(&mut self, items: &[T], mut pack: impl FnMut(&mut Self, &T)) {
        self.number(items.len());
        self.depth += 1;
        self.too_deep |= self.depth > DEEPEST;
        for item in items {
            pack(self, item);
        }
        self.depth -= 1;
    }
}

/// Reads small values in the order in which they were written.
#[derive(Debug, Clone)]
pub(crate) struct Unpacker<'b> {
    bytes: &'b [u8],
    /// Lists within lists that may still come.
    depth: usize,
}

impl<'b> Unpacker<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, depth: DEEPEST }
    }

    /// Whether everything was read.
    pub(crate) fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    pub(crate) fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    pub(crate) fn number(&mut self) -> Option<usize> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return usize::try_from(number).ok();
            }
        }
        None
    }

    pub(crate) fn bytes(&mut self) -> Option<&'b [u8]> {
        let len = self.number()?;
        self.take(len)
    }

    pub(crate) fn text(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    pub(crate) fn string(&mut self) -> Option<String> {
        self.text().map(str::to_owned)
    }

    pub(crate) fn span(&mut self) -> Option<Span> {
        let (start, len) = (self.number()?, self.number()?);
        Some(Span::new(start, start.checked_add(len)?))
    }

    pub(crate) fn word(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    /// The inner `None` is one that was written.
    #[expect(clippy::option_option, reason = "an optional value may be missing, and so may its bytes")]
    pub(crate) fn option<T>(&mut self, unpack: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.flag()? { unpack(self).map(Some) } else { Some(None) }
    }

    pub(crate) fn list<T>(&mut self, mut unpack: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let len = self.number()?;
        self.depth = self.depth.checked_sub(1)?;
        // Every item takes a byte at least, so that a wrong length ends with the bytes.
        let items = (0..len.min(self.bytes.len() + 1)).map(|_| unpack(self)).collect::<Option<Vec<T>>>();
        self.depth += 1;
        items.filter(|items| items.len() == len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed() -> Vec<u8> {
        let mut packer = Packer::default();
        for number in [0, 1, 127, 128, 300, usize::MAX] {
            packer.number(number);
        }
        packer.text("долг");
        packer.flag(true);
        packer.span(Span::new(3, 9));
        packer.word(u64::MAX);
        packer.option(Some("x"), Packer::text);
        packer.list(&["a", "b"], |packer, text| packer.text(text));
        packer.into_bytes()
    }

    fn read(bytes: &[u8]) -> Option<Unpacker<'_>> {
        let mut unpacker = Unpacker::new(bytes);
        for number in [0, 1, 127, 128, 300, usize::MAX] {
            (unpacker.number()? == number).then_some(())?;
        }
        (unpacker.text()? == "долг" && unpacker.flag()? && unpacker.span()? == Span::new(3, 9)).then_some(())?;
        (unpacker.word()? == u64::MAX).then_some(())?;
        (unpacker.option(Unpacker::string)? == Some("x".to_owned())).then_some(())?;
        (unpacker.list(Unpacker::string)? == ["a", "b"]).then_some(unpacker)
    }

    #[test]
    fn what_is_written_is_read_and_what_is_cut_is_not() {
        let bytes = packed();
        assert!(read(&bytes).is_some_and(|unpacker| unpacker.is_done()));
        assert!((0..bytes.len()).all(|len| read(&bytes[..len]).is_none()));
    }

    #[test]
    fn what_is_nested_too_deeply_is_not_written() {
        fn nest(packer: &mut Packer, levels: usize) {
            packer.list(&[()], |packer, ()| if levels > 1 { nest(packer, levels - 1) } else { packer.byte(7) });
        }
        fn depth(unpacker: &mut Unpacker<'_>) -> Option<usize> {
            if unpacker.bytes == [7] {
                return unpacker.byte().map(|_| 0);
            }
            unpacker.list(depth)?.first().map(|depth| depth + 1)
        }
        for levels in [1, DEEPEST, DEEPEST + 1, 2 * DEEPEST] {
            let mut packer = Packer::default();
            nest(&mut packer, levels);
            assert_eq!(packer.fits(), levels <= DEEPEST);
            let bytes = packer.into_bytes();
            assert_eq!(depth(&mut Unpacker::new(&bytes)), Some(levels).filter(|levels| *levels <= DEEPEST));
        }
    }

    #[test]
    fn no_bytes_make_it_panic_or_grow() {
        let mut seed = 9_u64;
        for _ in 0..20_000 {
            let bytes: Vec<u8> = (0..40)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (seed >> 56) as u8
                })
                .collect();
            let mut unpacker = Unpacker::new(&bytes);
            let _ = (unpacker.number(), unpacker.span(), unpacker.word());
            let _ = unpacker.clone().list(|unpacker| unpacker.list(Unpacker::text));
            let _ = (unpacker.text(), unpacker.option(Unpacker::number));
        }
    }
}
