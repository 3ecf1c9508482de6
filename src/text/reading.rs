//! A draft made ready for matching: its prose, the folded form and, when something asks, its
//! sentences. One is made for each draft and shared by all lexicons that look at it.

use std::cell::OnceCell;

use super::folded::Folded;
use super::{Prose, Sentences, Span, Style};

/// One text, read once.
#[derive(Debug)]
pub struct Reading<'t> {
    text: &'t str,
    prose: Prose,
    folded: Folded,
    sentences: OnceCell<Sentences>,
}

impl<'t> Reading<'t> {
    /// Reads plain text.
    pub fn of_text(text: &'t str) -> Self {
        let prose = Prose::of_text(text);
        let folded = Folded::new(text, &prose, Style::COARSE);
        Self { text, prose, folded, sentences: OnceCell::new() }
    }

    /// Reads words of an agent that were cut out of a draft, so that nothing in them is special.
    pub fn of_words(text: &'t str) -> Self {
        let prose = Prose::whole(text);
        let folded = Folded::new(text, &prose, Style::COARSE);
        Self { text, prose, folded, sentences: OnceCell::new() }
    }

    /// The text as it came in.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// What of it is prose.
    pub fn prose(&self) -> &Prose {
        &self.prose
    }

    /// The folded prose.
    pub fn folded(&self) -> &str {
        self.folded.text()
    }

    /// The original bytes of a folded range; see [`Folded::original`].
    pub fn original(&self, folded: Span) -> Option<Span> {
        self.folded.original(folded)
    }

    /// The prose of some original bytes, folded in another style, without white space around it.
    pub fn refold(&self, span: Span, style: Style) -> String {
        let folded = Folded::new(self.text, &self.prose.within(span), style);
        folded.text().trim_matches([' ', super::BREAK]).to_owned()
    }

    /// Its sentences, found when first asked for.
    pub fn sentences(&self) -> &Sentences {
        self.sentences.get_or_init(|| Sentences::new(self.text, &self.prose, &self.folded))
    }
}
