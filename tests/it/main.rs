//! One test binary, a module for each kind of test. Most cases are data: see `matching/` and
//! `problems/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests may fail loudly, and read their own files"
)]

mod audit;
mod builtin;
mod compiled;
mod coverage;
mod fixtures;
mod labels;
mod layers;
mod matching;
mod properties;
mod replies;
mod seeds;
mod support;

#[cfg(feature = "cli")]
mod cache;
#[cfg(feature = "cli")]
mod coprocess;
#[cfg(feature = "cli")]
mod formats;
#[cfg(feature = "cli")]
mod layout;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "cli")]
mod problems;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "cli")]
mod watch;
#[cfg(feature = "cli")]
mod words;
