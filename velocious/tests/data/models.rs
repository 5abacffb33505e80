//! The models of these tests, their tables, and a database that holds them.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use velocious::database::DatabaseOptions;
use velocious::prelude::*;

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Account {
    pub id: i64,
    #[validate(presence, uniqueness)]
    pub name: String,

    #[has_many]
    pub projects: HasMany<Project>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Project {
    pub id: i64,
    #[validate(presence, length(min = 2, max = 20))]
    pub name: String,
    pub account_id: Option<i64>,
    pub archived: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to]
    pub account: BelongsTo<Account>,
    #[has_many]
    pub tasks: HasMany<Task>,
    #[has_one]
    pub detail: HasOne<Detail>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(table = "project_details")]
pub(crate) struct Detail {
    pub id: i64,
    pub project_id: i64,
    pub note: Option<String>,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Task {
    pub id: i64,
    #[validate(presence, uniqueness(scope = project_id))]
    pub name: String,
    pub project_id: i64,
    pub parent_id: Option<i64>,
    #[model(column = "is_done")]
    pub done: bool,
    pub priority: i32,
    pub due_on: Option<NaiveDate>,
    pub estimate: Option<f64>,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    #[belongs_to(key = parent_id)]
    pub parent: BelongsTo<Task>,
    #[has_many(key = parent_id)]
    pub children: HasMany<Task>,
    pub record: RecordState,
}

/// The same table without a state: its records can only be read.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(table = "tasks")]
pub(crate) struct TaskName {
    pub id: i64,
    pub name: String,
}

const TABLES: &str = "
    CREATE TABLE accounts (id INTEGER PRIMARY KEY NOT NULL, name VARCHAR(255) NOT NULL UNIQUE);
    CREATE TABLE projects (
        id INTEGER PRIMARY KEY NOT NULL, name VARCHAR(255) NOT NULL,
        account_id BIGINT REFERENCES accounts (id), archived BOOLEAN NOT NULL DEFAULT FALSE,
        created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL
    );
    CREATE TABLE project_details (
        id INTEGER PRIMARY KEY NOT NULL, project_id BIGINT NOT NULL REFERENCES projects (id), note TEXT DEFAULT 'none'
    );
    CREATE TABLE tasks (
        id INTEGER PRIMARY KEY NOT NULL, name VARCHAR(255) NOT NULL,
        project_id BIGINT NOT NULL REFERENCES projects (id), parent_id BIGINT REFERENCES tasks (id),
        is_done BOOLEAN NOT NULL DEFAULT FALSE, priority INTEGER NOT NULL DEFAULT 0, due_on DATE, estimate DOUBLE
    );
    CREATE UNIQUE INDEX index_tasks_on_project_id_and_name ON tasks (project_id, name);
";

/// Runs a test on an empty database of its own.
pub(crate) fn with_db(test: impl AsyncFnOnce(Db) -> Result<()>) {
    let outcome = block_on(async {
        let db = Db::open(DatabaseOptions::sqlite(":memory:")).await?;
        db.batch(TABLES).await?;
        test(db).await
    });
    outcome.expect("the test's queries run");
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
    .await
}

/// Waits for a future on this thread.
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
