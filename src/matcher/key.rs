//! Numbers for words, by which a table finds needles. Two different words may have the same: what a
//! number finds is compared.

/// Bytes of a prefix that are looked up.
pub(super) const PREFIX: usize = 4;

/// A number for a word: two different words seldom have the same. Of a long word its beginning, its end
/// and its length count.
#[inline]
pub(super) fn key(bytes: &[u8], start: usize, end: usize) -> u64 {
    let len = end - start;
    let all = match (bytes.get(start..).and_then(<[u8]>::first_chunk), bytes[..end].last_chunk()) {
        // Words of more than eight bytes are as frequent as others: nobody could predict a branch.
        (Some(first), Some(last)) => {
            let kept = u64::MAX >> (64 - 8 * len.min(8));
            let long = u64::from(len > 8).wrapping_neg();
            (u64::from_le_bytes(*first) & kept) ^ (u64::from_le_bytes(*last).rotate_left(23) & long)
        }
        _ => fewer(bytes, start, len),
    };
    (all ^ ((len as u64) << 56)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[inline]
pub(super) fn joined(first: u64, second: u64) -> u64 {
    (first.rotate_left(17) ^ second).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// The eight bytes at a place, the first of them the lowest; behind the end there are zeros.
#[inline]
pub(super) fn eight(bytes: &[u8], at: usize) -> u64 {
    fewer(bytes, at.min(bytes.len()), 8)
}

#[inline]
pub(super) fn prefix(bytes: &[u8], at: usize) -> u64 {
    fewer(bytes, at, PREFIX).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The first `len` bytes, eight at the most, behind which there may be no eight.
#[inline]
fn fewer(bytes: &[u8], at: usize, len: usize) -> u64 {
    if let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        return u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * len));
    }
    let mut padded = [0; 8];
    let len = len.min(bytes.len() - at);
    padded[..len].copy_from_slice(&bytes[at..at + len]);
    u64::from_le_bytes(padded)
}
