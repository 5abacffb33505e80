//! The databases that each test runs on, one after the other: SQLite always; PostgreSQL and MariaDB (or MySQL) when
//! `VELOCIOUS_TEST_POSTGRES_URL` and `VELOCIOUS_TEST_MYSQL_URL` name a server on which databases may be made and
//! dropped. `tests/databases.sh` starts such servers.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
#[cfg(not(target_family = "wasm"))]
use std::thread::Thread;

use velocious::database::{DatabaseOptions, Dialect};
use velocious::prelude::*;

/// Runs a test on an empty database of its own, on every server that there is.
pub(crate) fn with_db(test: impl AsyncFn(Db) -> Result<()>) {
    with_options(|options| options, test);
}

/// Runs a test on a database without tables, on every server that there is.
pub(crate) fn with_empty(test: impl AsyncFn(Db) -> Result<()>) {
    for server in Server::all() {
        server.run(|options| options, "", async |db| test(db).await);
    }
}

/// Runs a test on a database that has these tables, with `{id}` and `{time}` for what differs, on every server that
/// there is.
pub(crate) fn with_tables(tables: &str, test: impl AsyncFn(Db) -> Result<()>) {
    for server in Server::all() {
        server.run(|options| options, tables, async |db| test(db).await);
    }
}

/// The same as [`with_db`] on databases that are opened in a special way.
pub(crate) fn with_options(
    change: impl Fn(DatabaseOptions) -> DatabaseOptions,
    test: impl AsyncFn(Db) -> Result<()>,
) {
    for server in Server::all() {
        server.run(&change, TABLES, async |db| test(db).await);
    }
}

/// Runs a test that is about SQLite on a database in memory.
pub(crate) fn with_sqlite(test: impl AsyncFnOnce(Db) -> Result<()>) {
    if let Some(server) = Server::sqlite() {
        server.run(|options| options, TABLES, test);
    }
}

/// Runs a test with the URL of each server that there is.
pub(crate) fn each_server(test: impl AsyncFn(&str) -> Result<()>) {
    for server in [Server::postgres(), Server::mysql()].into_iter().flatten() {
        let outcome = with_runtime(test(&server.url));
        outcome.unwrap_or_else(|error| panic!("on {:?}: {error:?}", server.dialect));
    }
}

/// Where databases can be made.
struct Server {
    dialect: Dialect,
    url: String,
}

impl Server {
    /// Each that there is, after saying so.
    fn all() -> impl Iterator<Item = Server> {
        let servers = [Server::sqlite(), Server::postgres(), Server::mysql()];
        let named = |server: &Server| eprintln!("on {:?}:", server.dialect);
        servers.into_iter().flatten().inspect(named)
    }

    fn sqlite() -> Option<Self> {
        Some(Server {
            dialect: Dialect::Sqlite,
            url: "sqlite::memory:".into(),
        })
    }

    fn postgres() -> Option<Self> {
        let url = std::env::var("VELOCIOUS_TEST_POSTGRES_URL").ok()?;
        cfg!(feature = "postgres").then_some(Server {
            dialect: Dialect::Postgres,
            url,
        })
    }

    fn mysql() -> Option<Self> {
        let url = std::env::var("VELOCIOUS_TEST_MYSQL_URL").ok()?;
        cfg!(feature = "mysql").then_some(Server {
            dialect: Dialect::Mysql,
            url,
        })
    }

    fn run(
        &self,
        change: impl Fn(DatabaseOptions) -> DatabaseOptions,
        tables: &str,
        test: impl AsyncFnOnce(Db) -> Result<()>,
    ) {
        let name = unique_name();
        let work = async {
            let server = self.open(&self.url).await?;
            let (making, dropping, url) = self.database(&name);
            if self.dialect != Dialect::Sqlite {
                server.batch(&making).await?;
                let plain = self.open(&url).await?;
                create(&plain, tables).await?;
                plain.close().await;
            }
            let db = Db::open(change(patient(&url)?)).await?;
            if self.dialect == Dialect::Sqlite {
                create(&db, tables).await?;
            }
            let outcome = test(db.clone()).await;
            db.close().await;
            if self.dialect != Dialect::Sqlite {
                server.batch(&dropping).await?;
                server.close().await;
            }
            outcome
        };
        let outcome = match self.dialect {
            // SQLite needs no runtime.
            Dialect::Sqlite => block_on(work),
            _ => with_runtime(work),
        };
        outcome.unwrap_or_else(|error| panic!("on {:?}: {error:?}", self.dialect));
    }

    async fn open(&self, url: &str) -> Result<Db> {
        Db::open(patient(url)?).await
    }

    /// What makes a database (on PostgreSQL a schema, which is quicker), what drops it, and its URL.
    fn database(&self, name: &str) -> (String, String, String) {
        let (place, parameters) = self.url.split_once('?').unwrap_or((&self.url, ""));
        match self.dialect {
            Dialect::Mysql => {
                let end = place.rfind('/').unwrap_or(place.len());
                (
                    format!("CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"),
                    format!("DROP DATABASE {name}"),
                    format!("{}/{name}?{parameters}", &place[..end]),
                )
            }
            _ => (
                format!("CREATE SCHEMA {name}"),
                format!("DROP SCHEMA {name} CASCADE"),
                match self.dialect {
                    Dialect::Postgres => {
                        format!("{place}?options=-csearch_path%3D{name}&{parameters}")
                    }
                    _ => self.url.clone(),
                },
            ),
        }
    }
}

/// A database that is waited for also where the machine is busy.
fn patient(url: &str) -> Result<DatabaseOptions> {
    let patience = std::time::Duration::from_secs(60);
    let options = DatabaseOptions::from_url(url)?;
    Ok(options.busy_timeout(patience).checkout_timeout(patience))
}

/// Waits for a future that needs tokio, as the clients of database servers do.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn with_runtime<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}

#[cfg(target_family = "wasm")]
pub(crate) fn with_runtime<F: Future>(_: F) -> F::Output {
    panic!("a browser reaches no database server")
}

/// Lets some time pass, on a database server.
#[cfg(not(target_family = "wasm"))]
pub(crate) async fn sleep(time: std::time::Duration) {
    tokio::time::sleep(time).await;
}

#[cfg(target_family = "wasm")]
pub(crate) async fn sleep(_: std::time::Duration) {
    panic!("a browser reaches no database server")
}

/// A name that no other test has, in this program or another one that runs at the same time.
fn unique_name() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    // There are no processes in a browser.
    let process = match cfg!(target_family = "wasm") {
        true => 0,
        false => std::process::id(),
    };
    format!("velocious_test_{process}_{number}")
}

const TABLES: &str = "
    CREATE TABLE accounts ({id}, name VARCHAR(255) NOT NULL UNIQUE);
    CREATE TABLE projects (
        {id}, name VARCHAR(255) NOT NULL, account_id BIGINT, archived BOOLEAN NOT NULL DEFAULT FALSE,
        created_at {time} NOT NULL, updated_at {time} NOT NULL, FOREIGN KEY (account_id) REFERENCES accounts (id)
    );
    CREATE TABLE project_details (
        {id}, project_id BIGINT NOT NULL, note TEXT DEFAULT ('none'),
        FOREIGN KEY (project_id) REFERENCES projects (id)
    );
    CREATE TABLE tasks (
        {id}, name VARCHAR(255) NOT NULL, project_id BIGINT NOT NULL, parent_id BIGINT,
        is_done BOOLEAN NOT NULL DEFAULT FALSE, priority INTEGER NOT NULL DEFAULT 0, due_on DATE,
        estimate DOUBLE PRECISION, FOREIGN KEY (project_id) REFERENCES projects (id),
        FOREIGN KEY (parent_id) REFERENCES tasks (id)
    );
    CREATE UNIQUE INDEX index_tasks_on_project_id_and_name ON tasks (project_id, name);
";

/// Creates further tables, with `{id}` and `{time}` for what differs.
pub(crate) async fn create(db: &Db, tables: &str) -> Result<()> {
    db.batch(&written_for(db.dialect(), tables)).await
}

fn written_for(dialect: Dialect, tables: &str) -> String {
    let (id, time) = match dialect {
        Dialect::Postgres => (
            "id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
            "TIMESTAMP WITH TIME ZONE",
        ),
        Dialect::Mysql => (
            "id BIGINT AUTO_INCREMENT PRIMARY KEY NOT NULL",
            "DATETIME(6)",
        ),
        _ => ("id INTEGER PRIMARY KEY NOT NULL", "DATETIME"),
    };
    tables.replace("{id}", id).replace("{time}", time)
}

/// Two accounts with a project each, a project of nobody, and five tasks.
pub(crate) async fn seed(db: &Db) -> Result<()> {
    db.batch(
        "INSERT INTO accounts (id, name) VALUES (1, 'Acme'), (2, 'Globex');
         INSERT INTO projects (id, name, account_id, archived, created_at, updated_at) VALUES
             (1, 'Alpha', 1, FALSE, '2026-01-01 10:00:00', '2026-01-01 10:00:00'),
             (2, 'Beta', 2, TRUE, '2026-01-02 10:00:00', '2026-01-02 10:00:00'),
             (3, 'Gamma', NULL, FALSE, '2026-01-03 10:00:00', '2026-01-03 10:00:00');
         INSERT INTO project_details (id, project_id, note) VALUES (1, 1, 'first');
         INSERT INTO tasks (id, name, project_id, parent_id, is_done, priority, due_on, estimate) VALUES
             (1, 'Write', 1, NULL, FALSE, 3, '2026-02-01', 1.5),
             (2, 'Read', 1, 1, TRUE, 1, NULL, NULL),
             (3, 'Sing', 2, NULL, FALSE, 2, '2026-03-01', 0.5),
             (4, 'Dance', 2, 3, FALSE, 2, NULL, NULL),
             (5, 'Rest', 3, NULL, TRUE, 5, '2026-01-15', 8.0);",
    )
    .await?;
    count_on(db, &["accounts", "projects", "project_details", "tasks"]).await
}

/// Lets the keys of tables go on behind those of rows that were inserted with a key of their own.
pub(crate) async fn count_on(db: &Db, tables: &[&str]) -> Result<()> {
    if db.dialect() == Dialect::Postgres {
        for table in tables {
            let next = format!(
                "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            );
            db.batch(&next).await?;
        }
    }
    Ok(())
}

/// Waits for a future on this thread, without any runtime.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Waits for a future where code is called that cannot wait, while this thread does nothing else.
pub(crate) fn apart<T: Send>(db: &Db, work: impl Future<Output = T> + Send) -> T {
    match db.dialect() {
        Dialect::Sqlite => block_on(work),
        _ => thread::scope(|scope| {
            let worker = scope.spawn(|| with_runtime(work));
            worker.join().expect("the work ends")
        }),
    }
}

/// Drives a future that waits for nobody but itself: in a browser nothing happens while a function is at work.
#[cfg(target_family = "wasm")]
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    struct Flag(std::sync::atomic::AtomicBool);
    impl Wake for Flag {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let woken = Arc::new(Flag(true.into()));
    let waker = Waker::from(woken.clone());
    let mut future = pin!(future);
    while woken.0.swap(false, Ordering::Relaxed) {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
    }
    panic!("the test waits for something that cannot happen")
}

/// Polls both, and drops the first as soon as the second has ended.
pub(crate) async fn in_turns<A: Future, B: Future>(dropped: A, until: B) -> B::Output {
    let (mut dropped, mut until) = (Box::pin(dropped), Box::pin(until));
    std::future::poll_fn(|context| {
        assert!(dropped.as_mut().poll(context).is_pending());
        until.as_mut().poll(context)
    })
    .await
}

/// Waits for both.
pub(crate) async fn both<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (Box::pin(a), Box::pin(b));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(|context| {
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
        match (first.is_some(), second.is_some()) {
            (true, true) => Poll::Ready((
                first.take().expect("the first one"),
                second.take().expect("the second one"),
            )),
            _ => Poll::Pending,
        }
    })
    .await
}

/// Waits for all of several.
pub(crate) async fn all<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.into_iter().map(|one| Some(Box::pin(one))).collect();
    let mut outputs: Vec<_> = running.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (slot, output) in running.iter_mut().zip(&mut outputs) {
            if let Some(future) = slot
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                (*slot, *output) = (None, Some(value));
            }
        }
        match running.iter().all(Option::is_none) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
    outputs.into_iter().flatten().collect()
}

/// Lets others go on for a moment.
pub(crate) async fn pause() {
    let mut is_second = false;
    std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        match std::mem::replace(&mut is_second, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
}
