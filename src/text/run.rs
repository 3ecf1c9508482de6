//! Runs of a text that fold byte for byte, which most prose is made of: found in long steps, so that
//! folding costs little more than copying. What is special about a character that ends a run is not
//! known here; it is folded alone, see [`super::fold`].

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// How many bytes at the beginning are printable ASCII words with single spaces between them. The run
/// begins and ends in a word.
pub(super) fn ascii(bytes: &[u8]) -> usize {
    if !bytes.first().is_some_and(|&byte| is_plain(byte)) {
        return 0;
    }
    let mut end = 1;
    let block = |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>());
    while let (Some(before), Some(block)) = (block(end - 1), block(end)) {
        if !is_easy(before, block) {
            break;
        }
        end += BLOCK;
    }
    while let Some(&byte) = bytes.get(end) {
        let single = byte == b' ' && bytes[end - 1] != b' ';
        if !is_plain(byte) && !single {
            break;
        }
        end += 1;
    }
    end - usize::from(bytes[end - 1] == b' ')
}

/// Whether a block is plain, with no two spaces side by side; `before` is the same, a byte earlier.
/// Every byte is looked at, so that the compiler can look at many at once.
fn is_easy(before: &[u8; BLOCK], block: &[u8; BLOCK]) -> bool {
    let mut odd = 0;
    for (&before, &byte) in before.iter().zip(block) {
        odd |= u8::from(byte.wrapping_sub(b' ') > b'~' - b' ')
            | u8::from(byte == b'`')
            | u8::from(byte == b'=')
            | (u8::from(before == b' ') & u8::from(byte == b' '));
    }
    odd == 0
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
