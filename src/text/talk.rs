//! What is known of the talk that a draft belongs to. Nothing of it is linted; it decides which rules have
//! something to say. What is not known is no reason for a rule to speak.

use super::TimeOfDay;

/// The talk so far, as far as anybody knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Talk<'t> {
    /// What the customer wrote since the agent's turn before this one.
    pub customer: Option<&'t str>,
    /// The agent's turn before this one.
    pub before: Option<&'t str>,
    /// Which of the agent's turns this is, from 1.
    pub turn: Option<u32>,
    /// What the talk is about when somebody said so, such as `complaint`.
    pub situation: Option<&'t str>,
    /// The clock on the reader's wall when the draft is sent.
    pub sent_at: Option<TimeOfDay>,
}
