//! What kinds of bytes there are among many that are looked at together, ones where there is one. What a run or a gap
//! makes of them is its own business.

use wide::u8x32;

/// This byte, each time.
#[inline]
pub(crate) fn all(byte: u8) -> u8x32 {
    u8x32::splat(byte)
}

/// Ones where there is this byte.
#[inline]
pub(crate) fn is(bytes: u8x32, byte: u8) -> u8x32 {
    bytes.simd_eq(all(byte))
}

/// Ones where there is one of so many bytes from `first` on.
#[inline]
pub(crate) fn from(bytes: u8x32, first: u8, count: u8) -> u8x32 {
    let distance = bytes - all(first);
    distance.min(all(count - 1)).simd_eq(distance)
}

/// Ones where there is a letter of ASCII.
#[inline]
pub(crate) fn latin(bytes: u8x32) -> u8x32 {
    from(bytes | all(0x20), b'a', 26)
}

/// Ones where there is a byte behind the first of a character.
#[inline]
pub(crate) fn inner(bytes: u8x32) -> u8x32 {
    from(bytes, 0x80, 0x40)
}
