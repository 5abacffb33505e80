//! What came out of the tests, told in the words of `cargo test`.

use std::time::Duration;

/// The tests so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    passed: usize,
    failures: Vec<(String, String)>,
    skipped: usize,
}

impl Report {
    pub(crate) fn passed(&mut self, name: &str) {
        self.passed += 1;
        println!("test {name} ... ok");
    }

    pub(crate) fn failed(&mut self, name: &str, message: &str) {
        self.failures.push((name.to_owned(), message.to_owned()));
        println!("test {name} ... FAILED");
    }

    pub(crate) fn skipped(&mut self, name: &str, reason: &str) {
        self.skipped += 1;
        println!("test {name} ... ignored, {reason}");
    }

    /// Prints what failed, then the line that is counted.
    pub(crate) fn close(&self, time: Duration) {
        for (name, message) in &self.failures {
            println!("\n---- {name} ----\n{message}");
        }
        let word = if self.is_success() { "ok" } else { "FAILED" };
        println!(
            "\ntest result: {word}. {} passed; {} failed; {} ignored; 0 measured; 0 filtered out; finished in {:.2}s",
            self.passed,
            self.failures.len(),
            self.skipped,
            time.as_secs_f64()
        );
    }

    /// Whether tests ran and none failed.
    pub(crate) fn is_success(&self) -> bool {
        self.passed > 0 && self.failures.is_empty()
    }
}
