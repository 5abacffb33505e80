//! Migrations on every database.

use std::sync::atomic::{AtomicBool, Ordering};

use velocious::database::{DatabaseError, Dialect};
use velocious::migration::{Migrator, OnDelete, describe, structure};
use velocious::prelude::*;
use velocious::value::{Value, ValueKind};

use crate::databases::{all, with_db, with_empty};

struct CreateShelves;

#[migration(version = 20260101000001)]
impl Migration for CreateShelves {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("shelves", |t| {
            t.string("name").max_length(20).null(false).unique();
            t.boolean("is_full").null(false).default_value(false);
            t.timestamps();
        })
        .await?;
        m.create_table("books", |t| {
            t.references("shelf")
                .null(false)
                .foreign_key_to("shelves")
                .on_delete(OnDelete::Cascade);
            t.string("title").null(false).default_value("it's \\ new");
            t.text("summary");
            t.integer("pages").default_value(0);
            t.double("weight");
            t.date("printed_on");
            t.datetime("read_at");
            t.binary("cover");
            t.json("details");
        })
        .await?;
        m.add_index("books", &["shelf_id", "title"]).unique().await
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.drop_table("books").await?;
        m.drop_table("shelves").await
    }
}

struct ChangeBooks;

#[migration(version = 20260101000002)]
impl Migration for ChangeBooks {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.rename_column("books", "title", "name").await?;
        m.change_column_null("books", "summary", false).await?;
        m.change_column_default("books", "pages", 7).await?;
        m.remove_column_default("books", "name").await?;
        m.add_column("books", |t| {
            t.string("language").null(false).default_value("en")
        })
        .await?;
        m.add_reference("books", "sequel", |c| {
            c.foreign_key_to("books").on_delete(OnDelete::SetNull)
        })
        .await?;
        m.remove_column("books", "weight").await?;
        m.add_index("books", &["language"])
            .name("by_language")
            .await?;
        m.remove_index("books", &["language"]).await?;
        m.rename_table("books", "volumes").await
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.rename_table("volumes", "books").await?;
        m.remove_foreign_key("books", "sequel_id").await?;
        m.remove_reference("books", "sequel").await?;
        m.rename_column("books", "name", "title").await
    }
}

fn migrations() -> Vec<Box<dyn Migration>> {
    velocious::migrations![CreateShelves, ChangeBooks]
}

async fn texts(db: &Db, sql: &str) -> Result<Vec<String>> {
    let rows = db.rows_sql(sql, [], &[ValueKind::Text]).await?;
    let texts = rows.into_iter().flatten();
    Ok(texts
        .map(|value| match value {
            Value::Text(text) => text,
            other => other.to_string(),
        })
        .collect())
}

#[test]
fn a_schema_is_made_changed_and_taken_back() {
    with_empty(async |db| {
        let migrations = migrations();
        let migrator = Migrator::new(&db, &migrations);
        assert_eq!(migrator.migrate().await?.len(), 2);
        assert_eq!(migrator.migrate().await?.len(), 0);
        db.batch("INSERT INTO shelves (name, created_at, updated_at) VALUES ('A', '2026-01-01 10:00:00', '2026-01-01 10:00:00')")
            .await?;
        let book = "INSERT INTO volumes (shelf_id, name, summary, language) VALUES (1, 'Emma', 'short', 'en')";
        db.batch(book).await?;
        let taken = db.batch(book).await.expect_err("taken");
        let taken = taken
            .downcast_ref::<DatabaseError>()
            .expect("of the database");
        if db.dialect() != Dialect::Mysql {
            assert_eq!(taken.columns(), ["shelf_id", "name"]);
        }
        let without = "INSERT INTO volumes (shelf_id, name) VALUES (1, 'Persuasion')";
        assert!(
            db.batch(without).await.is_err(),
            "the summary may not be NULL"
        );
        let rows = db
            .rows_sql(
                "SELECT pages, language, sequel_id FROM volumes",
                [],
                &[ValueKind::Integer, ValueKind::Text, ValueKind::BigInt],
            )
            .await?;
        let expected = [
            Value::Integer(7),
            Value::Text("en".into()),
            Value::Null(ValueKind::BigInt),
        ];
        assert_eq!(rows, [expected]);
        db.batch("DELETE FROM shelves").await?;
        assert_eq!(texts(&db, "SELECT name FROM volumes").await?.len(), 0);

        // What can be made from the dump is the same.
        let dump = structure(&db).await?;
        assert!(
            dump.contains("shelf_id") && dump.contains("index_volumes_on_shelf_id_and_name"),
            "{dump}"
        );
        assert_eq!(migrator.rollback(1).await?[0].name, "change_books");
        let back = structure(&db).await?;
        assert!(
            back.contains("index_books_on_shelf_id_and_title") && !back.contains("volumes"),
            "{back}"
        );
        assert_eq!(migrator.rollback(5).await?.len(), 1);
        db.batch("DROP TABLE schema_migrations").await?;
        if db.dialect() == Dialect::Mysql {
            db.batch("DROP TABLE schema_migrations_started").await?;
        }
        assert_eq!(structure(&db).await?, "");
        db.batch(&dump).await?;
        assert_eq!(structure(&db).await?, dump);
        Ok(())
    });
}

#[test]
fn a_change_that_cannot_be_says_what_is_in_its_way() {
    struct Wrong(fn(&mut Schema) -> velocious::BoxFuture<'_, Result<()>>);
    impl Migration for Wrong {
        fn version(&self) -> u64 {
            20260101000003
        }
        fn name(&self) -> &'static str {
            "Wrong"
        }
        fn up<'a>(&'a self, m: &'a mut Schema) -> velocious::BoxFuture<'a, Result<()>> {
            (self.0)(m)
        }
    }
    with_db(async |db| {
        crate::databases::seed(&db).await?;
        let failure = async |change: fn(&mut Schema) -> velocious::BoxFuture<'_, Result<()>>| {
            let migrations: Vec<Box<dyn Migration>> = vec![Box::new(Wrong(change))];
            let migrated = Migrator::new(&db, &migrations).migrate().await;
            migrated.expect_err("it is wrong").to_string()
        };
        let text = failure(|m| Box::pin(m.drop_table("tsaks"))).await;
        assert_eq!(
            text,
            "the migration `Wrong` (20260101000003) failed and was undone: there is no table `tsaks`; did you mean `tasks`?"
        );
        let text =
            failure(|m| Box::pin(m.add_column("tasks", |t| t.string("code").null(false)))).await;
        assert!(
            text.contains("`tasks` has rows, which would have no value for `code`"),
            "{text}"
        );
        let text = failure(|m| Box::pin(m.change_column_null("tasks", "due_on", false))).await;
        assert!(text.contains("`tasks.due_on` is NULL in 2 rows"), "{text}");
        let text = failure(|m| Box::pin(m.execute("SELECT wrong FROM tasks"))).await;
        assert!(text.contains("failed and was undone"), "{text}");
        Ok(())
    });
}

struct Halfway;

#[migration(version = 20260101000004)]
impl Migration for Halfway {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("halves", |_| {}).await?;
        m.execute("SELECT wrong FROM halves").await
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.drop_table("halves").await
    }
}

#[test]
fn half_a_migration_stays_only_where_it_cannot_be_undone_and_is_never_run_over() {
    with_empty(async |db| {
        let migrations = velocious::migrations![Halfway];
        let migrator = Migrator::new(&db, &migrations);
        let error = migrator.migrate().await.expect_err("wrong").to_string();
        if db.dialect() != Dialect::Mysql {
            assert!(error.contains("failed and was undone"), "{error}");
            db.batch("CREATE TABLE halves (a INTEGER)").await?;
            return Ok(());
        }
        assert!(
            error.starts_with("the migration `halfway` (20260101000004) failed halfway, and MySQL cannot undo changes of a schema: see what it has changed"),
            "{error}"
        );
        for _ in 0..2 {
            let again = migrator.migrate().await.expect_err("refused").to_string();
            assert!(
                again.starts_with("the migration `halfway` (20260101000004) was interrupted"),
                "{again}"
            );
            assert!(migrator.rollback(1).await.is_err());
            assert!(!migrator.status().await?[0].is_applied);
        }
        db.batch("DROP TABLE halves; DELETE FROM schema_migrations_started")
            .await?;
        let error = migrator
            .migrate()
            .await
            .expect_err("still wrong")
            .to_string();
        assert!(error.contains("failed halfway"), "{error}");
        Ok(())
    });
}

static RUNS: AtomicBool = AtomicBool::new(false);

struct Once;

#[migration(version = 20260101000005)]
impl Migration for Once {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        assert!(!RUNS.swap(true, Ordering::SeqCst), "two at a time");
        let pause = match m.db().dialect() {
            Dialect::Postgres => "SELECT pg_sleep(0.05)",
            Dialect::Mysql => "SELECT SLEEP(0.05)",
            _ => "SELECT 1",
        };
        m.execute(pause).await?;
        m.create_table("onces", |_| {}).await?;
        RUNS.store(false, Ordering::SeqCst);
        Ok(())
    }
}

#[test]
fn of_many_migrators_each_migration_is_applied_by_one() {
    with_empty(async |db| {
        let runs = (0..8).map(|_| {
            let db = db.clone();
            async move {
                let migrations = velocious::migrations![Once];
                Migrator::new(&db, &migrations).migrate().await
            }
        });
        let mut applied = 0;
        for outcome in all(runs).await {
            applied += outcome?.len();
        }
        assert_eq!(applied, 1);
        Ok(())
    });
}

#[test]
fn a_database_is_described_as_migrations_made_it() {
    with_empty(async |db| {
        let migrations = velocious::migrations![CreateShelves];
        Migrator::new(&db, &migrations).migrate().await?;
        db.batch("CREATE VIEW full_shelves AS SELECT id, name FROM shelves")
            .await?;
        let text = describe(&[("default", &db)]).await?;
        // MariaDB knows no JSON.
        let details = match text.contains(r#""details": {"type": "text", "null": true}"#) {
            true if db.dialect() == Dialect::Mysql => "text",
            _ => "json",
        };
        let expected = r#"{
  "default": {
    "books": {
      "cover": {"type": "binary", "null": true},
      "details": {"type": "json", "null": true},
      "id": {"type": "bigint", "default": true},
      "pages": {"type": "integer", "null": true, "default": true},
      "printed_on": {"type": "date", "null": true},
      "read_at": {"type": "datetime", "null": true},
      "shelf_id": {"type": "bigint"},
      "summary": {"type": "text", "null": true},
      "title": {"type": "string", "default": true},
      "weight": {"type": "double", "null": true}
    },
    "full_shelves": {
      "id": {"type": "bigint", "view": true},
      "name": {"type": "string", "view": true}
    },
    "shelves": {
      "created_at": {"type": "datetime"},
      "id": {"type": "bigint", "default": true},
      "is_full": {"type": "boolean", "default": true},
      "name": {"type": "string"},
      "updated_at": {"type": "datetime"}
    }
  }
}
"#;
        let expected = expected.replace(r#"{"type": "json""#, &format!(r#"{{"type": "{details}""#));
        assert_eq!(described(&text), described(&expected), "{text}");
        Ok(())
    });
}

/// The lines of a description; what a view has for a key is not the same everywhere.
fn described(text: &str) -> Vec<String> {
    let view_key = r#""id": {"type": "integer", "view": true}"#;
    let lines = text.lines();
    let lines =
        lines.map(|line| line.replace(view_key, r#""id": {"type": "bigint", "view": true}"#));
    lines
        .map(|line| line.replace(r#", "default": true, "view""#, r#", "view""#))
        .collect()
}
