//! Runs of a text that fold byte for byte, which most prose is made of: found in long steps, so that
//! folding costs little more than copying. What is special about a character that ends a run is not
//! known here; it is folded alone, see [`super::fold`].

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// How many bytes at the beginning are printable ASCII words with single spaces between them. The run
/// begins and ends in a word.
pub(super) fn ascii(bytes: &[u8]) -> usize {
    let mut end = 0;
    while let Some(block) = bytes.get(end..end + BLOCK).and_then(|block| <&[u8; BLOCK]>::try_from(block).ok()) {
        let space_before = end > 0 && bytes[end - 1] == b' ';
        if !is_easy(block) || (block[0] == b' ' && (space_before || end == 0)) {
            break;
        }
        end += BLOCK;
    }
    while let Some(&byte) = bytes.get(end) {
        let single = byte == b' ' && end > 0 && bytes[end - 1] != b' ';
        if !is_plain(byte) && !single {
            break;
        }
        end += 1;
    }
    end - usize::from(end > 0 && bytes[end - 1] == b' ')
}

/// Whether a block is plain, with no two spaces side by side. Every byte is looked at, so that the
/// compiler can look at many at once.
fn is_easy(block: &[u8; BLOCK]) -> bool {
    let odd = |&byte: &u8| u8::from(!matches!(byte, b' '..=b'~')) | u8::from(byte == b'`') | u8::from(byte == b'=');
    let plain = block.iter().map(odd).fold(0, |all, odd| all | odd) == 0;
    let mut doubled = 0;
    for pair in 0..BLOCK - 1 {
        doubled |= u8::from(block[pair] == b' ') & u8::from(block[pair + 1] == b' ');
    }
    plain && doubled == 0
}

/// Printable ASCII that folds to itself or its lower case, whatever stands around it.
pub(super) fn is_plain(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~') && byte != b'`' && byte != b'='
}

/// How many bytes at the beginning are Russian words in lower case with single spaces and signs between
/// them. The run begins and ends in a letter or a sign, and holds no Latin letter.
pub(super) fn russian(bytes: &[u8]) -> usize {
    let (mut end, mut whole) = (0, 0);
    loop {
        match (bytes.get(end), bytes.get(end + 1)) {
            (Some(0xd0), Some(0xb0..=0xbf)) | (Some(0xd1), Some(0x80..=0x8f)) => {
                end += 2;
                whole = end;
            }
            (Some(b' '), _) if end == whole && end > 0 => end += 1,
            (Some(&byte), _) if is_plain(byte) && !byte.is_ascii_alphabetic() => {
                end += 1;
                whole = end;
            }
            _ => return whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_before_what_is_special() {
        let long = "Forty plain words, or so, in a row that is longer than a block; ".repeat(3);
        let rows = [
            ("you must  pay", 8),
            (" you", 0),
            ("you ", 3),
            ("don’t", 3),
            ("a=b", 1),
            ("a`b", 1),
            ("a\nb", 1),
            ("", 0),
            (long.as_str(), long.len() - 1),
        ];
        for (text, expected) in rows {
            assert_eq!(ascii(text.as_bytes()), expected, "{text}");
        }
        for at in 0..80 {
            let mut text = "x".repeat(80);
            text.replace_range(at..=at, "  ");
            assert_eq!(ascii(text.as_bytes()), at, "two spaces at {at}");
        }
        let rows = [("вы должны, 5.", 21), ("вы  д", 4), ("вы a", 4), ("ёж", 0), ("вы Д", 4), (" вы", 0), ("й", 2)];
        for (text, expected) in rows {
            assert_eq!(russian(text.as_bytes()), expected, "{text}");
        }
    }
}
