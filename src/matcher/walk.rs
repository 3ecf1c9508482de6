//! Walks a pattern through a text, to the right or to the left of its anchor. It never looks
//! further than the pattern reaches, and takes no decision about borders of the whole phrase.

use std::collections::HashMap;

use memchr::{memchr3, memrchr3};

use super::gap::{self, Places};
use super::lead::{Lead, Next};
use super::literal::Care;
use super::part::Part;
use super::slot;
use crate::lexicon::Slot;
use crate::text::{Reading, Span, is_border, is_word, words};

/// Blanks among which as many words as a gap may take nearly always stand.
const BLANKS: usize = gap::WORDS + 2;

/// Letters that `*` may stand for; no word goes on longer.
const LONGEST_ENDING: usize = 100;

/// To which side of the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Left,
    Right,
}

/// What stands between the words that were found and the next thing in the pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Nothing.
    Touch,
    /// White space, if anything follows: at the end of the pattern, or next to an empty
    /// alternative, it is let go.
    Space,
    /// A gap, which has taken all white space already.
    Gap,
}

/// Where one side of a pattern ends.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub(super) at: usize,
    pub(super) gap_words: usize,
    pub(super) path: Vec<usize>,
    pub(super) slots: Vec<(Slot, Span)>,
}

/// What is left of the pattern on this side: some parts, and what follows them.
struct Todo<'w> {
    parts: &'w [Part],
    next: Option<&'w Todo<'w>>,
}

/// One walk; it collects every place where the pattern may end.
pub(super) struct Walk<'w, 't> {
    reading: &'w Reading<'t>,
    text: &'w str,
    care: Care,
    way: Way,
    /// What was taken on the way to where the walk stands.
    here: Side,
    found: Vec<Side>,
}

impl<'w, 't> Walk<'w, 't> {
    pub(super) fn new(reading: &'w Reading<'t>, care: Care, way: Way) -> Self {
        let here = Side { at: 0, gap_words: 0, path: Vec::new(), slots: Vec::new() };
        Self { reading, text: reading.folded(), care, way, here, found: Vec::new() }
    }

    pub(super) fn from(mut self, parts: &[Part], at: usize) -> Vec<Side> {
        self.walk(&Todo { parts, next: None }, at, Join::Touch);
        if self.found.len() < 2 {
            return self.found;
        }
        let mut fewest: HashMap<Vec<usize>, usize> = HashMap::new();
        for side in &self.found {
            let words = fewest.entry(side.path.clone()).or_insert(side.gap_words);
            *words = (*words).min(side.gap_words);
        }
        let mut found = self.found;
        found.retain(|side| fewest.get(&side.path) == Some(&side.gap_words));
        found
    }

    fn walk(&mut self, todo: &Todo<'_>, at: usize, join: Join) {
        let (part, rest) = match self.next(todo) {
            Ok(next) => next,
            Err(Some(next)) => return self.walk(next, at, join),
            Err(None) => return self.found.push(Side { at, ..self.here.clone() }),
        };
        match part {
            Part::Space => self.walk(&rest, at, if join == Join::Gap { join } else { Join::Space }),
            Part::Gap => self.gap(&rest, at),
            Part::Choice(choice) => {
                let next = self.past_space(at, join).map(|at| self.next_bytes(at));
                for (index, alternative) in choice.standing(self.way, next) {
                    self.here.path.push(index);
                    self.walk(&Todo { parts: &alternative.parts, next: Some(&rest) }, at, join);
                    self.here.path.pop();
                }
            }
            Part::Literal(_) | Part::Ending | Part::Slot(_) => {
                if let Some(at) = self.past_space(at, join) {
                    self.step(part, &rest, at);
                }
            }
        }
    }

    /// The next part and what is left behind it; or, when no part is left, what follows.
    fn next<'p>(&self, todo: &Todo<'p>) -> Result<(&'p Part, Todo<'p>), Option<&'p Todo<'p>>> {
        let split = if self.way == Way::Right { todo.parts.split_first() } else { todo.parts.split_last() };
        let (part, parts) = split.ok_or(todo.next)?;
        Ok((part, Todo { parts, next: todo.next }))
    }

    fn step(&mut self, part: &Part, rest: &Todo<'_>, at: usize) {
        match part {
            Part::Literal(literal) => {
                let len = literal.coarse.len();
                let span = match self.way {
                    Way::Right if self.ahead(at).starts_with(&*literal.coarse) => Span::new(at, at + len),
                    Way::Left if self.ahead(at).ends_with(&*literal.coarse) => Span::new(at - len, at),
                    Way::Right | Way::Left => return,
                };
                if literal.fits(self.reading, span, self.care) {
                    let next = if self.way == Way::Right { span.end } else { span.start };
                    self.walk(rest, next, Join::Touch);
                }
            }
            Part::Ending => self.ending(rest, at),
            Part::Slot(slot) => {
                let places = match self.way {
                    Way::Right => slot::ends(*slot, self.reading, at),
                    Way::Left => slot::starts(*slot, self.reading, at),
                };
                for place in places {
                    self.here.slots.push((*slot, Span::new(at.min(place), at.max(place))));
                    self.walk(rest, place, Join::Touch);
                    self.here.slots.pop();
                }
            }
            Part::Space | Part::Gap | Part::Choice(_) => {}
        }
    }

    /// To the right, all letters of the word; to the left, any number of them, for the fixed
    /// letters before them decide how many.
    fn ending(&mut self, rest: &Todo<'_>, at: usize) {
        let letter = |c: &char| is_word(*c) && *c != '_' && !c.is_numeric();
        match self.way {
            Way::Right => {
                let letters = self.ahead(at).chars().take_while(letter).take(LONGEST_ENDING + 1);
                let len: usize = letters.clone().map(char::len_utf8).sum();
                if letters.count() <= LONGEST_ENDING {
                    self.walk(rest, at + len, Join::Touch);
                }
            }
            Way::Left => {
                let mut place = at;
                self.walk(rest, place, Join::Touch);
                let letters: Vec<char> = self.ahead(at).chars().rev().take_while(letter).take(LONGEST_ENDING).collect();
                for c in letters {
                    place -= c.len_utf8();
                    self.walk(rest, place, Join::Touch);
                }
            }
        }
    }

    fn gap(&mut self, rest: &Todo<'_>, at: usize) {
        if !is_border(self.text, at) {
            return;
        }
        let lead = self.lead(rest);
        // Which words stand where is asked only when something is found.
        let mut zones: Option<Vec<Span>> = None;
        for place in Places::new(self.text.as_bytes(), at, self.way) {
            if !lead.may_be(Some(self.next_bytes(place)))
                || place == at
                || !self.may_stand(rest, place)
                || !is_border(self.text, place)
            {
                continue;
            }
            let zones = zones.get_or_insert_with(|| self.zones(at));
            let Some(words) = zones.iter().position(|zone| (zone.start..=zone.end).contains(&place)) else { continue };
            // Where a sentence ends is asked last, for it takes the longest.
            if self.in_sentence(at, place) {
                self.here.gap_words += words;
                self.walk(rest, place, Join::Gap);
                self.here.gap_words -= words;
            }
        }
    }

    /// With what the next thing begins, behind a gap.
    fn lead(&self, todo: &Todo<'_>) -> Lead {
        match self.next(todo) {
            Ok((Part::Space, rest)) => self.lead(&rest),
            Ok((Part::Choice(choice), _)) => choice.lead(self.way),
            Ok(_) => Lead::of(todo.parts, self.way),
            Err(next) => next.map_or(Lead::ANYTHING, |next| self.lead(next)),
        }
    }

    /// Whether what comes next can stand behind a gap: false is certain.
    fn may_stand(&self, todo: &Todo<'_>, at: usize) -> bool {
        let (part, rest) = match self.next(todo) {
            Ok(next) => next,
            Err(next) => return next.is_none_or(|next| self.may_stand(next, at)),
        };
        match part {
            Part::Space => self.may_stand(&rest, at),
            Part::Literal(literal) if self.way == Way::Right => self.ahead(at).starts_with(&*literal.coarse),
            Part::Literal(literal) => self.ahead(at).ends_with(&*literal.coarse),
            Part::Choice(choice) => {
                let mut standing = choice.standing(self.way, Some(self.next_bytes(at)));
                standing.any(|(_, one)| self.may_stand(&Todo { parts: &one.parts, next: Some(&rest) }, at))
            }
            Part::Slot(slot) if self.way == Way::Right => slot::may_begin(*slot, self.ahead(at)),
            Part::Slot(slot) => slot::may_end(*slot, self.ahead(at)),
            Part::Gap | Part::Ending => true,
        }
    }

    /// The stretches between words, nearest first: where a gap of 0, 1, 2 … words may end.
    fn zones(&self, at: usize) -> Vec<Span> {
        let mut zones = Vec::new();
        let mut edge = at;
        match self.way {
            Way::Right => {
                let ahead = self.ahead(at);
                let ahead = Span::new(0, ahead.floor_char_boundary(gap::REACH)).of(ahead);
                let reach =
                    memchr3(gap::STOPS[0], gap::STOPS[1], gap::STOPS[2], ahead.as_bytes()).unwrap_or(ahead.len());
                for word in words(Span::new(0, reach).of(ahead)).take(gap::WORDS + 1) {
                    zones.push(Span::new(edge, at + word.start));
                    edge = at + word.end;
                }
            }
            Way::Left => {
                let behind = self.ahead(at);
                let from = behind.floor_char_boundary(behind.len().saturating_sub(gap::REACH));
                let near = Span::new(from, behind.len()).of(behind);
                let stop = memrchr3(gap::STOPS[0], gap::STOPS[1], gap::STOPS[2], near.as_bytes());
                let (near, from) = match stop {
                    Some(stop) => (Span::new(stop + 1, near.len()).of(near), from + stop + 1),
                    None => (near, from),
                };
                // No word has a blank in it, so that there is no need to look further than some blanks.
                let close = near.rmatch_indices(' ').nth(BLANKS).map_or(0, |(blank, _)| blank + 1);
                let mut found: Vec<Span> = words(Span::new(close, near.len()).of(near)).collect();
                let mut from = from + close;
                if found.len() <= gap::WORDS && close > 0 {
                    from -= close;
                    found = words(near).collect();
                }
                for word in found.into_iter().rev().take(gap::WORDS + 1) {
                    zones.push(Span::new(from + word.end, edge));
                    edge = from + word.start;
                }
            }
        }
        zones
    }

    fn in_sentence(&self, at: usize, place: usize) -> bool {
        let (start, end) = (at.min(place), at.max(place));
        self.reading.in_one_sentence(Span::new(start, end))
    }

    fn past_space(&self, at: usize, join: Join) -> Option<usize> {
        match join {
            Join::Space if self.at_blank(at) => Some(if self.way == Way::Right { at + 1 } else { at - 1 }),
            Join::Space => None,
            Join::Touch | Join::Gap => Some(at),
        }
    }

    fn at_blank(&self, at: usize) -> bool {
        match self.way {
            Way::Right => self.ahead(at).starts_with(' '),
            Way::Left => self.ahead(at).ends_with(' '),
        }
    }

    /// The next bytes that the walk has yet to see.
    fn next_bytes(&self, at: usize) -> Next {
        Next::on(self.way, self.text.as_bytes(), at)
    }

    /// The text that the walk has yet to see.
    fn ahead(&self, at: usize) -> &'w str {
        let text: &'w str = self.text;
        match self.way {
            Way::Right => Span::new(at, text.len()).of(text),
            Way::Left => Span::new(0, at).of(text),
        }
    }
}
