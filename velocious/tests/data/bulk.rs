//! Many rows in one statement, and rows that may be there already.

use velocious::database::{DatabaseError, DatabaseErrorKind};
use velocious::prelude::*;

use crate::databases::{create, seed, with_db};
use crate::models::{Account, Project, Task};

#[derive(Debug, Clone, PartialEq, Model)]
struct Setting {
    pub id: i64,
    pub name: String,
    pub value: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub record: RecordState,
}

async fn settings(db: &Db) -> Result<()> {
    create(
        db,
        "CREATE TABLE settings (
             {id}, name VARCHAR(255) NOT NULL UNIQUE, value TEXT, created_at {time} NOT NULL, updated_at {time} NOT NULL
         )",
    )
    .await?;
    db.batch(
        "INSERT INTO settings (name, value, created_at, updated_at)
         VALUES ('theme', 'light', '2026-01-01 10:00:00', '2026-01-01 10:00:00')",
    )
    .await
}

fn kind(error: &velocious::Error) -> Option<DatabaseErrorKind> {
    error
        .downcast_ref::<DatabaseError>()
        .map(DatabaseError::kind)
}

#[test]
fn rows_are_inserted_with_their_types() {
    with_db(async |db| {
        seed(&db).await?;
        let rows = [(1, "Draw", Some(1.5)), (2, "Paint", None)];
        let columns =
            Task::insert_multiple(&db, |t| (t.project_id(), t.name(), t.estimate()), rows);
        assert_eq!(columns.await?, 2);
        let tasks = Task::filter(|t| t.id().gt(5))
            .order(|t| t.id())
            .pluck(|t| (t.project_id(), t.name(), t.estimate(), t.priority()));
        assert_eq!(
            tasks.load(&db).await?,
            [
                (1, "Draw".to_owned(), Some(1.5), 0),
                (2, "Paint".to_owned(), None, 0)
            ]
        );
        let names = vec!["Initech".to_owned()];
        assert_eq!(Account::insert_multiple(&db, |a| a.name(), names).await?, 1);
        Ok(())
    });
}

#[test]
fn no_rows_are_no_statement() {
    with_db(async |db| {
        let none: [(i64, &str); 0] = [];
        let columns = Task::insert_multiple(&db, |t| (t.project_id(), t.name()), none);
        assert_eq!(columns.await?, 0);
        let results = Task::insert_multiple(&db, |t| (t.project_id(), t.name()), none)
            .retry_individually()
            .await?;
        assert_eq!(results.all()?, 0);
        Ok(())
    });
}

#[test]
fn timestamps_are_set_unless_they_are_given() {
    with_db(async |db| {
        Project::insert_multiple(&db, |p| p.name(), ["Alpha"]).await?;
        let project = Project::first(&db).await?.expect("inserted");
        assert_eq!(project.created_at, project.updated_at);
        assert!((Utc::now() - project.created_at).num_seconds() < 60);
        let long_ago = DateTime::from_timestamp(1_000_000_000, 0).expect("a time");
        let rows = [("Beta", long_ago)];
        Project::insert_multiple(&db, |p| (p.name(), p.created_at()), rows).await?;
        let project = Project::last(&db).await?.expect("inserted");
        assert_eq!(project.created_at, long_ago);
        assert!(project.updated_at > long_ago);
        Ok(())
    });
}

#[test]
fn more_rows_than_one_statement_takes_are_all_inserted_or_none() {
    with_db(async |db| {
        seed(&db).await?;
        let rows = (0..20_000_i64).map(|number| (1, format!("Task {number}"), 1));
        let many = Task::insert_multiple(
            &db,
            |t| (t.project_id(), t.name(), t.priority()),
            rows.collect::<Vec<_>>(),
        );
        assert_eq!(many.await?, 20_000);
        assert_eq!(Task::count(&db).await?, 20_005);
        let mut rows: Vec<_> = (0..20_000_i64)
            .map(|number| (2, format!("Task {number}")))
            .collect();
        rows[19_999].1 = "Sing".into();
        let error = Task::insert_multiple(&db, |t| (t.project_id(), t.name()), rows).await;
        let error = error.expect_err("the last one is taken");
        assert_eq!(kind(&error), Some(DatabaseErrorKind::UniqueViolation));
        assert_eq!(
            Task::count(&db).await?,
            20_005,
            "the first chunks are undone"
        );
        Ok(())
    });
}

#[test]
fn rows_that_are_refused_are_left_out_and_named() {
    with_db(async |db| {
        seed(&db).await?;
        let rows = [(1, "Task A"), (1, "Task A"), (1, "Task B"), (77, "Astray")];
        let results = Task::insert_multiple(&db, |t| (t.project_id(), t.name()), rows)
            .retry_individually()
            .await?;
        assert_eq!(results.succeeded, [(1, "Task A"), (1, "Task B")]);
        let failed: Vec<_> = results
            .failed
            .iter()
            .map(|failed| (failed.index, failed.row, kind(&failed.error)))
            .collect();
        assert_eq!(
            failed,
            [
                (1, (1, "Task A"), Some(DatabaseErrorKind::UniqueViolation)),
                (
                    3,
                    (77, "Astray"),
                    Some(DatabaseErrorKind::ForeignKeyViolation)
                ),
            ]
        );
        let error = results.all().expect_err("two were refused").to_string();
        assert!(
            error.starts_with("2 of 4 rows were inserted; row 1: "),
            "{error}"
        );
        assert!(error.contains(", row 3: "), "{error}");
        assert_eq!(Task::count(&db).await?, 7);
        Ok(())
    });
}

#[test]
fn a_refused_row_does_not_spoil_the_transaction() {
    with_db(async |db| {
        seed(&db).await?;
        db.transaction(async |tx| {
            let rows = [(1, "Write"), (1, "Paint")];
            let failed = Task::insert_multiple(&tx, |t| (t.project_id(), t.name()), rows).await;
            assert!(failed.is_err());
            assert_eq!(Task::count(&tx).await?, 5);
            let results = Task::insert_multiple(&tx, |t| (t.project_id(), t.name()), rows)
                .retry_individually()
                .await?;
            assert_eq!(results.failed.len(), 1);
            Ok(())
        })
        .await?;
        assert_eq!(Task::count(&db).await?, 6);
        Ok(())
    });
}

#[test]
fn what_is_no_rows_fault_fails_as_a_whole() {
    with_db(async |db| {
        seed(&db).await?;
        db.close().await;
        let results = Task::insert_multiple(&db, |t| (t.project_id(), t.name()), [(1, "x")])
            .retry_individually()
            .await;
        assert!(results.expect_err("the database is closed").is_database());
        Ok(())
    });
}

#[test]
fn a_column_of_another_table_cannot_be_written() {
    with_db(async |db| {
        seed(&db).await?;
        let rows = [(1, "x")];
        let error =
            Task::insert_multiple(&db, |t| (t.project_id(), t.project().name()), rows).await;
        let text = "`project.name` is a column of another table: only the model's own columns can be written here";
        assert_eq!(error.expect_err("another table").to_string(), text);
        let error = Task::all().update_all(&db, |t| [t.project().name().set("x".into())]);
        assert_eq!(error.await.expect_err("another table").to_string(), text);
        let mut task = Task::find(&db, 1).await?;
        let error = task.update_column(&db, |t| t.project().name().set("x".into()));
        assert_eq!(error.await.expect_err("another table").to_string(), text);
        Ok(())
    });
}

#[test]
fn an_upsert_inserts_or_updates() {
    with_db(async |db| {
        settings(&db).await?;
        let changes = |name: &str, value: &str| SettingChanges {
            name: Some(name.into()),
            value: Some(Some(value.into())),
            ..Default::default()
        };
        let theme = Setting::upsert(&db, changes("theme", "dark"), |s| s.name()).await?;
        assert!(theme.is_persisted() && !theme.is_changed());
        assert_eq!((theme.id, theme.value.as_deref()), (1, Some("dark")));
        assert_eq!(theme.created_at.to_string(), "2026-01-01 10:00:00 UTC");
        assert!(theme.updated_at > theme.created_at);
        assert_eq!(Setting::find(&db, 1).await?, theme);
        let language = Setting::upsert(&db, changes("language", "en"), |s| s.name()).await?;
        // Servers count a number for the row that was there already, too.
        assert!(language.id > theme.id);
        assert_eq!(language.created_at, language.updated_at);
        Ok(())
    });
}

#[test]
fn an_upsert_of_nothing_but_the_key_finds_the_row() {
    with_db(async |db| {
        db.batch("INSERT INTO accounts VALUES (7, 'Acme')").await?;
        let changes = crate::models::AccountChanges {
            name: Some("Acme".into()),
        };
        let account = Account::upsert(&db, changes, |a| a.name()).await?;
        assert_eq!(account.id, 7);
        Ok(())
    });
}

#[test]
fn many_rows_are_upserted_and_the_last_of_one_key_wins() {
    with_db(async |db| {
        settings(&db).await?;
        let rows = [
            ("theme", Some("dark")),
            ("language", Some("en")),
            ("language", None),
        ];
        let written = Setting::upsert_all(&db, |s| (s.name(), s.value()), rows, |s| s.name());
        assert_eq!(written.await?, 2);
        let stored = Setting::order(|s| s.id()).pluck(|s| (s.name(), s.value()));
        assert_eq!(
            stored.load(&db).await?,
            [
                ("theme".to_owned(), Some("dark".to_owned())),
                ("language".to_owned(), None)
            ]
        );
        Ok(())
    });
}

#[test]
fn a_key_without_a_value_is_a_mistake() {
    with_db(async |db| {
        settings(&db).await?;
        let rows = [(Some("dark"),)];
        let written = Setting::upsert_all(&db, |s| (s.value(),), rows, |s| s.name());
        let error = written.await.expect_err("`name` has no value").to_string();
        assert!(
            error.starts_with("`name` decides whether a row is there already"),
            "{error}"
        );
        Ok(())
    });
}

#[test]
fn one_column_is_written_past_everything_else() {
    with_db(async |db| {
        settings(&db).await?;
        let mut theme = Setting::find(&db, 1).await?;
        theme.name = "unsaved".into();
        theme
            .update_column(&db, |s| s.value().set(Some("dark".into())))
            .await?;
        assert_eq!(theme.value.as_deref(), Some("dark"));
        assert_eq!(
            theme
                .changes()
                .iter()
                .map(|change| change.0)
                .collect::<Vec<_>>(),
            ["name"]
        );
        let stored = Setting::find(&db, 1).await?;
        assert_eq!(
            (stored.name.as_str(), stored.value.as_deref()),
            ("theme", Some("dark"))
        );
        assert_eq!(stored.updated_at, stored.created_at);
        db.batch("DELETE FROM settings").await?;
        let gone = theme.update_columns(&db, |s| [s.value().set(None), s.name().set("x".into())]);
        assert!(gone.await.expect_err("the row is gone").is_not_found());
        let mut new = Setting::new();
        let unsaved = new.update_column(&db, |s| s.value().set(None));
        assert!(unsaved.await.expect_err("there is no row").is_not_found());
        Ok(())
    });
}
