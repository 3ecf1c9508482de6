//! From an expression to the parts of a phrase: words, alternatives, and what may be left out. None where no
//! phrase can say the same.

use regex_syntax::ast::{AssertionKind, Ast, ClassPerlKind, ClassSet, ClassSetItem, GroupKind, RepetitionKind};

use super::expressions::{MOST_WRITTEN, Manner};
use super::parts::Part;
use crate::text::{Folded, Style};

/// Whether the group that takes nothing is in or not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Taking {
    Without,
    With,
}

/// Turns an expression into the parts of a phrase; none when no phrase can say it.
pub(super) struct Walk {
    pub(super) manner: Manner,
    pub(super) wanted: Taking,
}

impl Walk {
    pub(super) fn parts(&self, ast: &Ast) -> Option<Vec<Part>> {
        let one = |part| Some(vec![part]);
        match ast {
            Ast::Empty(_) => Some(Vec::new()),
            Ast::Literal(literal) => one(Part::of(literal.c)),
            Ast::Assertion(assertion) => {
                let sentences = self.manner.sentences;
                let parts = [
                    (AssertionKind::WordBoundary, true, Part::Border),
                    (AssertionKind::StartLine, sentences, Part::Start),
                    (AssertionKind::EndLine, sentences, Part::End),
                ];
                let found = parts.into_iter().find(|(kind, holds, _)| *holds && *kind == assertion.kind);
                found.map(|(_, _, part)| vec![part])
            }
            Ast::ClassPerl(class) => (class.kind == ClassPerlKind::Space && !class.negated).then(|| vec![Part::Space]),
            Ast::ClassBracketed(class) if !class.negated => match &class.kind {
                ClassSet::Item(item) => self.class(item),
                ClassSet::BinaryOp(_) => None,
            },
            Ast::Group(group) => {
                if let GroupKind::NonCapturing(flags) = &group.kind
                    && !flags.items.is_empty()
                {
                    return None;
                }
                if self.manner.empty.is_some_and(|empty| group.capture_index() == Some(empty)) {
                    return None;
                }
                self.parts(&group.ast)
            }
            Ast::Alternation(alternation) => {
                let each: Option<Vec<Vec<Part>>> = alternation.asts.iter().map(|ast| self.parts(ast)).collect();
                one(Part::Choice(each?))
            }
            Ast::Concat(concat) => {
                let mut parts = Vec::new();
                for ast in &concat.asts {
                    // What is to be empty may be `(x)?`.
                    parts.extend(self.parts(ast)?);
                }
                Some(parts)
            }
            Ast::Repetition(repetition) => {
                if let (Some(empty), Ast::Group(group)) = (self.manner.empty, &*repetition.ast)
                    && group.capture_index() == Some(empty)
                    && matches!(repetition.op.kind, RepetitionKind::ZeroOrOne)
                {
                    return if self.wanted == Taking::With { self.parts(&group.ast) } else { Some(Vec::new()) };
                }
                self.repeated(&repetition.op.kind, &repetition.ast)
            }
            Ast::Flags(_) | Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassBracketed(_) => None,
        }
    }

    fn repeated(&self, kind: &RepetitionKind, ast: &Ast) -> Option<Vec<Part>> {
        if let (RepetitionKind::ZeroOrMore, Ast::ClassPerl(class)) = (kind, ast)
            && class.kind == ClassPerlKind::Word
            && !class.negated
        {
            return Some(vec![Part::Ending]);
        }
        let parts = self.parts(ast)?;
        match kind {
            RepetitionKind::ZeroOrOne => Some(vec![Part::optional(parts)]),
            RepetitionKind::OneOrMore if parts == [Part::Space] => Some(parts),
            RepetitionKind::ZeroOrMore if parts == [Part::Space] => Some(vec![Part::optional(parts)]),
            RepetitionKind::ZeroOrMore | RepetitionKind::OneOrMore | RepetitionKind::Range(_) => None,
        }
    }

    /// A class of few characters is a choice of them; spellings that are looked for alike are one.
    fn class(&self, item: &ClassSetItem) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        characters(item, &mut parts)?;
        let style = if self.manner.exact { Style::CASED } else { Style::ACCENTED };
        let spelling =
            |part: &Part| if let Part::Char(c) = part { Folded::phrase(&c.to_string(), style) } else { " ".into() };
        let mut seen = Vec::new();
        parts.retain(|part| {
            let spelling = spelling(part);
            let fresh = !seen.contains(&spelling);
            seen.push(spelling);
            fresh
        });
        match parts.len() {
            0 => None,
            1 if self.manner.exact => Some(parts),
            1 => Some(parts.into_iter().map(Part::lower).collect()),
            _ => Some(vec![Part::Choice(parts.into_iter().map(|part| vec![part]).collect())]),
        }
    }
}

/// The characters of a class, when they are few.
fn characters(item: &ClassSetItem, parts: &mut Vec<Part>) -> Option<()> {
    match item {
        ClassSetItem::Literal(literal) => parts.push(Part::of(literal.c)),
        ClassSetItem::Range(range) => {
            let range = range.start.c..=range.end.c;
            if range.clone().nth(MOST_WRITTEN).is_some() {
                return None;
            }
            parts.extend(range.map(Part::of));
        }
        ClassSetItem::Perl(class) if class.kind == ClassPerlKind::Space && !class.negated => parts.push(Part::Space),
        ClassSetItem::Union(union) => union.items.iter().try_for_each(|item| characters(item, parts))?,
        ClassSetItem::Empty(_)
        | ClassSetItem::Ascii(_)
        | ClassSetItem::Unicode(_)
        | ClassSetItem::Perl(_)
        | ClassSetItem::Bracketed(_) => return None,
    }
    (parts.len() <= MOST_WRITTEN).then_some(())
}
