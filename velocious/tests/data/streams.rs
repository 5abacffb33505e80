//! Records a few at a time.

use velocious::prelude::*;
use velocious::value::Value;

use crate::databases::{seed, with_db};
use crate::models::{Account, Task};

async fn many(db: &Db, count: usize) -> Result<()> {
    for from in (0..count).step_by(500) {
        let rows: Vec<String> = (from..count.min(from + 500))
            .map(|number| format!("('account {number:05}')"))
            .collect();
        let sql = format!("INSERT INTO accounts (name) VALUES {}", rows.join(", "));
        db.batch(&sql).await?;
    }
    Ok(())
}

#[test]
fn a_stream_gives_every_record_in_order() {
    with_db(async |db| {
        many(&db, 1000).await?;
        let mut stream = Account::order(|a| a.name().desc()).stream(&db);
        let mut expected = 1000;
        while let Some(account) = stream.next().await {
            expected -= 1;
            assert_eq!(account?.name, format!("account {expected:05}"));
        }
        assert_eq!(expected, 0);
        assert!(stream.next().await.is_none());
        let mut none = Account::filter(|a| a.name().eq("x")).stream(&db);
        assert!(none.next().await.is_none());
        Ok(())
    });
}

#[test]
fn a_stream_that_is_dropped_harms_nobody() {
    with_db(async |db| {
        many(&db, 2000).await?;
        for _ in 0..15 {
            let mut stream = Account::all().stream(&db);
            assert!(stream.next().await.is_some());
        }
        assert_eq!(Account::count(&db).await?, 2000);
        Ok(())
    });
}

#[test]
fn a_stream_may_preload_and_says_what_is_wrong() {
    with_db(async |db| {
        seed(&db).await?;
        let mut tasks = Task::preload(|t| t.project()).order(|t| t.id()).stream(&db);
        let mut names = Vec::new();
        while let Some(task) = tasks.next().await {
            names.push(task?.project.get()?.name.clone());
        }
        assert_eq!(names, ["Alpha", "Alpha", "Beta", "Beta", "Gamma"]);
        let mut wrong = Task::filter_sql("no_such_column = 1", []).stream(&db);
        let error = wrong
            .next()
            .await
            .expect("an answer")
            .expect_err("no such column");
        assert!(error.is_database(), "{error:?}");
        assert!(wrong.next().await.is_none());
        Ok(())
    });
}

#[test]
fn a_stream_in_a_transaction_sees_the_transaction() {
    with_db(async |db| {
        db.transaction(async |tx| {
            many(&tx, 10).await?;
            let mut seen = 0;
            let mut stream = Account::all().stream(&tx);
            while let Some(account) = stream.next().await {
                account?;
                // Others can be asked meanwhile.
                assert_eq!(Account::count(&tx).await?, 10);
                seen += 1;
            }
            assert_eq!(seen, 10);
            Ok(())
        })
        .await
    });
}

#[test]
fn batches_go_through_all_records_while_they_change() {
    with_db(async |db| {
        many(&db, 25).await?;
        let mut sizes = Vec::new();
        Account::order(|a| a.name().desc())
            .find_in_batches(&db, 10, async |accounts| {
                sizes.push(accounts.len());
                for mut account in accounts {
                    account.destroy(&db).await?;
                }
                Ok(())
            })
            .await?;
        assert_eq!(sizes, [10, 10, 5]);
        many(&db, 25).await?;
        let mut ids = Vec::new();
        let some = Account::filter_sql("name <> ?", [Value::Text("account 00003".into())]);
        some.limit(12)
            .find_each(&db, 5, async |account| {
                ids.push(account.id);
                Ok(())
            })
            .await?;
        assert_eq!(ids.len(), 12);
        assert!(ids.is_sorted());
        let stopped = Account::all()
            .find_each(&db, 5, async |_| Err(Error::message("enough")))
            .await;
        assert_eq!(stopped.expect_err("stopped").to_string(), "enough");
        Ok(())
    });
}
