//! The work, the same for every side.

use std::time::Duration;

/// What is measured: its name, and how many times it is done in one go.
pub(crate) const SCENARIOS: &[(&str, usize)] = &[
    ("find", 400),
    ("list", 60),
    ("create", 60),
    ("update", 100),
    ("load", 10),
    ("bulk", 1),
];

/// Rows that a bulk insert writes.
pub(crate) const BULK: usize = 10_000;

/// How many tasks there are, of which lists and finds take their share.
pub(crate) const TASKS: i64 = 10_000;

/// Makes and fills the tables, `{id}` standing for a key that counts up.
pub(crate) fn tables(id: &str) -> String {
    "CREATE TABLE accounts ({id}, name VARCHAR(100) NOT NULL);
     CREATE TABLE projects ({id}, account_id BIGINT NOT NULL, name VARCHAR(100) NOT NULL);
     CREATE TABLE tasks (
         {id}, project_id BIGINT NOT NULL, name VARCHAR(100) NOT NULL, done BOOLEAN NOT NULL, priority INTEGER NOT NULL
     );
     CREATE UNIQUE INDEX index_tasks_on_name ON tasks (name);
     INSERT INTO accounts (name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
         SELECT 'Account ' || i FROM n;
     INSERT INTO projects (account_id, name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
         SELECT i % 10 + 1, 'Project ' || i FROM n;
     INSERT INTO tasks (project_id, name, done, priority)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
         SELECT i % 100 + 1, 'Task ' || i, i % 3 = 0, i % 5 FROM n;"
        .replace("{id}", id)
}

/// Which key comes next; spread over all of them.
pub(crate) fn key(step: usize) -> i64 {
    i64::try_from(step).unwrap_or(0) * 7_919 % TASKS + 1
}

/// Where a list of twenty begins.
pub(crate) fn offset(step: usize) -> i64 {
    key(step) % (TASKS - 20)
}

/// A name that no task has yet.
pub(crate) fn name(step: usize) -> String {
    format!("New task {step}")
}

/// One side: does a scenario so many times and says how long it took. Steps go on from where the last call ended.
pub(crate) trait Side {
    async fn run(&mut self, scenario: &str, from: usize, count: usize) -> crate::Result<Duration>;
}
