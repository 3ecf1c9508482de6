//! An expression of another tool, written for a folded text: without capitals and accents, and with every line
//! break a space. What it would no longer tell apart is said.

use regex_syntax::ast::{
    AssertionKind, Ast, ClassSetItem, Flag, FlagsItem, FlagsItemKind, GroupKind, Literal, Visitor, visit,
};

use super::expressions::{ANY_CASE, Manner};
use crate::text::{Folded, Span, Style};

const TELLS_CASE: &str = "it tells capitals from small letters, which a regular expression does not do here";
const LINE_ENDS: &str = "`^` and `$` mean the ends of a line, and a line break is no more than a space here";

/// Writes an expression for a folded text, in which letters have neither capitals nor accents.
pub(super) struct Folder<'f> {
    manner: Manner,
    /// What is to be written in place of which bytes.
    edits: Vec<(Span, String)>,
    cased: bool,
    notes: &'f mut Vec<String>,
}

impl Folder<'_> {
    pub(super) fn fold(source: &str, ast: &Ast, manner: Manner, notes: &mut Vec<String>) -> Result<String, String> {
        let visitor = Folder { manner, edits: Vec::new(), cased: false, notes };
        let edits = visit(ast, visitor)?;
        let mut folded = String::new();
        let mut at = 0;
        for (span, text) in edits {
            folded.push_str(Span::new(at, span.start).of(source));
            folded.push_str(&text);
            at = span.end;
        }
        folded.push_str(Span::new(at, source.len()).of(source));
        Ok(folded)
    }

    fn character(&mut self, literal: &Literal, in_class: bool) -> Result<(), String> {
        let c = literal.c;
        if c == '\n' || c == '\r' {
            return Err("it looks for a line break, which is no more than a space here".to_owned());
        }
        if self.manner.exact && c.is_uppercase() {
            return Err(TELLS_CASE.to_owned());
        }
        self.cased |= c.is_lowercase();
        if c.is_ascii() {
            return Ok(());
        }
        let folded = Folded::phrase(&c.to_string(), Style::COARSE);
        if folded.chars().count() != 1 && in_class {
            return Err(format!("`{c}` is written with more than one character here, and stands in a class"));
        }
        let span = Span::new(literal.span.start.offset, literal.span.end.offset);
        self.edits.push((span, regex_syntax::escape(&folded)));
        Ok(())
    }
}

impl Visitor for Folder<'_> {
    type Output = Vec<(Span, String)>;
    type Err = String;

    fn finish(self) -> Result<Self::Output, String> {
        if self.manner.exact && self.cased {
            self.notes.push(ANY_CASE.to_owned());
        }
        Ok(self.edits)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), String> {
        if let Ast::Literal(literal) = ast {
            self.character(literal, false)
        } else if let Ast::Assertion(assertion) = ast
            && !matches!(assertion.kind, AssertionKind::WordBoundary | AssertionKind::NotWordBoundary)
        {
            Err(LINE_ENDS.to_owned())
        } else if let Ast::Flags(flags) = ast {
            of_flags(&flags.flags.items)
        } else if let Ast::Group(group) = ast
            && let GroupKind::NonCapturing(flags) = &group.kind
        {
            of_flags(&flags.items)
        } else if matches!(ast, Ast::ClassUnicode(_)) && self.manner.exact {
            Err(TELLS_CASE.to_owned())
        } else {
            Ok(())
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), String> {
        let tells_case = match item {
            ClassSetItem::Literal(literal) => return self.character(literal, true),
            ClassSetItem::Range(range) => {
                self.cased |= range.start.c.is_lowercase();
                range.start.c.is_uppercase() || range.end.c.is_uppercase()
            }
            ClassSetItem::Unicode(_) | ClassSetItem::Ascii(_) => true,
            ClassSetItem::Empty(_) | ClassSetItem::Perl(_) | ClassSetItem::Bracketed(_) | ClassSetItem::Union(_) => {
                false
            }
        };
        if self.manner.exact && tells_case { Err(TELLS_CASE.to_owned()) } else { Ok(()) }
    }
}

/// Flags in the middle: only that capitals do not matter, which they do not here.
fn of_flags(items: &[FlagsItem]) -> Result<(), String> {
    let fits = items.iter().all(|item| matches!(item.kind, FlagsItemKind::Flag(Flag::CaseInsensitive)));
    if fits { Ok(()) } else { Err("it sets flags in its middle".to_owned()) }
}
