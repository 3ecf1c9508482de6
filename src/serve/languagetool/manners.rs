//! How answers under `/v2` look from outside, whoever made them: any page may ask, and asks first whether it may;
//! what other parts of the server refuse, such as a body that is too large, is said in the words of LanguageTool.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE,
    CONTENT_LENGTH, CONTENT_TYPE,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// The longest refusal that another part of the server says.
const LONGEST: usize = 1 << 16;

/// What another part of the server refuses with.
#[derive(Deserialize)]
struct Refused {
    error: Said,
}

#[derive(Deserialize)]
struct Said {
    message: String,
    help: String,
}

/// Goes around everything else, so that it sees every answer, and answers those who ask whether they may ask before
/// anybody wants a token, which they do not have yet.
pub(crate) async fn mind(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path != "/v2" && !path.starts_with("/v2/") {
        return next.run(request).await;
    }
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        reworded(next.run(request).await).await
    };
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "Accept, Authorization, Content-Type, X-Request-Id"),
        (ACCESS_CONTROL_MAX_AGE, "86400"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// What LanguageTool would say. Some clients show it as it is.
pub(super) fn line(message: &str, help: &str) -> String {
    format!("Error: {message}; {help}")
}

/// A refusal in JSON as a line of plain text; everything else as it is.
async fn reworded(response: Response) -> Response {
    let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == b"application/json");
    if response.status().is_success() || !is_json {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let said = to_bytes(body, LONGEST).await.ok();
    let refused = said.and_then(|said| serde_json::from_slice(&said).ok());
    let line = refused.map_or_else(
        || format!("Error: {}", parts.status),
        |Refused { error: Said { message, help } }| line(&message, &help),
    );
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    Response::from_parts(parts, Body::from(line))
}
