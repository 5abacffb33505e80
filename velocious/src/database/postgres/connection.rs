//! One connection to PostgreSQL: how it is opened and set up, and how a statement runs on it.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use diesel::connection::{CacheSize, InstrumentationEvent};
use diesel_async::{
    AsyncConnection, AsyncConnectionCore, AsyncPgConnection, SimpleAsyncConnection,
};
use tokio::task::JoinHandle;
use tokio_postgres::{Config, NoTls};

use super::failure;
use crate::database::options::Location;
use crate::database::remote::{CACHED_STATEMENTS, Outcome, Place, each_row};
use crate::database::row::PostgresRow;
use crate::database::url::ServerUrl;
use crate::database::verb::Verb;
use crate::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions, RowSink, Statement};

/// How long the server's machine may leave what was sent unacknowledged before the connection counts as lost.
const UNACKNOWLEDGED: Duration = Duration::from_secs(10);

/// The savepoint before a write in a transaction.
const BEFORE_WRITE: &str = "velocious_write";

/// An open connection.
pub(in crate::database) struct PostgresConn {
    raw: AsyncPgConnection,
    prepared: Arc<AtomicUsize>,
    /// What reads from and writes to the socket; it ends with the connection.
    driver: JoinHandle<()>,
    /// Whether the savepoint before the last write of the transaction is still there.
    has_savepoint: bool,
}

impl PostgresConn {
    /// Connects and sets the connection up.
    pub(in crate::database) async fn open(options: &DatabaseOptions) -> Outcome<Self> {
        let Location::Server(url) = &options.location else {
            return Err(DatabaseError::new(
                DatabaseErrorKind::CannotOpen,
                "no database on a server",
            ));
        };
        let config = config(url)?;
        let opened = config.connect(NoTls).await;
        let (client, connection) = opened.map_err(|error| failure::of_opening(&error, url))?;
        let driver = tokio::spawn(async move {
            // Whoever waits for an answer hears of the end too.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection to PostgreSQL ended");
            }
        });
        let setup = |error| failure::of(diesel::result::Error::QueryBuilderError(Box::new(error)));
        let raw = AsyncPgConnection::try_from(client).await.map_err(setup)?;
        let mut connection = PostgresConn {
            raw,
            prepared: Arc::new(AtomicUsize::new(0)),
            driver,
            has_savepoint: false,
        };
        connection.count_prepared();
        connection.batch(&settings(options)).await?;
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

    /// Runs a statement and hands its rows to `sink`; answers how many it has seen.
    pub(in crate::database) async fn fetch(
        &mut self,
        statement: &Statement,
        sink: &mut dyn RowSink,
        place: Place,
    ) -> Outcome<usize> {
        self.forget_statements();
        let mut rows = 0;
        if self.is_guarded(statement, place) {
            let savepoint = self.savepoint();
            let work = fetch(&self.raw, statement, sink, &mut rows);
            let (set, fetched) = both(batch(&self.raw, savepoint), work).await;
            set?;
            self.undo_unless(fetched).await?;
            return Ok(rows);
        }
        let fetched = fetch(&self.raw, statement, sink, &mut rows).await;
        if self.may_repeat(&fetched, place) && rows == 0 {
            fetch(&self.raw, statement, sink, &mut rows).await?;
            return Ok(rows);
        }
        fetched.map(|()| rows)
    }

    /// Runs a statement for its effect; answers how many rows it changed.
    pub(in crate::database) async fn execute(
        &mut self,
        statement: &Statement,
        place: Place,
    ) -> Outcome<usize> {
        self.forget_statements();
        let changed = if self.is_guarded(statement, place) {
            let savepoint = self.savepoint();
            let (set, changed) =
                both(batch(&self.raw, savepoint), execute(&self.raw, statement)).await;
            set?;
            self.undo_unless(changed).await?
        } else {
            let changed = execute(&self.raw, statement).await;
            match self.may_repeat(&changed, place) {
                true => execute(&self.raw, statement).await?,
                false => changed?,
            }
        };
        // A SELECT counts the rows it found.
        Ok(match statement.verb() {
            Verb::Change => changed,
            _ => 0,
        })
    }

    /// Runs several statements without binds.
    pub(in crate::database) async fn batch(&mut self, sql: &str) -> Outcome<()> {
        batch(&self.raw, sql).await
    }

    /// Begins, ends or leaves a transaction, which takes the savepoint before the last write with it.
    pub(in crate::database) async fn control(&mut self, sql: &str) -> Outcome<()> {
        self.has_savepoint = false;
        self.batch(sql).await
    }

    /// Whether the server has closed it, as far as anybody has noticed.
    pub(in crate::database) fn is_closed(&self) -> bool {
        self.driver.is_finished()
    }

    /// What can stop the statement that runs on it.
    pub(in crate::database) fn cancel(&self) -> PostgresCancel {
        PostgresCancel(self.raw.cancel_token())
    }

    /// Runs a piece of work with diesel-async's own connection.
    pub(in crate::database) async fn diesel<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> diesel::QueryResult<T>,
    ) -> Outcome<T> {
        work(&mut self.raw).await.map_err(failure::of)
    }

    /// In a transaction, a statement that fails would take everything before it along. One that writes may well fail,
    /// because of a constraint, and then the transaction goes on without it, as it does on the other databases.
    fn is_guarded(&self, statement: &Statement, place: Place) -> bool {
        place == Place::Transaction && statement.verb() == Verb::Change
    }

    /// Goes over the wire together with the write, so that it costs no round trip.
    fn savepoint(&mut self) -> &'static str {
        match std::mem::replace(&mut self.has_savepoint, true) {
            true => "RELEASE velocious_write; SAVEPOINT velocious_write",
            false => "SAVEPOINT velocious_write",
        }
    }

    async fn undo_unless<T>(&mut self, outcome: Outcome<T>) -> Outcome<T> {
        if let Err(error) = &outcome
            && error.kind() != DatabaseErrorKind::ConnectionLost
        {
            self.batch(&format!("ROLLBACK TO {BEFORE_WRITE}")).await?;
        }
        outcome
    }

    /// Whether the statement has not run at all, because it was prepared before the table was altered.
    fn may_repeat<T>(&mut self, outcome: &Outcome<T>, place: Place) -> bool {
        let is_stale = outcome
            .as_ref()
            .err()
            .is_some_and(|error| error.message() == "cached plan must not change result type");
        if is_stale {
            self.prepared.store(CACHED_STATEMENTS, Ordering::Relaxed);
            self.forget_statements();
        }
        is_stale && place == Place::Alone
    }

    /// diesel never forgets a prepared statement, so all are forgotten at a number.
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

/// Stops a statement from outside of its connection.
pub(in crate::database) struct PostgresCancel(tokio_postgres::CancelToken);

impl PostgresCancel {
    pub(in crate::database) async fn run(self) {
        if let Err(error) = self.0.cancel_query(NoTls).await {
            tracing::debug!(%error, "a statement could not be cancelled");
        }
    }
}

fn config(url: &ServerUrl) -> Outcome<Config> {
    let mut config: Config = url.full().parse().map_err(|error: tokio_postgres::Error| {
        let text = format!("`{url}` is no URL of a PostgreSQL database: {error}");
        DatabaseError::new(DatabaseErrorKind::CannotOpen, text)
    })?;
    if config.get_application_name().is_none() {
        config.application_name("velocious");
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(UNACKNOWLEDGED);
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_idle(UNACKNOWLEDGED);
        config.keepalives_interval(Duration::from_secs(2));
        config.keepalives_retries(2);
    }
    Ok(config)
}

/// What a session is set up with.
fn settings(options: &DatabaseOptions) -> String {
    // Messages are in English where this user may say so, because only they tell some errors apart.
    let mut settings = String::from(
        "SELECT set_config('lc_messages', 'C', false) FROM pg_roles WHERE rolname = current_user AND rolsuper",
    );
    if let Some(timeout) = options.statement_timeout {
        settings.push_str(&format!(
            "; SET statement_timeout = {}",
            timeout.as_millis()
        ));
    }
    if options.read_only {
        settings.push_str("; SET default_transaction_read_only = on");
    }
    settings
}

async fn fetch(
    mut raw: &AsyncPgConnection,
    statement: &Statement,
    sink: &mut dyn RowSink,
    rows: &mut usize,
) -> Outcome<()> {
    let failed = |error| failure::of_statement(error, statement);
    let mut stream = raw.load(statement).await.map_err(failed)?;
    each_row!(stream, statement, sink, rows, PostgresRow, failed);
    Ok(())
}

async fn execute(mut raw: &AsyncPgConnection, statement: &Statement) -> Outcome<usize> {
    let changed = raw.execute_returning_count(statement).await;
    changed.map_err(|error| failure::of_statement(error, statement))
}

async fn batch(mut raw: &AsyncPgConnection, sql: &str) -> Outcome<()> {
    let done = raw.batch_execute(sql).await;
    done.map_err(|error| failure::of(error).with_sql(|| sql.to_owned()))
}

/// Waits for two futures that share a connection; the first is asked first, so it is the first on the wire.
async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut first, mut second) = (None, None);
    poll_fn(|context| {
        if first.is_none()
            && let Poll::Ready(output) = a.as_mut().poll(context)
        {
            first = Some(output);
        }
        if second.is_none()
            && let Poll::Ready(output) = b.as_mut().poll(context)
        {
            second = Some(output);
        }
        match (first.take(), second.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (one, other) => {
                (first, second) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}
