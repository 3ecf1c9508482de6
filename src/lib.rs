//! replylint finds the phrases that a company had rather not send to its customers, and says
//! what to write instead.
//!
//! ```
//! use replylint::{Draft, Linter};
//!
//! let linter = Linter::builtin();
//! let review = linter.lint(&Draft::new("You must pay today. Thank you for waiting!"))?;
//!
//! let finding = &review.findings[0];
//! assert_eq!(finding.rule.as_str(), "command.you-must");
//! assert_eq!((finding.span.start, finding.span.end), (0, 8)); // bytes
//! assert!(!finding.prefer.is_empty());
//! # Ok::<(), replylint::LintError>(())
//! ```
//!
//! # The way of a draft
//!
//! ```text
//!   bytes ──▶ Draft ──▶ Prose ──▶ Folded ──▶ candidates ──▶ matches ──▶ Review ──▶ Report
//!             what is   the agent's  what    every phrase    borders,    what to    pretty,
//!             known     own words    reads   that stands     exceptions, say        short,
//!                                    alike   there           longest     instead    JSON
//!                                              ▲
//!   TOML ──▶ raw tables ──▶ entries ──▶ Lexicon ──▶ Matcher
//! ```
//!
//! Two spellings that a reader takes for one phrase fold to the same bytes, and a sparse list
//! of edits leads back to the original ones. One search over the folded text, word by word, finds
//! all candidates; everything else is decided at the hits. A whole mail is taken apart first, see
//! [`text::Mail`]: each part that a reader sees is a draft. So is a talk, see [`text::Transcript`] and
//! [`text::answers`]: each turn of the agent is a draft that knows what it answers. A lexicon is valid by construction:
//! mistakes of its authors become [`lexicon::Problem`]s while it is loaded and never reach the
//! matcher. What was compiled can be written as bytes, see [`Linter::to_compiled`], from which a linter
//! of any size is made in milliseconds.
//!
//! # The layers
//!
//! | module | what it knows | what it does not |
//! |---|---|---|
//! | [`text`] | formats, prose, folding, words, sentences, lines | lexicons |
//! | [`lexicon`] | entries, the phrase syntax, loading, problems | drafts |
//! | [`matcher`] | what of a lexicon stands in a draft | what to say instead |
//! | [`lint`] | findings, wins, fixes, examples | output |
//! | [`report`] | output formats | where drafts come from |
//! | `host` | the disk, the environment | the command line |
//! | `intake` | records and mails, and how they become drafts | who sent them |
//! | `serve` | HTTP | editors, the command line |
//! | `lsp` | editors | HTTP, the command line |
//! | `cli` | arguments and the terminal | |
//!
//! A module uses only those above it in the table, and `serve` and `lsp` know nothing of one another; a test enforces
//! that. `host`, `intake` and `cli` come with the feature `cli`, `serve` and `lsp` each with its own. All are on by
//! default; without them the crate opens no file and no port, and draws nothing.
//!
//! Most programs need [`Linter`], [`Draft`] and [`Review`], and [`lexicon::load`] for a lexicon
//! of their own; those with many drafts keep a [`Desk`] in each thread. You can ignore [`text`] and [`matcher`] unless you build something new on them.
//!
//! # Units
//!
//! Every [`Span`] is a half-open range of bytes of the original UTF-8 text, on character
//! borders. [`text::LineIndex`] converts to lines, columns, UTF-16 units and characters.

pub mod lexicon;
pub mod lint;
pub mod matcher;
pub mod report;
pub mod text;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod host;
#[cfg(feature = "cli")]
mod intake;
#[cfg(feature = "lsp")]
pub mod lsp;
#[cfg(feature = "serve")]
pub mod serve;

pub use crate::lexicon::{Level, Lexicon};
pub use crate::lint::{Desk, Finding, Fix, LintError, Linter, Review};
pub use crate::text::{Draft, Language, Span};
