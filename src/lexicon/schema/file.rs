//! The tables of a file. Types that nothing is read into: they are there for what is derived from them, and
//! their comments are what an editor shows.

#![allow(dead_code, reason = "a description of files, of which no value is made")]

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::entries::{Adjust, Avoid, Phrase, Recommend, Require, Situation, Step, Style};

/// What the names in rule ids are made of.
pub(super) const ID: &str = "^[A-Za-z0-9_-]+$";

/// A part of a rule's id.
#[derive(JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[schemars(inline)]
struct Id(#[schemars(regex(pattern = ID))] String);

/// Entries by category and name.
type Named<E> = BTreeMap<Id, BTreeMap<Id, E>>;

/// A lexicon of replylint: the phrases that a company avoids in its replies, those that it likes, and what a
/// reply must have.
#[derive(JsonSchema)]
#[schemars(title = "replylint lexicon", deny_unknown_fields)]
pub(super) struct File {
    /// The header: what the lexicon is called and which language it is for. In a folder it stands in
    /// `lexicon.toml`.
    lexicon: Option<Header>,
    /// Phrases to avoid: `[avoid.category.name]`. Findings show the id `category.name`.
    avoid: Option<Named<Avoid>>,
    /// Phrases to recommend: `[recommend.category.name]`. They are counted as said well.
    recommend: Option<Named<Recommend>>,
    /// What a reply must have, or how long it may be: `[require.category.name]`.
    require: Option<Named<Require>>,
    /// Steps of making good what went wrong: `[step.framework.name]`. They are listed when they can be seen in
    /// the answer to a complaint.
    step: Option<Named<Step>>,
    /// Matters of your company's taste: `[style.category.name]`.
    style: Option<Named<Style>>,
    /// What the customer's words tell about the talk: `[situation.complaint]`. Entries may wait for one with
    /// `when = { situation = ["complaint"] }`.
    situation: Option<BTreeMap<Id, Situation>>,
    /// Lists of phrases to use in any phrase, by `@` and their name.
    group: Option<BTreeMap<String, Vec<Phrase>>>,
    /// Lists of names of products, companies and people, in which nothing is flagged.
    names: Option<BTreeMap<String, Vec<String>>>,
    /// Lists of whole sentences that may return in many replies: `replylint repeats` does not count them.
    approved: Option<BTreeMap<String, Vec<String>>>,
    /// What a printed sheet calls a category, or one of its columns `avoid`, `prefer`, `leave-out` and `recommend`.
    captions: Option<BTreeMap<String, String>>,
    /// Changes to entries that the lexicon extends: `[adjust.category.name]`. Keys that are given replace those of
    /// the entry; `add-…` and `remove-…` change its lists.
    adjust: Option<Named<Adjust>>,
}

/// What the lexicon is called and which language it is for.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Header {
    /// What your company calls it.
    name: Option<String>,
    /// The language of its phrases, as a tag such as `"en"`, `"en-GB"` or `"ru"`.
    #[schemars(length(min = 2))]
    language: String,
    /// Its version, such as `"2026.11"`.
    version: Option<String>,
    /// The lexicons that it starts from, earlier first: built-in ones such as `"builtin:en"`, or paths.
    extends: Option<Vec<String>>,
    /// Whether accents make no difference: `sé` is `se`.
    ignore_accents: Option<bool>,
}
