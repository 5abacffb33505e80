//! What is asked: one scenario for each kind of request.

use crate::load::Request;
use std::sync::atomic::{AtomicU64, Ordering};

const TASKS: u64 = 10_000;
const PAGES: u64 = TASKS / 20;
const JSON: &str = "application/json";

/// A kind of request; `request` makes one from a random number.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) request: fn(u64) -> Request,
    /// Whether the database has a part in it.
    pub(crate) asks_database: bool,
}

/// All of them, in the order in which they are measured and reported. What writes comes last.
pub(crate) const SCENARIOS: [Scenario; 6] = [
    Scenario {
        name: "ping",
        request: |_| Request::get("/ping", "*/*"),
        asks_database: false,
    },
    Scenario {
        name: "json",
        request: |_| Request::get("/greeting", JSON),
        asks_database: false,
    },
    Scenario {
        name: "show",
        request: show,
        asks_database: true,
    },
    Scenario {
        name: "list",
        request: |n| Request::get(format!("/tasks?page={}", 1 + n % PAGES), JSON),
        asks_database: true,
    },
    Scenario {
        name: "html",
        request: |n| Request::get(format!("/tasks?page={}", 1 + n % PAGES), "text/html"),
        asks_database: true,
    },
    Scenario {
        name: "create",
        request: create,
        asks_database: true,
    },
];

pub(crate) fn show(number: u64) -> Request {
    Request::get(format!("/tasks/{}", 1 + number % TASKS), JSON)
}

/// A name is taken once it was sent, so each request has a new one.
fn create(number: u64) -> Request {
    static SENT: AtomicU64 = AtomicU64::new(1);
    let (name, project) = (SENT.fetch_add(1, Ordering::Relaxed), 1 + number % 100);
    Request {
        path: "/tasks".into(),
        accept: JSON,
        body: Some(format!(
            r#"{{"project_id":{project},"name":"New task {name}","description":"Sent by the load client."}}"#
        )),
    }
}
