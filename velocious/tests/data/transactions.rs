//! Transactions, connections that are kept, and what runs after them.

use std::cell::{Cell, RefCell};
use std::sync::{Arc, Mutex};

use velocious::database::{
    DatabaseError, DatabaseErrorKind, Dialect, Isolation, TransactionOptions,
};
use velocious::prelude::*;
use velocious::value::{Value, ValueKind};

use crate::databases::{in_turns, seed, sleep, with_db, with_options};
use crate::models::Account;

fn kind(error: &Error) -> DatabaseErrorKind {
    error
        .downcast_ref::<DatabaseError>()
        .unwrap_or_else(|| panic!("no error of the database: {error:?}"))
        .kind()
}

async fn add(db: &Db, name: &str) -> Result<usize> {
    let name = Value::Text(name.to_owned());
    db.execute_sql("INSERT INTO accounts (name) VALUES (?)", [name])
        .await
}

async fn names(db: &Db) -> Result<Vec<String>> {
    Account::order(|a| a.name())
        .pluck(|a| a.name())
        .load(db)
        .await
}

#[test]
fn a_statement_that_fails_leaves_the_transaction_usable() {
    with_db(async |db| {
        add(&db, "Acme").await?;
        db.transaction(async |tx| {
            add(&tx, "First").await?;
            for _ in 0..3 {
                let error = add(&tx, "Acme").await.expect_err("taken");
                let error = error
                    .downcast_ref::<DatabaseError>()
                    .expect("of the database");
                assert_eq!(error.kind(), DatabaseErrorKind::UniqueViolation);
                assert_eq!(error.columns(), ["name"]);
                assert_eq!(error.table(), Some("accounts"));
                assert!(!error.to_string().contains("Acme"), "{error}");
            }
            add(&tx, "Second").await?;
            let nested = tx
                .transaction(async |inner| {
                    add(&inner, "Third").await?;
                    add(&inner, "Acme").await
                })
                .await;
            assert_eq!(
                kind(&nested.expect_err("taken")),
                DatabaseErrorKind::UniqueViolation
            );
            add(&tx, "Fourth").await?;
            Ok(())
        })
        .await?;
        assert_eq!(names(&db).await?, ["Acme", "First", "Fourth", "Second"]);
        Ok(())
    });
}

#[test]
fn a_transaction_that_cannot_be_committed_says_so() {
    with_db(async |db| {
        if db.dialect() != Dialect::Postgres {
            return Ok(());
        }
        let outcome = db
            .transaction(async |tx| {
                add(&tx, "Lost").await?;
                let wrong = tx.rows_sql("SELECT 1 / 0", [], &[ValueKind::Integer]).await;
                assert!(wrong.is_err());
                let after = add(&tx, "After").await.expect_err("nothing more is taken");
                assert!(
                    after
                        .to_string()
                        .starts_with("the transaction is rolled back already")
                );
                Ok(())
            })
            .await;
        let error = outcome.expect_err("PostgreSQL would say yes and roll back");
        assert!(
            error
                .to_string()
                .starts_with("the transaction is rolled back already")
        );
        let saved = db
            .transaction(async |tx| {
                add(&tx, "Kept").await?;
                let inner = tx
                    .transaction(async |inner| {
                        inner
                            .rows_sql("SELECT 1 / 0", [], &[ValueKind::Integer])
                            .await
                    })
                    .await;
                assert!(inner.is_err());
                add(&tx, "Too").await
            })
            .await;
        saved.expect("the outer one goes on");
        assert_eq!(names(&db).await?, ["Kept", "Too"]);
        Ok(())
    });
}

#[test]
fn mysql_does_not_commit_halfway() {
    with_db(async |db| {
        if db.dialect() != Dialect::Mysql {
            return Ok(());
        }
        let outcome = db
            .transaction(async |tx| {
                add(&tx, "Acme").await?;
                tx.batch("SELECT 1; CREATE TABLE t (a INT)").await
            })
            .await;
        let error = outcome.expect_err("refused").to_string();
        assert!(
            error.contains("run this statement outside of `transaction`"),
            "{error}"
        );
        assert_eq!(names(&db).await?.len(), 0);
        Ok(())
    });
}

#[test]
fn a_transaction_dropped_halfway_leaves_nothing() {
    with_db(async |db| {
        let begun = Cell::new(false);
        {
            let transaction = db.transaction(async |tx| {
                add(&tx, "Lost").await?;
                begun.set(true);
                std::future::pending::<Result<()>>().await
            });
            in_turns(transaction, async {
                while !begun.get() {
                    crate::databases::pause().await;
                }
            })
            .await;
        }
        assert_eq!(names(&db).await?.len(), 0);
        add(&db, "Kept").await?;
        assert_eq!(names(&db).await?, ["Kept"]);
        Ok(())
    });
}

#[test]
fn a_nested_transaction_dropped_halfway_is_undone_alone() {
    with_db(async |db| {
        db.transaction(async |tx| {
            add(&tx, "First").await?;
            let begun = Cell::new(false);
            in_turns(
                tx.transaction(async |inner| {
                    add(&inner, "Lost").await?;
                    begun.set(true);
                    std::future::pending::<Result<()>>().await
                }),
                async {
                    while !begun.get() {
                        crate::databases::pause().await;
                    }
                },
            )
            .await;
            add(&tx, "Second").await?;
            Ok(())
        })
        .await?;
        assert_eq!(names(&db).await?, ["First", "Second"]);
        Ok(())
    });
}

#[test]
fn a_handle_is_useless_after_its_transaction() {
    with_db(async |db| {
        let kept = RefCell::new(None);
        db.transaction(async |tx| {
            *kept.borrow_mut() = Some(tx);
            Ok(())
        })
        .await?;
        let handle = kept.take().expect("a handle");
        assert!(
            add(&handle, "x")
                .await
                .expect_err("over")
                .is_transaction_over()
        );
        let nested = handle.transaction(async |_| Ok(())).await;
        assert!(nested.expect_err("over").is_transaction_over());
        Ok(())
    });
}

#[test]
fn hooks_run_after_the_outermost_commit_in_order() {
    with_db(async |db| {
        let log = Arc::new(Mutex::new(Vec::new()));
        let note = |text: &'static str| {
            let log = log.clone();
            move |db: Db| async move {
                assert!(!db.is_in_transaction());
                let count = Account::count(&db).await?;
                log.lock()
                    .expect("no panic")
                    .push(format!("{text} {count}"));
                Ok(())
            }
        };
        db.transaction(async |tx| {
            tx.after_commit(note("outer")).await;
            tx.after_rollback(note("never"));
            tx.transaction(async |inner| {
                inner.after_commit(note("inner")).await;
                add(&inner, "Acme").await
            })
            .await?;
            let failed = tx
                .transaction(async |inner| {
                    inner.after_commit(note("never")).await;
                    Err::<(), _>(Error::message("no"))
                })
                .await;
            assert!(failed.is_err());
            assert_eq!(log.lock().expect("no panic").len(), 0);
            Ok(())
        })
        .await?;
        let failed = db
            .transaction(async |tx| {
                tx.after_commit(note("never")).await;
                tx.after_rollback(note("undone"));
                add(&tx, "Lost").await?;
                Err::<(), _>(Error::message("no"))
            })
            .await;
        assert!(failed.is_err());
        db.after_commit(note("at once")).await;
        db.after_commit(|_| async { Err(Error::message("logged")) })
            .await;
        let log = log.lock().expect("no panic").clone();
        assert_eq!(log, ["outer 1", "inner 1", "undone 1", "at once 1"]);
        Ok(())
    });
}

#[test]
fn isolation_and_reading_only_are_what_was_asked_for() {
    with_db(async |db| {
        seed(&db).await?;
        let options = TransactionOptions::new().isolation(Isolation::RepeatableRead);
        db.transaction_with(options, async |tx| {
            let sql = match tx.dialect() {
                Dialect::Postgres => "SHOW transaction_isolation",
                _ => "SELECT 'repeatable read'",
            };
            let rows = tx.rows_sql(sql, [], &[ValueKind::Text]).await?;
            assert_eq!(rows, [[Value::Text("repeatable read".into())]]);
            Ok(())
        })
        .await?;
        let options = TransactionOptions::new().read_only(true);
        db.transaction_with(options, async |tx| {
            assert_eq!(Account::count(&tx).await?, 2);
            let error = add(&tx, "x").await.expect_err("refused");
            assert_eq!(kind(&error), DatabaseErrorKind::ReadOnly, "{error}");
            Ok(())
        })
        .await?;
        add(&db, "x").await?;
        Ok(())
    });
}

#[test]
fn a_database_for_reading_refuses_writes() {
    with_options(
        |options| match options.dialect() {
            // A database in memory would have no tables.
            Dialect::Sqlite => options,
            _ => options.read_only(true),
        },
        async |db| {
            let error = match db.dialect() {
                Dialect::Sqlite => return Ok(()),
                _ => add(&db, "x").await.expect_err("refused"),
            };
            assert_eq!(kind(&error), DatabaseErrorKind::ReadOnly, "{error}");
            assert_eq!(Account::count(&db).await?, 0);
            Ok(())
        },
    );
}

#[test]
fn what_may_pass_is_run_again_as_a_whole() {
    with_db(async |db| {
        // What a server says of a transaction that could not be given its isolation.
        let conflict = match db.dialect() {
            Dialect::Postgres => "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$",
            Dialect::Mysql => {
                "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found'"
            }
            // There only ever is one.
            _ => return Ok(()),
        };
        let runs = Cell::new(0);
        let retried = TransactionOptions::new().retries(5);
        db.transaction_with(retried, async |tx| {
            runs.set(runs.get() + 1);
            add(&tx, "Acme").await?;
            match runs.get() {
                1 | 2 => tx.batch(conflict).await,
                _ => Ok(()),
            }
        })
        .await?;
        assert_eq!((runs.get(), names(&db).await?.len()), (3, 1));
        runs.set(0);
        let outcome = db
            .transaction_with(retried, async |tx| {
                runs.set(runs.get() + 1);
                tx.batch(conflict).await
            })
            .await;
        let error = outcome.expect_err("for good");
        assert!(
            error
                .downcast_ref::<DatabaseError>()
                .is_some_and(DatabaseError::is_retryable)
        );
        assert_eq!(error.status(), 503);
        assert_eq!(runs.get(), 6);
        runs.set(0);
        let nested = db
            .transaction(async |tx| {
                tx.transaction_with(retried, async |inner| {
                    runs.set(runs.get() + 1);
                    inner.batch(conflict).await
                })
                .await
            })
            .await;
        assert!(nested.is_err());
        assert_eq!(runs.get(), 1, "the whole stands in the way");
        Ok(())
    });
}

#[test]
fn two_that_wait_for_each_other_both_get_through() {
    with_db(async |db| {
        if db.dialect() == Dialect::Sqlite {
            // There only ever is one.
            return Ok(());
        }
        seed(&db).await?;
        let options = TransactionOptions::new().retries(8);
        let raise = async |first: i64, second: i64| {
            db.transaction_with(options, async |tx| {
                for id in [first, second] {
                    let sql = "UPDATE tasks SET priority = priority + 1 WHERE id = ?";
                    tx.execute_sql(sql, [Value::BigInt(id)]).await?;
                    sleep(std::time::Duration::from_millis(30)).await;
                }
                Ok(())
            })
            .await
        };
        for _ in 0..3 {
            let (one, other) = crate::databases::both(raise(1, 2), raise(2, 1)).await;
            one?;
            other?;
        }
        let sql = "SELECT priority FROM tasks WHERE id < 3 ORDER BY id";
        let rows = db.rows_sql(sql, [], &[ValueKind::Integer]).await?;
        assert_eq!(rows, [[Value::Integer(9)], [Value::Integer(7)]]);
        Ok(())
    });
}

#[test]
fn a_kept_connection_is_the_same_all_the_time_and_the_current_one() {
    with_db(async |db| {
        assert!(Db::current().is_err());
        db.with_connection(async |kept| {
            let id = match db.dialect() {
                Dialect::Sqlite => "SELECT 1",
                Dialect::Postgres => "SELECT CAST(pg_backend_pid() AS BIGINT)",
                _ => "SELECT CONNECTION_ID()",
            };
            let kinds = [ValueKind::BigInt];
            let first = kept.rows_sql(id, [], &kinds).await?;
            let current = Db::current()?;
            let others = crate::databases::both(
                db.rows_sql(id, [], &kinds),
                current.rows_sql(id, [], &kinds),
            );
            let (of_pool, of_current) = others.await;
            assert_eq!(of_current?, first);
            assert_eq!(of_pool? == first, db.dialect() == Dialect::Sqlite);
            assert!(!kept.is_in_transaction());
            kept.transaction(async |tx| {
                assert!(Db::current()?.is_in_transaction());
                assert_eq!(tx.rows_sql(id, [], &kinds).await?, first);
                add(&tx, "Acme").await
            })
            .await?;
            let failed = kept
                .transaction(async |tx| {
                    add(&tx, "Lost").await?;
                    Err::<(), _>(Error::message("no"))
                })
                .await;
            assert!(failed.is_err());
            assert_eq!(names(&Db::current()?).await?, ["Acme"]);
            kept.with_connection(async |again| {
                assert_eq!(again.rows_sql(id, [], &kinds).await?, first);
                Ok(())
            })
            .await
        })
        .await?;
        assert!(Db::current().is_err());
        Ok(())
    });
}

#[test]
fn waiting_for_oneself_is_an_error_at_once() {
    const LONG: std::time::Duration = std::time::Duration::from_secs(120);
    with_options(
        |options| options.max_connections(1).checkout_timeout(LONG),
        async |db| {
            if db.dialect() == Dialect::Sqlite {
                return Ok(());
            }
            let start = std::time::Instant::now();
            db.transaction(async |tx| {
                let error = add(&db, "x").await.expect_err("no connection is left");
                assert_eq!(kind(&error), DatabaseErrorKind::PoolExhausted);
                assert_eq!(error.status(), 503);
                assert!(error.to_string().contains("use the handle"), "{error}");
                assert!(db.transaction(async |_| Ok(())).await.is_err());
                assert!(db.with_connection(async |_| Ok(())).await.is_err());
                add(&tx, "Acme").await
            })
            .await?;
            assert!(start.elapsed() < LONG, "it was waited for");
            assert_eq!(names(&db).await?, ["Acme"]);
            Ok(())
        },
    );
}
