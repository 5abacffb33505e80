//! Migrators that are killed, and several at once, as processes of their own.

use std::time::Duration;

use super::super::{Migration, Migrator, structure};
use super::{Change, Step};
use crate::Db;
use crate::database::tests::support::{Folder, block_on, number, of_child, start_child};

const CREATE: Change = |m| {
    Box::pin(async move {
        m.create_table("tasks", |t| {
            t.string("name").null(false);
        })
        .await?;
        let rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) \
                    INSERT INTO tasks (name) SELECT 'task ' || i FROM n";
        m.execute(rows).await
    })
};

const ALTER: Change = |m| {
    Box::pin(async move {
        m.change_column_null("tasks", "name", true).await?;
        m.execute("UPDATE tasks SET name = name || '!'").await?;
        m.change_column_null("tasks", "name", false).await
    })
};

fn migrations() -> Vec<Box<dyn Migration>> {
    let step = |version| {
        Box::new(Step {
            version,
            name: "Step",
            up: if version == 1 { CREATE } else { ALTER },
            down: ALTER,
        }) as Box<dyn Migration>
    };
    (1..9).map(step).collect()
}

/// The schema, and what the rows are.
async fn outcome(db: &Db) -> (String, i64) {
    let length = number(db, "SELECT sum(length(name)) FROM tasks").await;
    (
        structure(db).await.expect("a dump"),
        length.expect("a number"),
    )
}

#[test]
fn child_migrates() {
    block_on(async {
        let Some(db) = of_child().await else {
            return;
        };
        let applied = Migrator::new(&db, &migrations()).migrate().await;
        println!("applied {}", applied.expect("migrated").len());
    });
}

const CHILD: &str = "migration::tests::processes::child_migrates";

#[test]
fn a_killed_migration_can_be_continued() {
    let (clean, killed) = (Folder::new(), Folder::new());
    let file = killed.path().join("test.sqlite3");
    for milliseconds in [1, 5, 10, 15, 20, 25, 30, 40] {
        let mut child = start_child(CHILD, &file);
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().expect("it was started");
        child.wait().expect("it ended");
    }
    block_on(async {
        let migrations = migrations();
        let (clean, killed) = (clean.open().await, killed.open().await);
        Migrator::new(&clean, &migrations)
            .migrate()
            .await
            .expect("migrated");
        Migrator::new(&killed, &migrations)
            .migrate()
            .await
            .expect("continued");
        assert_eq!(outcome(&killed).await, outcome(&clean).await);
    });
}

#[test]
fn processes_apply_each_migration_once() {
    let (clean, shared) = (Folder::new(), Folder::new());
    let file = shared.path().join("test.sqlite3");
    let children: Vec<_> = (0..6).map(|_| start_child(CHILD, &file)).collect();
    let mut applied = 0;
    for child in children {
        let output = child.wait_with_output().expect("it ended");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{text}");
        let number = text
            .split_once("applied ")
            .and_then(|(_, rest)| rest.lines().next());
        applied += number
            .and_then(|number| number.parse::<usize>().ok())
            .expect("a number");
    }
    assert_eq!(applied, 8);
    block_on(async {
        let (clean, shared) = (clean.open().await, shared.open().await);
        Migrator::new(&clean, &migrations())
            .migrate()
            .await
            .expect("migrated");
        assert_eq!(outcome(&shared).await, outcome(&clean).await);
    });
}
