//! Actions that panic: each is one answer and one event, and nothing else happens.

use std::net::SocketAddr;
use std::path::Path;
use std::pin::Pin;

use velocious::Result;
use velocious::database::{DatabaseOptions, Db};
use velocious::value::{Value, ValueKind};

use super::running::{PRODUCTION, Running};
use super::wire::Wire;
use crate::claim::{claim, limit};
use crate::database::Server;
use crate::tasks::all;

/// How many clients ask side by side.
const CLIENTS: u64 = 20;
/// How many ways to panic there are.
const WAYS: u64 = 5;

/// Lets so many actions panic.
///
/// # Errors
/// What was not as promised.
pub async fn run(program: &Path, on: &Server, count: u64) -> Result<String> {
    on.with_place(async |place| {
        let db = Db::open(place.options()?).await?;
        db.batch("CREATE TABLE crashes (number BIGINT)").await?;
        let patience = limit(DatabaseOptions::CHECKOUT_TIMEOUT).as_millis();
        let patience = patience.to_string();
        let own = [
            ("DATABASE_URL", place.url()),
            ("VELOCIOUS_DATABASE_CHECKOUT_TIMEOUT_MS", &patience),
        ];
        let variables = [PRODUCTION, &own].concat();
        let mut server = Running::start(program, &variables)?;
        let address = server.address();
        let pid = server.id();
        ask(address, "/listen").await?;
        let clients = (0..CLIENTS).map(|client| -> Pin<Box<dyn Future<Output = Result<()>>>> {
            Box::pin(async move {
                for number in (0..count).filter(|number| number % CLIENTS == client) {
                    crash(address, number).await?;
                }
                Ok(())
            })
        });
        for outcome in all(clients).await {
            outcome?;
        }
        claim(server.is_running() && server.id() == pid, || {
            format!("the server has ended: {}", server.output())
        })?;
        let events = ask(address, "/events").await?;
        claim(events == count.to_string(), || {
            format!("{events} events of {count} panics")
        })?;
        // As many transactions at once as there are connections: none is missing.
        let side_by_side = ask(address, "/connections").await?;
        let rows = db
            .rows_sql("SELECT count(*) FROM crashes", [], &[ValueKind::BigInt])
            .await?;
        claim(rows == [[Value::BigInt(0)]], || {
            format!("transactions that panicked have left {rows:?} rows")
        })?;
        db.close().await;
        Ok(format!(
            "{count} panics, {count} answers with 500, {events} events, one process, {side_by_side} transactions side by side afterwards"
        ))
    })
    .await
}

async fn crash(address: SocketAddr, number: u64) -> Result<()> {
    let mut wire = Wire::open(address).await?;
    let path = format!("/crash?way={}&number={number}", number % WAYS);
    wire.send(request(&path).as_bytes()).await?;
    let answer = wire.answer().await?;
    let is_generic = |body: &[u8]| {
        let body = String::from_utf8_lossy(body);
        body.contains("something went wrong") && !body.contains("canary")
    };
    claim(
        answer
            .as_ref()
            .is_some_and(|answer| answer.status == 500 && is_generic(&answer.body)),
        || format!("a panic was answered with {answer:?}"),
    )
}

async fn ask(address: SocketAddr, path: &str) -> Result<String> {
    let mut wire = Wire::open(address).await?;
    wire.send(request(path).as_bytes()).await?;
    let answer = wire.answer().await?;
    claim(
        answer.as_ref().is_some_and(|answer| answer.status == 200),
        || format!("{path} was answered with {answer:?}"),
    )?;
    let body = answer.map(|answer| answer.body).unwrap_or_default();
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn request(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n")
}
