//! Tables, indexes and foreign keys as migrations write them.

use super::{change, failure};
use crate::database::tests::support::{block_on, memory, number, texts};
use crate::migration::OnDelete;

async fn indexes(db: &crate::Db) -> Vec<String> {
    let sql =
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
    texts(db, sql).await.expect("indexes")
}

#[test]
fn a_table_comes_with_its_indexes() {
    block_on(async {
        let db = memory().await;
        change(&db, |m| {
            Box::pin(async move {
                m.create_table("users", |t| {
                    t.string("email").null(false).unique();
                })
                .await?;
                m.create_table("tasks", |t| {
                    t.references("user")
                        .null(false)
                        .on_delete(OnDelete::Cascade);
                    t.string("name").null(false).default_value("");
                    t.boolean("is_done").null(false).default_value(false);
                    t.timestamps();
                })
                .await?;
                m.add_index("tasks", &["user_id", "name"]).unique().await?;
                m.add_index("tasks", &["name"]).name("by_name").await
            })
        })
        .await
        .expect("migrated");
        assert_eq!(
            indexes(&db).await,
            [
                "CREATE INDEX \"by_name\" ON \"tasks\" (\"name\")",
                "CREATE INDEX \"index_tasks_on_user_id\" ON \"tasks\" (\"user_id\")",
                "CREATE UNIQUE INDEX \"index_tasks_on_user_id_and_name\" ON \"tasks\" (\"user_id\", \"name\")",
                "CREATE UNIQUE INDEX \"index_users_on_email\" ON \"users\" (\"email\")",
            ]
        );
        db.batch(
            "INSERT INTO users (email) VALUES ('a'); INSERT INTO tasks (user_id, created_at, updated_at) VALUES (1, '', '')",
        )
        .await
        .expect("rows");
        assert_eq!(
            number(&db, "SELECT name || is_done = '0' FROM tasks")
                .await
                .expect("defaults"),
            1
        );
        db.execute_sql("DELETE FROM users", [])
            .await
            .expect("cascades");
        assert_eq!(
            number(&db, "SELECT count(*) FROM tasks")
                .await
                .expect("none"),
            0
        );
        let without_times = db
            .execute_sql("INSERT INTO tasks (user_id) VALUES (1)", [])
            .await;
        assert!(without_times.is_err());
    });
}

#[test]
fn wrong_names_are_refused_with_the_nearest_right_one() {
    block_on(async {
        let db = memory().await;
        change(&db, |m| {
            Box::pin(m.create_table("tasks", |t| {
                t.string("name").index();
            }))
        })
        .await
        .expect("migrated");
        assert_eq!(
            failure(&db, |m| Box::pin(m.drop_table("task"))).await,
            "there is no table `task`; did you mean `tasks`?"
        );
        assert_eq!(
            failure(&db, |m| Box::pin(m.remove_column("tasks", "nmae"))).await,
            "`tasks` has no column `nmae`; did you mean `name`?"
        );
        // SQLite would take the name for a text and index that.
        assert_eq!(
            failure(&db, |m| m.add_index("tasks", &["nmae"]).into_future()).await,
            "`tasks` has no column `nmae`; did you mean `name`?"
        );
        assert_eq!(
            failure(&db, |m| Box::pin(m.remove_index("tasks", &["id", "name"]))).await,
            "`tasks` has no index on `id`, `name`; it has `index_tasks_on_name`"
        );
        assert_eq!(
            failure(&db, |m| Box::pin(m.remove_index_named("tasks", "by_name"))).await,
            "`tasks` has no index `by_name`; it has `index_tasks_on_name`"
        );
        assert_eq!(
            failure(&db, |m| Box::pin(
                m.add_column("tasks", |t| t.string("code").primary_key())
            ))
            .await,
            "`code` cannot become a primary key of `tasks`: a table has the one it was created with"
        );
        assert_eq!(
            failure(&db, |m| m.add_foreign_key("tasks", "name").into_future()).await,
            "`name` does not end in `_id`, so say what it refers to: `.to(\"…\")`"
        );
        assert_eq!(
            failure(&db, |m| Box::pin(m.create_table("tasks", |_| {}))).await,
            "table \"tasks\" already exists, while running `CREATE TABLE \"tasks\" (\n  \"id\" INTEGER PRIMARY KEY NOT NULL\n)`"
        );
    });
}

#[test]
fn what_is_there_can_be_asked() {
    block_on(async {
        let db = memory().await;
        change(&db, |m| {
            Box::pin(async move {
                m.create_table("tasks", |t| {
                    t.string("name");
                })
                .await?;
                assert!(m.table_exists("tasks").await? && !m.table_exists("users").await?);
                assert!(m.column_exists("tasks", "name").await?);
                assert!(!m.column_exists("tasks", "title").await?);
                assert!(!m.column_exists("users", "name").await?);
                Ok(())
            })
        })
        .await
        .expect("migrated");
    });
}

#[test]
fn indexes_are_removed_by_columns_or_name() {
    block_on(async {
        let db = memory().await;
        change(&db, |m| {
            Box::pin(async move {
                m.create_table("tasks", |t| {
                    t.string("name").index();
                    t.string("state").index();
                })
                .await?;
                m.add_index("tasks", &["name"]).name("second").await?;
                m.add_index("tasks", &["name", "state"]).await?;
                // The one that has the usual name.
                m.remove_index("tasks", &["name"]).await?;
                m.remove_index("tasks", &["name"]).await?;
                m.remove_index_named("tasks", "index_tasks_on_state").await
            })
        })
        .await
        .expect("migrated");
        let left = indexes(&db).await;
        assert_eq!(left.len(), 1);
        assert!(
            left[0].contains("index_tasks_on_name_and_state"),
            "{left:?}"
        );
    });
}

#[test]
fn rows_are_changed_through_the_same_transaction() {
    block_on(async {
        let db = memory().await;
        change(&db, |m| {
            Box::pin(async move {
                m.create_table("tasks", |t| {
                    t.string("name");
                })
                .await?;
                let insert = "INSERT INTO tasks (name) VALUES (?)";
                let name = crate::value::Value::Text("it's".into());
                m.db().execute_sql(insert, [name]).await?;
                Ok(())
            })
        })
        .await
        .expect("migrated");
        assert_eq!(
            texts(&db, "SELECT name FROM tasks").await.expect("a row"),
            ["it's"]
        );
    });
}
