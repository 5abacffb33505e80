//! The two databases. SQLite: a connection that each worker's thread owns, asked on that thread, no hop to another one.
//! PostgreSQL: diesel-async behind a pool that does not ask each connection whether it lives before it lends it.

use crate::Done;
use crate::models::{Account, NewTask, Project, ProjectWithAccount, Task, TaskWithProject};
use crate::models::{accounts, projects, tasks};
use actix_web::error::{ErrorInternalServerError, ErrorNotFound};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error::NotFound;
use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use std::cell::RefCell;

/// Rows on one page of the list.
const PER_PAGE: i64 = 20;
/// As many connections as the other side's pool has.
const POOL: usize = 10;

thread_local! {
    static CONNECTION: RefCell<Option<SqliteConnection>> = const { RefCell::new(None) };
}

/// Where the tasks are.
#[derive(Clone)]
pub(crate) enum Store {
    Sqlite(String),
    Postgres(Pool<AsyncPgConnection>),
}

/// What became of a new task.
pub(crate) enum Created {
    Task(Task),
    Refused(&'static str),
}

/// Each question once, for both kinds of connection: `$wait` is `.await` or nothing.
macro_rules! questions {
    ($dsl:path, $($wait:tt)*) => {
        use $dsl as Run;

        macro_rules! find {
            ($connection:expr, $id:expr) => {{
                let query = tasks::table.find($id).select(Task::as_select());
                Run::first(query, $connection)$($wait)*
            }};
        }

        macro_rules! page {
            ($connection:expr, $page:expr) => {{
                let query = tasks::table
                    .order(tasks::id.asc())
                    .limit(PER_PAGE)
                    .offset(($page.max(1) - 1) * PER_PAGE)
                    .select(Task::as_select());
                let page: Vec<Task> = Run::load(query, $connection)$($wait)*?;
                let keys = distinct(page.iter().map(|task| task.project_id));
                let query = projects::table
                    .filter(projects::id.eq_any(keys))
                    .select(Project::as_select());
                let projects: Vec<Project> = Run::load(query, $connection)$($wait)*?;
                let keys = distinct(projects.iter().map(|project| project.account_id));
                let query = accounts::table
                    .filter(accounts::id.eq_any(keys))
                    .select(Account::as_select());
                let accounts: Vec<Account> = Run::load(query, $connection)$($wait)*?;
                together(page, projects, accounts)
            }};
        }

        macro_rules! create {
            ($connection:expr, $task:expr) => {{
                let task = $task;
                let same_name = tasks::table.filter(tasks::name.eq(&task.name));
                let query = diesel::select(diesel::dsl::exists(same_name));
                if Run::get_result(query, $connection)$($wait)*? {
                    return Ok(Created::Refused("name has already been taken"));
                }
                let now = chrono::Utc::now().naive_utc();
                let row = (
                    tasks::project_id.eq(task.project_id),
                    tasks::name.eq(&task.name),
                    tasks::description.eq(&task.description),
                    tasks::is_done.eq(false),
                    tasks::created_at.eq(now),
                    tasks::updated_at.eq(now),
                );
                let query = diesel::insert_into(tasks::table)
                    .values(row)
                    .returning(Task::as_returning());
                Run::get_result(query, $connection)$($wait)*.map(Created::Task)
            }};
        }
    };
}

mod inline {
    use super::*;

    questions!(diesel::RunQueryDsl,);

    pub(super) fn find(connection: &mut SqliteConnection, id: i64) -> QueryResult<Task> {
        find!(connection, id)
    }

    pub(super) fn page(
        connection: &mut SqliteConnection,
        page: i64,
    ) -> QueryResult<Vec<TaskWithProject>> {
        page!(connection, page)
    }

    pub(super) fn create(
        connection: &mut SqliteConnection,
        task: &NewTask,
    ) -> QueryResult<Created> {
        create!(connection, task)
    }
}

mod pooled {
    use super::*;

    questions!(diesel_async::RunQueryDsl, .await);

    pub(super) async fn find(connection: &mut AsyncPgConnection, id: i64) -> QueryResult<Task> {
        find!(connection, id)
    }

    pub(super) async fn page(
        connection: &mut AsyncPgConnection,
        page: i64,
    ) -> QueryResult<Vec<TaskWithProject>> {
        page!(connection, page)
    }

    pub(super) async fn create(
        connection: &mut AsyncPgConnection,
        task: &NewTask,
    ) -> QueryResult<Created> {
        create!(connection, task)
    }
}

impl Store {
    pub(crate) fn new(database: &str) -> Result<Store, Box<dyn std::error::Error>> {
        if !database.starts_with("postgres://") {
            return Ok(Store::Sqlite(database.to_owned()));
        }
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        let manager = AsyncDieselConnectionManager::new_with_config(database, config);
        Ok(Store::Postgres(
            Pool::builder(manager).max_size(POOL).build()?,
        ))
    }

    /// Opens the calling worker's own connection to SQLite; the factory of an actix application runs once on each worker.
    pub(crate) fn open_on_this_worker(&self) {
        let Store::Sqlite(file) = self else { return };
        let connection = SqliteConnection::establish(file).and_then(|mut connection| {
            let settings =
                "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL";
            connection
                .batch_execute(settings)
                .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
            Ok(connection)
        });
        match connection {
            Ok(connection) => CONNECTION.set(Some(connection)),
            Err(error) => eprintln!("bench-limit: cannot open `{file}`: {error}"),
        }
    }

    pub(crate) async fn find(&self, id: i64) -> actix_web::Result<Task> {
        match self {
            Store::Sqlite(_) => on_this_worker(|connection| inline::find(connection, id)),
            Store::Postgres(pool) => pooled::find(&mut *lent(pool).await?, id).await,
        }
        .map_err(answer)
    }

    /// Page number `page` of the list, counted from 1.
    pub(crate) async fn page(&self, page: i64) -> actix_web::Result<Vec<TaskWithProject>> {
        match self {
            Store::Sqlite(_) => on_this_worker(|connection| inline::page(connection, page)),
            Store::Postgres(pool) => pooled::page(&mut *lent(pool).await?, page).await,
        }
        .map_err(answer)
    }

    pub(crate) async fn create(&self, task: NewTask) -> actix_web::Result<Created> {
        if task.name.trim().is_empty() {
            return Ok(Created::Refused("name can't be blank"));
        }
        match self {
            Store::Sqlite(_) => on_this_worker(|connection| inline::create(connection, &task)),
            Store::Postgres(pool) => pooled::create(&mut *lent(pool).await?, &task).await,
        }
        .map_err(answer)
    }
}

fn on_this_worker<T>(work: impl FnOnce(&mut SqliteConnection) -> QueryResult<T>) -> QueryResult<T> {
    CONNECTION.with_borrow_mut(|connection| match connection {
        Some(connection) => work(connection),
        None => Err(diesel::result::Error::BrokenTransactionManager),
    })
}

async fn lent(pool: &Pool<AsyncPgConnection>) -> actix_web::Result<Object<AsyncPgConnection>> {
    pool.get().await.map_err(ErrorInternalServerError)
}

fn answer(error: diesel::result::Error) -> actix_web::Error {
    match error {
        NotFound => ErrorNotFound("not found"),
        other => ErrorInternalServerError(other),
    }
}

fn distinct(keys: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut keys: Vec<i64> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A page's projects come by a second query, their accounts by a third, not by joins: that is the faster way on both.
fn together(
    tasks: Vec<Task>,
    mut projects: Vec<Project>,
    mut accounts: Vec<Account>,
) -> QueryResult<Vec<TaskWithProject>> {
    projects.sort_unstable_by_key(|project| project.id);
    accounts.sort_unstable_by_key(|account| account.id);
    tasks
        .into_iter()
        .map(|task| {
            let place = projects.binary_search_by_key(&task.project_id, |project| project.id);
            let project = projects[place.map_err(|_| NotFound)?].clone();
            let place = accounts.binary_search_by_key(&project.account_id, |account| account.id);
            let account = accounts[place.map_err(|_| NotFound)?].clone();
            let project = ProjectWithAccount { project, account };
            Ok(TaskWithProject { task, project })
        })
        .collect()
}

/// Fills an empty database.
pub(crate) async fn seed(database: &str) -> Done {
    if database.starts_with("postgres://") {
        let mut connection = AsyncPgConnection::establish(database).await?;
        let sql = include_str!("../../seed_postgres.sql");
        return Ok(connection.batch_execute(sql).await?);
    }
    let mut connection = SqliteConnection::establish(database)?;
    connection.batch_execute("PRAGMA journal_mode = WAL")?;
    connection
        .transaction(|connection| connection.batch_execute(include_str!("../../seed.sql")))?;
    Ok(connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)
}
