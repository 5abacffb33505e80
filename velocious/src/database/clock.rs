//! The log of statements: their text, how long they took and how many rows they were about; never their values.

use super::Instant;
#[cfg(feature = "server")]
use super::listening;

/// What a filter of the log calls these events.
const TARGET: &str = "velocious::database";

/// Takes the time of one statement, if anybody listens.
pub(crate) struct Clock(Option<(String, Instant)>);

impl Clock {
    /// Starts before the statement does. `sql` is asked only when somebody listens.
    pub(crate) fn start(sql: impl FnOnce() -> String) -> Self {
        let is_heard = tracing::enabled!(target: TARGET, tracing::Level::DEBUG);
        #[cfg(feature = "server")]
        let is_heard = is_heard || listening::is_listening();
        Clock(is_heard.then(|| (sql(), Instant::now())))
    }

    /// Logs the statement; `rows` is `None` when it failed.
    pub(crate) fn stop(self, rows: Option<usize>) {
        let Some((sql, start)) = self.0 else {
            return;
        };
        let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
        #[cfg(feature = "server")]
        listening::tell(&sql, milliseconds, rows);
        match rows {
            Some(rows) => tracing::debug!(target: TARGET, milliseconds, rows, "{sql}"),
            None => tracing::debug!(target: TARGET, milliseconds, "failed: {sql}"),
        }
    }
}

#[cfg(all(test, feature = "sqlite"))]
mod tests {
    use std::fmt::{self, Write};
    use std::sync::{Arc, Mutex};

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use crate::database::tests::support::{block_on, memory, text};

    /// Keeps events as text, a line each.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<String>>);

    struct Line<'a>(&'a mut String);

    impl Visit for Line<'_> {
        fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
            write!(self.0, " {field}={value:?}").expect("text");
        }
    }

    impl Subscriber for Log {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }
        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &Event<'_>) {
            let mut log = self.0.lock().expect("no panic");
            log.push_str(event.metadata().target());
            event.record(&mut Line(&mut log));
            log.push('\n');
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    #[test]
    fn statements_are_logged_without_their_values() {
        let log = Log::default();
        tracing::subscriber::with_default(log.clone(), || {
            block_on(async {
                let db = memory().await;
                db.batch("CREATE TABLE users (name)")
                    .await
                    .expect("a table");
                let insert = "INSERT INTO users VALUES (?), (?)";
                db.execute_sql(insert, [text("s3cret"), text("s3cret")])
                    .await
                    .expect("rows");
                let select = "SELECT nothing FROM users WHERE name = ?";
                let failing = db.rows_sql(select, [text("s3cret")], &[]).await;
                failing.expect_err("no such column");
            });
        });
        let log = log.0.lock().expect("no panic").clone();
        let lines: Vec<_> = log.lines().collect();
        assert_eq!(lines.len(), 3, "{log}");
        let insert = "velocious::database message=INSERT INTO users VALUES (?), (?) milliseconds=";
        assert!(
            lines[1].starts_with(insert) && lines[1].ends_with(" rows=2"),
            "{log}"
        );
        assert!(
            lines[2].contains("failed: SELECT nothing FROM users WHERE name = ?"),
            "{log}"
        );
        assert!(!log.contains("s3cret"));
    }
}
