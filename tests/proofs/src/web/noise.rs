//! Bytes that mean nothing, or nearly something: the server stays, forgets them, and never takes the blame.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::{LocalSet, spawn_local};
use tokio::time::sleep;
use velocious::{Error, Result};

use super::running::Running;
use super::wire::Wire;
use crate::claim::{claim, limit};
use crate::random::Random;

/// How many connections there are side by side.
const SIDE_BY_SIDE: u64 = 50;
/// How many connections wait for the server to close them.
const WAITING: u64 = 50;
/// How long that may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much more memory the server may have at most, in KiB.
const MEMORY: u64 = 20 * 1024;

/// What requests look like.
const REQUESTS: [&str; 6] = [
    "GET /ping HTTP/1.1\r\nHost: localhost\r\nAccept: text/html;q=0.8, */*;q=0.1\r\n\r\n",
    "GET /params?a[b]=1&a[c][]=%C3%BC HTTP/1.1\r\nHost: localhost\r\nCookie: proofs_session=abc; b=\"c\"\r\n\r\n",
    "POST /params HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"a\": [1, \"\\u00fc\"]}",
    "POST /params HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n5\r\na[]=1\r\n0\r\n\r\n",
    "POST /params HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: none\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 84\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nfile\r\n--x--\r\n\r\n",
    "GET /public.txt HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-3,-2\r\nIf-None-Match: \"a\"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n",
];

/// Sends noise on so many connections.
///
/// # Errors
/// What was not as promised.
pub async fn run(program: &Path, seed: u64, count: u64) -> Result<String> {
    let mut server = Running::start(program, &[("VELOCIOUS_LOG_LEVEL", "off")])?;
    let address = server.address();
    let clients = LocalSet::new();
    // What is allocated once for all is not what a connection takes.
    clients.run_until(send(address, seed ^ 1, 2_000)).await?;
    let before = server.memory()?;
    let statuses = clients.run_until(send(address, seed, count)).await?;
    let failures: Vec<_> = statuses
        .iter()
        .filter(|(status, _)| **status >= 500)
        .collect();
    claim(failures.is_empty(), || {
        format!("statuses of servers: {failures:?}")
    })?;
    let grown = server.memory()?.saturating_sub(before);
    claim(grown <= MEMORY, || {
        format!("the server took {grown} KiB more")
    })?;
    wait_for_the_end(&server, seed).await?;
    trace(address).await?;
    claim(server.is_running(), || {
        format!("the server has ended: {}", server.output())
    })?;
    Ok(format!(
        "{count} connections of noise, answered {statuses:?}, {grown} KiB more, none open after {PATIENCE:?}, TRACE not echoed"
    ))
}

/// Sends noise; how often each status came back.
async fn send(address: SocketAddr, seed: u64, count: u64) -> Result<BTreeMap<u16, u64>> {
    let statuses = Rc::new(RefCell::new(BTreeMap::new()));
    let mut work = Vec::new();
    for client in 0..SIDE_BY_SIDE {
        let statuses = statuses.clone();
        work.push(spawn_local(async move {
            for number in (client..count).step_by(usize::try_from(SIDE_BY_SIDE)?) {
                let mut random = Random::part(seed, number);
                let bytes = match random.below(4) {
                    0 => any_bytes(&mut random),
                    _ => nearly(&mut random),
                };
                let mut wire = Wire::open(address).await?;
                wire.push(&bytes).await?;
                wire.end().await;
                let rest = wire.rest_within(Duration::from_millis(500)).await;
                for status in rest.iter().flat_map(|rest| all_statuses(rest)) {
                    *statuses.borrow_mut().entry(status).or_insert(0) += 1;
                }
            }
            Ok::<_, Error>(())
        }));
    }
    for done in work {
        done.await.map_err(Error::from)??;
    }
    Ok(statuses.take())
}

/// The statuses in what came back, as far as bodies do not look like more of them.
fn all_statuses(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    text.split("HTTP/1.1 ")
        .skip(1)
        .filter_map(|rest| rest.get(..3)?.parse().ok())
        .collect()
}

fn any_bytes(random: &mut Random) -> Vec<u8> {
    let length = random.below(2_000);
    (0..length)
        .map(|_| random.number().to_le_bytes()[0])
        .collect()
}

/// A request, changed here and there.
fn nearly(random: &mut Random) -> Vec<u8> {
    let mut bytes = random.pick(&REQUESTS).as_bytes().to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len().max(1));
        let until = (at + random.below(20)).min(bytes.len());
        match random.below(6) {
            0 => bytes[at..until].iter_mut().for_each(|byte| *byte ^= 0x20),
            1 => drop(bytes.drain(at..until)),
            2 => bytes.insert(at, random.number().to_le_bytes()[0]),
            3 => {
                let copy = bytes[at..until].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => {
                let other = random.pick(&REQUESTS).as_bytes();
                let from = random.below(other.len());
                bytes.splice(at..until, other[from..].iter().copied().take(40));
            }
            _ => {
                let special = random.pick(&[
                    "\r\n",
                    "\0",
                    "%",
                    "[]",
                    "--x",
                    "\"",
                    ":",
                    "HTTP/1.1",
                    "\u{feff}",
                    "-1",
                    "99999999999999999999",
                ]);
                bytes.splice(at..at, special.bytes());
            }
        }
        if bytes.is_empty() {
            return bytes;
        }
    }
    bytes
}

/// Connections that send noise and wait are closed by the server.
async fn wait_for_the_end(server: &Running, seed: u64) -> Result<()> {
    let mut waiting = Vec::new();
    let mut ports = Vec::new();
    for number in 0..WAITING {
        let mut wire = Wire::open(server.address()).await?;
        wire.push(&any_bytes(&mut Random::part(!seed, number)))
            .await?;
        ports.push(wire.port()?);
        waiting.push(wire);
    }
    let start = Instant::now();
    loop {
        let open = server.clients()?;
        let left = ports.iter().filter(|port| open.contains(port)).count();
        if left == 0 {
            return Ok(());
        }
        claim(start.elapsed() <= limit(PATIENCE), || {
            format!("{left} connections are open after {PATIENCE:?}")
        })?;
        sleep(Duration::from_millis(100)).await;
    }
}

/// A request is not sent back to who has sent it: a page could read its own secrets there.
async fn trace(address: SocketAddr) -> Result<()> {
    for path in ["/ping", "/nothing", "*"] {
        let mut wire = Wire::open(address).await?;
        let request = format!(
            "TRACE {path} HTTP/1.1\r\nHost: localhost\r\nX-Secret: canary\r\nCookie: a=canary\r\n\r\n"
        );
        let answer = wire.exchange(request.as_bytes()).await?;
        let refused = answer.as_ref().is_some_and(|answer| {
            let body = String::from_utf8_lossy(&answer.body);
            (400..500).contains(&answer.status)
                && !answer.head.contains("canary")
                && !body.contains("message/http")
        });
        claim(refused, || {
            format!("TRACE {path} was answered with {answer:?}")
        })?;
    }
    Ok(())
}
