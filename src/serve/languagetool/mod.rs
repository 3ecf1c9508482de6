//! The LanguageTool protocol.

use axum::Router;

use super::SharedState;

/// What clients of LanguageTool ask.
pub(super) fn routes() -> Router<SharedState> {
    Router::new()
}
