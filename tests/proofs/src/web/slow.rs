//! Clients that take their time: the server closes their connections, and the others do not notice.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::task::{LocalSet, spawn_local};
use tokio::time::sleep;
use velocious::Result;

use super::running::Running;
use super::wire::Wire;
use crate::claim::{claim, limit, p99};
use crate::database::block_on;

/// How long the server waits, and until when it has to have given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// As it comes: heads within 10 seconds, bodies within 35, readers within 60.
    Usual,
    /// A second or less.
    Short,
}

impl Patience {
    fn settings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Patience::Usual => &[],
            Patience::Short => &[
                ("VELOCIOUS_SERVER_HEADER_TIMEOUT_MS", "1500"),
                ("VELOCIOUS_SERVER_BODY_TIMEOUT_SECONDS", "1"),
                ("VELOCIOUS_SERVER_WRITE_TIMEOUT_MS", "600"),
            ],
        }
    }

    fn end(self, kind: Kind) -> Duration {
        let milliseconds = match (self, kind) {
            (Patience::Usual, Kind::Body | Kind::LateBody) => 35_000,
            (Patience::Usual, Kind::Reader | Kind::LateReader) => 60_000,
            (Patience::Usual, _) => 10_000,
            (Patience::Short, _) => 6_000,
        };
        limit(Duration::from_millis(milliseconds))
    }
}

/// What a client is slow at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Says nothing.
    Silent,
    /// Sends a head, a letter at a time.
    Head,
    /// Sends one request as it should, and the head of the next one a letter at a time.
    LaterHead,
    /// Sends a body, a letter at a time.
    Body,
    /// Sends most of a body as it should, and the rest a letter at a time.
    LateBody,
    /// Goes on sending a body that nobody wants.
    UnwantedBody,
    /// Reads nothing of its answer.
    Reader,
    /// Reads some of its answer and then stops.
    LateReader,
}

const KINDS: [Kind; 8] = [
    Kind::Silent,
    Kind::Head,
    Kind::LaterHead,
    Kind::Body,
    Kind::LateBody,
    Kind::UnwantedBody,
    Kind::Reader,
    Kind::LateReader,
];

/// How many clients of one kind there are: so many at most of those whose bodies the server has to keep.
fn number_of(kind: Kind, count: u64) -> u64 {
    match kind {
        Kind::LateBody => count.min(20),
        _ => count,
    }
}

/// When a connection made its last progress, by its port.
type Progress = Rc<RefCell<BTreeMap<u16, (Kind, Instant)>>>;

/// Lets so many clients of each kind be slow at once, and one that is not ask beside them.
///
/// # Errors
/// What was not as promised.
pub async fn run(program: &Path, patience: Patience, count: u64) -> Result<String> {
    let server = Running::start(program, patience.settings())?;
    let address = server.address();
    for _ in 0..200 {
        ask(&mut Wire::open(address).await?).await?;
    }
    let before = server.memory()?;
    let is_over = Arc::new(AtomicBool::new(false));
    let quick = {
        let is_over = is_over.clone();
        std::thread::spawn(move || block_on(be_quick(address, &is_over)))
    };
    let clients = LocalSet::new();
    let watched = clients.run_until(async {
        let progress = Progress::default();
        for number in 0..count {
            for kind in KINDS
                .into_iter()
                .filter(|kind| number < number_of(*kind, count))
            {
                let progress = progress.clone();
                spawn_local(async move {
                    // Not all in the same moment: nobody could accept them.
                    sleep(Duration::from_millis(number * 2)).await;
                    // Where the machine is so busy that the server gives up before it is meant to, there is another try.
                    let (wire, port) = loop {
                        if let Ok(open) = begin(kind, address).await {
                            break open;
                        }
                    };
                    progress.borrow_mut().insert(port, (kind, Instant::now()));
                    // It ends when the server closes the connection, or with the program.
                    let _ = be_slow(kind, wire, patience).await;
                });
            }
        }
        watch(&server, patience, &progress, count).await
    });
    let watched = watched.await;
    is_over.store(true, Ordering::Relaxed);
    let quick = quick
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    let (longest, most) = watched?;
    let grown = most.saturating_sub(before) / 1024;
    claim(grown <= 64, || format!("the server took {grown} MiB more"))?;
    let (asked, slowest) = (quick.len(), p99(quick));
    let soon = limit(Duration::from_millis(250)).as_secs_f64() * 1000.0;
    claim(slowest <= soon, || {
        format!("one request in a hundred took {slowest:.0} ms beside slow clients")
    })?;
    let clients: u64 = KINDS.iter().map(|kind| number_of(*kind, count)).sum();
    let longest: Vec<_> = longest
        .iter()
        .map(|(kind, waited)| format!("{kind:?} after {:.1} s", waited.as_secs_f64()))
        .collect();
    Ok(format!(
        "{clients} slow clients closed in time ({}); {asked} requests beside them, 99 of 100 within {slowest:.1} ms; {grown} MiB more",
        longest.join(", ")
    ))
}

/// Asks all the time, on new connections and on one that is kept; how long each answer took.
async fn be_quick(address: SocketAddr, is_over: &AtomicBool) -> Result<Vec<f64>> {
    let mut milliseconds = Vec::new();
    let mut kept = Wire::open(address).await?;
    while !is_over.load(Ordering::Relaxed) {
        for own in [false, true] {
            let start = Instant::now();
            match own {
                true => ask(&mut Wire::open(address).await?).await?,
                false => ask(&mut kept).await?,
            }
            milliseconds.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        sleep(Duration::from_millis(20)).await;
    }
    Ok(milliseconds)
}

async fn ask(wire: &mut Wire) -> Result<()> {
    wire.send(b"GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await?;
    let answer = wire.answer().await?;
    claim(
        answer.as_ref().is_some_and(|answer| answer.status == 200),
        || format!("an honest request was answered with {answer:?}"),
    )
}

/// Connects, and does what comes before being slow; the connection and its port.
async fn begin(kind: Kind, address: SocketAddr) -> Result<(Wire, u16)> {
    let window = matches!(kind, Kind::Reader | Kind::LateReader).then_some(4096);
    let mut wire = Wire::with_window(address, window).await?;
    let opening: &[u8] = match kind {
        Kind::Silent | Kind::LaterHead => b"",
        Kind::Head => b"GET /ping HTTP/1.1\r\nHost: ",
        Kind::Body | Kind::LateBody => b"POST /params HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n",
        Kind::UnwantedBody => b"POST /nothing HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n",
        Kind::Reader | Kind::LateReader => b"GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n",
    };
    wire.send(opening).await?;
    if kind == Kind::LateBody {
        wire.send(&vec![b'x'; 200_000]).await?;
    }
    if kind == Kind::LaterHead {
        ask(&mut wire).await?;
        wire.send(b"GET /ping HTTP/1.1\r\nHost: ").await?;
    }
    if kind == Kind::LateReader {
        let some = wire.skip(1024 * 1024).await;
        claim(some, || "an answer ended early".into())?;
    }
    let port = wire.port()?;
    Ok((wire, port))
}

/// Is slow until the server has had enough.
async fn be_slow(kind: Kind, mut wire: Wire, patience: Patience) -> Result<()> {
    let letter: &[u8] = match kind {
        Kind::UnwantedBody => b"1\r\nx\r\n",
        _ => b"x",
    };
    let pause = match patience {
        Patience::Usual => Duration::from_secs(1),
        Patience::Short => Duration::from_millis(100),
    };
    loop {
        sleep(pause).await;
        if matches!(
            kind,
            Kind::Head | Kind::LaterHead | Kind::Body | Kind::LateBody | Kind::UnwantedBody
        ) {
            wire.send(letter).await?;
        }
    }
}

/// Looks at the server's side of each connection until all of the slow ones are closed; the longest that was there of
/// each kind, and how much memory the server had at most.
async fn watch(
    server: &Running,
    patience: Patience,
    progress: &Progress,
    count: u64,
) -> Result<(BTreeMap<Kind, Duration>, u64)> {
    let clients: u64 = KINDS.iter().map(|kind| number_of(*kind, count)).sum();
    let mut closed = 0;
    let mut longest = BTreeMap::new();
    let mut most = 0;
    let start = Instant::now();
    while closed < clients {
        claim(start.elapsed() <= limit(Duration::from_secs(300)), || {
            format!("{closed} of {clients} slow clients were closed")
        })?;
        sleep(Duration::from_millis(100)).await;
        most = most.max(server.memory()?);
        let open = server.clients()?;
        let mut slow = progress.borrow_mut();
        slow.retain(|port, (kind, since)| {
            let is_open = open.contains(port);
            if !is_open {
                closed += 1;
                let known: &mut Duration = longest.entry(*kind).or_default();
                *known = (*known).max(since.elapsed());
            }
            is_open
        });
        for (kind, since) in slow.values() {
            let waited = since.elapsed();
            claim(waited <= patience.end(*kind), || {
                format!("a client that is slow at {kind:?} is still there after {waited:.1?}")
            })?;
        }
    }
    Ok((longest, most))
}
