//! `GET /metrics`: numbers for Prometheus. Labels are routes, statuses, codes and what the lexicon says of itself;
//! nothing that a client sends becomes one.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::errors::Refusal;
use super::state::SharedState;
use crate::lint::{Linter, Review};

/// The upper borders, in seconds, of what is counted together: from a short reply to the deadline.
const BORDERS: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5];

#[derive(Debug)]
pub(super) struct Metrics {
    registry: Mutex<Registry>,
    requests: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram>,
    in_flight: Gauge,
    findings: Family<Found, Counter>,
    reviews: Family<Judged, Counter>,
    errors: Family<Failed, Counter>,
    lexicons: Family<InForce, Gauge>,
    reloads: Family<Ended, Counter>,
    is_current: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Found {
    rule: String,
    level: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Judged {
    verdict: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Failed {
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InForce {
    name: String,
    version: String,
    language: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    outcome: &'static str,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let requests = Family::default();
        let seconds: Family<Asked, Histogram> = Family::new_with_constructor(|| Histogram::new(BORDERS));
        let (in_flight, is_current) = (Gauge::default(), Gauge::default());
        let (findings, reviews, errors) = (Family::default(), Family::default(), Family::default());
        let (lexicons, reloads) = (Family::default(), Family::<Ended, Counter>::default());
        for outcome in [OK, FAILED] {
            drop(reloads.get_or_create(&Ended { outcome }));
        }
        let mut registry = Registry::with_prefix("replylint");
        registry.register("requests", "Requests that were answered", requests.clone());
        registry.register_with_unit("request", "The time to an answer", Unit::Seconds, seconds.clone());
        registry.register("requests_in_flight", "Drafts and batches that are being judged", in_flight.clone());
        registry.register("findings", "What was found, by rule and level", findings.clone());
        registry.register("reviews", "Drafts that were judged, by verdict", reviews.clone());
        registry.register("errors", "Requests and records that were not judged, by code", errors.clone());
        registry.register("lexicon_entries", "The lexicons in force, and how much they hold", lexicons.clone());
        registry.register("reloads", "Attempts to load the lexicons anew", reloads.clone());
        registry.register("lexicon_current", "1 unless the last of them failed", is_current.clone());
        let registry = Mutex::new(registry);
        Self { registry, requests, seconds, in_flight, findings, reviews, errors, lexicons, reloads, is_current }
    }

    pub(super) fn request(&self, route: &str, status: u16, time: Duration) {
        self.requests.get_or_create(&Answered { route: route.to_owned(), status: status.into() }).inc();
        self.seconds.get_or_create(&Asked { route: route.to_owned() }).observe(time.as_secs_f64());
    }

    pub(super) fn error(&self, code: &'static str) {
        self.errors.get_or_create(&Failed { code }).inc();
    }

    /// Counts what was found in one draft.
    pub(super) fn review(&self, review: &Review<'_>) {
        let verdict = review.verdict().map_or("pass", crate::Level::as_str);
        self.reviews.get_or_create(&Judged { verdict }).inc();
        for finding in &review.findings {
            let found = Found { rule: finding.rule.as_str().to_owned(), level: finding.level.as_str() };
            self.findings.get_or_create(&found).inc();
        }
    }

    /// The lexicons that are in force from now on.
    pub(super) fn in_force(&self, linter: &Linter) {
        // Nobody sees the time between the old ones and the new.
        let _registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        self.lexicons.clear();
        for lexicon in linter.lexicons() {
            let labels = InForce {
                name: lexicon.name().to_owned(),
                version: lexicon.version().unwrap_or_default().to_owned(),
                language: lexicon.language().to_string(),
            };
            let entries = i64::try_from(lexicon.entry_count()).unwrap_or(i64::MAX);
            self.lexicons.get_or_create(&labels).set(entries);
        }
        self.is_current.set(1);
    }

    pub(super) fn reload(&self, worked: bool) {
        self.reloads.get_or_create(&Ended { outcome: if worked { OK } else { FAILED } }).inc();
        self.is_current.set(worked.into());
    }
}

const OK: &str = "ok";
const FAILED: &str = "failed";

pub(super) async fn show(State(state): State<SharedState>) -> Result<Response, Refusal> {
    let metrics = &state.metrics;
    metrics.in_flight.set(i64::try_from(state.in_flight()).unwrap_or(i64::MAX));
    let registry = metrics.registry.lock().unwrap_or_else(PoisonError::into_inner);
    let mut text = String::new();
    encode(&mut text, &registry).map_err(|_| Refusal::own_fault())?;
    Ok(([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response())
}
