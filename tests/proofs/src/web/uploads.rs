//! Forms with files: whatever becomes of them, nothing of them stays, and nothing of them is where it should not be.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::time::sleep;
use velocious::{Error, Result};

use super::running::Running;
use super::wire::{Answer, Wire};
use crate::claim::{claim, limit};

/// How long temporary files may be there after everything.
const PATIENCE: Duration = Duration::from_secs(5);
const LIMIT: usize = 20_000_000;

/// What strangers may call their files.
const NAMES: [&str; 22] = [
    "a.png",
    "../../../../tmp/evil",
    "/etc/passwd",
    "..",
    ".",
    "",
    "C:\\windows\\system32\\evil.dll",
    "..\\..\\evil",
    "a/../../b",
    "%2e%2e%2fevil",
    "....//evil",
    "~/evil",
    "a\u{202e}gnp.exe",
    "CON",
    "a\tb",
    "-rf",
    ".htaccess",
    "\u{fc}\u{2028}x",
    "a;rm -rf",
    "$(evil)",
    "`evil`",
    "a\u{1b}[31m",
];

/// How a form with a large file ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Whole,
    /// The client goes away in the middle.
    Abandoned,
    /// The client stops in the middle and waits.
    Stalled,
    TooLong,
    TooLongInChunks,
    Malformed,
    /// The action panics while it has the file.
    Panic,
}

const ENDS: [(End, Option<u16>); 7] = [
    (End::Whole, Some(200)),
    (End::Abandoned, None),
    (End::Stalled, Some(408)),
    (End::TooLong, Some(413)),
    (End::TooLongInChunks, Some(413)),
    (End::Malformed, Some(400)),
    (End::Panic, Some(500)),
];

/// Sends forms with files that end in every way, so many times.
///
/// # Errors
/// What was not as promised.
pub async fn run(program: &Path, count: u64) -> Result<String> {
    let bytes = LIMIT.to_string();
    let settings = [
        ("VELOCIOUS_SERVER_UPLOAD_LIMIT_BYTES", bytes.as_str()),
        ("VELOCIOUS_LOG_LEVEL", "off"),
    ];
    let server = Running::start(program, &settings)?;
    let impatient = [("VELOCIOUS_SERVER_BODY_TIMEOUT_SECONDS", "1")];
    let impatient = Running::start(program, &[&settings[..], &impatient].concat())?;
    let address = server.address();
    names(address).await?;
    let before = files(server.root())?;
    let mut most = 0;
    for _ in 0..count {
        for (end, status) in ENDS {
            let server = match end {
                End::Stalled => &impatient,
                _ => &server,
            };
            let answer = form(server.address(), end, server.root(), &mut most).await?;
            let found = answer.as_ref().map(|answer| answer.status);
            claim(found == status, || {
                format!("a form that ends {end:?} was answered with {answer:?}")
            })?;
        }
    }
    claim(most > 0, || "no file went through the disk".into())?;
    let start = Instant::now();
    for root in [server.root(), impatient.root()] {
        while !temporary(root)?.is_empty() {
            claim(start.elapsed() <= limit(PATIENCE), || {
                format!("{:?} is still there", temporary(root))
            })?;
            sleep(Duration::from_millis(20)).await;
        }
    }
    let took = start.elapsed();
    let after = files(server.root())?;
    claim(before == after, || {
        format!(
            "there is something else now: {:?}",
            after.symmetric_difference(&before)
        )
    })?;
    let killed = killed(server, program, &settings).await?;
    let forms = count * ENDS.len() as u64;
    Ok(format!(
        "{forms} forms, up to {most} temporary files at a time, 0 left after {took:.1?}, {killed} of a killed process removed by the next; {} names, 0 ways out",
        NAMES.len()
    ))
}

/// Whatever a file is called, its name leads nowhere.
async fn names(address: SocketAddr) -> Result<()> {
    for name in NAMES {
        let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
        for name in [name, quoted.as_str()] {
            let body = format!(
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\ncontent\r\n--x--\r\n"
            );
            let answer = post(address, body.as_bytes()).await?;
            let status = answer.as_ref().map(|answer| answer.status);
            if matches!(status, Some(400 | 422)) {
                continue;
            }
            let body = answer.map(|answer| answer.body).unwrap_or_default();
            let kept: Value = serde_json::from_slice(&body)?;
            let kept = kept["name"].as_str().unwrap_or_default().to_owned();
            let leads_nowhere = !kept.is_empty()
                && kept.chars().count() <= 255
                && !kept.contains(['/', '\\', '\0'])
                && !kept.chars().any(char::is_control)
                && !matches!(kept.as_str(), "." | "..");
            claim(status == Some(200) && leads_nowhere, || {
                format!("a file called {name:?} was taken for {kept:?} ({status:?})")
            })?;
        }
    }
    Ok(())
}

async fn post(address: SocketAddr, body: &[u8]) -> Result<Option<Answer>> {
    let mut wire = Wire::open(address).await?;
    let mut request = head("/upload", &format!("Content-Length: {}", body.len()));
    request.extend_from_slice(body);
    wire.exchange(&request).await
}

fn head(path: &str, length: &str) -> Vec<u8> {
    format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nAccept: application/json\r\nContent-Type: multipart/form-data; boundary=x\r\n{length}\r\n\r\n").into_bytes()
}

/// Sends a form of 6 MB or more; `most` is how many temporary files were seen at a time.
async fn form(
    address: SocketAddr,
    end: End,
    root: &Path,
    most: &mut usize,
) -> Result<Option<Answer>> {
    let mut wire = Wire::open(address).await?;
    let part = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    let closing: &[u8] = match end {
        End::Malformed => b"\r\n--x\r\nnonsense\r\n\r\n\r\n--x--\r\n",
        _ => b"\r\n--x--\r\n",
    };
    let content = vec![
        b'y';
        match end {
            End::TooLong | End::TooLongInChunks => LIMIT + 1_000_000,
            _ => 6_000_000,
        }
    ];
    let path = match end {
        End::Panic => "/upload?panic=1",
        _ => "/upload",
    };
    let length = part.len() + content.len() + closing.len();
    match end {
        End::TooLongInChunks => {
            let mut request = head(path, "Transfer-Encoding: chunked");
            request.extend(format!("{length:x}\r\n").into_bytes());
            request.extend_from_slice(part);
            request.extend_from_slice(&content);
            return wire.exchange(&request).await;
        }
        _ => {
            wire.push(&head(path, &format!("Content-Length: {length}")))
                .await?
        }
    }
    wire.push(part).await?;
    let half = content.len() * 3 / 4;
    if !matches!(end, End::TooLong) {
        wire.push(&content[..half]).await?;
        let there = Instant::now();
        // Whoever is impatient waits for nobody. The first 2 MiB are in memory.
        let patience = match end {
            End::Stalled => Duration::ZERO,
            _ => limit(Duration::from_secs(2)),
        };
        while temporary(root)?.is_empty() && there.elapsed() < patience {
            sleep(Duration::from_millis(5)).await;
        }
        let files = temporary(root)?;
        *most = (*most).max(files.len());
        let generated = |name: &String| name.starts_with("velocious-upload-");
        claim(files.iter().all(generated), || {
            format!("strange temporary files: {files:?}")
        })?;
    }
    match end {
        End::Abandoned => Ok(None),
        End::Stalled | End::TooLong => wire.answer().await,
        _ => {
            wire.push(&content[half..]).await?;
            wire.push(closing).await?;
            wire.answer().await
        }
    }
}

/// Kills the server in the middle of a form, and starts the next one in the same folder; how many files it removed.
async fn killed(server: Running, program: &Path, settings: &[(&str, &str)]) -> Result<usize> {
    let mut wire = Wire::open(server.address()).await?;
    let mut half = head("/upload", "Content-Length: 10000000");
    half.extend_from_slice(
        b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n",
    );
    half.extend(vec![b'y'; 5_000_000]);
    wire.push(&half).await?;
    let start = Instant::now();
    while temporary(server.root())?.is_empty() && start.elapsed() < limit(PATIENCE) {
        sleep(Duration::from_millis(5)).await;
    }
    let left = temporary(server.root())?.len();
    let next = server.killed_and_started(program, settings)?;
    let still = temporary(next.root())?;
    claim(left > 0 && still.is_empty(), || {
        format!("of {left} files of a killed process there are {still:?}")
    })?;
    Ok(left)
}

/// The names of temporary files.
fn temporary(root: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(root.join("tmp"))? {
        names.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}

/// Every file below the server's folder and beside it, but for what it writes itself.
fn files(root: &Path) -> Result<BTreeSet<String>> {
    fn walk(folder: &Path, files: &mut BTreeSet<String>) -> Result<(), Error> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                walk(&path, files)?;
            }
            files.insert(path.display().to_string());
        }
        Ok(())
    }
    let mut found = BTreeSet::new();
    walk(root, &mut found)?;
    found.retain(|name| !name.contains("sqlite3"));
    Ok(found)
}
