//! Statements on their own.

use std::any::Any;

use chrono::NaiveDate;

use super::support::{Folder, block_on, kind_of, memory, number, text, texts};
use crate::BoxError;
use crate::database::statement::StatementBuilder;
use crate::database::{
    DatabaseError, DatabaseErrorKind, DatabaseOptions, Db, Dialect, Reads, RowRead, RowSink,
};
use crate::value::{Value, ValueKind};

async fn with_tasks(db: &Db) {
    db.batch(
        "CREATE TABLE projects (id INTEGER PRIMARY KEY);
         CREATE TABLE tasks (id INTEGER PRIMARY KEY NOT NULL, project_id BIGINT REFERENCES projects(id),
                             name TEXT NOT NULL CHECK (name <> 'bad'), UNIQUE (project_id, name))",
    )
    .await
    .expect("tables");
}

#[test]
fn values_travel_as_binds() {
    block_on(async {
        let db = memory().await;
        let day = NaiveDate::from_ymd_opt(2026, 2, 3).expect("a day");
        let values = [
            Value::Bool(true),
            Value::Integer(-7),
            Value::BigInt(i64::MAX),
            Value::Double(1.5),
            text("it's; DROP TABLE"),
            Value::Binary(vec![0, 255]),
            Value::Timestamp(day.and_hms_micro_opt(4, 5, 6, 7).expect("a time")),
            Value::Date(day),
            Value::Null(ValueKind::Text),
        ];
        let kinds: Vec<_> = values.iter().map(Value::kind).collect();
        let sql = "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?";
        let rows = db.rows_sql(sql, values.clone(), &kinds).await;
        assert_eq!(rows.expect("a row"), [values]);
    });
}

#[cfg_attr(target_family = "wasm", ignore = "needs files")]
#[test]
fn constraints_are_told_apart_and_name_their_columns() {
    for folder in [None, Some(Folder::new())] {
        block_on(async {
            let db = match &folder {
                Some(folder) => folder.open().await,
                None => memory().await,
            };
            with_tasks(&db).await;
            let insert = "INSERT INTO tasks (id, project_id, name) VALUES (?, ?, ?)";
            let run = async |id, project, name: Value| {
                db.execute_sql(insert, [Value::BigInt(id), project, name])
                    .await
            };
            let none = Value::Null(ValueKind::BigInt);
            db.batch("INSERT INTO projects VALUES (1)")
                .await
                .expect("a project");
            let one = Value::BigInt(1);
            assert_eq!(run(1, one.clone(), text("a")).await.expect("a row"), 1);

            let error = run(2, one.clone(), text("a"))
                .await
                .expect_err("a duplicate");
            assert_eq!(error.status(), 500);
            let error = error
                .downcast_ref::<DatabaseError>()
                .expect("of the database");
            assert_eq!(error.kind(), DatabaseErrorKind::UniqueViolation);
            assert_eq!(error.table(), Some("tasks"));
            assert_eq!(error.columns(), ["project_id", "name"]);
            assert_eq!(error.sql(), Some(insert));

            let key = run(1, one.clone(), text("b"))
                .await
                .expect_err("a duplicate");
            let key = key
                .downcast_ref::<DatabaseError>()
                .expect("of the database");
            assert_eq!(
                (key.kind(), key.columns()),
                (DatabaseErrorKind::UniqueViolation, &["id".to_owned()][..])
            );

            assert_eq!(
                kind_of(run(3, Value::BigInt(9), text("c")).await),
                DatabaseErrorKind::ForeignKeyViolation
            );
            assert_eq!(
                kind_of(run(3, one, Value::Null(ValueKind::Text)).await),
                DatabaseErrorKind::NotNullViolation
            );
            assert_eq!(
                kind_of(run(3, none, text("bad")).await),
                DatabaseErrorKind::CheckViolation
            );
        });
    }
}

#[test]
fn errors_and_their_chain_never_show_values() {
    block_on(async {
        let db = memory().await;
        with_tasks(&db).await;
        let insert = "INSERT INTO tasks (name, project_id) VALUES (?, ?)";
        let error = db
            .execute_sql(insert, [text("s3cret"), Value::BigInt(424_242)])
            .await
            .expect_err("no such project");
        let all = format!("{error} {error:?} {:?}", error.as_error());
        assert!(all.contains("INSERT INTO tasks"));
        assert!(!all.contains("s3cret") && !all.contains("424242"), "{all}");
    });
}

#[test]
fn a_missing_table_says_what_makes_it() {
    block_on(async {
        let error = number(&memory().await, "SELECT count(*) FROM tasks").await;
        assert_eq!(
            error.expect_err("no table").to_string(),
            "there is no table `tasks`: if a migration makes it, run `velocious db:migrate`, while running `SELECT count(*) FROM tasks`"
        );
    });
}

#[cfg_attr(target_family = "wasm", ignore = "needs files")]
#[test]
fn what_writes_and_answers_rows_reaches_the_writer() {
    let folder = Folder::new();
    block_on(async {
        for reads in [Reads::Inline, Reads::Threads] {
            let db = Db::open(folder.options().reads(reads).readers(2))
                .await
                .expect("open");
            db.batch("DROP TABLE IF EXISTS t; CREATE TABLE t (id INTEGER PRIMARY KEY, a)")
                .await
                .expect("a table");
            let inserted = number(&db, "INSERT INTO t (a) VALUES (5) RETURNING id").await;
            assert_eq!(inserted.expect("an id"), 1);
            let with = number(
                &db,
                "WITH n AS (SELECT 6 AS a) INSERT INTO t (a) SELECT a FROM n RETURNING id",
            )
            .await;
            assert_eq!(with.expect("an id"), 2);
            assert_eq!(
                number(&db, "SELECT sum(a) FROM t").await.expect("a sum"),
                11
            );
            assert_eq!(
                db.execute_sql("SELECT * FROM t", [])
                    .await
                    .expect("nothing changed"),
                0
            );
            assert_eq!(
                number(&db, "PRAGMA user_version").await.expect("a number"),
                0
            );
        }
    });
}

#[cfg_attr(target_family = "wasm", ignore = "needs files")]
#[test]
fn transactions_are_not_begun_by_statements() {
    let folder = Folder::new();
    block_on(async {
        let db = folder.open().await;
        for sql in ["BEGIN", " commit", "ROLLBACK", "SAVEPOINT a"] {
            let error = db.execute_sql(sql, []).await.expect_err("refused");
            assert!(
                error.to_string().contains("use `db.transaction("),
                "{error}"
            );
        }
        db.batch("BEGIN; CREATE TABLE t (a); INSERT INTO t VALUES (1); COMMIT")
            .await
            .expect("a whole one");
        // What a batch leaves open is undone, and nobody's statement lands in it.
        db.batch("BEGIN; INSERT INTO t VALUES (2)")
            .await
            .expect("half of one");
        db.execute_sql("INSERT INTO t VALUES (3)", [])
            .await
            .expect("a row");
        assert_eq!(
            texts(&db, "SELECT a FROM t ORDER BY a")
                .await
                .expect("rows"),
            ["1", "3"]
        );
    });
}

struct Panicking;

impl RowSink for Panicking {
    fn row(&mut self, _row: &dyn RowRead) -> Result<bool, BoxError> {
        panic!("an odd row")
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

#[cfg_attr(target_family = "wasm", ignore = "a panic ends a program there")]
#[test]
fn a_panic_while_reading_a_row_is_an_error() {
    let folder = Folder::new();
    let memory = DatabaseOptions::sqlite(":memory:");
    for options in [
        memory,
        folder.options(),
        folder.options().reads(Reads::Threads),
    ] {
        block_on(async {
            let db = Db::open(options).await.expect("open");
            db.batch("CREATE TABLE IF NOT EXISTS t (a)")
                .await
                .expect("a table");
            for sql in ["SELECT 1", "INSERT INTO t VALUES (1) RETURNING a"] {
                let mut builder = StatementBuilder::new(Dialect::Sqlite);
                builder.push(sql);
                let fetched = db.fetch(builder.finish(), Box::new(Panicking)).await;
                let error = fetched.err().expect("an error");
                assert_eq!(error.to_string(), "reading a row panicked: an odd row");
            }
            assert!(number(&db, "SELECT count(*) FROM t").await.is_ok());
            db.execute_sql("DELETE FROM t", [])
                .await
                .expect("the writer lives");
        });
    }
}

#[test]
fn a_row_of_another_type_names_the_column() {
    block_on(async {
        let db = memory().await;
        let rows = db
            .rows_sql("SELECT 'soon' AS due_on", [], &[ValueKind::Date])
            .await;
        let error = rows.expect_err("no date");
        assert_eq!(
            error.to_string(),
            "column `due_on`: \"soon\" is no date like 2026-12-31, while running `SELECT 'soon' AS due_on`"
        );
        assert_eq!(kind_of(Err::<(), _>(error)), DatabaseErrorKind::Decode);
        let rows = db
            .rows_sql("SELECT 1", [], &[ValueKind::BigInt, ValueKind::BigInt])
            .await;
        assert_eq!(kind_of(rows), DatabaseErrorKind::Decode);
    });
}
