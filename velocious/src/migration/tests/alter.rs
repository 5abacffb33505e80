//! Changes of tables that have rows: what a change is not about stays.

use super::{Change, change, failure};
use crate::Db;
use crate::database::tests::support::{block_on, memory, number, texts};
use crate::migration::OnDelete;
use crate::migration::structure;

/// Tables with everything a change could lose, written by hand.
const TABLES: &str = "
    CREATE TABLE projects (id INTEGER PRIMARY KEY NOT NULL, name TEXT);
    CREATE TABLE tasks (
        id INTEGER PRIMARY KEY NOT NULL,
        project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        name VARCHAR(200) COLLATE NOCASE DEFAULT 'it''s, (new)' NOT NULL CHECK (length(name) > 1), -- why
        state TEXT DEFAULT 'open',
        score DOUBLE DEFAULT -1.5,
        twice AS (score * 2) VIRTUAL,
        parent_id BIGINT,
        FOREIGN KEY (parent_id) REFERENCES tasks (id) ON DELETE SET NULL
    );
    CREATE TABLE comments (id INTEGER PRIMARY KEY NOT NULL, task_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE);
    CREATE UNIQUE INDEX \"index_tasks_on_project_id_and_name\" ON \"tasks\" (\"project_id\", \"name\");
    CREATE INDEX \"index_tasks_on_state\" ON \"tasks\" (\"state\");
    CREATE INDEX open_tasks ON tasks (score DESC) WHERE state = 'open';
    CREATE VIEW open AS SELECT id, name FROM tasks WHERE state = 'open';
    CREATE TABLE log (entry TEXT);
    CREATE TRIGGER tasks_log AFTER INSERT ON tasks BEGIN INSERT INTO log VALUES (new.name); END;
    CREATE TRIGGER comments_log AFTER INSERT ON comments BEGIN INSERT INTO log SELECT name FROM tasks WHERE id = new.task_id; END;
    INSERT INTO projects VALUES (1, 'a');
    INSERT INTO tasks (id, project_id, name) VALUES (5, 1, 'first'), (9, 1, 'second');
    UPDATE tasks SET parent_id = 5 WHERE id = 9;
    INSERT INTO comments (task_id) VALUES (5), (9);
    DELETE FROM log;
";

async fn with_tables() -> Db {
    let db = memory().await;
    db.batch(TABLES).await.expect("tables");
    db
}

/// Everything of [`TABLES`] that has nothing to do with `state` and `score`.
async fn check_all_is_there(db: &Db) {
    let insert = async |columns: &str, values: &str| {
        let sql = format!("INSERT INTO tasks ({columns}) VALUES ({values})");
        db.execute_sql(&sql, []).await
    };
    let ids = texts(
        db,
        "SELECT id || '-' || coalesce(parent_id, '') FROM tasks ORDER BY id",
    )
    .await;
    assert_eq!(ids.expect("the rows"), ["5-", "9-5"]);
    assert_eq!(
        number(db, "SELECT count(*) FROM comments")
            .await
            .expect("comments"),
        2
    );
    insert("project_id", "1").await.expect("a default");
    let name = texts(db, "SELECT name FROM tasks WHERE id = 10").await;
    assert_eq!(name.expect("the default"), ["it's, (new)"]);
    assert_eq!(
        texts(db, "SELECT entry FROM log").await.expect("a trigger"),
        ["it's, (new)"]
    );
    assert!(
        insert("project_id, name", "1, NULL").await.is_err(),
        "NOT NULL"
    );
    assert!(insert("project_id, name", "1, 'x'").await.is_err(), "CHECK");
    assert!(
        insert("project_id, name", "1, 'FIRST'").await.is_err(),
        "UNIQUE and COLLATE"
    );
    assert!(
        insert("project_id, name", "7, 'third'").await.is_err(),
        "FOREIGN KEY"
    );
    assert!(
        insert("project_id, name, parent_id", "1, 'third', 77")
            .await
            .is_err(),
        "FOREIGN KEY beside"
    );
    db.execute_sql("INSERT INTO comments (task_id) VALUES (9)", [])
        .await
        .expect("a trigger elsewhere");
    assert_eq!(
        number(db, "SELECT count(*) FROM log")
            .await
            .expect("entries"),
        2
    );
    db.execute_sql("DELETE FROM tasks WHERE id = 5", [])
        .await
        .expect("SET NULL and CASCADE");
    assert_eq!(
        number(
            db,
            "SELECT count(*) FROM tasks WHERE parent_id IS NULL AND id = 9"
        )
        .await
        .expect("SET NULL"),
        1
    );
    assert_eq!(
        number(db, "SELECT count(*) FROM comments")
            .await
            .expect("CASCADE"),
        2
    );
    db.execute_sql("DELETE FROM projects", [])
        .await
        .expect("CASCADE");
    assert_eq!(
        number(
            db,
            "SELECT (SELECT count(*) FROM tasks) + (SELECT count(*) FROM comments)"
        )
        .await
        .expect("CASCADE"),
        0
    );
    assert_eq!(
        texts(db, "PRAGMA integrity_check").await.expect("a word"),
        ["ok"]
    );
}

#[test]
fn every_change_keeps_what_it_is_not_about() {
    let changes: [(&str, Change); 12] = [
        ("NULL", |m| {
            Box::pin(m.change_column_null("tasks", "state", true))
        }),
        ("NOT NULL", |m| {
            Box::pin(m.change_column_null("tasks", "state", false))
        }),
        ("a default", |m| {
            Box::pin(m.change_column_default("tasks", "score", 0))
        }),
        ("no default", |m| {
            Box::pin(m.remove_column_default("tasks", "score"))
        }),
        ("a new column", |m| {
            Box::pin(m.add_column("tasks", |t| t.date("due_on").index()))
        }),
        ("a new column with a default", |m| {
            Box::pin(m.add_column("tasks", |t| {
                t.boolean("is_done").null(false).default_value(false)
            }))
        }),
        ("a new column, made anew", |m| {
            Box::pin(m.add_column("tasks", |t| {
                t.datetime("seen_at").default_sql("CURRENT_TIMESTAMP")
            }))
        }),
        ("a reference", |m| {
            Box::pin(m.add_reference("tasks", "author", |c| {
                c.foreign_key_to("projects").on_delete(OnDelete::SetNull)
            }))
        }),
        ("a foreign key", |m| {
            Box::pin(async move {
                m.add_column("tasks", |t| t.bigint("other")).await?;
                m.add_foreign_key("tasks", "other").to("tasks").await?;
                m.remove_foreign_key("tasks", "other").await
            })
        }),
        ("another name of a column", |m| {
            Box::pin(m.rename_column("tasks", "state", "status"))
        }),
        ("another name and back", |m| {
            Box::pin(async move {
                m.rename_table("tasks", "duties").await?;
                m.rename_table("duties", "tasks").await
            })
        }),
        ("one column less", |m| {
            Box::pin(async move {
                m.execute("DROP VIEW open; DROP INDEX open_tasks").await?;
                m.remove_column("tasks", "state").await
            })
        }),
    ];
    for (name, up) in changes {
        block_on(async {
            let db = with_tables().await;
            if let Err(error) = change(&db, up).await {
                panic!("{name}: {error}");
            }
            check_all_is_there(&db).await;
        });
    }
}

#[test]
fn null_and_default_are_changed() {
    block_on(async {
        let db = with_tables().await;
        change(&db, |m| {
            Box::pin(m.change_column_null("tasks", "state", false))
        })
        .await
        .expect("migrated");
        assert!(
            db.execute_sql("UPDATE tasks SET state = NULL", [])
                .await
                .is_err()
        );
        change(&db, |m| {
            Box::pin(m.change_column_null("tasks", "state", true))
        })
        .await
        .expect("migrated");
        db.execute_sql("UPDATE tasks SET state = NULL WHERE id = 5", [])
            .await
            .expect("nullable");
        assert_eq!(
            failure(&db, |m| Box::pin(
                m.change_column_null("tasks", "state", false)
            ))
            .await,
            "`tasks.state` is NULL in 1 row: give it a value there first"
        );
        change(&db, |m| {
            Box::pin(m.change_column_default("tasks", "score", 0))
        })
        .await
        .expect("migrated");
        db.execute_sql("INSERT INTO tasks (project_id) VALUES (1)", [])
            .await
            .expect("a row");
        assert_eq!(
            number(
                &db,
                "SELECT score = 0 AND twice = 0 FROM tasks WHERE id = 10"
            )
            .await
            .expect("the default"),
            1
        );
        change(&db, |m| Box::pin(m.remove_column_default("tasks", "score")))
            .await
            .expect("migrated");
        db.execute_sql("INSERT INTO tasks (project_id, name) VALUES (1, 'zz')", [])
            .await
            .expect("a row");
        assert_eq!(
            number(&db, "SELECT score IS NULL FROM tasks WHERE id = 11")
                .await
                .expect("none"),
            1
        );
    });
}

#[test]
fn added_columns_have_their_default_in_the_rows_that_are_there() {
    block_on(async {
        let db = with_tables().await;
        change(&db, |m| {
            Box::pin(m.change_table("tasks", |t| {
                t.integer("likes").null(false).default_value(0);
                t.string("slug").null(false).default_value("");
                t.datetime("seen_at")
                    .null(false)
                    .default_sql("CURRENT_TIMESTAMP");
                t.references("author")
                    .foreign_key_to("projects")
                    .null(false)
                    .default_value(1);
                t.string("code").unique();
            }))
        })
        .await
        .expect("migrated");
        let rows = number(
            &db,
            "SELECT count(*) FROM tasks WHERE likes = 0 AND slug = '' AND seen_at LIKE '20%' AND author_id = 1 AND code IS NULL",
        )
        .await;
        assert_eq!(rows.expect("rows"), 2);
        let names = texts(&db, "SELECT name FROM sqlite_master WHERE type = 'index' AND name IN ('index_tasks_on_author_id', 'index_tasks_on_code')").await;
        assert_eq!(names.expect("indexes").len(), 2);
        assert!(
            db.execute_sql("UPDATE tasks SET code = 'x'", [])
                .await
                .is_err(),
            "UNIQUE"
        );
        assert!(
            db.execute_sql("UPDATE tasks SET author_id = 8", [])
                .await
                .is_err(),
            "FOREIGN KEY"
        );
        assert_eq!(
            failure(&db, |m| Box::pin(
                m.add_column("tasks", |t| t.string("title").null(false))
            ))
            .await,
            "`tasks` has rows, which would have no value for `title`: give it a `default_value`, or add it without `null(false)`, fill it, and call `change_column_null`"
        );
        db.execute_sql("DELETE FROM tasks", [])
            .await
            .expect("empty");
        change(&db, |m| {
            Box::pin(m.add_column("tasks", |t| t.string("title").null(false)))
        })
        .await
        .expect("an empty table");
        assert!(
            db.execute_sql("INSERT INTO tasks (project_id) VALUES (1)", [])
                .await
                .is_err(),
            "NOT NULL"
        );
        let again = failure(&db, |m| {
            Box::pin(m.add_column("tasks", |t| t.string("title")))
        })
        .await;
        assert_eq!(again, "`tasks` already has a column `title`");
    });
}

#[test]
fn a_column_is_removed_with_its_indexes_and_foreign_keys() {
    block_on(async {
        for column in ["project_id", "parent_id"] {
            let db = with_tables().await;
            let up: Change = match column {
                "project_id" => |m| Box::pin(m.remove_reference("tasks", "project")),
                _ => |m| Box::pin(m.remove_reference("tasks", "parent")),
            };
            change(&db, up).await.expect("migrated");
            let columns = texts(&db, "SELECT name FROM pragma_table_info('tasks')")
                .await
                .expect("columns");
            assert!(!columns.contains(&column.to_owned()), "{columns:?}");
            let indexes = texts(
                &db,
                "SELECT name FROM sqlite_master WHERE tbl_name = 'tasks' AND type = 'index'",
            )
            .await
            .expect("indexes");
            assert_eq!(
                indexes.contains(&"index_tasks_on_project_id_and_name".to_owned()),
                column == "parent_id"
            );
            assert!(indexes.contains(&"open_tasks".to_owned()), "{indexes:?}");
            let keys = number(&db, "SELECT count(*) FROM pragma_foreign_key_list('tasks')").await;
            assert_eq!(keys.expect("the other one"), 1);
            db.execute_sql("DELETE FROM tasks WHERE id = 5", [])
                .await
                .expect("a sound table");
        }
    });
}

#[test]
fn a_column_that_something_needs_is_not_removed() {
    block_on(async {
        let db = with_tables().await;
        let before = structure(&db).await.expect("a dump");
        let needed = failure(&db, |m| Box::pin(m.remove_column("tasks", "name"))).await;
        assert!(needed.contains("error in"), "{needed}");
        assert_eq!(structure(&db).await.expect("a dump"), before);
    });
}

#[test]
fn names_of_indexes_follow_names_of_tables_and_columns() {
    block_on(async {
        let db = with_tables().await;
        change(&db, |m| {
            Box::pin(async move {
                m.rename_column("tasks", "project_id", "list_id").await?;
                m.rename_table("tasks", "duties").await
            })
        })
        .await
        .expect("migrated");
        let names = texts(
            &db,
            "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name",
        )
        .await;
        assert_eq!(
            names.expect("indexes"),
            [
                "index_duties_on_list_id_and_name",
                "index_duties_on_state",
                "open_tasks",
                "sqlite_autoindex_schema_migrations_1"
            ]
        );
        // Whoever refers to the table still does.
        assert!(
            db.execute_sql("INSERT INTO comments (task_id) VALUES (77)", [])
                .await
                .is_err()
        );
        db.execute_sql("INSERT INTO comments (task_id) VALUES (5)", [])
            .await
            .expect("a comment");
        assert_eq!(
            number(&db, "SELECT count(*) FROM open")
                .await
                .expect("a view"),
            2
        );
    });
}

#[test]
fn foreign_keys_are_added_and_removed() {
    block_on(async {
        let db = with_tables().await;
        change(&db, |m| {
            Box::pin(async move {
                m.remove_foreign_key("tasks", "project_id").await?;
                m.add_column("tasks", |t| t.bigint("owner_id")).await?;
                m.add_foreign_key("tasks", "owner_id")
                    .to("projects")
                    .on_delete(OnDelete::Cascade)
                    .await
            })
        })
        .await
        .expect("migrated");
        db.execute_sql("UPDATE tasks SET project_id = 77", [])
            .await
            .expect("no foreign key");
        assert!(
            db.execute_sql("UPDATE tasks SET owner_id = 77", [])
                .await
                .is_err()
        );
        db.execute_sql("UPDATE tasks SET owner_id = 1 WHERE id = 9", [])
            .await
            .expect("a project");
        db.execute_sql("DELETE FROM projects", [])
            .await
            .expect("cascades");
        assert_eq!(
            number(&db, "SELECT count(*) FROM tasks")
                .await
                .expect("one is left"),
            1
        );
        assert_eq!(
            failure(&db, |m| Box::pin(m.remove_foreign_key("tasks", "state"))).await,
            "`tasks.state` has no foreign key of its own"
        );
        let missing = failure(&db, |m| {
            m.add_foreign_key("tasks", "owner_id").into_future()
        })
        .await;
        assert_eq!(missing, "there is no table `owners`");
        db.execute_sql("UPDATE tasks SET state = 5", [])
            .await
            .expect("a row");
        let orphan = failure(&db, |m| {
            m.add_foreign_key("tasks", "project_id").into_future()
        })
        .await;
        assert_eq!(
            orphan,
            "1 row of `tasks` would refer to rows of `projects` that do not exist"
        );
    });
}

#[test]
fn a_rebuilt_table_reads_like_one_that_was_made_so() {
    block_on(async {
        let db = memory().await;
        change(&db, |m| {
            Box::pin(async move {
                m.create_table("tasks", |t| {
                    t.string("name").null(false).default_value("");
                    t.string("state").index();
                })
                .await?;
                m.change_column_null("tasks", "name", true).await?;
                m.change_column_null("tasks", "state", false).await
            })
        })
        .await
        .expect("migrated");
        let dump = structure(&db).await.expect("a dump");
        let expected = r#"CREATE TABLE "tasks" (
  "id" INTEGER PRIMARY KEY NOT NULL,
  "name" VARCHAR(255) DEFAULT '',
  "state" VARCHAR(255) NOT NULL
);

CREATE INDEX "index_tasks_on_state" ON "tasks" ("state");
"#;
        assert!(dump.ends_with(expected), "{dump}");
    });
}
