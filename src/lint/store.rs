//! Lexicons that come with the program, compiled, from one process to the next. They are the same for as long as
//! the program is, and each is compiled only when a draft in its language comes; so each waits by itself.
//! Where, and whether what is there is whole, is for the store to know.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};

use super::Linter;
use super::compiled::packed;
use crate::matcher::{BuildError, Matcher};

/// A place for the compiled forms of the program's own lexicons.
pub trait Store: fmt::Debug + Send + Sync + UnwindSafe + RefUnwindSafe {
    /// A linter of what was put there under a reference such as `builtin:en`, if it is there, whole, and of this
    /// program.
    fn take(&self, reference: &str) -> Option<Linter>;

    /// Puts the bytes of [`Linter::to_compiled`] there. Whether it can is its own affair.
    fn put(&self, reference: &str, compiled: &[u8]);
}

/// The matcher that waits in a store, or a new one, which will.
pub(super) fn taken_or_put(
    store: &dyn Store,
    reference: &str,
    compile: impl FnOnce() -> Result<Matcher, BuildError>,
) -> Result<Matcher, BuildError> {
    if let Some(matcher) = store.take(reference).and_then(Linter::into_only_matcher) {
        return Ok(matcher);
    }
    let matcher = compile()?;
    if let Ok(bytes) = packed(&[&matcher]) {
        store.put(reference, &bytes);
    }
    Ok(matcher)
}

impl Linter {
    /// The matcher, if there is one and no other.
    fn into_only_matcher(mut self) -> Option<Matcher> {
        let only = self.lexicons.pop().filter(|_| self.lexicons.is_empty())?;
        only.matcher.into_inner()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::lexicon::Lexicon;
    use crate::text::Draft;

    /// Counts what is asked of it.
    #[derive(Debug, Default)]
    struct Counting {
        put: Mutex<Vec<(String, Vec<u8>)>>,
        taken: Mutex<usize>,
    }

    impl Store for Counting {
        fn take(&self, reference: &str) -> Option<Linter> {
            let put = self.put.lock().ok()?;
            let (_, bytes) = put.iter().find(|(name, _)| name == reference)?;
            *self.taken.lock().ok()? += 1;
            Linter::from_compiled(bytes.clone(), 0, bytes.len() as u64).ok()
        }

        fn put(&self, reference: &str, compiled: &[u8]) {
            self.put.lock().expect("nobody panics").push((reference.to_owned(), compiled.to_vec()));
        }
    }

    #[test]
    fn a_lexicon_is_compiled_for_the_first_process_and_taken_by_the_next() {
        let counting = Arc::new(Counting::default());
        let store: Arc<dyn Store> = counting.clone();
        let draft =
            Draft::new("Bonjour. You must pay today, and then you will need to call us. Thank you for waiting!");
        let told = |linter: &Linter| {
            let review = linter.lint(&draft).expect("it lints");
            let findings = review.findings.iter().map(|it| {
                (it.rule.to_string(), it.span, it.prefer.iter().map(std::borrow::Cow::into_owned).collect::<Vec<_>>())
            });
            (findings.collect::<Vec<_>>(), review.wins.iter().map(|it| it.span).collect::<Vec<_>>())
        };
        let expected = told(&Linter::builtin());
        assert!(expected.0.len() == 2 && expected.1.len() == 1, "{expected:?}");
        for (process, (put, taken)) in [(1, 0), (1, 1), (1, 2)].into_iter().enumerate() {
            let linter = Linter::builtin().with_store(&store);
            assert_eq!(told(&linter), expected, "process {process}");
            assert_eq!(told(&linter), expected, "process {process}, again");
            let names: Vec<String> =
                counting.put.lock().expect("nobody panics").iter().map(|it| it.0.clone()).collect();
            assert_eq!((names.len(), *counting.taken.lock().expect("nobody panics")), (put, taken));
            assert_eq!(names, ["builtin:en"], "no lexicon that was not needed");
        }
    }

    #[test]
    fn a_lexicon_of_somebody_else_is_not_put_there() {
        let counting = Arc::new(Counting::default());
        let store: Arc<dyn Store> = counting.clone();
        let lexicon = Lexicon::builtin("builtin:en").and_then(|lexicon| lexicon.awake()).expect("some entry sleeps");
        Linter::new(vec![lexicon]).with_store(&store).lint(&Draft::new("You must pay.")).expect("it lints");
        assert!(counting.put.lock().expect("nobody panics").is_empty());
    }
}
