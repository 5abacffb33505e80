//! One SQLite connection: how it is opened and set up, and how a statement runs on it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use diesel::connection::{
    CacheSize, Connection, InstrumentationEvent, LoadConnection, SimpleConnection,
};
use diesel::sqlite::SqliteConnection;

use super::failure;
use super::functions;
use super::location;
use crate::database::row::SqliteRow;
use crate::database::verb::Verb;
use crate::database::{
    DatabaseError, DatabaseErrorKind, DatabaseOptions, Instant, RowSink, Statement,
};

/// The most prepared statements a connection keeps. diesel never forgets one, so all are forgotten at this number.
const CACHED_STATEMENTS: usize = 400;

/// How long SQLite itself waits for a lock while writing. Short, because it asks ever more rarely the longer it
/// waits; the loop above it asks again in even steps, which lets several processes take turns.
const WRITER_POLL: Duration = Duration::from_millis(5);

/// Why a statement or a step of a transaction failed.
pub(super) type Outcome<T> = Result<T, DatabaseError>;

/// An open connection.
pub(super) struct SqliteConn {
    raw: SqliteConnection,
    prepared: Arc<AtomicUsize>,
    is_read_only: bool,
}

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Write,
    Read,
}

impl SqliteConn {
    /// Opens the database and sets the connection up.
    pub(super) fn open(options: &DatabaseOptions, purpose: Purpose) -> Outcome<Self> {
        let deadline = Instant::now() + options.busy_timeout;
        // Several processes that open a new database at once are in each other's way for a moment.
        patiently(deadline, || Self::open_once(options, purpose))
            .map_err(|error| location::explain(options, error))
    }

    fn open_once(options: &DatabaseOptions, purpose: Purpose) -> Outcome<Self> {
        if cfg!(target_family = "wasm") && options.path().is_some() {
            // SQLite would make one in memory.
            return Err(DatabaseError::new(
                DatabaseErrorKind::CannotOpen,
                "no files",
            ));
        }
        let mut raw = SqliteConnection::establish(&location::url(options, purpose))
            .map_err(failure::of_opening)?;
        functions::register(&mut raw)?;
        let prepared = Arc::new(AtomicUsize::new(0));
        let mut connection = SqliteConn {
            raw,
            prepared,
            is_read_only: options.read_only || purpose == Purpose::Read,
        };
        connection.count_prepared();
        for pragma in pragmas(options, purpose) {
            connection.batch(&pragma)?;
        }
        Ok(connection)
    }

    fn count_prepared(&mut self) {
        let prepared = self.prepared.clone();
        self.raw
            .set_instrumentation(move |event: InstrumentationEvent<'_>| {
                if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
                    prepared.fetch_add(1, Ordering::Relaxed);
                }
            });
    }

    /// Runs a statement and hands its rows to `sink`, counting them in `rows`.
    pub(super) fn fetch(
        &mut self,
        statement: &Statement,
        sink: &mut dyn RowSink,
        rows: &mut usize,
    ) -> Outcome<()> {
        self.forget_statements();
        let failed = |error| failure::of_statement(error, statement);
        for row in LoadConnection::load(&mut self.raw, statement).map_err(failed)? {
            let row = row.map_err(failed)?;
            if !has_room(sink) {
                break;
            }
            *rows += 1;
            let wants_more = sink
                .row(&SqliteRow(&row))
                .map_err(|error| DatabaseError::decode(error).with_sql(|| statement.sql()))?;
            if !wants_more {
                break;
            }
        }
        Ok(())
    }

    /// Runs a statement for its effect; answers how many rows it changed.
    pub(super) fn execute(&mut self, statement: &Statement) -> Outcome<usize> {
        self.forget_statements();
        let changed = self
            .raw
            .execute_returning_count(statement)
            .map_err(|error| failure::of_statement(error, statement))?;
        // SQLite repeats the number of the last change after a statement that changes no rows.
        Ok(match statement.verb() {
            Verb::Change => changed,
            _ => 0,
        })
    }

    /// diesel's own connection.
    pub(super) fn diesel(&mut self) -> &mut SqliteConnection {
        &mut self.raw
    }

    /// Refuses writes, or lets them through again.
    pub(super) fn refuse_writes(&mut self, refuse: bool) -> Outcome<()> {
        match refuse || self.is_read_only {
            true => self.batch("PRAGMA query_only = ON"),
            false => self.batch("PRAGMA query_only = OFF"),
        }
    }

    /// Runs several statements without binds.
    pub(super) fn batch(&mut self, sql: &str) -> Outcome<()> {
        self.raw
            .batch_execute(sql)
            .map_err(|error| failure::of(error).with_sql(|| sql.to_owned()))
    }

    /// Runs several statements, each of which waits for a lock until `deadline`. A text of several statements cannot be
    /// tried again as a whole, so SQLite does the waiting.
    pub(super) fn batch_patiently(&mut self, sql: &str, deadline: Instant) -> Outcome<()> {
        let wait = deadline.saturating_duration_since(Instant::now());
        if wait <= WRITER_POLL {
            return self.batch(sql);
        }
        self.batch(&busy_timeout(wait))?;
        let done = self.batch(sql);
        self.batch(&busy_timeout(WRITER_POLL))?;
        done
    }

    fn forget_statements(&mut self) {
        if self.prepared.load(Ordering::Relaxed) >= CACHED_STATEMENTS {
            self.prepared.store(0, Ordering::Relaxed);
            self.raw
                .set_prepared_statement_cache_size(CacheSize::Disabled);
            self.raw
                .set_prepared_statement_cache_size(CacheSize::Unbounded);
        }
    }
}

/// Waits on this thread until a sink takes another row. Only a stream ever makes it wait, and that has a thread of its
/// own.
fn has_room(sink: &mut dyn RowSink) -> bool {
    match sink.poll_room(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(has_room) => has_room,
        Poll::Pending => wait_for_room(sink),
    }
}

#[cfg(not(target_family = "wasm"))]
fn wait_for_room(sink: &mut dyn RowSink) -> bool {
    use std::task::Wake;

    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    loop {
        match sink.poll_room(&mut Context::from_waker(&waker)) {
            Poll::Ready(has_room) => return has_room,
            Poll::Pending => std::thread::park(),
        }
    }
}

/// Nothing is streamed where there are no threads.
#[cfg(target_family = "wasm")]
fn wait_for_room(_: &mut dyn RowSink) -> bool {
    false
}

/// What a connection is set up with, one statement each, in this order.
fn pragmas(options: &DatabaseOptions, purpose: Purpose) -> Vec<String> {
    let wait = match purpose {
        Purpose::Write => WRITER_POLL.min(options.busy_timeout),
        Purpose::Read => options.busy_timeout,
    };
    let mut pragmas = vec![busy_timeout(wait)];
    if options.path().is_some() && !options.read_only && purpose == Purpose::Write {
        pragmas.push("PRAGMA journal_mode = WAL".into());
    }
    // In WAL this loses nothing when the program is killed, and spares the disk a flush a commit.
    pragmas.push("PRAGMA synchronous = NORMAL".into());
    pragmas.push("PRAGMA foreign_keys = ON".into());
    if options.read_only || purpose == Purpose::Read {
        pragmas.push("PRAGMA query_only = ON".into());
    }
    // The first look at the file, so that one which is no database is refused now.
    pragmas.push("SELECT count(*) FROM sqlite_master".into());
    pragmas
}

fn busy_timeout(wait: Duration) -> String {
    format!("PRAGMA busy_timeout = {}", wait.as_millis())
}

/// Tries again until `deadline` while the database is busy.
#[cfg(not(target_family = "wasm"))]
pub(super) fn patiently<T>(
    deadline: Instant,
    mut attempt: impl FnMut() -> Outcome<T>,
) -> Outcome<T> {
    loop {
        match attempt() {
            Err(error) if error.is_busy() && Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(1));
            }
            outcome => return outcome,
        }
    }
}

/// Tries once: in a browser nobody else has the database, and nobody can wait.
#[cfg(target_family = "wasm")]
pub(super) fn patiently<T>(
    _deadline: Instant,
    mut attempt: impl FnMut() -> Outcome<T>,
) -> Outcome<T> {
    attempt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Dialect;
    use crate::database::row::Rows;
    use crate::database::statement::StatementBuilder;
    use crate::value::Value;

    fn statement(sql: &str) -> Statement {
        let mut builder = StatementBuilder::new(Dialect::Sqlite);
        builder.push(sql);
        builder.finish()
    }

    fn memory() -> SqliteConn {
        SqliteConn::open(&DatabaseOptions::sqlite(":memory:"), Purpose::Write).expect("memory")
    }

    #[test]
    fn statements_that_change_no_rows_count_none() {
        let mut connection = memory();
        connection.batch("CREATE TABLE t (a)").expect("a table");
        let insert = connection.execute(&statement("INSERT INTO t VALUES (1), (2)"));
        assert_eq!(insert.expect("two rows"), 2);
        let create = connection.execute(&statement("CREATE TABLE u (a)"));
        assert_eq!(create.expect("a table"), 0);
    }

    #[test]
    fn a_connection_for_reading_refuses_to_write() {
        let options = DatabaseOptions::sqlite(":memory:");
        let mut connection = SqliteConn::open(&options, Purpose::Read).expect("memory");
        let error = connection.execute(&statement("CREATE TABLE t (a)"));
        let kind = error.expect_err("refused").kind();
        assert_eq!(kind, crate::database::DatabaseErrorKind::ReadOnly);
    }

    #[test]
    fn the_cache_of_statements_is_bounded() {
        let mut connection = memory();
        for number in 0..CACHED_STATEMENTS * 2 + 10 {
            let mut sink = Rows::new(|row| row.get::<i64>(0));
            connection
                .fetch(&statement(&format!("SELECT {number}")), &mut *sink, &mut 0)
                .expect("a row");
            assert!(connection.prepared.load(Ordering::Relaxed) <= CACHED_STATEMENTS);
        }
        assert_eq!(connection.prepared.load(Ordering::Relaxed), 10);
        let again = connection.execute(&statement("SELECT 1"));
        assert!(again.is_ok());
    }

    #[test]
    fn a_text_that_varies_is_not_kept() {
        let mut connection = memory();
        let mut builder = StatementBuilder::new(Dialect::Sqlite);
        builder.raw("SELECT ?", [Value::BigInt(1)]);
        connection.execute(&builder.finish()).expect("a row");
        assert_eq!(connection.prepared.load(Ordering::Relaxed), 0);
    }
}
