//! Many at once: groups, and several programs on one file.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::support::{Folder, block_on, kind_of, memory, number, poll_once, texts};
use crate::Result;
use crate::database::{DatabaseErrorKind, Db, Reads};
use crate::value::{Value, ValueKind};

async fn add(db: &Db, value: i64) -> Result<usize> {
    let insert = "INSERT INTO t VALUES (?)";
    db.execute_sql(insert, [Value::BigInt(value)]).await
}

type Pending<'a> = Pin<Box<dyn Future<Output = Result<usize>> + 'a>>;

/// Queues everything behind an open transaction, so that it runs as one group; answers the results.
async fn together(db: &Db, mut statements: Vec<Pending<'_>>) -> Vec<Result<usize>> {
    db.transaction(async |tx| {
        for statement in &mut statements {
            assert!(poll_once(statement).is_pending());
        }
        // Comes back when everything before it is in the writer's hands.
        number(&tx, "SELECT 1").await
    })
    .await
    .expect("committed");
    let mut results = Vec::new();
    for statement in statements {
        results.push(statement.await);
    }
    results
}

#[test]
fn a_group_is_committed_but_for_the_member_that_fails() {
    let folder = Folder::new();
    block_on(async {
        for db in [memory().await, folder.open().await] {
            db.batch("CREATE TABLE t (a UNIQUE)")
                .await
                .expect("a table");
            let results = together(
                &db,
                vec![
                    Box::pin(add(&db, 1)),
                    Box::pin(add(&db, 2)),
                    Box::pin(add(&db, 1)),
                    Box::pin(db.execute_sql("INSERT INTO t VALUES (7), (2)", [])),
                    // SQLite alone would keep the first row of this one.
                    Box::pin(db.execute_sql("INSERT OR FAIL INTO t VALUES (8), (2)", [])),
                    Box::pin(db.execute_sql("UPDATE t SET a = a + 10", [])),
                    Box::pin(db.execute_sql("nonsense", [])),
                    Box::pin(add(&db, 3)),
                ],
            )
            .await;
            let changed: Vec<_> = results
                .iter()
                .map(|result| result.as_ref().ok().copied())
                .collect();
            assert_eq!(
                changed,
                [Some(1), Some(1), None, None, None, Some(2), None, Some(1)]
            );
            assert_eq!(
                texts(&db, "SELECT a FROM t ORDER BY a")
                    .await
                    .expect("rows"),
                ["3", "11", "12"]
            );
        }
    });
}

#[test]
fn a_commit_that_fails_is_everybodys_error() {
    let folder = Folder::new();
    block_on(async {
        let db = folder.open().await;
        db.batch(
            "CREATE TABLE t (a); CREATE TABLE p (id INTEGER PRIMARY KEY);
             CREATE TABLE c (p_id BIGINT REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED)",
        )
        .await
        .expect("tables");
        let results = together(
            &db,
            vec![
                Box::pin(add(&db, 1)),
                Box::pin(db.execute_sql("INSERT INTO c VALUES (1)", [])),
                Box::pin(add(&db, 2)),
            ],
        )
        .await;
        for result in results {
            assert_eq!(kind_of(result), DatabaseErrorKind::ForeignKeyViolation);
        }
        add(&db, 3).await.expect("the connection is clean");
        assert_eq!(texts(&db, "SELECT a FROM t").await.expect("rows"), ["3"]);
    });
}

#[test]
fn a_member_that_ends_the_transaction_hurts_those_before_it_only() {
    block_on(async {
        let db = memory().await;
        db.batch(
            "CREATE TABLE t (a);
             CREATE TRIGGER no_13 BEFORE INSERT ON t WHEN new.a = 13 BEGIN SELECT RAISE(ROLLBACK, 'unlucky'); END",
        )
        .await
        .expect("a trigger");
        let results = together(
            &db,
            (12..15)
                .map(|value| Box::pin(add(&db, value)) as _)
                .collect(),
        )
        .await;
        let texts_of: Vec<_> = results
            .iter()
            .map(|result| match result {
                Ok(rows) => rows.to_string(),
                Err(error) => error.to_string(),
            })
            .collect();
        assert!(
            texts_of[0].starts_with("not saved: another statement"),
            "{texts_of:?}"
        );
        assert!(texts_of[1].starts_with("unlucky"), "{texts_of:?}");
        assert_eq!(texts_of[2], "1");
        assert_eq!(texts(&db, "SELECT a FROM t").await.expect("rows"), ["14"]);
    });
}

#[test]
fn what_may_not_share_a_transaction_runs_alone() {
    let folder = Folder::new();
    block_on(async {
        let db = folder.open().await;
        db.batch("CREATE TABLE t (a UNIQUE)")
            .await
            .expect("a table");
        add(&db, 1).await.expect("a row");
        let results = together(
            &db,
            vec![
                Box::pin(add(&db, 2)),
                Box::pin(db.execute_sql("VACUUM", [])),
                Box::pin(add(&db, 3)),
                Box::pin(db.execute_sql("INSERT OR ROLLBACK INTO t VALUES (1)", [])),
                Box::pin(db.execute_sql("PRAGMA user_version = 5", [])),
                Box::pin(db.execute_sql("CREATE TABLE u (a)", [])),
            ],
        )
        .await;
        let is_ok: Vec<_> = results.iter().map(Result::is_ok).collect();
        assert_eq!(is_ok, [true, true, true, false, true, true]);
        assert_eq!(
            number(&db, "PRAGMA user_version").await.expect("a number"),
            5
        );
        assert_eq!(
            number(&db, "SELECT count(*) FROM t")
                .await
                .expect("a number"),
            3
        );
    });
}

#[test]
fn a_thousand_statements_wait_in_line() {
    let folder = Folder::new();
    block_on(async {
        let db = folder.open().await;
        db.batch("CREATE TABLE t (a UNIQUE)")
            .await
            .expect("a table");
        let statements = (0..1000).map(|value| Box::pin(add(&db, value % 900)) as _);
        let results = together(&db, statements.collect()).await;
        assert_eq!(results.iter().filter(|result| result.is_err()).count(), 100);
        assert_eq!(
            number(&db, "SELECT count(*) FROM t").await.expect("rows"),
            900
        );
    });
}

/// Runs `work` on several threads, each with a handle.
fn on_threads(handles: Vec<Db>, work: impl Fn(&Db, usize) + Send + Sync + 'static) {
    let work = Arc::new(work);
    let threads = handles.into_iter().enumerate().map(|(number, db)| {
        let work = work.clone();
        std::thread::spawn(move || work(&db, number))
    });
    let threads: Vec<_> = threads.collect();
    for thread in threads {
        thread.join().expect("no panic");
    }
}

#[test]
fn thirty_two_writers_of_one_program_are_never_locked_out() {
    let folder = Folder::new();
    let db = block_on(async {
        let options = folder.options().reads(Reads::Inline);
        let db = Db::open(options).await.expect("open");
        db.batch("CREATE TABLE t (a); CREATE TABLE counter (n); INSERT INTO counter VALUES (0)")
            .await
            .expect("tables");
        db
    });
    on_threads(vec![db.clone(); 32], |db, thread| {
        block_on(async {
            for round in 0..20 {
                let value = i64::try_from(thread * 100 + round).expect("small");
                add(db, value).await.expect("no lock");
                let counted = db.transaction(async |tx| {
                    let n = number(&tx, "SELECT n FROM counter").await?;
                    let next = [Value::BigInt(n + 1)];
                    tx.execute_sql("UPDATE counter SET n = ?", next).await
                });
                counted.await.expect("no lock");
                number(db, "SELECT count(*) FROM t").await.expect("no lock");
            }
        });
    });
    block_on(async {
        assert_eq!(
            number(&db, "SELECT count(DISTINCT a) FROM t")
                .await
                .expect("rows"),
            640
        );
        assert_eq!(
            number(&db, "SELECT n FROM counter")
                .await
                .expect("a number"),
            640
        );
    });
}

#[test]
fn several_programs_take_turns() {
    let folder = Folder::new();
    // What a second process is to SQLite, a second `Db` is too: another connection with locks of its own.
    let programs: Vec<Db> = (0..4).map(|_| block_on(folder.open())).collect();
    block_on(
        programs[0]
            .batch("CREATE TABLE t (a); CREATE TABLE counter (n); INSERT INTO counter VALUES (0)"),
    )
    .expect("tables");
    let handles = programs.iter().cycle().take(12).cloned().collect();
    on_threads(handles, |db, thread| {
        block_on(async {
            for round in 0..25 {
                let value = i64::try_from(thread * 100 + round).expect("small");
                add(db, value).await.expect("no lock");
                let counted = db.transaction(async |tx| {
                    let n = number(&tx, "SELECT n FROM counter").await?;
                    let next = [Value::BigInt(n + 1)];
                    tx.execute_sql("UPDATE counter SET n = ?", next).await
                });
                counted.await.expect("no lock");
                number(db, "SELECT count(*) FROM t").await.expect("no lock");
            }
        });
    });
    block_on(async {
        let db = &programs[0];
        assert_eq!(
            number(db, "SELECT count(DISTINCT a) FROM t")
                .await
                .expect("rows"),
            300
        );
        assert_eq!(
            number(db, "SELECT n FROM counter").await.expect("a number"),
            300
        );
        assert_eq!(
            texts(db, "PRAGMA integrity_check").await.expect("a word"),
            ["ok"]
        );
    });
}

#[test]
fn opening_a_new_file_at_once_is_no_conflict() {
    let folder = Folder::new();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let options = folder.options();
            std::thread::spawn(move || {
                block_on(async {
                    let db = Db::open(options).await.expect("open");
                    db.batch("CREATE TABLE IF NOT EXISTS t (a)")
                        .await
                        .expect("a table");
                    add(&db, 1).await.expect("a row");
                });
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("no panic");
    }
    let count = block_on(async { number(&folder.open().await, "SELECT count(*) FROM t").await });
    assert_eq!(count.expect("rows"), 8);
}

#[test]
fn a_batch_waits_for_another_program_too() {
    let folder = Folder::new();
    let (db, other) = block_on(async { (folder.open().await, folder.open().await) });
    block_on(db.batch("CREATE TABLE t (a)")).expect("a table");
    let waiting = block_on(db.transaction(async |tx| {
        add(&tx, 1).await?;
        let thread = std::thread::spawn(move || {
            block_on(other.batch("INSERT INTO t VALUES (2); INSERT INTO t VALUES (3)"))
        });
        // Long enough for the other to have found the lock taken.
        std::thread::sleep(Duration::from_millis(30));
        Ok(thread)
    }));
    let thread = waiting.expect("committed");
    thread.join().expect("no panic").expect("its turn came");
    let rows = block_on(number(&db, "SELECT count(*) FROM t"));
    assert_eq!(rows.expect("rows"), 3);
}

#[test]
fn a_lock_that_is_never_released_is_an_error_in_time() {
    let folder = Folder::new();
    block_on(async {
        let db = folder.open().await;
        db.batch("CREATE TABLE t (a)").await.expect("a table");
        let options = folder.options().busy_timeout(Duration::from_secs(1));
        let other = Db::open(options).await.expect("open");
        db.transaction(async |tx| {
            add(&tx, 1).await?;
            assert_eq!(kind_of(add(&other, 2).await), DatabaseErrorKind::Busy);
            assert_eq!(
                kind_of(other.batch("INSERT INTO t VALUES (2)").await),
                DatabaseErrorKind::Busy
            );
            assert_eq!(
                kind_of(other.transaction(async |_| Ok(())).await),
                DatabaseErrorKind::Busy
            );
            // Two that have queued up fail together.
            let mut first = Box::pin(add(&other, 3));
            assert!(poll_once(&mut first).is_pending());
            assert_eq!(kind_of(add(&other, 4).await), DatabaseErrorKind::Busy);
            assert_eq!(kind_of(first.await), DatabaseErrorKind::Busy);
            // Readers are not in the way of a writer, nor it in theirs.
            assert_eq!(number(&other, "SELECT count(*) FROM t").await?, 0);
            Ok(())
        })
        .await
        .expect("committed");
        add(&other, 5).await.expect("free again");
    });
}

#[test]
fn rows_are_not_handed_out_twice_when_a_commit_has_to_wait() {
    let folder = Folder::new();
    block_on(async {
        let db = folder.open().await;
        // Without the write-ahead log a reader holds up the commit, when the row has been answered already.
        db.batch("PRAGMA journal_mode = DELETE; CREATE TABLE t (a)")
            .await
            .expect("a table");
        let (taken, is_taken) = std::sync::mpsc::channel();
        let reading = std::thread::spawn(move || {
            let mut connection = <diesel::SqliteConnection as diesel::Connection>::establish(
                &folder.path().join("test.sqlite3").to_string_lossy(),
            )
            .expect("open");
            use diesel::connection::SimpleConnection;
            connection
                .batch_execute("BEGIN; SELECT count(*) FROM t")
                .expect("a lock");
            taken.send(()).expect("the test waits");
            std::thread::sleep(Duration::from_millis(50));
            connection.batch_execute("COMMIT").expect("no lock");
            folder
        });
        is_taken.recv().expect("the lock is taken");
        let rows = db
            .rows_sql(
                "INSERT INTO t VALUES (1) RETURNING a",
                [],
                &[ValueKind::BigInt],
            )
            .await;
        let _folder = reading.join().expect("no panic");
        let inserted = number(&db, "SELECT count(*) FROM t").await.expect("rows");
        match rows {
            Ok(rows) => assert_eq!((rows.len(), inserted), (1, 1)),
            Err(error) => assert_eq!(
                (kind_of::<()>(Err(error)), inserted),
                (DatabaseErrorKind::Busy, 0)
            ),
        }
    });
}
