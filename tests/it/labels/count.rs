//! What was found beside what was labelled, counted.

use std::collections::BTreeMap;

use replylint::Span;

use super::read::Labelled;

#[derive(Default)]
pub(super) struct Tally {
    replies: usize,
    faults: usize,
    /// Faults that some finding touches.
    found: usize,
    /// Findings that touch a fault.
    right: usize,
    /// Findings that touch neither a fault nor what may be flagged.
    wrong: usize,
    /// Replies without a fault, and those of them with a wrong finding.
    clean: usize,
    clean_flagged: usize,
    /// Faults by the category of the label, findings by that of the rule.
    categories: BTreeMap<String, Self>,
}

impl Tally {
    pub(super) const HEADER: &str =
        "      half or category  replies  faults  found  recall  right  wrong  precision  clean  flagged";

    /// Counts a reply and what was found in it: where, and by a rule of which category.
    pub(super) fn add(&mut self, reply: &Labelled, findings: &[(Span, String)]) {
        self.replies += 1;
        for fault in &reply.faults {
            let found = findings.iter().any(|(span, _)| span.overlaps(fault.span));
            let category = self.categories.entry(fault.category.clone()).or_default();
            category.faults += 1;
            category.found += usize::from(found);
            self.faults += 1;
            self.found += usize::from(found);
        }
        let mut wrong = 0;
        for (span, rule) in findings {
            let category = self.categories.entry(rule.clone()).or_default();
            if reply.faults.iter().any(|fault| fault.span.overlaps(*span)) {
                category.right += 1;
                self.right += 1;
            } else if !reply.may.iter().any(|may| may.overlaps(*span)) {
                category.wrong += 1;
                wrong += 1;
            }
        }
        self.wrong += wrong;
        if reply.faults.is_empty() {
            self.clean += 1;
            self.clean_flagged += usize::from(wrong > 0);
        }
    }

    /// The share of findings that were labelled, of those that count.
    pub(super) fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The share of faults that were found.
    pub(super) fn recall(&self) -> f64 {
        share(self.found, self.faults)
    }

    pub(super) fn clean_flagged(&self) -> f64 {
        share(self.clean_flagged, self.clean)
    }

    pub(super) fn categories(&self) -> impl Iterator<Item = (&str, &Self)> {
        let counted = self.categories.iter().filter(|(_, tally)| tally.faults + tally.right + tally.wrong > 0);
        counted.map(|(name, tally)| (name.as_str(), tally))
    }

    /// A line of the table for some replies.
    pub(super) fn row(&self, language: &str, half: &str) -> String {
        let clean = format!("{:5}  {}", self.clean, shown(self.clean_flagged, self.clean));
        format!("{language:4}  {half:16}  {:7}{}  {clean}", self.replies, self.counts())
    }

    /// A line of the table for a category: labels name it, or rules do.
    pub(super) fn category_row(&self, name: &str) -> String {
        format!("      {name:16}  {:7}{}", "", self.counts())
    }

    fn counts(&self) -> String {
        let recall = shown(self.found, self.faults);
        let precision = shown(self.right, self.right + self.wrong);
        let Self { faults, found, right, wrong, .. } = self;
        format!("  {faults:6}  {found:5}  {recall}  {right:5}  {wrong:5}  {precision:>9}")
    }
}

/// Of nothing: 0. A floor is kept only where there is something to count.
#[expect(clippy::cast_precision_loss, reason = "counts of replies")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn shown(part: usize, whole: usize) -> String {
    if whole == 0 { "     -".to_owned() } else { format!("{:6.2}", share(part, whole)) }
}
