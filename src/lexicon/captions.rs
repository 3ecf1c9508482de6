//! What a printed sheet calls its columns and the categories, in the language of the lexicon. How the
//! sheet looks is for [`crate::report`].

use std::collections::BTreeMap;
use std::sync::Arc;

use super::problem::{Code, Problem, Problems, SourceFile};
use super::read::{Text, nearest, unknown_key};

/// Captions by what they are for: a category, or one of [`Captions::COLUMNS`].
#[derive(Debug, Clone, Default)]
pub(super) struct Captions(BTreeMap<String, String>);

impl Captions {
    /// What has a caption besides the categories: the two columns, a phrase that had better be left out
    /// altogether, and the list of what to say.
    const COLUMNS: [&str; 4] = ["avoid", "prefer", "leave-out", "recommend"];

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Adds what is inherited; a later lexicon has the last word.
    pub(super) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Adds what a file says. The `categories` are those that it may name; none when it is not known
    /// which there are.
    pub(super) fn add(
        &mut self,
        captions: Vec<(Text<'_>, Text<'_>)>,
        categories: Option<Vec<&str>>,
        file: &Arc<SourceFile>,
        problems: &mut Problems,
    ) {
        let known = categories.map(|mut categories| {
            categories.sort_unstable();
            categories.dedup();
            [&Self::COLUMNS, &categories[..]].concat()
        });
        for (name, caption) in captions {
            if let Some(known) = known.as_ref().filter(|known| !known.contains(&&*name.value)) {
                let meant = nearest(&name.value, known.iter().copied());
                problems.push(unknown_key(file, name.span, &name.value, meant, known));
            }
            if caption.value.trim().is_empty() {
                let message = format!("the caption of `{}` is empty", name.value);
                let problem = Problem::new(Code::BlankPhrase, file, caption.span, message, "names nothing");
                problems.push(problem.help("write a word or two, or take the line out"));
            }
            self.0.insert(name.value.into_owned(), caption.value.trim().to_owned());
        }
    }
}
