//! The work by hand: diesel on this thread for SQLite, diesel-async for PostgreSQL.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncPgConnection};

use crate::work::{BULK, Side, key, name, offset};

diesel::table! {
    accounts (id) { id -> BigInt, name -> Text, }
}
diesel::table! {
    projects (id) { id -> BigInt, account_id -> BigInt, name -> Text, }
}
diesel::table! {
    tasks (id) { id -> BigInt, project_id -> BigInt, name -> Text, done -> Bool, priority -> Integer, }
}

#[derive(Queryable, Selectable)]
struct Account {
    id: i64,
    #[expect(dead_code, reason = "read, as the others read it")]
    name: String,
}

#[derive(Queryable, Selectable)]
struct Project {
    id: i64,
    account_id: i64,
    #[expect(dead_code, reason = "read, as the others read it")]
    name: String,
}

#[derive(Queryable, Selectable)]
struct Task {
    #[expect(dead_code, reason = "read, as the others read it")]
    id: i64,
    project_id: i64,
    #[expect(dead_code, reason = "read, as the others read it")]
    name: String,
    #[expect(dead_code, reason = "read, as the others read it")]
    done: bool,
    #[expect(dead_code, reason = "read, as the others read it")]
    priority: i32,
}

fn distinct(keys: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut keys: Vec<i64> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// One scenario, written once for both kinds of connection; `$wait` is `await` or nothing.
macro_rules! scenarios {
    ($dsl:path, $connection:expr, $scenario:expr, $from:expr, $count:expr, $($wait:tt)*) => {{
        use $dsl as Run;
        let connection = $connection;
        for step in $from..$from + $count {
            match $scenario {
                "find" => {
                    let query = tasks::table.find(key(step)).select(Task::as_select());
                    let _: Task = Run::first(query, connection)$($wait)*?;
                }
                "list" => {
                    let query = tasks::table.order(tasks::id).limit(20).offset(offset(step)).select(Task::as_select());
                    let list: Vec<Task> = Run::load(query, connection)$($wait)*?;
                    let keys = distinct(list.iter().map(|task| task.project_id));
                    let query = projects::table.filter(projects::id.eq_any(keys)).select(Project::as_select());
                    let list: Vec<Project> = Run::load(query, connection)$($wait)*?;
                    let keys = distinct(list.iter().map(|project| project.account_id));
                    let query = accounts::table.filter(accounts::id.eq_any(keys)).select(Account::as_select());
                    let found: Vec<Account> = Run::load(query, connection)$($wait)*?;
                    let ids = list.iter().map(|it| it.id).chain(found.iter().map(|it| it.id));
                    std::hint::black_box(ids.sum::<i64>());
                }
                "create" => {
                    let name = name(step);
                    let query = tasks::table.filter(tasks::name.eq(&name)).count();
                    let taken: i64 = Run::get_result(query, connection)$($wait)*?;
                    assert_eq!(taken, 0, "the name is new");
                    let row = (
                        tasks::project_id.eq(1_i64),
                        tasks::name.eq(&name),
                        tasks::done.eq(false),
                        tasks::priority.eq(0),
                    );
                    let query = diesel::insert_into(tasks::table).values(row).returning(tasks::id);
                    let _: i64 = Run::get_result(query, connection)$($wait)*?;
                }
                "update" => {
                    let priority = i32::try_from(step % 1_000)? + 10;
                    let query = diesel::update(tasks::table.find(1_i64)).set(tasks::priority.eq(priority));
                    Run::execute(query, connection)$($wait)*?;
                }
                _ => {
                    let query = tasks::table.order(tasks::id).limit(1_000).select(Task::as_select());
                    let _: Vec<Task> = Run::load(query, connection)$($wait)*?;
                }
            }
        }
    }};
}

type Row = (
    diesel::dsl::Eq<tasks::project_id, i64>,
    diesel::dsl::Eq<tasks::name, String>,
    diesel::dsl::Eq<tasks::done, bool>,
    diesel::dsl::Eq<tasks::priority, i32>,
);

fn bulk() -> Vec<Row> {
    let rows = (0..BULK).map(|row| {
        (
            tasks::project_id.eq(1),
            tasks::name.eq(format!("Bulk {row}")),
            tasks::done.eq(false),
            tasks::priority.eq(1),
        )
    });
    rows.collect()
}

/// diesel on this thread.
pub(crate) struct Diesel(SqliteConnection);

impl Diesel {
    pub(crate) fn open(url: &str) -> crate::Result<Self> {
        use diesel::connection::SimpleConnection;
        let mut connection = SqliteConnection::establish(url.trim_start_matches("sqlite:"))?;
        connection.batch_execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON",
        )?;
        Ok(Diesel(connection))
    }
}

impl Side for Diesel {
    async fn run(&mut self, scenario: &str, from: usize, count: usize) -> crate::Result<Duration> {
        let connection = &mut self.0;
        let rows = bulk();
        let start = Instant::now();
        if scenario != "bulk" {
            scenarios!(diesel::RunQueryDsl, &mut *connection, scenario, from, count,);
            return Ok(start.elapsed());
        }
        connection.transaction(|connection| {
            // SQLite takes no more than 32,766 values in one statement.
            for rows in rows.chunks(5_000) {
                let rows = diesel::insert_into(tasks::table).values(rows);
                diesel::RunQueryDsl::execute(rows, connection)?;
            }
            diesel::QueryResult::Ok(())
        })?;
        let time = start.elapsed();
        let made = diesel::delete(tasks::table.filter(tasks::name.like("Bulk %")));
        diesel::RunQueryDsl::execute(made, connection)?;
        Ok(time)
    }
}

/// diesel-async.
pub(crate) struct DieselAsync(AsyncPgConnection);

impl DieselAsync {
    pub(crate) async fn open(url: &str) -> crate::Result<Self> {
        Ok(DieselAsync(AsyncPgConnection::establish(url).await?))
    }
}

impl Side for DieselAsync {
    async fn run(&mut self, scenario: &str, from: usize, count: usize) -> crate::Result<Duration> {
        let connection = &mut self.0;
        let rows = bulk();
        let start = Instant::now();
        if scenario != "bulk" {
            scenarios!(diesel_async::RunQueryDsl, &mut *connection, scenario, from, count, .await);
            return Ok(start.elapsed());
        }
        for rows in rows.chunks(10_000) {
            let rows = diesel::insert_into(tasks::table).values(rows);
            diesel_async::RunQueryDsl::execute(rows, connection).await?;
        }
        let time = start.elapsed();
        let made = diesel::delete(tasks::table.filter(tasks::name.like("Bulk %")));
        diesel_async::RunQueryDsl::execute(made, connection).await?;
        Ok(time)
    }
}
