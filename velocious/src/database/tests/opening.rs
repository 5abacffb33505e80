//! Opening and closing.

use super::support::{Folder, block_on, kind_of, memory, number};
use crate::database::{DatabaseErrorKind, DatabaseOptions, Db, Reads};

fn message(options: DatabaseOptions) -> String {
    let error = block_on(Db::open(options)).expect_err("it cannot be opened");
    assert_eq!(error.status(), 503);
    error.to_string()
}

#[test]
fn a_file_is_set_up_for_several_processes() {
    let folder = Folder::new();
    block_on(async {
        let db = folder.open().await;
        let mode = super::support::texts(&db, "PRAGMA journal_mode").await;
        assert_eq!(mode.expect("a mode"), ["wal"]);
        assert_eq!(number(&db, "PRAGMA foreign_keys").await.expect("on"), 1);
    });
}

#[test]
fn what_cannot_be_opened_says_why_and_what_to_do() {
    let folder = Folder::new();
    let path = folder.path().display();
    assert_eq!(
        message(DatabaseOptions::sqlite(folder.path().join("db/x.sqlite3"))),
        format!(
            "cannot open the database `{path}/db/x.sqlite3`: the folder `{path}/db` does not exist; make it, or correct the path"
        )
    );
    assert_eq!(
        message(folder.options().create(false)),
        format!(
            "cannot open the database `{path}/test.sqlite3`: there is no such file; run `velocious db:create`, or correct the path"
        )
    );
    assert!(!folder.path().join("test.sqlite3").exists());
    assert!(
        message(DatabaseOptions::sqlite(folder.path()))
            .ends_with("it is a folder; name a file in it")
    );
    std::fs::write(
        folder.path().join("test.sqlite3"),
        "no database".repeat(100),
    )
    .expect("a file");
    assert!(
        message(folder.options()).ends_with("the file is no SQLite database; name another one")
    );
}

#[test]
fn odd_characters_in_a_path_are_part_of_it() {
    let folder = Folder::new();
    let path = folder.path().join("a b?mode=ro#100%25ü.sqlite3");
    block_on(async {
        let db = Db::open(DatabaseOptions::sqlite(&path))
            .await
            .expect("open");
        db.batch("CREATE TABLE t (a)").await.expect("writable");
    });
    assert!(path.exists());
}

#[test]
fn a_database_opened_for_reading_refuses_writes() {
    let folder = Folder::new();
    block_on(async {
        let db = folder.open().await;
        db.batch("CREATE TABLE t (a); INSERT INTO t VALUES (7)")
            .await
            .expect("a table");
        for reads in [Reads::Inline, Reads::Threads] {
            let options = folder.options().read_only(true).reads(reads);
            let reader = Db::open(options).await.expect("open");
            assert_eq!(number(&reader, "SELECT a FROM t").await.expect("a row"), 7);
            let written = reader.execute_sql("DELETE FROM t", []).await;
            assert_eq!(kind_of(written), DatabaseErrorKind::ReadOnly);
        }
        assert_eq!(
            number(&db, "SELECT count(*) FROM t").await.expect("a row"),
            1
        );
    });
}

#[test]
fn closing_finishes_what_is_queued_and_is_final() {
    let folder = Folder::new();
    block_on(async {
        for reads in [Reads::Inline, Reads::Threads] {
            let db = Db::open(folder.options().reads(reads)).await.expect("open");
            db.batch("CREATE TABLE IF NOT EXISTS t (a)")
                .await
                .expect("a table");
            let insert = async {
                super::support::yield_once().await;
                db.execute_sql("INSERT INTO t VALUES (1)", []).await
            };
            insert.await.expect("a row");
            let clone = db.clone();
            db.close().await;
            db.close().await;
            for handle in [&db, &clone] {
                let read = number(handle, "SELECT count(*) FROM t").await;
                assert_eq!(kind_of(read), DatabaseErrorKind::ConnectionLost);
                let written = handle.execute_sql("DELETE FROM t", []).await;
                assert_eq!(kind_of(written), DatabaseErrorKind::ConnectionLost);
                let begun = handle.transaction(async |_| Ok(())).await;
                assert_eq!(kind_of(begun), DatabaseErrorKind::ConnectionLost);
            }
        }
        // The last connection to close a database in WAL mode cleans up behind it.
        assert!(!folder.path().join("test.sqlite3-wal").exists());
        let db = folder.open().await;
        assert_eq!(
            number(&db, "SELECT count(*) FROM t").await.expect("rows"),
            2
        );
    });
}

#[test]
fn closing_within_a_transaction_rolls_it_back_after_a_while() {
    let options = DatabaseOptions::sqlite(":memory:");
    block_on(async {
        let short = options.busy_timeout(std::time::Duration::from_secs(1));
        let db = Db::open(short).await.expect("open");
        let ended = db
            .transaction(async |tx| {
                db.close().await;
                tx.execute_sql("CREATE TABLE t (a)", []).await
            })
            .await;
        assert_eq!(kind_of(ended), DatabaseErrorKind::ConnectionLost);
    });
}

#[test]
fn databases_in_memory_are_apart() {
    block_on(async {
        let (one, other) = (memory().await, memory().await);
        one.batch("CREATE TABLE t (a)").await.expect("a table");
        assert_eq!(
            number(&one, "SELECT count(*) FROM t")
                .await
                .expect("no row"),
            0
        );
        assert!(number(&other, "SELECT count(*) FROM t").await.is_err());
    });
}
