//! The values of a TOML file with their places, whichever way they were read. Texts are borrowed from
//! the file where it spells them without escapes. What the keys mean is not known here.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use crate::text::{Day, Span};

/// A table: its keys, none twice.
#[derive(Debug, Default)]
pub(super) struct Tree<'f>(Vec<Branch<'f>>);

/// A key and what it holds. Places are in bytes of the file.
#[derive(Debug)]
pub(super) struct Branch<'f> {
    pub(super) key: Cow<'f, str>,
    pub(super) key_span: Span,
    pub(super) value: Value<'f>,
    /// Where the value stands; of a table with a header, the header.
    pub(super) span: Span,
}

#[derive(Debug)]
pub(super) enum Value<'f> {
    Text(Cow<'f, str>),
    /// With its value, if it is a whole one that an option may have.
    Number(Option<u32>),
    Boolean(bool),
    /// A day, or none of a value that also says a time, or only that.
    Date(Option<Day>),
    List(Vec<(Value<'f>, Span)>),
    Table(Tree<'f>),
}

impl<'f> Tree<'f> {
    pub(super) fn get(&self, key: &str) -> Option<&Branch<'f>> {
        self.0.iter().find(|branch| branch.key == key)
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Branch<'f>> {
        self.0.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds a key that is known to be new, and says which number it has.
    pub(super) fn push(&mut self, branch: Branch<'f>) -> usize {
        self.0.push(branch);
        self.0.len() - 1
    }

    /// The table that the key of this number holds.
    pub(super) fn table_mut(&mut self, number: usize) -> Option<&mut Self> {
        match &mut self.0.get_mut(number)?.value {
            Value::Table(table) => Some(table),
            Value::Text(_) | Value::Number(_) | Value::Boolean(_) | Value::Date(_) | Value::List(_) => None,
        }
    }

    /// What the recovering parser made of the stretch of a file that begins at `base`.
    pub(super) fn of(table: &DeTable<'f>, base: usize) -> Self {
        let at = |span: std::ops::Range<usize>| Span::new(span.start + base, span.end + base);
        let branch = |(key, value): (&toml::Spanned<Cow<'f, str>>, &toml::Spanned<DeValue<'f>>)| Branch {
            key: key.get_ref().clone(),
            key_span: at(key.span()),
            value: Value::of(value.get_ref(), base),
            span: at(value.span()),
        };
        Self(table.iter().map(branch).collect())
    }
}

impl<'f> Value<'f> {
    fn of(value: &DeValue<'f>, base: usize) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.clone()),
            DeValue::Integer(number) => Self::Number(u32::from_str_radix(number.as_str(), number.radix()).ok()),
            DeValue::Float(_) => Self::Number(None),
            DeValue::Boolean(value) => Self::Boolean(*value),
            DeValue::Datetime(date) => Self::Date(day_of(date)),
            DeValue::Array(items) => {
                let at = |span: std::ops::Range<usize>| Span::new(span.start + base, span.end + base);
                Self::List(items.iter().map(|item| (Self::of(item.get_ref(), base), at(item.span()))).collect())
            }
            DeValue::Table(table) => Self::Table(Tree::of(table, base)),
        }
    }

    pub(super) fn as_text(&self) -> Option<&Cow<'f, str>> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn as_table(&self) -> Option<&Tree<'f>> {
        if let Self::Table(table) = self { Some(table) } else { None }
    }
}

/// The day that a date of the file is, if it is one without a time.
pub(super) fn day_of(date: &Datetime) -> Option<Day> {
    let day = date.date.filter(|_| date.time.is_none())?;
    Day::new(day.year, day.month, day.day)
}
