//! Many who want the same at once.

use velocious::prelude::*;

use crate::databases::{all, seed, with_db, with_options};
use crate::models::{Account, Task};

#[test]
fn of_many_who_want_one_name_one_gets_it_and_the_others_are_told() {
    with_options(
        |options| options.max_connections(8),
        async |db| {
            for round in 0..5 {
                let name = format!("Acme {round}");
                let saves = (0..32).map(|_| {
                    let (db, name) = (db.clone(), name.clone());
                    async move {
                        let mut account = Account {
                            name,
                            ..Account::new()
                        };
                        let saved = account.save(&db).await;
                        (account, saved)
                    }
                });
                let (won, lost): (Vec<_>, Vec<_>) = all(saves)
                    .await
                    .into_iter()
                    .partition(|(_, saved)| saved.is_ok());
                assert_eq!((won.len(), lost.len()), (1, 31));
                for (account, saved) in lost {
                    let error = saved.expect_err("it lost");
                    assert!(error.is_invalid(), "{error:?}");
                    let messages = account.errors().full_messages();
                    assert_eq!(messages, ["Name has already been taken"]);
                }
                let count = Account::filter(|a| a.name().eq(name)).count(&db).await?;
                assert_eq!(count, 1);
            }
            Ok(())
        },
    );
}

#[test]
fn a_lost_race_in_a_transaction_is_told_and_leaves_the_transaction_usable() {
    with_db(async |db| {
        seed(&db).await?;
        db.transaction(async |tx| {
            // An index that the model knows nothing of refuses what its validations have let through.
            let mut task = Task {
                name: "Fresh".into(),
                project_id: 77,
                ..Task::new()
            };
            let error = task.save(&tx).await.expect_err("no such project");
            assert!(error.is_invalid(), "{error:?}");
            assert_eq!(task.errors().full_messages(), ["Project must exist"]);
            task.project_id = 1;
            task.save(&tx).await
        })
        .await?;
        assert_eq!(Task::count(&db).await?, 6);
        Ok(())
    });
}

/// A web server has a runtime for each of its threads.
#[cfg(not(target_family = "wasm"))]
#[test]
fn runtimes_that_all_want_more_connections_than_there_are_keep_theirs() {
    use std::collections::HashSet;

    use velocious::database::{DatabaseOptions, Dialect};
    use velocious::value::ValueKind;

    use crate::databases::{each_server, with_runtime};

    each_server(async |url| {
        let options = DatabaseOptions::from_url(url)?.max_connections(4);
        let db = Db::open(options).await?;
        let id = match db.dialect() {
            Dialect::Postgres => "SELECT CAST(pg_backend_pid() AS BIGINT)",
            _ => "SELECT CONNECTION_ID()",
        };
        let ask = async |db: Db| {
            let mut connections = HashSet::new();
            for _ in 0..100 {
                let rows = db.rows_sql(id, [], &[ValueKind::BigInt]).await?;
                connections.extend(rows.into_iter().flatten());
            }
            Ok::<_, Error>(connections)
        };
        let thread = |db: Db| move || with_runtime(all((0..8).map(|_| ask(db.clone()))));
        let threads = [thread(db.clone()), thread(db)].map(std::thread::spawn);
        let mut connections = HashSet::new();
        for thread in threads {
            for of_one in thread.join().expect("no panic") {
                connections.extend(of_one?);
            }
        }
        let opened = connections.len();
        assert!(opened <= 16, "{opened} connections for 1,600 statements");
        Ok(())
    });
}
