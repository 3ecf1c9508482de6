//! Finding bytes of a kind in long steps, where they are seldom.

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// The first place from `at` on, or the end, that holds a byte which `wanted` knows. A place a little
/// before it may come out too, never one behind: whoever asks looks again.
#[inline]
pub(super) fn near(bytes: &[u8], mut at: usize, wanted: impl Fn(u8) -> bool) -> usize {
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
        // Every byte is looked at, so that the compiler can look at many at once.
        let mut any = 0;
        for &byte in block {
            any |= u8::from(wanted(byte));
        }
        if any != 0 {
            return at;
        }
        at += BLOCK;
    }
    at
}

/// Whether any byte is one that `wanted` knows.
#[inline]
pub(crate) fn has(bytes: &[u8], wanted: impl Fn(u8) -> bool + Copy) -> bool {
    let at = near(bytes, 0, wanted);
    bytes.get(at..).is_some_and(|rest| rest.iter().fold(0, |any, &byte| any | u8::from(wanted(byte))) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_passed_over() {
        for place in 0..100 {
            let mut text = vec![b'a'; 100];
            text[place] = b'{';
            let found = near(&text, 0, |byte| byte == b'{');
            assert!(found <= place && place < found + BLOCK, "{found} for {place}");
            assert!(has(&text, |byte| byte == b'{') && !has(&text, |byte| byte == b'}'));
        }
        assert!(near(b"abc", 0, |byte| byte == b'{') <= 3);
    }
}
