//! The data layer on SQLite, piece by piece: `cargo bench -p velocious --bench records`.
//!
//! For the same work beside diesel and SeaORM, and on PostgreSQL, see `tests/bench/data` in the repository.

use std::hint::black_box;

use criterion::{BatchSize, Criterion};
use tokio::runtime::{Builder, Runtime};
use velocious::database::{DatabaseOptions, Dialect};
use velocious::prelude::*;

#[derive(Model)]
struct Account {
    id: i64,
    name: String,
}

#[derive(Model)]
struct Project {
    id: i64,
    account_id: i64,
    name: String,
    #[belongs_to]
    account: BelongsTo<Account>,
}

#[derive(Model)]
struct Task {
    id: i64,
    project_id: i64,
    #[validate(presence, uniqueness)]
    name: String,
    done: bool,
    priority: i32,
    #[belongs_to]
    project: BelongsTo<Project>,
    record: RecordState,
}

const TABLES: &str = "
    CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE projects (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, name TEXT NOT NULL);
    CREATE TABLE tasks (
        id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, name TEXT NOT NULL UNIQUE,
        done INTEGER NOT NULL, priority INTEGER NOT NULL
    );
    INSERT INTO accounts VALUES (1, 'Acme');
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
        INSERT INTO projects SELECT i, 1, 'Project ' || i FROM n;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        INSERT INTO tasks SELECT i, 1 + i % 50, 'Task ' || i, i % 2, i % 5 FROM n;";

fn opened(runtime: &Runtime) -> Db {
    runtime.block_on(async {
        let db = Db::open(DatabaseOptions::sqlite(":memory:")).await;
        let db = db.expect("a database");
        db.batch(TABLES).await.expect("tables");
        db
    })
}

fn data(criterion: &mut Criterion) {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    let db = opened(&runtime);
    criterion.bench_function("render a nested condition", |bench| {
        bench.iter(|| {
            Task::filter(|t| {
                t.done()
                    .eq(false)
                    .and(t.project().account().name().starts_with("A"))
            })
            .order(|t| t.name().asc())
            .limit(20)
            .to_sql(black_box(Dialect::Sqlite))
        });
    });
    criterion.bench_function("find by key", |bench| {
        bench.iter(|| {
            runtime
                .block_on(Task::find(&db, black_box(500)))
                .expect("a task")
        });
    });
    criterion.bench_function("list of 20 with two preloads", |bench| {
        bench.iter(|| {
            let tasks = Task::order(|t| t.id().asc())
                .limit(20)
                .preload(|t| t.project().account());
            runtime.block_on(tasks.load(&db)).expect("tasks")
        });
    });
    criterion.bench_function("load 1,000 rows", |bench| {
        bench.iter(|| {
            runtime
                .block_on(Task::all().limit(1000).load(&db))
                .expect("tasks")
        });
    });
    criterion.bench_function("update one column", |bench| {
        let mut task = runtime.block_on(Task::find(&db, 1)).expect("a task");
        bench.iter(|| {
            task.priority = (task.priority + 1) % 1000;
            runtime.block_on(task.save(&db)).expect("saved");
        });
    });
    let mut number = 0;
    criterion.bench_function("create with uniqueness", |bench| {
        bench.iter(|| {
            number += 1;
            let name = format!("New {number}");
            let mut task = Task {
                name,
                project_id: 1,
                ..Task::new()
            };
            runtime.block_on(task.save(&db)).expect("saved");
        });
    });
}

fn bulk(criterion: &mut Criterion) {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    let mut group = criterion.benchmark_group("bulk");
    group.sample_size(10);
    group.bench_function("insert 10,000 rows", |bench| {
        let made = || {
            let rows = (0..10_000).map(|row| (1, format!("Bulk {row}"), false, 1));
            (
                opened(&runtime),
                rows.collect::<Vec<(i64, String, bool, i32)>>(),
            )
        };
        bench.iter_batched(
            made,
            |(db, rows)| {
                let columns =
                    |t: TaskHandle<Task>| (t.project_id(), t.name(), t.done(), t.priority());
                runtime
                    .block_on(async { Task::insert_multiple(&db, columns, rows).await })
                    .expect("inserted");
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    data(&mut criterion);
    bulk(&mut criterion);
    criterion.final_summary();
}
