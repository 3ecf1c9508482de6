//! Borders of words at both ends of a hit, for one who asks about many hits in one text. Where a script has
//! no spaces the dictionary goes on from where it stopped, as long as the hits are near one another, so
//! that no stretch is cut into words twice. The rules are those of [`super::words`](mod@super::words).

use super::Span;
use super::words::{WINDOW, borders_in, is_border, is_spaceless, splits_pair, without_dictionary};

/// What is known about the text so far.
#[derive(Debug, Default)]
pub struct Borders {
    /// Where all cuts are known.
    known: Span,
    /// The cuts in it, in the order of the text.
    cuts: Vec<usize>,
    /// The last cut, from which to go on.
    last: usize,
    window: String,
}

/// Bytes from the last cut within which going on costs less than beginning anew.
const NEAR: usize = 3 * WINDOW.0;

impl Borders {
    /// Whether a word or a sign begins where `hit` begins, and one ends where it ends, as
    /// [`is_border`] has it.
    pub fn are_around(&mut self, text: &str, hit: Span) -> bool {
        match (without_dictionary(text, hit.start), without_dictionary(text, hit.end)) {
            (Some(false), _) | (_, Some(false)) => false,
            (Some(true), Some(true)) => true,
            (start, end) => {
                (start.is_some() || self.cuts_at(text, hit.start, hit.end))
                    && (end.is_some() || self.cuts_at(text, hit.end, hit.end))
            }
        }
    }

    /// Whether the dictionary cuts at `at`. Looks on to `reach`, about which the next question will be.
    fn cuts_at(&mut self, text: &str, at: usize, reach: usize) -> bool {
        if splits_pair(text, at) {
            return is_border(text, at);
        }
        if at < self.known.start || at > self.known.end {
            self.cut(text, at, reach);
        }
        self.cuts.binary_search(&at).is_ok()
    }

    fn cut(&mut self, text: &str, at: usize, reach: usize) {
        let spaceless = |span: Span| span.of(text).chars().all(is_spaceless);
        let goes_on = at > self.known.end && at - self.last <= NEAR && spaceless(Span::new(self.last, at));
        let from = if goes_on {
            self.last
        } else {
            let before = Span::new(0, at).of(text).chars().rev().take(WINDOW.0);
            let left: usize = before.take_while(|c| is_spaceless(*c)).map(char::len_utf8).sum();
            self.cuts.clear();
            self.known = Span::new(at, at);
            at - left
        };
        let asked = Span::new(at, reach.max(at)).of(text).chars();
        let stop = at + asked.take_while(|c| is_spaceless(*c)).map(char::len_utf8).sum::<usize>();
        let behind = Span::new(stop, text.len()).of(text).chars().take(WINDOW.1);
        let right: usize = behind.take_while(|c| is_spaceless(*c)).map(char::len_utf8).sum();
        // What is known of a stretch begun anew is where it was asked about; of one gone on with, what is new.
        let new = if goes_on { self.known.end + 1 } else { at };
        borders_in(Span::new(from, stop + right).of(text), &mut self.window, &mut |offset| {
            let cut = from + offset;
            if cut <= stop {
                self.last = cut;
            }
            if (new..=stop).contains(&cut) {
                self.cuts.push(cut);
            }
        });
        self.known.end = stop;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_are_the_same_in_any_order() {
        let lao = "ທ່ານຕ້ອງຈ່າຍຄ່າທຳນຽມໃນໜ້າສຸດທ້າຍ ຂ້າພະເຈົ້າຕ້ອງໂທຫາຊ່າງກ່ອນບໍ່ແມ່ນການອອກໃບບິນ";
        let thai = "คุณต้องจ่ายเงินภายในสิบห้านาทีกรุณาติดต่อพนักงานของบริษัท, ขอบคุณที่ใช้บริการ you";
        let text = super::super::Folded::phrase(&[lao, thai].concat().repeat(4), super::super::Style::COARSE);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (mut borders, mut seed, mut at) = (Borders::default(), 7_u64, 0);
        let mut dice = |bound: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % bound
        };
        let mut both = 0;
        for _ in 0..6_000 {
            // Mostly onwards, as hits come, and at times anywhere.
            at = if dice(9) == 0 { dice(places.len()) } else { (at + dice(12)) % places.len() };
            let end = (at + 1 + dice(30)).min(places.len() - 1);
            let hit = Span::new(places[at.min(end)], places[end]);
            let expected = is_border(&text, hit.start) && is_border(&text, hit.end);
            assert_eq!(borders.are_around(&text, hit), expected, "{hit:?} {}", hit.of(&text));
            both += usize::from(expected);
        }
        assert!(both > 300, "{both}");
    }
}
