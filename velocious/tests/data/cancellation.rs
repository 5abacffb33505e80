//! Requests that are cut short: by a timeout, a panic or a client that goes away.

use std::future::poll_fn;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::pin::pin;
use std::sync::mpsc;
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

use velocious::actix_web::{App, HttpResponse, HttpServer, dev, rt, web};
use velocious::database::Dialect;
use velocious::prelude::*;
use velocious::value::{Value, ValueKind};

use crate::databases::{all, seed, with_options};
use crate::models::{Account, Task};

/// Does half a transaction, then what its path says.
async fn act(what: web::Path<String>, db: web::Data<Db>) -> HttpResponse {
    let half = db.transaction(async |tx| {
        let raise = "UPDATE tasks SET priority = 100 WHERE id = ?";
        tx.execute_sql(raise, [Value::BigInt(1)]).await?;
        match what.as_str() {
            "panic" => panic!("on purpose"),
            "statement" => tx.batch(&slow(tx.dialect())).await?,
            _ => rt::time::sleep(Duration::from_secs(60)).await,
        }
        Ok(())
    });
    let _ = rt::time::timeout(limit(&what), half).await;
    HttpResponse::Ok().finish()
}

fn limit(what: &str) -> Duration {
    match what {
        "disconnect" => Duration::from_secs(60),
        _ => Duration::from_millis(100),
    }
}

/// A statement that would run for a while.
fn slow(dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => "SELECT pg_sleep(120)".into(),
        Dialect::Mysql => "SELECT SLEEP(120)".into(),
        // Nobody can stop it on SQLite, so not for long.
        _ => "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT count(*) FROM n"
            .into(),
    }
}

/// Changes two rows in a transaction with a savepoint, unless that takes more than so many polls: then it is dropped
/// where it waits.
async fn drop_after(polls: web::Path<usize>, db: web::Data<Db>) -> HttpResponse {
    let work = db.transaction(async |tx| {
        let raise = "UPDATE tasks SET priority = priority + 1 WHERE id = ?";
        tx.execute_sql(raise, [Value::BigInt(1)]).await?;
        let mut account = Account::first(&tx).await?;
        tx.transaction(async |inner| {
            inner.execute_sql(raise, [Value::BigInt(2)]).await?;
            if let Some(account) = &mut account {
                account.reload(&inner).await?;
            }
            Ok(())
        })
        .await
    });
    match poll_at_most(*polls, work).await {
        Some(done) => HttpResponse::Ok().body(format!("done {}", done.is_ok())),
        None => HttpResponse::Ok().body("dropped"),
    }
}

async fn poll_at_most<F: Future>(times: usize, work: F) -> Option<F::Output> {
    let mut work = pin!(work);
    let mut polls = 0;
    poll_fn(move |context| {
        polls += 1;
        match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if polls >= times => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// A server with two workers on a thread of its own.
struct Running {
    port: u16,
    handle: dev::ServerHandle,
    thread: thread::JoinHandle<()>,
}

impl Running {
    fn start(db: Db) -> Self {
        let (started, start) = mpsc::channel();
        let thread = thread::spawn(move || {
            rt::System::new().block_on(async move {
                let app = move || {
                    App::new()
                        .app_data(web::Data::new(db.clone()))
                        .route("/polls/{count}", web::get().to(drop_after))
                        .route("/{what}", web::get().to(act))
                };
                let server = HttpServer::new(app)
                    .workers(2)
                    .h1_allow_half_closed(false)
                    .disable_signals()
                    .bind(("127.0.0.1", 0))
                    .expect("a port");
                let port = server.addrs()[0].port();
                let running = server.run();
                started
                    .send((port, running.handle()))
                    .expect("somebody waits");
                running.await.expect("it serves");
            });
        });
        let (port, handle) = start.recv().expect("it starts");
        Running {
            port,
            handle,
            thread,
        }
    }

    /// Sends a request; waits for the answer, or goes away.
    fn request(&self, what: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        let request =
            format!("GET /{what} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it is sent");
        if what == "disconnect" {
            thread::sleep(Duration::from_millis(100));
            return String::new();
        }
        let mut answer = Vec::new();
        // A handler that panics under actix alone sends no answer.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn stop(self) {
        self.handle.stop(false).await;
        self.thread.join().expect("it ends well");
    }
}

#[test]
fn requests_that_are_cut_short_leave_nothing_open_and_harm_nobody() {
    let few = |options: velocious::database::DatabaseOptions| options.max_connections(3);
    with_options(few, async |db| {
        seed(&db).await?;
        let server = Running::start(db.clone());
        for what in ["timeout", "panic", "statement", "disconnect"] {
            thread::scope(|scope| {
                for _ in 0..6 {
                    scope.spawn(|| server.request(what));
                }
            });
            let start = Instant::now();
            // The row is not locked any more, nothing of it has stayed, and every connection can be used.
            let checks = (0..6).map(|_| async {
                let sql = "UPDATE tasks SET priority = priority + 1 WHERE id = ?";
                db.execute_sql(sql, [Value::BigInt(1)]).await?;
                Account::count(&db).await
            });
            for check in all(checks).await {
                assert_eq!(check?, 2, "after {what}");
            }
            let waited = start.elapsed();
            assert!(waited < Duration::from_secs(55), "{waited:?} after {what}");
            let task = Task::find(&db, 1).await?;
            assert_eq!(task.priority, 9, "after {what}");
            db.batch("UPDATE tasks SET priority = 3 WHERE id = 1")
                .await?;
        }
        server.stop().await;
        nobody_locks_the_tasks(&db).await
    });
}

/// Waits until no connection of the program has a lock on them; what was dropped is rolled back when it is.
async fn nobody_locks_the_tasks(db: &Db) -> Result<()> {
    if db.dialect() != Dialect::Postgres {
        return Ok(());
    }
    let sql = "SELECT COUNT(*) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid WHERE l.relation = 'tasks'::regclass AND a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()";
    let start = Instant::now();
    loop {
        let rows = db.rows_sql(sql, [], &[ValueKind::BigInt]).await?;
        if rows == [[Value::BigInt(0)]] {
            return Ok(());
        }
        assert!(start.elapsed() < Duration::from_secs(55), "{rows:?} locks");
        rt::time::sleep(Duration::from_millis(20)).await;
    }
}

#[test]
fn a_transaction_can_be_dropped_wherever_it_waits() {
    let few = |options: velocious::database::DatabaseOptions| options.max_connections(3);
    with_options(few, async |db| {
        seed(&db).await?;
        db.batch("UPDATE tasks SET priority = 0").await?;
        let server = Running::start(db.clone());
        let mut dropped = 0;
        loop {
            let answer = server.request(&format!("polls/{}", dropped + 1));
            if answer.ends_with("done true") {
                break;
            }
            assert!(answer.ends_with("dropped"), "{answer}");
            dropped += 1;
            assert!(dropped < 1000, "it never ends");
            // Both changes or none, read by one statement: a COMMIT that nobody waits for may still take effect meanwhile.
            let of_both = Task::order(|t| t.id().asc()).pluck(|t| t.priority());
            let [one, two, ..] = of_both.load(&db).await?[..] else {
                panic!("there are tasks");
            };
            assert_eq!(one, two, "after {dropped} polls");
            assert!(i64::from(one) <= dropped, "after {dropped} polls");
            assert_eq!(Account::count(&db).await?, 2);
        }
        // The thread of SQLite may always have answered before anybody looks.
        let may_never_wait = db.dialect() == Dialect::Sqlite;
        assert!(
            dropped > 2 || may_never_wait,
            "it waited {dropped} times only"
        );
        let before = Task::find(&db, 1).await?.priority;
        let lock = "UPDATE tasks SET priority = priority + 1 WHERE id = ?";
        for _ in 0..6 {
            db.execute_sql(lock, [Value::BigInt(1)]).await?;
        }
        assert_eq!(Task::find(&db, 1).await?.priority, before + 6);
        server.stop().await;
        Ok(())
    });
}
