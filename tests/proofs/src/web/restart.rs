//! A server that is stopped under load answers what it has accepted.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::time::sleep;
use velocious::Result;

use super::running::Running;
use super::wire::Wire;
use crate::claim::{claim, limit};
use crate::database::block_on;
use crate::random::Random;

/// How many clients ask side by side.
const CLIENTS: u64 = 20;
/// How long a stop may take: the longest request, the moment in which nobody new is let in, and a second.
const STOP: Duration = Duration::from_millis(300 + 250 + 1_000);

/// What the clients of one round saw.
#[derive(Default)]
struct Seen {
    answered: AtomicU64,
    /// Connections that were accepted and closed without a whole answer.
    lost: AtomicU64,
    is_over: AtomicBool,
}

/// Stops so many servers under load.
///
/// # Errors
/// What was not as promised.
pub async fn run(program: &Path, seed: u64, count: u64) -> Result<String> {
    let (mut answered, mut longest) = (0, Duration::ZERO);
    for round in 0..count {
        let mut server = Running::start(program, &[])?;
        let address = server.address();
        let seen = Arc::new(Seen::default());
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let seen = seen.clone();
                let mut random = Random::part(seed, round * CLIENTS + client);
                std::thread::spawn(move || block_on(ask(address, &mut random, &seen)))
            })
            .collect();
        let mut random = Random::part(!seed, round);
        sleep(Duration::from_millis(
            200 + u64::try_from(random.below(400))?,
        ))
        .await;
        let start = Instant::now();
        let status = server.stop();
        let took = start.elapsed();
        seen.is_over.store(true, Ordering::Relaxed);
        for client in clients {
            client
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        }
        let lost = seen.lost.load(Ordering::Relaxed);
        claim(lost == 0, || {
            format!("{lost} requests were accepted and not answered")
        })?;
        claim(status.success(), || {
            format!("the server ended with {status}")
        })?;
        claim(took <= limit(STOP), || {
            format!("the server took {took:.1?} to stop")
        })?;
        answered += seen.answered.load(Ordering::Relaxed);
        longest = longest.max(took);
    }
    Ok(format!(
        "{count} stops under load, {answered} requests answered, 0 accepted and not answered, within {longest:.1?}"
    ))
}

/// Asks all the time, on kept connections and on new ones, until nobody listens any more.
async fn ask(address: SocketAddr, random: &mut Random, seen: &Seen) -> Result<()> {
    while !seen.is_over.load(Ordering::Relaxed) {
        let Ok(Ok(mut wire)) =
            tokio::time::timeout(Duration::from_millis(500), Wire::open(address)).await
        else {
            sleep(Duration::from_millis(10)).await;
            continue;
        };
        for _ in 0..=random.below(20) {
            let outcome = one(&mut wire, random).await;
            let counter = match outcome {
                Ok(_) => &seen.answered,
                Err(_) => &seen.lost,
            };
            counter.fetch_add(1, Ordering::Relaxed);
            if !matches!(outcome, Ok(true)) {
                break;
            }
        }
    }
    Ok(())
}

/// One request and its answer; whether the connection goes on.
async fn one(wire: &mut Wire, random: &mut Random) -> Result<bool> {
    match random.below(3) {
        0 => {
            wire.send(b"GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .await?;
        }
        1 => {
            let request = format!(
                "GET /slow?milliseconds={} HTTP/1.1\r\nHost: localhost\r\n\r\n",
                random.below(300)
            );
            wire.send(request.as_bytes()).await?;
        }
        _ => {
            wire.send(b"POST /params HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n").await?;
            sleep(Duration::from_millis(u64::try_from(random.below(40))?)).await;
            wire.send(b"{\"a\": 1}").await?;
        }
    }
    let answer = wire.answer().await?;
    claim(
        answer.as_ref().is_some_and(|answer| answer.status == 200),
        || format!("{answer:?}"),
    )?;
    let is_last = answer.is_some_and(|answer| answer.header("connection") == Some("close"));
    Ok(!is_last)
}
