//! Real processes on one file: each test starts this very test program again, as a child that runs one test only.

use std::io::{BufRead, BufReader};

use super::support::{Folder, block_on, number, of_child, start_child, texts};
use crate::value::Value;

#[test]
fn child_writes_for_ever() {
    block_on(async {
        let Some(db) = of_child().await else {
            return;
        };
        for id in 1.. {
            let value = [Value::BigInt(id)];
            db.execute_sql("INSERT INTO t VALUES (?)", value)
                .await
                .expect("a row");
            println!("wrote {id}");
        }
    });
}

#[test]
fn killing_a_writer_loses_nothing_that_was_acknowledged() {
    let folder = Folder::new();
    let file = folder.path().join("test.sqlite3");
    block_on(async {
        let db = folder.open().await;
        db.batch("CREATE TABLE t (id INTEGER PRIMARY KEY)")
            .await
            .expect("a table");
        db.close().await;
        let mut expected = 0;
        for round in 1..4_i64 {
            let db = folder.open().await;
            db.execute_sql("DELETE FROM t", []).await.expect("empty");
            let mut child = start_child("database::tests::processes::child_writes_for_ever", &file);
            let output = BufReader::new(child.stdout.take().expect("piped"));
            for line in output.lines() {
                let line = line.expect("text");
                if let Some(id) = line.strip_prefix("wrote ") {
                    expected = id.parse().expect("a number");
                }
                if expected == round * 50 {
                    break;
                }
            }
            child.kill().expect("it runs");
            child.wait().expect("it ended");
            let written = number(&db, "SELECT count(*) FROM t").await.expect("rows");
            assert!(written >= expected, "{written} of {expected}");
            assert_eq!(
                texts(&db, "PRAGMA integrity_check").await.expect("a word"),
                ["ok"]
            );
            // Its lock is gone with it.
            db.execute_sql("INSERT INTO t VALUES (-1)", [])
                .await
                .expect("a row");
        }
    });
}

#[test]
fn child_counts() {
    block_on(async {
        let Some(db) = of_child().await else {
            return;
        };
        for _ in 0..50 {
            let add = db.execute_sql("INSERT INTO t (id) VALUES (NULL)", []).await;
            add.expect("no lock");
            let counted = db.transaction(async |tx| {
                let n = number(&tx, "SELECT n FROM counter").await?;
                tx.execute_sql("UPDATE counter SET n = ?", [Value::BigInt(n + 1)])
                    .await
            });
            counted.await.expect("no lock");
            number(&db, "SELECT count(*) FROM t")
                .await
                .expect("no lock");
        }
    });
}

#[test]
fn processes_take_turns() {
    let folder = Folder::new();
    let file = folder.path().join("test.sqlite3");
    block_on(async {
        let db = folder.open().await;
        db.batch("CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE counter (n); INSERT INTO counter VALUES (0)")
            .await
            .expect("tables");
        let children: Vec<_> = (0..4)
            .map(|_| start_child("database::tests::processes::child_counts", &file))
            .collect();
        for child in children {
            let output = child.wait_with_output().expect("it ended");
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stdout)
            );
        }
        assert_eq!(
            number(&db, "SELECT count(*) FROM t").await.expect("rows"),
            200
        );
        assert_eq!(
            number(&db, "SELECT n FROM counter")
                .await
                .expect("a number"),
            200
        );
        assert_eq!(
            texts(&db, "PRAGMA integrity_check").await.expect("a word"),
            ["ok"]
        );
    });
}
