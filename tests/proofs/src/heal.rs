//! Connections that are lost are replaced: cut by the server, gone with it, or silent in the middle of the network.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::Command;
use std::time::{Duration, Instant};

use tokio::time::sleep;
use velocious::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions, Db, Dialect};
use velocious::value::{Value, ValueKind};
use velocious::{Error, Result};

use crate::claim::{claim, limit};
use crate::database::{Server, create};
use crate::proxy::Proxy;
use crate::tasks::all;

/// How many connections there are.
const CONNECTIONS: usize = 4;

/// Runs so many rounds on a server that is not killed.
///
/// # Errors
/// What was not as promised.
pub async fn run(server: &Server, _seed: u64, rounds: u64) -> Result<String> {
    if server.dialect() == Dialect::Sqlite {
        return Ok("there is no connection to lose".into());
    }
    let few = |options: DatabaseOptions| options.max_connections(CONNECTIONS);
    let (failures, recovery) = server
        .with_options(few, async |db| {
            tables(&db).await?;
            let mut most = (0, Duration::ZERO);
            for _ in 0..rounds {
                let cut = cut(server, &db).await?;
                most = (most.0.max(cut.0), most.1.max(cut.1));
            }
            in_a_transaction(server, &db).await?;
            Ok(most)
        })
        .await?;
    let half_open = half_open(server).await?;
    Ok(format!(
        "{rounds} cuts: at most {failures} failures each, well again after {recovery:.2?}; half open: after {half_open:.2?}"
    ))
}

/// Kills servers of its own while a program uses them, so many times.
///
/// # Errors
/// What was not as promised.
pub async fn restarts(script: &Path, rounds: u64) -> Result<String> {
    let servers = OwnServers::start(script)?;
    let mut words = Vec::new();
    for server in servers.servers() {
        let mut slowest = Duration::ZERO;
        for _ in 0..rounds {
            let waited = restart(&servers, &server).await;
            let waited =
                waited.map_err(|error| Error::message(format!("{}: {error}", server.name())));
            slowest = slowest.max(waited?);
        }
        words.push(format!(
            "{} answers again {slowest:.2?} after it is up",
            server.name()
        ));
    }
    Ok(format!("{rounds} restarts: {}", words.join("; ")))
}

async fn tables(db: &Db) -> Result<()> {
    create(db, "CREATE TABLE counters ({id}, value BIGINT NOT NULL)").await?;
    db.batch("INSERT INTO counters (id, value) VALUES (1, 0)")
        .await
}

fn read(db: &Db) -> Pin<Box<dyn Future<Output = Result<()>>>> {
    let db = db.clone();
    Box::pin(async move {
        let kinds = [ValueKind::BigInt];
        db.rows_sql("SELECT value FROM counters", [], &kinds)
            .await?;
        Ok(())
    })
}

/// Opens every connection that there may be.
async fn warm_up(db: &Db) -> Result<()> {
    let work = (0..CONNECTIONS).map(|_| -> Pin<Box<dyn Future<Output = Result<()>>>> {
        let db = db.clone();
        Box::pin(async move {
            db.transaction(async |_| {
                sleep(Duration::from_millis(30)).await;
                Ok(())
            })
            .await
        })
    });
    for outcome in all(work).await {
        outcome?;
    }
    Ok(())
}

/// The server cuts every connection; answers how many queries failed, and when all went well again.
async fn cut(server: &Server, db: &Db) -> Result<(usize, Duration)> {
    warm_up(db).await?;
    cut_all(server, db).await?;
    let start = Instant::now();
    let (mut failures, mut healthy_since) = (0, Duration::ZERO);
    while start.elapsed() < limit(Duration::from_secs(2)) * 2 {
        let asked = start.elapsed();
        let outcomes = all((0..8).map(|_| read(db))).await;
        let mut failed = 0;
        for outcome in outcomes {
            if let Err(error) = outcome {
                is_told_as_lost(&error)?;
                failed += 1;
            }
        }
        failures += failed;
        match failed {
            0 if asked > healthy_since + Duration::from_millis(300) => break,
            0 => {}
            _ => healthy_since = start.elapsed(),
        }
    }
    claim(failures <= CONNECTIONS, || {
        format!("one cut of {CONNECTIONS} connections made {failures} queries fail")
    })?;
    claim(healthy_since <= limit(Duration::from_secs(2)), || {
        format!("{healthy_since:.2?} after a cut, queries still failed")
    })?;
    Ok((failures, healthy_since))
}

/// Ends every connection of this database but the one that does it.
async fn cut_all(server: &Server, db: &Db) -> Result<()> {
    let administrator =
        Db::open(DatabaseOptions::from_url(server.url())?.max_connections(1)).await?;
    let name = match db.dialect() {
        Dialect::Postgres => "SELECT CAST(current_database() AS TEXT)",
        _ => "SELECT DATABASE()",
    };
    let name = db.rows_sql(name, [], &[ValueKind::Text]).await?.concat();
    match db.dialect() {
        Dialect::Postgres => {
            let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?";
            administrator
                .rows_sql(sql, name.clone(), &[ValueKind::Bool])
                .await?;
        }
        _ => {
            let sql = "SELECT id FROM information_schema.processlist WHERE db = ?";
            for id in administrator
                .rows_sql(sql, name.clone(), &[ValueKind::BigInt])
                .await?
            {
                if let [Value::BigInt(id)] = id[..] {
                    administrator.batch(&format!("KILL {id}")).await?;
                }
            }
        }
    }
    let gone = are_gone(&administrator, name).await;
    administrator.close().await;
    gone
}

/// Waits until the server has none of the connections any more that it was told to end.
async fn are_gone(administrator: &Db, name: Vec<Value>) -> Result<()> {
    let sql = match administrator.dialect() {
        Dialect::Postgres => "SELECT count(*) FROM pg_stat_activity WHERE datname = ?",
        _ => "SELECT count(*) FROM information_schema.processlist WHERE db = ?",
    };
    let start = Instant::now();
    loop {
        let open = administrator.rows_sql(sql, name.clone(), &[ValueKind::BigInt]);
        let open = open.await?;
        if open == [[Value::BigInt(0)]] {
            return Ok(());
        }
        claim(start.elapsed() <= limit(Duration::from_secs(5)), || {
            format!("{open:?} connections are still there after they were ended")
        })?;
        sleep(Duration::from_millis(10)).await;
    }
}

fn is_told_as_lost(error: &Error) -> Result<()> {
    let kind = error
        .downcast_ref::<DatabaseError>()
        .map(DatabaseError::kind);
    let is_told = matches!(
        kind,
        Some(
            DatabaseErrorKind::ConnectionLost
                | DatabaseErrorKind::CannotOpen
                | DatabaseErrorKind::PoolExhausted
        )
    );
    claim(is_told && error.status() == 503, || {
        format!("a lost connection was told as {error:?}")
    })
}

/// A transaction whose connection is cut fails, and leaves nothing.
async fn in_a_transaction(server: &Server, db: &Db) -> Result<()> {
    let outcome = db
        .transaction(async |tx| {
            tx.batch("UPDATE counters SET value = 100").await?;
            cut_all(server, &tx).await?;
            let next = tx.batch("UPDATE counters SET value = 200").await;
            is_told_as_lost(&next.expect_err("its connection is gone"))?;
            Ok(())
        })
        .await;
    is_told_as_lost(&outcome.expect_err("nothing of it is there to be committed"))?;
    let deadline = Instant::now() + limit(Duration::from_secs(2));
    let rows = loop {
        match db
            .rows_sql("SELECT value FROM counters", [], &[ValueKind::BigInt])
            .await
        {
            Ok(rows) => break rows,
            Err(error) if Instant::now() > deadline => return Err(error),
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    };
    claim(rows == [[Value::BigInt(0)]], || {
        format!("half a transaction has stayed: {rows:?}")
    })
}

/// Every connection falls silent, as when a cable is pulled; answers when all went well again.
async fn half_open(server: &Server) -> Result<Duration> {
    server
        .with_place(async |place| {
            let direct = Db::open(place.options()?).await?;
            tables(&direct).await?;
            direct.close().await;
            let (before, rest) = place
                .url()
                .rsplit_once(':')
                .ok_or_else(|| Error::message("the server's URL names no port"))?;
            let end = rest.find('/').unwrap_or(rest.len());
            let proxy = Proxy::start(rest[..end].parse()?).await?;
            let url = format!("{before}:{}{}", proxy.port(), &rest[end..]);
            let options = DatabaseOptions::from_url(&url)?
                .max_connections(CONNECTIONS)
                .statement_timeout(Duration::from_secs(2));
            let db = Db::open(options).await?;
            warm_up(&db).await?;
            proxy.fall_silent();
            let start = Instant::now();
            let mut healthy_since = Duration::ZERO;
            loop {
                let asked = start.elapsed();
                let outcomes = all((0..8).map(|_| read(&db))).await;
                for outcome in outcomes {
                    if let Err(error) = outcome {
                        is_told_as_lost(&error)?;
                        healthy_since = start.elapsed();
                    }
                }
                if asked > healthy_since + Duration::from_millis(500) {
                    break;
                }
                claim(start.elapsed() < limit(Duration::from_secs(15)), || {
                    format!(
                        "{:.2?} after the silence, queries still fail",
                        start.elapsed()
                    )
                })?;
            }
            db.close().await;
            Ok(healthy_since)
        })
        .await
}

/// A server is killed and started again under a program that goes on asking; answers how long after it was up again
/// the first answer came.
async fn restart(servers: &OwnServers, server: &Server) -> Result<Duration> {
    server
        .with_options(
            |options| options.max_connections(CONNECTIONS),
            async |db| {
                // These servers write down what is committed within a second, not at once, unless they are told to.
                if db.dialect() == Dialect::Mysql {
                    db.batch("SET GLOBAL innodb_flush_log_at_trx_commit = 2")
                        .await?;
                }
                tables(&db).await?;
                warm_up(&db).await?;
                if db.dialect() == Dialect::Postgres {
                    db.batch("CHECKPOINT").await?;
                }
                servers.run("crash", server)?;
                for _ in 0..20 {
                    match read(&db).await {
                        Err(error) => is_told_as_lost(&error)?,
                        Ok(()) => return Err(Error::message("a server that is dead has answered")),
                    }
                    sleep(Duration::from_millis(20)).await;
                }
                servers.run("resume", server)?;
                let start = Instant::now();
                while let Err(error) = read(&db).await {
                    is_told_as_lost(&error)?;
                    claim(start.elapsed() <= limit(Duration::from_secs(5)), || {
                        format!("{:.1?} after the server is up: {error}", start.elapsed())
                    })?;
                    sleep(Duration::from_millis(20)).await;
                }
                let waited = start.elapsed();
                for outcome in all((0..8).map(|_| read(&db))).await {
                    outcome?;
                }
                Ok(waited)
            },
        )
        .await
}

/// Servers that nobody else uses, so that they can be killed.
struct OwnServers {
    script: PathBuf,
    folder: PathBuf,
    urls: Vec<(Dialect, String)>,
}

impl OwnServers {
    fn start(script: &Path) -> Result<Self> {
        let folder =
            std::env::temp_dir().join(format!("velocious_proof_servers_{}", std::process::id()));
        let output = Command::new(script).arg("start").arg(&folder).output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        claim(output.status.success(), || {
            format!("no servers: {}", String::from_utf8_lossy(&output.stderr))
        })?;
        let url = |dialect, variable: &str| {
            let line = said.lines().find_map(|line| line.split_once(variable));
            line.map(|(_, url)| (dialect, url.trim_start_matches('=').to_owned()))
        };
        let urls = [
            url(Dialect::Postgres, "VELOCIOUS_TEST_POSTGRES_URL"),
            url(Dialect::Mysql, "VELOCIOUS_TEST_MYSQL_URL"),
        ];
        Ok(OwnServers {
            script: script.to_owned(),
            folder,
            urls: urls.into_iter().flatten().collect(),
        })
    }

    fn servers(&self) -> Vec<Server> {
        let servers = self.urls.iter();
        servers
            .map(|(dialect, url)| Server::at(*dialect, url.clone()))
            .collect()
    }

    fn run(&self, what: &str, server: &Server) -> Result<()> {
        let name = match server.dialect() {
            Dialect::Postgres => "postgres",
            _ => "mysql",
        };
        let output = Command::new(&self.script)
            .arg(what)
            .arg(&self.folder)
            .arg(name)
            .output()?;
        claim(output.status.success(), || {
            format!(
                "`{what}` failed: {}",
                String::from_utf8_lossy(&output.stderr)
            )
        })
    }
}

impl Drop for OwnServers {
    fn drop(&mut self) {
        // What cannot be stopped is left to whoever looks for it.
        let _ = Command::new(&self.script)
            .arg("stop")
            .arg(&self.folder)
            .output();
    }
}
