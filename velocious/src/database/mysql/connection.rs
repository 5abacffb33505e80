//! One connection to MySQL or MariaDB: how it is opened and set up, and how a statement runs on it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::InstrumentationEvent;
use diesel_async::{
    AsyncConnection, AsyncConnectionCore, AsyncMysqlConnection, MysqlCancelToken,
    SimpleAsyncConnection,
};

use super::failure;
use super::flavour::Flavour;
use crate::database::options::Location;
use crate::database::remote::{CACHED_STATEMENTS, Outcome, each_row};
use crate::database::row::{MysqlRow, Rows};
use crate::database::statement::StatementBuilder;
use crate::database::url::ServerUrl;
use crate::database::verb::Verb;
use crate::database::{
    DatabaseError, DatabaseErrorKind, DatabaseOptions, Dialect, RowSink, Statement,
};
use crate::value::Value;

/// SQL means what it means on the other databases: `"` is for names and `\` an ordinary letter; and a value that does
/// not fit is an error.
const MODE: &str = "ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

/// An open connection.
pub(in crate::database) struct MysqlConn {
    raw: AsyncMysqlConnection,
    prepared: Arc<AtomicUsize>,
    flavour: Flavour,
}

impl MysqlConn {
    /// Connects and sets the connection up.
    pub(in crate::database) async fn open(options: &DatabaseOptions) -> Outcome<Self> {
        let Location::Server(url) = &options.location else {
            return Err(DatabaseError::new(
                DatabaseErrorKind::CannotOpen,
                "no database on a server",
            ));
        };
        let raw = AsyncMysqlConnection::establish(&full(url)).await;
        let mut connection = MysqlConn {
            raw: raw.map_err(|error| failure::of_opening(&error, url))?,
            prepared: Arc::new(AtomicUsize::new(0)),
            flavour: Flavour::of(""),
        };
        connection.count_prepared();
        connection.flavour = connection.ask_flavour().await?;
        connection
            .batch(&settings(options, connection.flavour))
            .await?;
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

    async fn ask_flavour(&mut self) -> Outcome<Flavour> {
        let mut sql = StatementBuilder::new(Dialect::Mysql);
        sql.raw("SELECT VERSION()", []);
        let mut sink = Rows::new(|row| row.get::<String>(0));
        self.fetch(&sql.finish(), &mut *sink).await?;
        let version = Rows::<String>::collected(sink).pop();
        Ok(Flavour::of(&version.unwrap_or_default()))
    }

    /// Which server it is.
    pub(in crate::database) fn flavour(&self) -> Flavour {
        self.flavour
    }

    /// Runs a statement and hands its rows to `sink`; answers how many it has seen.
    pub(in crate::database) async fn fetch(
        &mut self,
        statement: &Statement,
        sink: &mut dyn RowSink,
    ) -> Outcome<usize> {
        let fetched = self.fetch_rows(statement, sink).await;
        match fetched {
            Err(error) => Err(self.with_columns(error, statement).await),
            rows => rows,
        }
    }

    async fn fetch_rows(
        &mut self,
        statement: &Statement,
        sink: &mut dyn RowSink,
    ) -> Outcome<usize> {
        let mut seen = 0;
        let rows = &mut seen;
        let failed = |error| failure::of_statement(error, statement);
        let mut stream = self.raw.load(statement).await.map_err(failed)?;
        each_row!(stream, statement, sink, rows, MysqlRow, failed);
        drop(stream);
        Ok(seen)
    }

    /// Runs a statement for its effect; answers how many rows it changed.
    pub(in crate::database) async fn execute(&mut self, statement: &Statement) -> Outcome<usize> {
        let changed = self.raw.execute_returning_count(statement).await;
        match changed {
            Err(error) => {
                let error = failure::of_statement(error, statement);
                Err(self.with_columns(error, statement).await)
            }
            Ok(changed) => Ok(match statement.verb() {
                Verb::Change => changed,
                _ => 0,
            }),
        }
    }

    /// Runs several statements without binds.
    pub(in crate::database) async fn batch(&mut self, sql: &str) -> Outcome<()> {
        let done = self.raw.batch_execute(sql).await;
        done.map_err(|error| failure::of(error).with_sql(|| sql.to_owned()))
    }

    /// Whether so many statements are prepared that the connection had better be replaced: diesel never forgets one,
    /// and the server keeps them as long as the connection lasts.
    pub(in crate::database) fn is_worn(&self) -> bool {
        self.prepared.load(Ordering::Relaxed) >= CACHED_STATEMENTS
    }

    /// What can stop the statement that runs on it.
    pub(in crate::database) fn cancel(&self) -> MysqlCancel {
        MysqlCancel(self.raw.cancel_token())
    }

    /// Runs a piece of work with diesel-async's own connection.
    pub(in crate::database) async fn diesel<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut AsyncMysqlConnection) -> diesel::QueryResult<T>,
    ) -> Outcome<T> {
        work(&mut self.raw).await.map_err(failure::of)
    }

    /// A duplicate names its index only; the catalog knows the columns.
    async fn with_columns(&mut self, error: DatabaseError, statement: &Statement) -> DatabaseError {
        let Some(index) = error
            .unique_columns()
            .and_then(|_| unique_index(error.message()))
        else {
            return error;
        };
        match self.columns_of(index, &statement.sql()).await {
            Ok(Some((table, columns))) => error.with_columns(Some(table), columns),
            // The duplicate is what happened; that its columns are unknown is no reason to say something else.
            Ok(None) | Err(_) => error,
        }
    }

    /// The table of an index and its columns: of the table that the statement writes to, or the only one that has an
    /// index of that name.
    async fn columns_of(
        &mut self,
        index: &str,
        statement: &str,
    ) -> Outcome<Option<(String, Vec<String>)>> {
        let mut sql = StatementBuilder::new(Dialect::Mysql);
        sql.raw(
            "SELECT table_name, column_name FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = ? AND non_unique = 0 ORDER BY table_name, seq_in_index",
            [Value::Text(index.to_owned())],
        );
        let mut sink = Rows::new(|row| Ok((row.get::<String>(0)?, row.get::<Option<String>>(1)?)));
        self.fetch_rows(&sql.finish(), &mut *sink).await?;
        let mut rows = Rows::<(String, Option<String>)>::collected(sink);
        if let Some(table) = written_table(statement)
            && rows.iter().any(|(name, _)| name == table)
        {
            rows.retain(|(name, _)| name == table);
        }
        let Some((table, _)) = rows.first().cloned() else {
            return Ok(None);
        };
        if rows.iter().any(|(name, _)| *name != table) {
            return Ok(None);
        }
        // An index on an expression has a part without a column.
        let columns: Option<Vec<String>> = rows.into_iter().map(|(_, column)| column).collect();
        Ok(columns.map(|columns| (table, columns)))
    }
}

/// Stops a statement from outside of its connection.
pub(in crate::database) struct MysqlCancel(MysqlCancelToken);

impl MysqlCancel {
    pub(in crate::database) async fn run(self) {
        if let Err(error) = self.0.cancel_query().await {
            tracing::debug!(%error, "a statement could not be cancelled");
        }
    }
}

/// Whether MySQL commits the open transaction before it runs this statement.
pub(in crate::database) fn commits_implicitly(sql: &str) -> bool {
    let mut words = sql
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    let second = words.next().unwrap_or_default().to_ascii_lowercase();
    match first.as_str() {
        "create" | "drop" => second != "temporary",
        "alter" | "rename" | "truncate" | "grant" | "revoke" | "analyze" | "optimize"
        | "repair" | "flush" => true,
        "lock" | "unlock" => second == "tables" || second == "table",
        _ => false,
    }
}

/// A connection by TCP stays one: the socket that the driver likes better is not always there.
fn full(url: &ServerUrl) -> String {
    let full = url.full();
    match (url.option("prefer_socket"), full.contains('?')) {
        (Some(_), _) => full,
        (None, true) => format!("{full}&prefer_socket=false"),
        (None, false) => format!("{full}?prefer_socket=false"),
    }
}

/// What a session is set up with.
fn settings(options: &DatabaseOptions, flavour: Flavour) -> String {
    let mut settings = format!(
        "SET SESSION sql_mode = '{MODE}', lc_messages = 'en_US'; SET NAMES utf8mb4 COLLATE utf8mb4_bin"
    );
    if let Some(timeout) = options.statement_timeout {
        let setting = match flavour.is_mariadb() {
            true => format!("max_statement_time = {:.3}", timeout.as_secs_f64()),
            false => format!("max_execution_time = {}", timeout.as_millis()),
        };
        settings.push_str(&format!("; SET SESSION {setting}"));
    }
    if options.read_only {
        settings.push_str("; SET SESSION TRANSACTION READ ONLY");
    }
    settings
}

/// The index that the message of a duplicate names, in our words.
fn unique_index(message: &str) -> Option<&str> {
    message.rsplit_once(" `")?.1.strip_suffix('`')
}

/// The table that a statement writes to.
fn written_table(statement: &str) -> Option<&str> {
    let mut rest = statement.trim_start();
    loop {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic())?;
        let (word, behind) = rest.split_at(end);
        let is_before_the_name = ["insert", "replace", "update", "into", "ignore"]
            .iter()
            .any(|keyword| word.eq_ignore_ascii_case(keyword));
        if !is_before_the_name {
            break;
        }
        rest = behind.trim_start();
    }
    match rest.chars().next()? {
        quote @ ('`' | '"') => rest[1..].split(quote).next(),
        _ => rest
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_is_written_to_is_found() {
        for (sql, table) in [
            ("INSERT INTO `tasks` (`name`) VALUES (?)", Some("tasks")),
            ("insert ignore into tasks values (1)", Some("tasks")),
            ("UPDATE \"tasks\" SET a = 1", Some("tasks")),
            ("  replace into `my tasks` values (1)", Some("my tasks")),
        ] {
            assert_eq!(written_table(sql), table, "{sql}");
        }
    }

    #[test]
    fn what_commits_by_itself_is_known() {
        for sql in [
            "CREATE TABLE t (a INT)",
            " alter table t add b int",
            "TRUNCATE t",
        ] {
            assert!(commits_implicitly(sql), "{sql}");
        }
        for sql in [
            "CREATE TEMPORARY TABLE t (a INT)",
            "INSERT INTO t VALUES (1)",
            "SET @a = 1",
        ] {
            assert!(!commits_implicitly(sql), "{sql}");
        }
    }
}
