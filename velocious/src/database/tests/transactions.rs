//! Transactions and those within them.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::time::Duration;

use super::support::{Folder, block_on, kind_of, memory, number, poll_once, texts, yield_once};
use crate::database::{DatabaseErrorKind, DatabaseOptions, Db};
use crate::{Error, Result};

const ROWS: &str = "SELECT a FROM t ORDER BY a";

async fn with_table(db: Db) -> Db {
    db.batch("CREATE TABLE t (a UNIQUE)")
        .await
        .expect("a table");
    db
}

async fn add(db: &Db, value: i64) -> Result<usize> {
    let value = crate::value::Value::BigInt(value);
    db.execute_sql("INSERT INTO t VALUES (?)", [value]).await
}

#[cfg_attr(target_family = "wasm", ignore = "needs files")]
#[test]
fn a_transaction_is_all_or_nothing() {
    let folder = Folder::new();
    block_on(async {
        let db = with_table(folder.open().await).await;
        let sum = db.transaction(async |tx| {
            add(&tx, 1).await?;
            assert!(tx.is_in_transaction() && !db.is_in_transaction());
            // Seen inside, not outside.
            assert_eq!(texts(&tx, ROWS).await?, ["1"]);
            assert_eq!(texts(&db, ROWS).await?.len(), 0);
            number(&tx, "SELECT sum(a) FROM t").await
        });
        assert_eq!(sum.await.expect("committed"), 1);
        let failed = db.transaction(async |tx| {
            add(&tx, 2).await?;
            Err::<(), _>(Error::message("changed my mind"))
        });
        assert_eq!(
            failed.await.expect_err("rolled back").to_string(),
            "changed my mind"
        );
        assert_eq!(texts(&db, ROWS).await.expect("rows"), ["1"]);
    });
}

#[test]
fn a_nested_transaction_fails_alone() {
    block_on(async {
        let db = with_table(memory().await).await;
        let done = db.transaction(async |tx| {
            add(&tx, 1).await?;
            let inner = tx.transaction(async |inner| {
                add(&inner, 2).await?;
                inner
                    .transaction(async |innermost| add(&innermost, 3).await)
                    .await?;
                add(&inner, 1).await
            });
            assert_eq!(kind_of(inner.await), DatabaseErrorKind::UniqueViolation);
            tx.transaction(async |inner| add(&inner, 4).await).await?;
            add(&tx, 5).await
        });
        done.await.expect("committed");
        assert_eq!(texts(&db, ROWS).await.expect("rows"), ["1", "4", "5"]);
    });
}

#[test]
fn nested_transactions_may_not_overlap() {
    block_on(async {
        let db = with_table(memory().await).await;
        let done = db.transaction(async |tx| {
            tx.transaction(async |first| {
                add(&first, 1).await?;
                let overlapping = tx.transaction(async |second| add(&second, 2).await).await;
                let error = overlapping.expect_err("refused");
                assert!(error.to_string().contains("may not overlap"), "{error}");
                add(&tx, 3).await
            })
            .await
        });
        done.await.expect("committed");
        assert_eq!(texts(&db, ROWS).await.expect("rows"), ["1", "3"]);
    });
}

#[test]
fn a_handle_is_useless_after_its_transaction() {
    block_on(async {
        let db = with_table(memory().await).await;
        let kept = RefCell::new(Vec::new());
        let done = db.transaction(async |tx| {
            kept.borrow_mut().push(tx.clone());
            tx.transaction(async |inner| {
                kept.borrow_mut().push(inner);
                Ok(())
            })
            .await?;
            let inner = kept.borrow()[1].clone();
            assert!(
                add(&inner, 1)
                    .await
                    .expect_err("over")
                    .is_transaction_over()
            );
            Ok(())
        });
        done.await.expect("committed");
        let handles = kept.into_inner();
        assert_eq!(handles.len(), 2);
        // Neither outside of a transaction nor in the next one.
        let check = async || {
            for handle in &handles {
                assert!(
                    add(handle, 2)
                        .await
                        .expect_err("over")
                        .is_transaction_over()
                );
                let nested = handle.transaction(async |_| Ok(())).await;
                assert!(nested.expect_err("over").is_transaction_over());
            }
        };
        check().await;
        let next = db.transaction(async |_| {
            check().await;
            Ok(())
        });
        next.await.expect("committed");
        assert_eq!(texts(&db, ROWS).await.expect("rows").len(), 0);
    });
}

#[cfg_attr(target_family = "wasm", ignore = "needs files")]
#[test]
fn a_dropped_transaction_leaves_nothing_open() {
    let folder = Folder::new();
    block_on(async {
        let db = with_table(folder.open().await).await;
        {
            let mut dropped = Box::pin(db.transaction(async |tx| {
                add(&tx, 1).await?;
                std::future::pending::<Result<()>>().await
            }));
            while number(&db, "SELECT count(*) FROM t")
                .await
                .is_ok_and(|count| count == 0)
            {
                assert!(poll_once(&mut dropped).is_pending());
                if started(&folder).await {
                    break;
                }
            }
        }
        add(&db, 2).await.expect("nobody is in the way");
        assert_eq!(texts(&db, ROWS).await.expect("rows"), ["2"]);
    });
}

/// Whether somebody holds the lock to write.
async fn started(folder: &Folder) -> bool {
    let options = folder.options().busy_timeout(Duration::ZERO);
    let other = Db::open(options).await.expect("open");
    let busy = other.transaction(async |_| Ok(())).await.is_err();
    other.close().await;
    busy
}

#[test]
fn a_transaction_dropped_before_it_began_never_begins() {
    block_on(async {
        let db = with_table(memory().await).await;
        db.transaction(async |tx| {
            let mut waiting = Box::pin(db.transaction(async |other| add(&other, 1).await));
            assert!(poll_once(&mut waiting).is_pending());
            drop(waiting);
            let mut statement = Box::pin(add(&db, 2));
            assert!(poll_once(&mut statement).is_pending());
            drop(statement);
            add(&tx, 3).await
        })
        .await
        .expect("committed");
        assert_eq!(texts(&db, ROWS).await.expect("rows"), ["3"]);
    });
}

#[test]
fn a_dropped_nested_transaction_is_undone_alone() {
    block_on(async {
        let db = with_table(memory().await).await;
        let done = db.transaction(async |tx| {
            add(&tx, 1).await?;
            {
                let mut dropped = Box::pin(tx.transaction(async |inner| {
                    add(&inner, 2).await?;
                    std::future::pending::<Result<()>>().await
                }));
                while number(&tx, "SELECT count(*) FROM t").await? < 2 {
                    assert!(poll_once(&mut dropped).is_pending());
                }
            }
            add(&tx, 3).await
        });
        done.await.expect("committed");
        assert_eq!(texts(&db, ROWS).await.expect("rows"), ["1", "3"]);
    });
}

#[test]
fn a_transaction_with_an_unfinished_one_inside_is_not_committed() {
    block_on(async {
        let db = with_table(memory().await).await;
        let unfinished = RefCell::new(None);
        let done = db.transaction(async |tx| {
            let outer = tx.clone();
            let mut inner = Box::pin(async move {
                let never = outer.transaction(async |inner| {
                    add(&inner, 1).await?;
                    std::future::pending::<Result<()>>().await
                });
                never.await
            });
            while number(&tx, "SELECT count(*) FROM t").await? == 0 {
                assert!(poll_once(&mut inner).is_pending());
            }
            unfinished.replace(Some(inner));
            add(&tx, 2).await
        });
        let error = done.await.expect_err("refused");
        assert!(
            error
                .to_string()
                .starts_with("a transaction within this one has not ended"),
            "{error}"
        );
        drop(unfinished.take());
        assert_eq!(texts(&db, ROWS).await.expect("rows").len(), 0);
        add(&db, 3).await.expect("the connection is clean");
    });
}

#[cfg_attr(target_family = "wasm", ignore = "a panic ends a program there")]
#[test]
fn a_panic_rolls_back() {
    let folder = Folder::new();
    let db = block_on(async { with_table(folder.open().await).await });
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        block_on(db.transaction(async |tx| {
            add(&tx, 1).await?;
            if number(&tx, "SELECT count(*) FROM t").await? == 1 {
                panic!("on purpose");
            }
            Ok(())
        }))
    }));
    assert!(panicked.is_err());
    block_on(async {
        add(&db, 2).await.expect("nobody is in the way");
        assert_eq!(texts(&db, ROWS).await.expect("rows"), ["2"]);
    });
}

#[cfg_attr(target_family = "wasm", ignore = "needs files")]
#[test]
fn using_the_outer_handle_inside_is_an_error_and_no_hang() {
    let folder = Folder::new();
    block_on(async {
        let options = folder.options().busy_timeout(Duration::from_secs(1));
        let db = with_table(Db::open(options).await.expect("open")).await;
        let done = db.transaction(async |tx| {
            let error = add(&db, 1).await.expect_err("no hang");
            assert_eq!(error.status(), 503);
            assert!(
                error
                    .to_string()
                    .contains("use the handle that the closure is given"),
                "{error}"
            );
            let nested = db.transaction(async |_| Ok(())).await;
            assert_eq!(kind_of(nested), DatabaseErrorKind::Busy);
            add(&tx, 2).await
        });
        done.await.expect("committed");
        assert_eq!(texts(&db, ROWS).await.expect("rows"), ["2"]);
    });
}

#[test]
fn what_waits_for_a_transaction_goes_on_after_it() {
    block_on(async {
        let db = with_table(memory().await).await;
        let mut waiting = pin!(add(&db, 1));
        db.transaction(async |tx| {
            assert!(poll_once(&mut waiting).is_pending());
            yield_once().await;
            assert_eq!(number(&tx, "SELECT count(*) FROM t").await?, 0);
            Ok(())
        })
        .await
        .expect("committed");
        assert_eq!(waiting.await.expect("a row"), 1);
    });
}

#[test]
fn a_transaction_that_sqlite_ended_runs_nothing_more() {
    block_on(async {
        let db = with_table(memory().await).await;
        add(&db, 1).await.expect("a row");
        for end in ["INSERT OR ROLLBACK INTO t VALUES (1)", "COMMIT"] {
            let done = db.transaction(async |tx| {
                add(&tx, 2).await?;
                let _ = tx.batch(end).await;
                let error = add(&tx, 3).await.expect_err("the transaction is gone");
                assert!(
                    error
                        .to_string()
                        .starts_with("the transaction is rolled back already")
                );
                Ok(())
            });
            let error = done.await.expect_err("nothing to commit");
            assert!(
                error
                    .to_string()
                    .starts_with("the transaction is rolled back already"),
                "{error}"
            );
            db.batch("DELETE FROM t WHERE a = 2")
                .await
                .expect("a clean connection");
            assert_eq!(texts(&db, ROWS).await.expect("rows"), ["1"]);
        }
    });
}

#[test]
fn a_commit_that_fails_is_an_error_and_leaves_nothing() {
    block_on(async {
        let db: Db = Db::open(DatabaseOptions::sqlite(":memory:"))
            .await
            .expect("open");
        db.batch(
            "CREATE TABLE p (id INTEGER PRIMARY KEY);
             CREATE TABLE c (p_id BIGINT REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED)",
        )
        .await
        .expect("tables");
        let orphan =
            db.transaction(async |tx| tx.execute_sql("INSERT INTO c VALUES (1)", []).await);
        assert_eq!(
            kind_of(orphan.await),
            DatabaseErrorKind::ForeignKeyViolation
        );
        let done = db.transaction(async |tx| tx.execute_sql("INSERT INTO p VALUES (1)", []).await);
        done.await.expect("the connection is clean");
        assert_eq!(
            number(&db, "SELECT count(*) FROM c").await.expect("none"),
            0
        );
    });
}

#[test]
fn a_transaction_can_move_between_threads() {
    fn is_send(_: &impl Send) {}
    let db = block_on(memory());
    let mut rows = Vec::new();
    let work = db.transaction(async |tx| {
        rows = texts(&tx, "SELECT 1").await?;
        tx.transaction(async |inner| add(&inner, 1).await).await
    });
    is_send(&work);
}
