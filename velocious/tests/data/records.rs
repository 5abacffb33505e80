//! Writing records.

use velocious::prelude::*;
use velocious::value::Value;

use crate::databases::{seed, with_db};
use crate::models::{Account, Detail, DetailChanges, Project, ProjectChanges, Task};

#[test]
fn a_new_record_is_inserted_and_knows_its_row() {
    with_db(async |db| {
        let mut account = Account {
            name: "Acme".into(),
            ..Account::new()
        };
        assert!(account.is_new_record() && account.is_changed());
        account.save(&db).await?;
        assert!(account.is_persisted() && !account.is_changed());
        assert_eq!(account.id, 1);
        assert_eq!(Account::find(&db, 1).await?, account);
        Ok(())
    });
}

#[test]
fn timestamps_are_maintained_and_may_be_given() {
    with_db(async |db| {
        let mut project = Project::create(
            &db,
            ProjectChanges {
                name: Some("Alpha".into()),
                ..Default::default()
            },
        )
        .await?;
        assert_eq!(project.created_at, project.updated_at);
        assert_eq!(
            Project::find(&db, project.id).await?,
            project,
            "a record equals its own row"
        );
        let created = project.created_at;
        project.save(&db).await?;
        assert_eq!(
            project.updated_at, created,
            "nothing changed, nothing is written"
        );
        // The clock of a browser shows milliseconds.
        while Utc::now() <= created {}
        project.name = "Beta".into();
        project.save(&db).await?;
        assert!(project.updated_at > created);
        assert_eq!(project.created_at, created);
        let given = DateTime::from_timestamp(1_000_000_000, 0).expect("a time");
        let mut old = Project {
            name: "Old".into(),
            created_at: given,
            ..Project::new()
        };
        old.save(&db).await?;
        assert_eq!(old.created_at, given);
        Ok(())
    });
}

#[test]
fn an_update_writes_the_changed_columns_only() {
    with_db(async |db| {
        seed(&db).await?;
        let mut task = Task::find(&db, 1).await?;
        task.priority = 7;
        task.name = "Wrote".into();
        task.name = "Write".into();
        assert_eq!(
            task.changes(),
            [("priority", Value::Integer(3), Value::Integer(7))]
        );
        db.batch("UPDATE tasks SET name = 'Somebody else' WHERE id = 1")
            .await?;
        task.save(&db).await?;
        task.reload(&db).await?;
        assert_eq!((task.name.as_str(), task.priority), ("Somebody else", 7));
        assert!(!task.is_changed());
        Ok(())
    });
}

#[test]
fn what_is_left_none_gets_the_databases_default() {
    with_db(async |db| {
        seed(&db).await?;
        let detail = Detail::create(
            &db,
            DetailChanges {
                project_id: Some(2),
                ..Default::default()
            },
        )
        .await?;
        assert_eq!(detail.note.as_deref(), Some("none"));
        Ok(())
    });
}

#[test]
fn changes_assign_what_they_name() {
    with_db(async |db| {
        seed(&db).await?;
        let mut detail = Detail::find(&db, 1).await?;
        detail.assign(DetailChanges::default());
        assert!(!detail.is_changed());
        detail
            .update(
                &db,
                DetailChanges {
                    note: Some(None),
                    ..Default::default()
                },
            )
            .await?;
        assert_eq!(Detail::find(&db, 1).await?.note, None);
        Ok(())
    });
}

#[test]
fn a_row_that_is_gone_is_an_error_for_save_and_none_for_destroy() {
    with_db(async |db| {
        seed(&db).await?;
        let mut task = Task::find(&db, 5).await?;
        let mut twin = task.clone();
        task.destroy(&db).await?;
        assert!(!task.is_persisted() && !task.is_new_record());
        twin.priority = 1;
        assert!(
            twin.save(&db)
                .await
                .expect_err("the row is gone")
                .is_not_found()
        );
        assert!(
            twin.reload(&db)
                .await
                .expect_err("the row is gone")
                .is_not_found()
        );
        twin.destroy(&db).await?;
        assert!(
            task.save(&db).await.is_err(),
            "a destroyed record cannot be saved"
        );
        Ok(())
    });
}

#[test]
fn what_refers_to_a_row_keeps_it() {
    with_db(async |db| {
        seed(&db).await?;
        let error = Account::find(&db, 1)
            .await?
            .destroy(&db)
            .await
            .expect_err("a project refers to it");
        assert!(error.is_database(), "{error:?}");
        assert_eq!(error.status(), 409);
        let message = error
            .public_message()
            .expect("somebody can do something about it");
        assert!(
            message.starts_with("Other records refer to this one"),
            "{message}"
        );
        assert_eq!(Account::count(&db).await?, 2);
        Ok(())
    });
}

#[test]
fn a_failed_transaction_leaves_nothing() {
    with_db(async |db| {
        let outcome = db
            .transaction(async |tx| {
                Account {
                    name: "Acme".into(),
                    ..Account::new()
                }
                .save(&tx)
                .await?;
                let inner = tx
                    .transaction(async |tx| {
                        Account {
                            name: "Globex".into(),
                            ..Account::new()
                        }
                        .save(&tx)
                        .await?;
                        Err::<(), _>(velocious::Error::message("stop"))
                    })
                    .await;
                assert!(inner.is_err());
                assert_eq!(
                    Account::count(&tx).await?,
                    1,
                    "only the inner level is undone"
                );
                Err::<(), _>(velocious::Error::message("stop"))
            })
            .await;
        assert_eq!(outcome.expect_err("it failed").to_string(), "stop");
        assert_eq!(Account::count(&db).await?, 0);
        Ok(())
    });
}

#[test]
fn futures_can_move_between_threads() {
    fn sendable<T: Send>(_: T) {}
    with_db(async |db| {
        sendable(
            Task::filter(|t| t.project().name().eq("x"))
                .preload(|t| t.project().account())
                .load(&db),
        );
        sendable(Task::find_by(&db, |t| t.id().eq(1)));
        sendable(Task::new().save(&db));
        sendable(Task::new().load_project(&db));
        sendable(Task::all().destroy_all(&db));
        Ok(())
    });
}
