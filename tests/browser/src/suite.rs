//! The tests of one program, run by the page `suite.html`.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use velocious_tests::{Browser, eventually};

use crate::report::Report;

/// How long nothing may come from the page, which gives a test half of that.
const PATIENCE: Duration = Duration::from_secs(60);

/// Tests that a browser cannot run, by the beginning of their names, and why. A test by itself says it with
/// `#[cfg_attr(target_family = "wasm", ignore = "reason")]` above its `#[test]`.
const SKIPPED: [(&str, &str); 4] = [
    ("database::tests::concurrency::", "needs threads and files"),
    ("database::tests::opening::", "needs files"),
    ("database::tests::processes::", "needs processes and files"),
    ("migration::tests::processes::", "needs processes and files"),
];

/// Runs the tests whose names contain `filter`.
pub(crate) fn run(browser: &Browser, url: &str, filter: &str, report: &mut Report) {
    browser.visit(url);
    let exported = eventually("the tests of a program", || {
        match browser.evaluate("window.tests ?? null") {
            Value::Array(names) => Some(names),
            Value::String(error) => panic!("{url} does not load: {error}"),
            _ => None,
        }
    });
    let mut left = 0;
    let mut wanted = Vec::new();
    for exported in exported.iter().filter_map(Value::as_str) {
        let (word, name) = exported.split_once(' ').unwrap_or(("test", exported));
        if !name.contains(filter) {
            continue;
        }
        let skipped = SKIPPED.iter().find(|(start, _)| name.starts_with(start));
        match (word, skipped, name.split_once(": ")) {
            (_, Some((_, reason)), _) => report.skipped(name, reason),
            ("skip", _, Some((name, reason))) => report.skipped(name, reason),
            _ => {
                left += 1;
                wanted.push(exported);
            }
        }
    }
    let _ = browser.evaluate(&format!("void window.run({})", json!(wanted)));
    let mut heard = Instant::now();
    while left > 0 {
        std::thread::sleep(Duration::from_millis(50));
        let ended = browser.evaluate("window.take()");
        for one in ended.as_array().into_iter().flatten() {
            left -= 1;
            heard = Instant::now();
            let name = one[0].as_str().unwrap_or_default();
            let name = name.strip_prefix("test ").unwrap_or(name);
            match &one[1] {
                Value::Null => report.passed(name),
                Value::String(message) => report.failed(name, message),
                other => report.failed(name, &format!("an unexpected answer: {other}")),
            }
        }
        if heard.elapsed() > PATIENCE {
            report.failed(
                url,
                &format!("the page is silent; {left} tests have not ended"),
            );
            return;
        }
    }
}
