//! Everything that a request is made of has a limit, and an answer beyond it.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use velocious::Result;

use super::running::Running;
use super::wire::Wire;
use crate::claim::{claim, limit};

/// How soon each answer has to be there. What is not optimized reads a body of megabytes more slowly.
const SOON: Duration = Duration::from_millis(if cfg!(debug_assertions) { 400 } else { 100 });
/// How much more memory the server may have at most, in KiB.
const MEMORY: u64 = 16 * 1024;
/// How long an answer may be that says what was too long.
const TELLING: usize = 64 * 1024;

/// One request and the status it is answered with.
struct Case {
    name: &'static str,
    request: Vec<u8>,
    status: u16,
}

/// Sends each request so many times.
///
/// # Errors
/// What was not as promised.
pub async fn run(program: &Path, count: u64) -> Result<String> {
    let server = Running::start(program, &[])?;
    let address = server.address();
    let cases = cases();
    // What is allocated once for all is not what a request takes.
    for case in &cases {
        sent(address, case).await?;
    }
    let before = server.memory()?;
    let (mut most, mut slowest) = (before, Duration::ZERO);
    for case in &cases {
        let mut best = Duration::MAX;
        for _ in 0..count.max(3) {
            best = best.min(sent(address, case).await?);
            most = most.max(server.memory()?);
        }
        // The best of several: the machine may have been busy with something else.
        claim(best <= limit(SOON), || {
            format!("{} was answered after {best:.0?}", case.name)
        })?;
        slowest = slowest.max(best);
    }
    let grown = most.saturating_sub(before);
    claim(grown <= MEMORY, || {
        format!("the server took {grown} KiB more")
    })?;
    Ok(format!(
        "{} requests beyond limits, {count} times each, answered as documented within {slowest:.1?}, {grown} KiB more",
        cases.len()
    ))
}

async fn sent(address: SocketAddr, case: &Case) -> Result<Duration> {
    let mut wire = Wire::open(address).await?;
    let start = Instant::now();
    let answer = wire.exchange(&case.request).await?;
    let taken = start.elapsed();
    let status = answer.as_ref().map(|answer| answer.status);
    claim(status == Some(case.status), || {
        format!(
            "{} was answered with {status:?}, not {}: {answer:?}",
            case.name, case.status
        )
    })?;
    let length = answer.map_or(0, |answer| answer.body.len());
    claim(length <= TELLING, || {
        format!("{} was answered with {length} bytes", case.name)
    })?;
    Ok(taken)
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |name, status, request: Vec<u8>| {
        cases.push(Case {
            name,
            request,
            status,
        });
    };
    let long = |letters: usize| "x".repeat(letters);
    case(
        "an address within the limit",
        200,
        get(&format!("/ping?{}", long(8_000)), ""),
    );
    case(
        "a long address",
        414,
        get(&format!("/ping?{}", long(9_000)), ""),
    );
    case(
        "a long address of nothing",
        414,
        get(&format!("/{}", long(60_000)), ""),
    );
    case(
        "an address beyond all",
        400,
        get(&format!("/ping?{}", long(70_000)), ""),
    );
    case(
        "headers within the limit",
        200,
        get(
            "/ping",
            &format!("X-A: {}\r\nCookie: a={}\r\n", long(15_000), long(15_000)),
        ),
    );
    case(
        "a long header",
        431,
        get("/ping", &format!("X-A: {}\r\n", long(40_000))),
    );
    case(
        "a long name of a header",
        431,
        get("/ping", &format!("{}: a\r\n", long(40_000))),
    );
    case(
        "a long cookie",
        431,
        get("/ping", &format!("Cookie: a={}\r\n", long(40_000))),
    );
    case(
        "long headers",
        431,
        get("/ping", &format!("X-A: {}\r\n", long(1_000)).repeat(40)),
    );
    case(
        "a header beyond all",
        431,
        get("/ping", &format!("X-A: {}\r\n", long(200_000))),
    );
    case("many headers", 431, get("/ping", &"X-A: b\r\n".repeat(120)));
    case(
        "many headers beyond all",
        431,
        get("/ping", &"X-A: b\r\n".repeat(20_000)),
    );
    case(
        "a deep query",
        400,
        get(&format!("/params?a{}=1", "[b]".repeat(40)), ""),
    );

    let megabytes = 3 * 1024 * 1024;
    let json = "application/json";
    let form = "application/x-www-form-urlencoded";
    let parts = "multipart/form-data; boundary=x";
    for (kind, opening, end) in [
        (json, "{\"a\":\"", "\"}"),
        (form, "a=", ""),
        (
            parts,
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
            "\r\n--x--\r\n",
        ),
        (
            parts,
            "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n",
            "\r\n--x--\r\n",
        ),
        (parts, "--y\r\n", ""),
    ] {
        let body = format!("{opening}{}{end}", long(megabytes));
        case("a long body that says so", 413, post(kind, &body));
        let refused_early = opening == "--y\r\n";
        case(
            "a long body in chunks",
            if refused_early { 400 } else { 413 },
            chunked(kind, &body),
        );
    }
    let announced = |length: &str| {
        format!("POST /params HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {json}\r\nContent-Length: {length}\r\n\r\n")
            .into_bytes()
    };
    case(
        "a length of an exabyte",
        413,
        announced("1000000000000000000"),
    );
    case(
        "a length that is no number of 64 bits",
        400,
        announced(&"9".repeat(30)),
    );
    case("a length below zero", 400, announced("-1"));

    case(
        "as many fields as may be",
        200,
        post(form, &"a[]=1&".repeat(4_096)),
    );
    case("many fields", 400, post(form, &"a[]=1&".repeat(4_097)));
    case(
        "many fields of different names",
        400,
        post(
            form,
            &(0..5_000)
                .map(|number| format!("a{number}=1&"))
                .collect::<String>(),
        ),
    );
    case(
        "a deep field",
        400,
        post(form, &format!("a{}=1", "[b]".repeat(40))),
    );
    case(
        "a deep field beyond all",
        400,
        post(form, &format!("a{}=1", "[b]".repeat(500_000))),
    );
    case(
        "a long name of two shapes",
        400,
        post(form, &format!("{0}=1&{0}[b]=2", long(500_000))),
    );
    case(
        "deep JSON",
        400,
        post(
            json,
            &format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200)),
        ),
    );
    case(
        "deep JSON beyond all",
        400,
        post(json, &"{\"a\":".repeat(300_000)),
    );
    case(
        "many values in JSON",
        400,
        post(json, &format!("{{\"a\":[{}0]}}", "0,".repeat(500_000))),
    );
    case(
        "many lists in JSON",
        400,
        post(
            json,
            &format!("{{\"a\":[{}0]}}", "[[[[[]]]]],".repeat(100_000)),
        ),
    );
    let part = "--x\r\nContent-Disposition: form-data; name=\"a[]\"\r\n\r\n1\r\n";
    case(
        "many parts",
        400,
        post(parts, &(part.repeat(4_097) + "--x--\r\n")),
    );
    let open_head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"{}",
        long(1_000_000)
    );
    case("a long head of a part", 400, chunked(parts, &open_head));
    let many = format!("--x\r\n{}\r\n\r\n1\r\n--x--\r\n", "X-A: b\r\n".repeat(100));
    case("many headers of a part", 400, post(parts, &many));
    case(
        "a long line between parts",
        400,
        chunked(parts, &format!("--x{}", long(1_000_000))),
    );
    case(
        "a long boundary",
        431,
        post(
            &format!("multipart/form-data; boundary={}", long(40_000)),
            "",
        ),
    );
    case("a long content type", 431, post(&long(40_000), "x"));
    cases
}

fn get(address: &str, headers: &str) -> Vec<u8> {
    format!("GET {address} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n").into_bytes()
}

fn post(kind: &str, body: &str) -> Vec<u8> {
    format!(
        "POST /params HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nAccept: application/json\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// In chunks of 64 KiB, without an end.
fn chunked(kind: &str, body: &str) -> Vec<u8> {
    let mut request = format!(
        "POST /params HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nAccept: application/json\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    .into_bytes();
    for chunk in body.as_bytes().chunks(64 * 1024) {
        request.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        request.extend_from_slice(chunk);
        request.extend_from_slice(b"\r\n");
    }
    request
}
