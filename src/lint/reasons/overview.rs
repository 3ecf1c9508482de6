//! All rules at once: what each of them makes of a draft, for whoever does not know which one to ask about.

use super::account::{Told, told};
use super::{Account, Standing};
use crate::lexicon::{Entry, Kind};
use crate::lint::context::Context;
use crate::lint::{Choice, LintError, Linter};
use crate::text::{Draft, Language, Reading};

/// What became of all rules in one draft.
#[derive(Debug, Clone)]
pub struct Overview<'l> {
    /// The language of the draft; `None` when nobody can tell, and all lexicons look at it.
    pub language: Option<&'l Language>,
    /// The rules of which something can be told, in the order of their lexicons.
    pub accounts: Vec<Account<'l>>,
    /// How many rules look at the draft, or would if they were awake, and have nothing there.
    pub silent: usize,
    /// What the reader of this ought to know about it.
    pub notes: Vec<String>,
}

impl Linter {
    /// What stands in a draft, or nearly does, of every rule of the lexicons that look at it. Compiles each of them
    /// anew for a looser search, and so takes longer than many lints.
    ///
    /// # Errors
    ///
    /// As for [`Linter::lint`].
    pub fn overview(&self, draft: &Draft<'_>) -> Result<Overview<'_>, LintError> {
        self.overview_of(draft, &|_| true)
    }

    /// The same of the entries that are asked about.
    pub(in crate::lint) fn overview_of(
        &self,
        draft: &Draft<'_>,
        asked: &dyn Fn(&Entry) -> bool,
    ) -> Result<Overview<'_>, LintError> {
        let reading = Reading::of(draft);
        let Choice { language, notes } = self.choose(draft, &reading)?;
        let mut overview = Overview { language, accounts: Vec::new(), silent: 0, notes };
        for in_force in self.looking_at(language) {
            let matcher = in_force.matcher()?;
            let context = Context::of(matcher, draft);
            overview.notes.extend(context.odd_situation(matcher));
            let entries = matcher.lexicon().entries();
            let sees_whole = self.sees_whole(language);
            let asked = |number: usize| {
                let entry = &entries[number];
                asked(entry) && (sees_whole || !matches!(entry.kind, Kind::Require | Kind::Step))
            };
            let mut known: Told<'_> = told(matcher, draft, &asked);
            known.extend(self.stands(matcher, draft, &reading, (&context, &asked)));
            self.near(matcher, draft, &reading, (&context, &asked), &mut known)?;
            for (number, entry) in entries.iter().enumerate().filter(|(number, _)| asked(*number)) {
                let mut reasons = known.remove(&number).unwrap_or_default();
                reasons.retain(|reason| reason.standing() != Standing::Nothing);
                if reasons.is_empty() {
                    overview.silent += 1;
                } else {
                    reasons.sort_by_key(super::Reason::place);
                    overview.accounts.push(Account { entry, language: matcher.lexicon().language(), reasons });
                }
            }
        }
        Ok(overview)
    }
}
