//! Counting the words of a sample that one language or another cannot do without, and what follows
//! when there are many of them and nothing speaks against it. One pass, no allocation: most replies
//! are decided here, and only the others are worth the time of letter triples.

use super::sample::{Sample, Stretch};
use super::tongues::{COUNT, TONGUES};
use super::vocabulary::{Key, Languages, NO_LETTERS, alphabets_with, languages_of, letter, with};

/// What was counted.
#[derive(Debug)]
pub(super) struct Tally {
    letters: usize,
    lao: usize,
    /// Words; a sample has far less than 65,536 of them.
    words: u16,
    /// Words that tell something.
    telling: u16,
    tongues: [Count; COUNT],
    /// The word that is being read: its letters, and the languages that could spell it.
    word: Key,
    spelled: Languages,
}

/// What speaks for a language.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    /// Words that it is known by.
    words: u16,
    /// Those of them that no other is known by.
    own: u16,
    /// Other words with a letter that hardly any language has but this one.
    spelled: u16,
}

impl Count {
    fn all(self) -> u16 {
        self.words + self.spelled
    }
}

impl Tally {
    pub(super) fn of(sample: Sample<'_>) -> Self {
        let mut tally = Self {
            letters: 0,
            lao: 0,
            words: 0,
            telling: 0,
            tongues: [Count::default(); COUNT],
            word: NO_LETTERS,
            spelled: Languages::MAX,
        };
        for stretch in sample {
            match stretch {
                Stretch::Words(words) => words.chars().for_each(|c| tally.take(c)),
                Stretch::Char(c) => tally.take(c),
                Stretch::Gap => tally.end_word(),
            }
        }
        tally.end_word();
        tally
    }

    fn take(&mut self, c: char) {
        let letter = letter(c);
        if letter == 0 {
            return self.end_word();
        }
        self.letters += 1;
        self.word = with(self.word, letter);
        if !c.is_ascii() {
            self.lao += usize::from(('\u{e80}'..='\u{eff}').contains(&c));
            self.spelled &= alphabets_with(letter);
        }
    }

    fn end_word(&mut self) {
        if self.word == NO_LETTERS {
            return;
        }
        let spelled = std::mem::replace(&mut self.spelled, Languages::MAX);
        let mut languages = languages_of(std::mem::replace(&mut self.word, NO_LETTERS));
        self.words += 1;
        let own = u16::from(languages.is_power_of_two());
        let known = u16::from(languages != 0);
        if languages == 0 && spelled.count_ones() <= 2 {
            languages = spelled;
            self.telling += 1;
        }
        self.telling += known;
        while languages != 0 {
            let count = &mut self.tongues[languages.trailing_zeros() as usize];
            count.words += known;
            count.spelled += 1 - known;
            count.own += own;
            languages &= languages - 1;
        }
    }

    /// Whether most of it is Lao, which has a script of its own.
    pub(super) fn is_lao(&self) -> bool {
        self.lao * 2 > self.letters
    }

    /// The language, when that is beyond doubt: many words speak for it, which are a good part of
    /// all; some of them speak for no other, and no other has nearly as many; and hardly a word
    /// speaks against it.
    pub(super) fn verdict(&self) -> Option<&'static str> {
        let (best, count) = self.tongues.iter().enumerate().max_by_key(|(_, count)| count.all())?;
        let others = self.tongues.iter().enumerate().filter(|&(index, _)| index != best);
        let next = others.map(|(_, other)| other.all()).max().unwrap_or_default();
        let (all, own) = (count.all(), count.own);
        let (ahead, against) = (all - next, self.telling - all);
        let long = count.words >= 5 && all * 4 >= self.words;
        let short = count.words + own >= 6 && all * 5 >= self.words * 2;
        let alone = ahead >= 2 && ahead + own >= 4 && next * 4 <= all * 3;
        ((long || short) && alone && against * 5 <= all).then_some(TONGUES[best].tag)
    }
}
