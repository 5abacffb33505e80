//! The log of statements: their text, how long they took and how many rows they were about; never their values.

use std::time::Instant;

/// Takes the time of one statement, if anybody listens.
pub(crate) struct Clock(Option<(String, Instant)>);

impl Clock {
    /// Starts before the statement does. `sql` is asked only when somebody listens.
    pub(crate) fn start(sql: impl FnOnce() -> String) -> Self {
        Clock(tracing::enabled!(tracing::Level::DEBUG).then(|| (sql(), Instant::now())))
    }

    /// Logs the statement; `rows` is `None` when it failed.
    pub(crate) fn stop(self, rows: Option<usize>) {
        let Some((sql, start)) = self.0 else {
            return;
        };
        let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
        match rows {
            Some(rows) => tracing::debug!(milliseconds, rows, "{sql}"),
            None => tracing::debug!(milliseconds, "failed: {sql}"),
        }
    }
}
