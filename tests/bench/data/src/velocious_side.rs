//! The work in Velocious.

use std::time::{Duration, Instant};

use velocious::database::DatabaseOptions;
use velocious::prelude::*;

use crate::work::{BULK, Side, key, name, offset};

#[derive(Model)]
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) name: String,
}

#[derive(Model)]
pub(crate) struct Project {
    pub(crate) id: i64,
    pub(crate) account_id: i64,
    pub(crate) name: String,
    #[belongs_to]
    pub(crate) account: BelongsTo<Account>,
}

#[derive(Model)]
pub(crate) struct Task {
    pub(crate) id: i64,
    pub(crate) project_id: i64,
    #[validate(presence, uniqueness)]
    pub(crate) name: String,
    pub(crate) done: bool,
    pub(crate) priority: i32,
    #[belongs_to]
    pub(crate) project: BelongsTo<Project>,
    pub(crate) record: RecordState,
}

/// An open database.
pub(crate) struct Velocious(Db);

impl Velocious {
    pub(crate) async fn open(url: &str) -> crate::Result<Self> {
        Ok(Velocious(Db::open(DatabaseOptions::from_url(url)?).await?))
    }
}

impl Side for Velocious {
    async fn run(&mut self, scenario: &str, from: usize, count: usize) -> crate::Result<Duration> {
        let db = &self.0;
        let steps = from..from + count;
        let mut task = Task::find(db, 1).await?;
        let rows = (0..BULK).map(|row| (1, format!("Bulk {row}"), false, 1));
        let rows: Vec<(i64, String, bool, i32)> = rows.collect();
        let start = Instant::now();
        match scenario {
            "find" => {
                for step in steps {
                    Task::find(db, key(step)).await?;
                }
            }
            "list" => {
                for step in steps {
                    let list = Task::order(|t| t.id())
                        .limit(20)
                        .offset(offset(step).unsigned_abs())
                        .preload(|t| t.project().account());
                    list.load(db).await?;
                }
            }
            "create" => {
                for step in steps {
                    let mut task = Task {
                        name: name(step),
                        project_id: 1,
                        ..Task::new()
                    };
                    task.save(db).await?;
                }
            }
            "update" => {
                for step in steps {
                    task.priority = i32::try_from(step % 1_000)? + 10;
                    task.save(db).await?;
                }
            }
            "load" => {
                for _ in steps {
                    Task::order(|t| t.id()).limit(1_000).load(db).await?;
                }
            }
            _ => {
                let columns =
                    |t: TaskHandle<Task>| (t.project_id(), t.name(), t.done(), t.priority());
                Task::insert_multiple(db, columns, rows).await?;
            }
        }
        let time = start.elapsed();
        if scenario == "bulk" {
            Task::filter(|t| t.name().starts_with("Bulk "))
                .delete_all(db)
                .await?;
        }
        Ok(time)
    }
}
