//! x
pub mod lexicon;
pub mod lint;
pub mod matcher;
pub mod text;
