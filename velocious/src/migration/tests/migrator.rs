//! Which migrations run, when, and what is left when one fails.

use std::sync::Arc;

use super::super::{Migration, MigrationError, Migrator, Schema};
use super::{Change, Step};
use crate::database::tests::support::{Folder, block_on, memory, number, texts};
use crate::database::{Db, Reads};
use crate::{BoxFuture, Result};

const CREATE_USERS: Change = |m| {
    Box::pin(m.create_table("users", |t| {
        t.string("name").null(false);
    }))
};
const DROP_USERS: Change = |m| Box::pin(m.drop_table("users"));
const CREATE_TASKS: Change = |m| {
    Box::pin(async move {
        m.create_table("tasks", |t| {
            t.references("user").foreign_key();
        })
        .await?;
        m.execute(
            "INSERT INTO users (name) VALUES ('first'); INSERT INTO tasks (user_id) VALUES (1)",
        )
        .await
    })
};
const DROP_TASKS: Change = |m| Box::pin(m.drop_table("tasks"));
const FAIL: Change = |m| {
    Box::pin(async move {
        m.create_table("half", |_| {}).await?;
        m.execute("INSERT INTO nowhere VALUES (1)").await
    })
};

fn step(version: u64, name: &'static str, up: Change, down: Change) -> Box<dyn Migration> {
    Box::new(Step {
        version,
        name,
        up,
        down,
    })
}

/// Listed out of order, as files may be.
fn both() -> Vec<Box<dyn Migration>> {
    vec![
        step(2, "CreateTasks", CREATE_TASKS, DROP_TASKS),
        step(1, "CreateUsers", CREATE_USERS, DROP_USERS),
    ]
}

async fn versions(db: &Db) -> Vec<String> {
    let versions = texts(db, "SELECT version FROM schema_migrations ORDER BY version").await;
    versions.expect("the table of versions")
}

fn names(applied: &[super::super::Applied]) -> Vec<&'static str> {
    applied.iter().map(|applied| applied.name).collect()
}

#[cfg_attr(target_family = "wasm", ignore = "needs files")]
#[test]
fn migrations_run_once_in_the_order_of_their_versions() {
    let folder = Folder::new();
    block_on(async {
        for db in [memory().await, folder.open().await] {
            let migrations = both();
            let migrator = Migrator::new(&db, &migrations);
            assert_eq!(migrator.pending().await.expect("pending").len(), 2);
            assert_eq!(
                names(&migrator.migrate().await.expect("migrated")),
                ["CreateUsers", "CreateTasks"]
            );
            assert_eq!(migrator.migrate().await.expect("nothing to do"), []);
            assert_eq!(versions(&db).await, ["1", "2"]);
            assert_eq!(migrator.pending().await.expect("pending"), []);
            // Foreign keys are on again.
            assert_eq!(number(&db, "PRAGMA foreign_keys").await.expect("on"), 1);
            assert!(db.execute_sql("DELETE FROM users", []).await.is_err());
        }
    });
}

#[test]
fn rolling_back_undoes_the_newest_first() {
    block_on(async {
        let db = memory().await;
        let migrations = both();
        let migrator = Migrator::new(&db, &migrations);
        assert_eq!(migrator.rollback(1).await.expect("nothing"), []);
        migrator.migrate().await.expect("migrated");
        assert_eq!(
            names(&migrator.rollback(1).await.expect("one")),
            ["CreateTasks"]
        );
        assert_eq!(versions(&db).await, ["1"]);
        let status = migrator.status().await.expect("status");
        let status: Vec<_> = status
            .iter()
            .map(|each| (each.name, each.is_applied))
            .collect();
        assert_eq!(
            status,
            [(Some("CreateUsers"), true), (Some("CreateTasks"), false)]
        );
        migrator.migrate().await.expect("migrated again");
        assert_eq!(
            names(&migrator.rollback(9).await.expect("all")),
            ["CreateTasks", "CreateUsers"]
        );
        assert_eq!(versions(&db).await.len(), 0);
    });
}

#[cfg_attr(target_family = "wasm", ignore = "needs files")]
#[test]
fn a_migration_that_fails_leaves_nothing_and_can_be_run_after_a_fix() {
    let folder = Folder::new();
    block_on(async {
        for db in [memory().await, folder.open().await] {
            let mut migrations = both();
            migrations.push(step(3, "Broken", FAIL, DROP_USERS));
            migrations.push(step(
                4,
                "Later",
                |m| Box::pin(m.create_table("later", |_| {})),
                DROP_USERS,
            ));
            let error = Migrator::new(&db, &migrations)
                .migrate()
                .await
                .expect_err("it fails");
            assert_eq!(
                error.to_string(),
                "the migration `Broken` (3) failed and was undone: there is no table `nowhere`: if a migration makes it, run `velocious db:migrate`, while running `INSERT INTO nowhere VALUES (1)`"
            );
            let error = error.downcast_ref::<MigrationError>().expect("named");
            assert_eq!((error.version, error.name), (3, "Broken"));
            assert_eq!(versions(&db).await, ["1", "2"]);
            let tables = texts(
                &db,
                "SELECT name FROM sqlite_master WHERE name IN ('half', 'later')",
            )
            .await;
            assert_eq!(tables.expect("none").len(), 0);
            assert_eq!(number(&db, "PRAGMA foreign_keys").await.expect("on"), 1);

            migrations[2] = step(
                3,
                "Fixed",
                |m| Box::pin(m.create_table("half", |_| {})),
                DROP_USERS,
            );
            let applied = Migrator::new(&db, &migrations)
                .migrate()
                .await
                .expect("fixed");
            assert_eq!(names(&applied), ["Fixed", "Later"]);
        }
    });
}

#[cfg_attr(target_family = "wasm", ignore = "a panic ends a program there")]
#[test]
fn a_panic_or_a_dropped_future_leaves_nothing() {
    block_on(async {
        let db = memory().await;
        let never: Change = |m| {
            Box::pin(async move {
                m.create_table("half", |_| {}).await?;
                std::future::pending().await
            })
        };
        let migrations = [step(1, "Never", never, never)];
        let migrator = Migrator::new(&db, &migrations);
        let mut dropped = Box::pin(migrator.migrate());
        for _ in 0..200 {
            assert!(crate::database::tests::support::poll_once(&mut dropped).is_pending());
            std::thread::sleep(std::time::Duration::from_micros(200));
        }
        drop(dropped);
        assert_eq!(migrator.pending().await.expect("still pending").len(), 1);
        assert_eq!(
            number(&db, "SELECT count(*) FROM sqlite_master")
                .await
                .expect("nothing"),
            0
        );
        assert_eq!(number(&db, "PRAGMA foreign_keys").await.expect("on"), 1);
    });
}

#[test]
fn references_to_rows_that_are_gone_are_refused_at_the_end() {
    block_on(async {
        let db = memory().await;
        let mut migrations = both();
        Migrator::new(&db, &migrations)
            .migrate()
            .await
            .expect("migrated");
        migrations.push(step(
            3,
            "Orphan",
            |m| Box::pin(m.execute("DELETE FROM users")),
            DROP_USERS,
        ));
        let error = Migrator::new(&db, &migrations)
            .migrate()
            .await
            .expect_err("an orphan");
        assert!(
            error
                .to_string()
                .ends_with("1 row of `tasks` would refer to rows of `users` that do not exist"),
            "{error}"
        );
        assert_eq!(
            number(&db, "SELECT count(*) FROM users")
                .await
                .expect("kept"),
            1
        );
        migrations[2] = step(3, "DropParent", DROP_USERS, DROP_USERS);
        let error = Migrator::new(&db, &migrations)
            .migrate()
            .await
            .expect_err("an orphan");
        assert!(
            error
                .to_string()
                .contains("`tasks` would refer to rows of `users`"),
            "{error}"
        );
        // In the right order, or with the orphans cleared away, the same is fine.
        migrations[2] = step(
            3,
            "Clear",
            |m| Box::pin(m.execute("DELETE FROM users; DELETE FROM tasks")),
            DROP_USERS,
        );
        Migrator::new(&db, &migrations)
            .migrate()
            .await
            .expect("cleared");
    });
}

#[test]
fn what_was_broken_before_is_not_the_migrations_fault() {
    block_on(async {
        let db = memory().await;
        let mut migrations = both();
        Migrator::new(&db, &migrations)
            .migrate()
            .await
            .expect("migrated");
        db.batch("PRAGMA foreign_keys = OFF; DELETE FROM users; PRAGMA foreign_keys = ON")
            .await
            .expect("an orphan");
        migrations.push(step(
            3,
            "Other",
            |m| Box::pin(m.create_table("others", |_| {})),
            DROP_USERS,
        ));
        Migrator::new(&db, &migrations)
            .migrate()
            .await
            .expect("migrated");
    });
}

#[test]
fn a_version_that_the_program_does_not_know_is_reported() {
    block_on(async {
        let db = memory().await;
        let migrations = both();
        Migrator::new(&db, &migrations)
            .migrate()
            .await
            .expect("migrated");
        let older = vec![step(1, "CreateUsers", CREATE_USERS, DROP_USERS)];
        let migrator = Migrator::new(&db, &older);
        assert_eq!(migrator.migrate().await.expect("no error"), []);
        let status = migrator.status().await.expect("status");
        assert_eq!(
            (status[1].version, status[1].name, status[1].is_applied),
            (2, None, true)
        );
        assert_eq!(
            migrator.rollback(2).await.expect_err("unknown").to_string(),
            "version 2 is applied, but this program has no migration of that version to roll back: add its file to `migrations!`, or use the program that has it"
        );
        assert_eq!(versions(&db).await, ["1", "2"]);
    });
}

#[test]
fn two_migrations_with_one_version_are_refused() {
    block_on(async {
        let db = memory().await;
        let migrations = vec![
            step(1, "CreateUsers", CREATE_USERS, DROP_USERS),
            step(1, "CreateTasks", CREATE_TASKS, DROP_TASKS),
        ];
        assert_eq!(
            Migrator::new(&db, &migrations)
                .migrate()
                .await
                .expect_err("twice")
                .to_string(),
            "`CreateUsers` and `CreateTasks` both have the version 1: give one of them another"
        );
        assert_eq!(
            number(&db, "SELECT count(*) FROM sqlite_master")
                .await
                .expect("nothing"),
            0
        );
    });
}

#[test]
fn a_change_without_a_way_back_says_so() {
    struct OneWay;
    impl Migration for OneWay {
        fn version(&self) -> u64 {
            1
        }
        fn name(&self) -> &'static str {
            "OneWay"
        }
        fn up<'a>(&'a self, m: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
            Box::pin(m.create_table("t", |_| {}))
        }
    }
    block_on(async {
        let db = memory().await;
        let migrations = crate::migrations![OneWay];
        let migrator = Migrator::new(&db, &migrations);
        migrator.migrate().await.expect("migrated");
        assert_eq!(
            migrator
                .rollback(1)
                .await
                .expect_err("no way back")
                .to_string(),
            "the migration `OneWay` (1) could not be rolled back and is still applied: `OneWay` has no `down`: write one, or restore a backup"
        );
        assert_eq!(versions(&db).await, ["1"]);
    });
}

#[test]
fn no_migrations_are_no_trouble() {
    block_on(async {
        let db = memory().await;
        let migrations: Vec<Box<dyn Migration>> = crate::migrations![];
        let migrator = Migrator::new(&db, &migrations);
        assert_eq!(migrator.status().await.expect("nothing"), []);
        assert_eq!(migrator.migrate().await.expect("nothing"), []);
        assert_eq!(versions(&db).await.len(), 0);
    });
}

#[cfg_attr(target_family = "wasm", ignore = "needs threads and files")]
#[test]
fn several_programs_apply_each_migration_once() {
    let folder = Folder::new();
    let applied: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|number| {
                let options = folder.options().reads(match number % 2 {
                    0 => Reads::Inline,
                    _ => Reads::Threads,
                });
                scope.spawn(move || {
                    block_on(async {
                        let db = Db::open(options).await.expect("open");
                        let create: Change = |m| {
                            Box::pin(async move {
                                m.create_table("log", |t| {
                                    t.text("entry").default_value("");
                                })
                                .await?;
                                m.execute("INSERT INTO log DEFAULT VALUES").await
                            })
                        };
                        let add: Change = |m| Box::pin(m.execute("INSERT INTO log DEFAULT VALUES"));
                        let migrations = Arc::new(
                            (1..20)
                                .map(|version| {
                                    step(
                                        version,
                                        "Step",
                                        if version == 1 { create } else { add },
                                        add,
                                    )
                                })
                                .collect::<Vec<_>>(),
                        );
                        Migrator::new(&db, &migrations)
                            .migrate()
                            .await
                            .expect("migrated")
                            .len()
                    })
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .sum()
    });
    assert_eq!(applied, 19);
    block_on(async {
        let db = folder.open().await;
        assert_eq!(
            number(&db, "SELECT count(*) FROM log").await.expect("rows"),
            19
        );
        assert_eq!(versions(&db).await.len(), 19);
    });
}
