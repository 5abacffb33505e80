//! Finding a record or making it.

use velocious::database::Dialect;
use velocious::prelude::*;

use crate::databases::{apart, seed, with_db, with_sqlite};
use crate::models::{Account, AccountChanges, Task, TaskChanges};

fn named(name: &str) -> TaskChanges {
    TaskChanges {
        name: Some(name.into()),
        project_id: Some(1),
        ..Default::default()
    }
}

#[test]
fn a_record_that_is_there_is_found() {
    with_db(async |db| {
        seed(&db).await?;
        let task = Task::find_or_initialize_by(&db, named("Write")).await?;
        assert!(task.is_persisted());
        assert_eq!(task.id, 1);
        let task = Task::find_or_create_by(&db, named("Write"), |task| task.priority = 9).await?;
        assert_eq!(
            (task.id, task.priority),
            (1, 3),
            "only a new one is prepared"
        );
        let root = TaskChanges {
            parent_id: Some(None),
            priority: Some(5),
            ..Default::default()
        };
        let task = Task::find_or_initialize_by(&db, root).await?;
        assert_eq!(task.id, 5, "`None` asks for NULL");
        Ok(())
    });
}

#[test]
fn a_record_that_is_not_there_is_made() {
    with_db(async |db| {
        seed(&db).await?;
        let mut task = Task::find_or_initialize_by(&db, named("Paint")).await?;
        assert!(task.is_new_record() && task.is_changed());
        assert_eq!((task.name.as_str(), task.project_id), ("Paint", 1));
        assert_eq!(Task::count(&db).await?, 5, "nothing is saved");
        task.save(&db).await?;
        let task = Task::find_or_create_by(&db, named("Dig"), |task| task.priority = 9).await?;
        assert!(task.is_persisted());
        assert_eq!(Task::find(&db, task.id).await?.priority, 9);
        let error = Task::find_or_create_by(&db, named(" "), |_| {}).await;
        assert!(error.expect_err("no name").is_invalid());
        Ok(())
    });
}

#[test]
fn what_the_query_asks_for_otherwise_counts_too() {
    with_db(async |db| {
        seed(&db).await?;
        let done = Task::filter(|t| t.done().eq(true));
        let task = done.find_or_initialize_by(&db, named("Write")).await?;
        assert!(task.is_new_record(), "task 1 is not done");
        Ok(())
    });
}

#[test]
fn nothing_to_find_by_is_a_mistake() {
    with_db(async |db| {
        let error = Task::find_or_initialize_by(&db, TaskChanges::default()).await;
        let error = error.expect_err("no column is named").to_string();
        assert!(
            error.contains("name at least one in `TaskChanges`"),
            "{error}"
        );
        Ok(())
    });
}

/// `prepare` runs between the lookup and the INSERT, where somebody else can be quicker.
#[test]
fn a_lost_race_finds_the_winner() {
    with_db(async |db| {
        let acme = || AccountChanges {
            name: Some("Acme".into()),
        };
        let rival = db.clone();
        let account = Account::find_or_create_by(&db, acme(), move |_| {
            let won = rival.batch("INSERT INTO accounts (id, name) VALUES (77, 'Acme')");
            apart(&rival, won).expect("inserted");
        });
        assert_eq!(
            account.await?.id,
            77,
            "the uniqueness validation saw the winner"
        );

        // No validation of this model knows of the index.
        db.batch("CREATE UNIQUE INDEX one_priority ON tasks (priority)")
            .await?;
        db.batch("INSERT INTO projects VALUES (1, 'Alpha', 77, FALSE, '2026-01-01 10:00:00', '2026-01-01 10:00:00')")
            .await?;
        let first = || TaskChanges {
            priority: Some(1),
            project_id: Some(1),
            ..Default::default()
        };
        for in_transaction in [false, true] {
            db.batch("DELETE FROM tasks").await?;
            let work = async |tx: Db| {
                // On SQLite there is one who writes.
                let rival = match tx.dialect() {
                    Dialect::Sqlite => tx.clone(),
                    _ => db.clone(),
                };
                Task::find_or_create_by(&tx, first(), move |task| {
                    task.name = "Loser".into();
                    let won = rival.batch(
                        "INSERT INTO tasks (id, name, project_id, priority) VALUES (78, 'Winner', 1, 1)",
                    );
                    apart(&rival, won).expect("inserted");
                })
                .await
            };
            let task = match in_transaction {
                true => db.transaction(work).await?,
                false => work(db.clone()).await?,
            };
            assert_eq!((task.id, task.name.as_str()), (78, "Winner"));
            assert_eq!(Task::count(&db).await?, 1);
        }
        Ok(())
    });
}

#[test]
fn another_refusal_stays_an_error() {
    with_db(async |db| {
        seed(&db).await?;
        db.batch("CREATE UNIQUE INDEX one_priority ON tasks (priority)")
            .await
            .expect_err("two tasks have one priority");
        db.batch("CREATE UNIQUE INDEX one_estimate ON tasks (estimate)")
            .await?;
        let taken = Task::find_or_create_by(&db, named("Paint"), |task| task.estimate = Some(1.5));
        let error = taken
            .await
            .expect_err("refused for something it was not found by");
        assert!(error.is_database(), "{error:?}");
        Ok(())
    });
}

#[test]
fn keys_alone_can_be_asked_for() {
    with_db(async |db| {
        seed(&db).await?;
        let late = Task::filter(|t| t.project_id().eq(2)).order(|t| t.id().desc());
        assert_eq!(late.ids(&db).await?, [4, 3]);
        Ok(())
    });
}

#[test]
fn a_query_can_be_explained_by_sqlite() {
    with_sqlite(async |db| {
        let by_key = Task::filter(|t| t.id().eq(1)).explain(&db).await?;
        assert!(
            by_key.contains("SEARCH tasks USING INTEGER PRIMARY KEY"),
            "{by_key}"
        );
        let nested = Task::filter(|t| t.children().is_absent())
            .explain(&db)
            .await?;
        assert!(
            nested.contains("SUBQUERY") && nested.contains("\n  S"),
            "parts are indented: {nested}"
        );
        Ok(())
    });
}

#[test]
fn a_query_can_be_explained() {
    with_db(async |db| {
        let plan = Task::filter(|t| t.name().eq("x")).explain(&db).await?;
        assert!(plan.contains("tasks"), "{plan}");
        Ok(())
    });
}

#[test]
fn locked_rows_are_found_and_on_sqlite_nobody_is_in_the_way() {
    with_db(async |db| {
        seed(&db).await?;
        let tasks = Task::filter(|t| t.done().eq(true)).order(|t| t.id());
        assert_eq!(tasks.clone().lock().ids(&db).await?, [2, 5]);
        assert_eq!(tasks.skip_locked().ids(&db).await?, [2, 5]);
        Ok(())
    });
}

#[test]
fn scopes_compose() {
    use velocious::query::Query;
    fn open(tasks: Query<Task>) -> Query<Task> {
        tasks.filter(|task| task.done().eq(false))
    }
    fn urgent(tasks: Query<Task>) -> Query<Task> {
        tasks
            .filter(|task| task.priority().ge(2))
            .order(|task| task.id())
    }
    with_db(async |db| {
        seed(&db).await?;
        assert_eq!(Task::scope(open).scope(urgent).ids(&db).await?, [1, 3, 4]);
        Ok(())
    });
}
