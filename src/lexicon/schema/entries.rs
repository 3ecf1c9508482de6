//! What entries are made of, kind by kind. As in [`super::file`], types without values.

#![allow(dead_code, reason = "a description of files, of which no value is made")]

use schemars::JsonSchema;

/// Words that are looked for in any case. `(a|b)`: one of these; `[a|b]`: one of these or nothing; `must*`: any
/// ending; `…`: up to five words; `{word}` `{number}` `{amount}` `{time}` `{name}`: one of that kind; `^` first and
/// `$` last: the start and the end of a sentence; `@group`: any phrase of that group.
#[derive(JsonSchema)]
pub(super) struct Phrase(#[schemars(length(min = 1))] String);

/// At least one phrase.
type Phrases = Vec<Phrase>;

/// What every entry may have.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
struct Entry {
    /// The reason, in a sentence: it is shown with every finding.
    why: Option<String>,
    /// Only in these channels, such as `["email"]`. Without it, in all; with it, silent when the channel is not known.
    channels: Option<Vec<String>>,
    /// Only from the one time of day on and before the other, such as `["05:00", "12:00"]`.
    #[schemars(length(equal = 2))]
    between: Option<Vec<TimeOfDay>>,
    /// Texts that this entry must flag; `replylint lexicon test` runs them.
    flags: Option<Vec<Example>>,
    /// Texts that this entry must leave alone, best those that look alike; `replylint lexicon test` runs them.
    passes: Option<Vec<Example>>,
    /// Warnings of `replylint lexicon check` that this entry may raise, by their codes, such as `missing-examples`.
    allow: Option<Vec<String>>,
    /// The day on which this entry is due to be looked at again, such as 2027-01-31.
    review_by: Option<String>,
}

/// For entries that stand for themselves.
#[derive(JsonSchema)]
struct Replace {
    /// Whether it defines a rule anew that the lexicon extends.
    replace: Option<bool>,
}

/// What entries have that look for phrases.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
struct Looks {
    /// What to look for.
    #[schemars(length(min = 1))]
    phrases: Option<Phrases>,
    /// What phrases cannot say: Rust regular expressions, matched on lower-case text without accents.
    regex: Option<Vec<String>>,
    /// What makes it fine: a hit that shares a word with one of these is dropped.
    unless: Option<Phrases>,
    /// Whether capitals matter: `"exact"` (they are as in the phrase) or `"any"` (if left out).
    case: Option<Case>,
    /// Where a phrase may begin and end: `"word"` (where words do; if left out) or `"none"` (within a word, too).
    boundary: Option<Boundary>,
    /// Where it must stand: `"sentence"` (a whole one), `"opening"`, `"closing"`, or a part such as
    /// `"first 2 sentences"`.
    at: Option<At>,
}

/// What entries have of which a hit is a fault.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
struct Faults {
    /// What makes it fine when it stands in the sentences around it; `near` says how far they reach.
    unless_near: Option<Phrases>,
    /// How far `unless-near` reaches: `"same sentence"`, `"next sentence"`, `"next 2 sentences"` (if left out),
    /// `"last sentence"`, or `"2 sentences"` for both ways.
    near: Option<Near>,
    /// `"safe"`: the first `prefer` fits wherever the phrase stands, so that `replylint fix` may put it in. `"none"`: a
    /// person chooses.
    fix: Option<Fix>,
}

/// What is said of a finding.
#[derive(JsonSchema)]
struct Said {
    /// What to say instead. `…` is a blank to fill, a slot such as `{number}` is filled from the draft; `[""]` means
    /// to leave it out.
    prefer: Option<Vec<String>>,
    /// How grave a finding is: `"error"` (not to be sent), `"warning"` (better changed; if left out), `"advice"` (worth
    /// a thought), or `"off"`.
    level: Option<Level>,
}

/// What a reply must have.
#[derive(JsonSchema)]
struct Holds {
    /// One of these must be there.
    #[schemars(length(min = 1))]
    any: Option<Phrases>,
    /// All of these must be there.
    #[schemars(length(min = 1))]
    all: Option<Phrases>,
    /// Where: `"opening"`, `"closing"`, `"first 2 sentences"`, `"last 2 sentences"`, or `"whole reply"` (if left out).
    within: Option<Within>,
}

/// How long a reply may be.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
struct Bounds {
    /// The fewest words of a reply.
    least_words: Option<u32>,
    /// The most words of a reply.
    most_words: Option<u32>,
    /// The most sentences of a reply.
    most_sentences: Option<u32>,
}

#[derive(JsonSchema)]
struct Styles {
    /// Ways to say the same, of which a reply may hold one: `[["tú"], ["usted"]]`.
    #[schemars(length(min = 2))]
    forms: Option<Vec<Phrases>>,
    /// Whether a blank that nobody filled, such as `{{name}}`, is flagged.
    placeholders: Option<bool>,
}

#[derive(JsonSchema)]
struct Waits {
    /// What must hold for the entry to speak. All that is given must hold, and what is not known does not.
    when: Option<When>,
}

#[derive(JsonSchema)]
struct Says {
    /// What the step does, in words that follow its name, such as `"names what went wrong, and is sorry for it"`.
    says: Option<String>,
}

/// A phrase to avoid.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Avoid {
    #[serde(flatten)]
    looks: Looks,
    #[serde(flatten)]
    faults: Faults,
    #[serde(flatten)]
    said: Said,
    #[serde(flatten)]
    waits: Waits,
    #[serde(flatten)]
    entry: Entry,
    #[serde(flatten)]
    replace: Replace,
}

/// A phrase to recommend.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Recommend {
    #[serde(flatten)]
    looks: Looks,
    #[serde(flatten)]
    waits: Waits,
    #[serde(flatten)]
    entry: Entry,
    #[serde(flatten)]
    replace: Replace,
}

/// Something that a reply must have.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Require {
    #[serde(flatten)]
    holds: Holds,
    #[serde(flatten)]
    bounds: Bounds,
    #[serde(flatten)]
    said: Said,
    #[serde(flatten)]
    waits: Waits,
    #[serde(flatten)]
    entry: Entry,
    #[serde(flatten)]
    replace: Replace,
}

/// A step of making good what went wrong.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Step {
    #[serde(flatten)]
    looks: Looks,
    #[serde(flatten)]
    says: Says,
    #[serde(flatten)]
    waits: Waits,
    #[serde(flatten)]
    entry: Entry,
    #[serde(flatten)]
    replace: Replace,
}

/// A matter of your company's taste.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Style {
    #[serde(flatten)]
    looks: Looks,
    #[serde(flatten)]
    styles: Styles,
    #[serde(flatten)]
    bounds: Bounds,
    #[serde(flatten)]
    faults: Faults,
    #[serde(flatten)]
    said: Said,
    #[serde(flatten)]
    waits: Waits,
    #[serde(flatten)]
    entry: Entry,
    #[serde(flatten)]
    replace: Replace,
}

/// What a customer's words tell about the talk.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Situation {
    #[serde(flatten)]
    looks: Looks,
    #[serde(flatten)]
    entry: Entry,
    #[serde(flatten)]
    replace: Replace,
}

/// A change to an entry that the lexicon extends.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Adjust {
    #[serde(flatten)]
    looks: Looks,
    #[serde(flatten)]
    styles: Styles,
    #[serde(flatten)]
    holds: Holds,
    #[serde(flatten)]
    bounds: Bounds,
    #[serde(flatten)]
    faults: Faults,
    #[serde(flatten)]
    said: Said,
    #[serde(flatten)]
    says: Says,
    #[serde(flatten)]
    waits: Waits,
    #[serde(flatten)]
    entry: Entry,
    /// Phrases that it looks for, too.
    add_phrases: Option<Phrases>,
    /// What makes it fine, too.
    add_unless: Option<Phrases>,
    /// What to say instead, too.
    add_prefer: Option<Vec<String>>,
    /// Phrases that it looks for no longer, as they are written in the entry.
    remove_phrases: Option<Vec<String>>,
    /// What makes it fine no longer, as it is written in the entry.
    remove_unless: Option<Vec<String>>,
}

/// What must hold for an entry to speak.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct When {
    /// The customer wrote one of these since the agent's last turn.
    customer: Option<Phrases>,
    /// The agent's own turn before this one holds one of these.
    before: Option<Phrases>,
    /// Whether the customer wrote something since that turn.
    answered: Option<bool>,
    /// The reply has a hit of one of these rules or categories.
    reply: Option<Vec<String>>,
    /// The talk is in one of these situations.
    situation: Option<Vec<String>>,
    /// Whether it is the agent's first turn.
    first_turn: Option<bool>,
}

/// A reply, or a reply with what is known of the talk.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Example {
    /// The reply.
    Text(String),
    /// The reply, with what is known of the talk.
    Table(Talk),
}

/// A reply with what is known of the talk.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case", inline)]
struct Talk {
    /// The reply.
    text: String,
    /// What the customer wrote before it.
    customer: Option<String>,
    /// The agent's own turn before it.
    before: Option<String>,
    /// Where it is sent, such as `"email"`.
    channel: Option<String>,
    /// When it is sent: a time of day such as `"09:30"`, or `"2026-11-27T09:30:00+02:00"`.
    sent_at: Option<String>,
    /// Which of the agent's turns it is, from 1.
    turn: Option<u32>,
    /// What the talk is about, such as `"complaint"`.
    situation: Option<String>,
}

/// How grave a finding is.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Level {
    Error,
    Warning,
    Advice,
    Off,
}

/// Whether the first wording fits wherever the phrase stands.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Fix {
    Safe,
    None,
}

/// Whether capitals matter.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Case {
    Exact,
    Any,
}

/// Where a phrase may begin and end.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Boundary {
    None,
    Word,
}

/// A part of a reply.
#[derive(JsonSchema)]
#[schemars(example = &"opening", example = &"closing", example = &"first 2 sentences", example = &"whole reply")]
struct Within(
    #[schemars(regex(pattern = r"^(whole reply|opening|closing|(first|last) ([1-9][0-9]* sentences?|sentence))$"))]
    String,
);

/// Where a phrase must stand.
#[derive(JsonSchema)]
#[schemars(example = &"sentence", example = &"opening", example = &"closing", example = &"first 2 sentences")]
struct At(
    #[schemars(regex(
        pattern = r"^(sentence|whole reply|opening|closing|(first|last) ([1-9][0-9]* sentences?|sentence))$"
    ))]
    String,
);

/// How near.
#[derive(JsonSchema)]
#[schemars(example = &"same sentence", example = &"next sentence", example = &"next 2 sentences", example = &"2 sentences")]
struct Near(
    #[schemars(regex(pattern = r"^((same|next|last) sentence|((next|last) )?[1-9][0-9]* sentences?)$"))] String,
);

/// A time of day, such as `"09:30"`.
#[derive(JsonSchema)]
struct TimeOfDay(#[schemars(regex(pattern = r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"))] String);
