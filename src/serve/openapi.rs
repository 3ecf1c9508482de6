//! `GET /openapi.json`: what can be asked, and what is answered, for programs that make clients or test servers. It is
//! written by hand; a test holds it against what the server does.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

pub(super) async fn show() -> Response {
    ([(CONTENT_TYPE, "application/json")], include_str!("openapi.json")).into_response()
}
