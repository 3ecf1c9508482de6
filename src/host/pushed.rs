//! Pieces of an input that somebody else reads: chunks go in as they come, and out comes what has ended with them.

use super::pieces::{Batch, Cut, Held, UTF_8};

/// What was handed over and has not ended.
#[derive(Debug)]
pub struct Pushed<C> {
    cut: C,
    held: Held,
    begun: bool,
}

impl<C: Cut> Pushed<C> {
    /// Nothing so far.
    pub fn new(cut: C) -> Self {
        Self { cut, held: Held::default(), begun: false }
    }

    /// Adds a chunk, and gives the pieces that ended, if any did.
    pub fn push(&mut self, chunk: &[u8]) -> Option<Batch> {
        let mark = !std::mem::replace(&mut self.begun, true) && chunk.starts_with(&UTF_8);
        let mut left = chunk.get(if mark { UTF_8.len() } else { 0 }..).unwrap_or_default();
        let mut pieces = Vec::new();
        while !left.is_empty() {
            let (taken, piece) = self.cut.cut(left, &mut self.held);
            left = left.get(taken..).unwrap_or_default();
            pieces.extend(piece);
        }
        let bytes = chunk.len() as u64;
        (!pieces.is_empty()).then(|| Batch { pieces, held: self.held.hand_over(), bytes })
    }

    /// The piece that the end of the input ends, if any.
    pub fn end(mut self) -> Option<Batch> {
        let piece = self.cut.end(&mut self.held)?;
        Some(Batch { pieces: vec![piece], held: self.held.hand_over(), bytes: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Lines;

    #[test]
    fn what_has_ended_comes_out() {
        let mut pushed = Pushed::new(Lines::up_to(4));
        let shown = |batch: Option<Batch>| {
            let batch = batch?;
            let shown = batch.pieces.iter().map(|piece| match &piece.content {
                Ok(bytes) => String::from_utf8_lossy(batch.content(bytes.clone())).into_owned(),
                Err(fault) => format!("<{}: {}>", piece.line, fault.code),
            });
            Some(shown.collect::<Vec<_>>().join("|"))
        };
        let steps = [
            ("\u{feff}a", None),
            ("b\nc\n", Some("ab|c")),
            ("", None),
            ("12345", None),
            ("6\nd", Some("<3: too-large>")),
        ];
        for (chunk, expected) in steps {
            assert_eq!(shown(pushed.push(chunk.as_bytes())).as_deref(), expected, "{chunk}");
        }
        assert_eq!(shown(pushed.end()).as_deref(), Some("d"));
    }
}
