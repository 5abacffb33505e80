//! Where a request ends and the next one begins: nothing in a body is taken for a request, what could be read in two ways
//! is refused and the connection closed, and what comes in one go is answered as if it came one by one.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use velocious::{Error, Result};

use super::running::Running;
use super::wire::{Answer, Wire};
use crate::claim::claim;
use crate::random::Random;

/// What no request in here may ever be answered with.
const MARKER: &[u8] = b"the marker was answered";
/// A request that stands where a body should.
const HIDDEN: &str = "GET /marker HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// What a server has to make of some bytes.
#[derive(Clone, Debug)]
enum Wanted {
    /// One answer that refuses them, and no more of this connection.
    Refused,
    /// Answers of these statuses.
    Answers(&'static [u16]),
}

/// Sends everything that could be read in two ways, and so many requests in one go.
///
/// # Errors
/// What was not as promised.
pub async fn run(program: &Path, seed: u64, count: u64) -> Result<String> {
    let server = Running::start(program, &[])?;
    let address = server.address();
    let cases = cases();
    for (name, bytes, wanted) in &cases {
        judge(address, bytes, wanted)
            .await
            .map_err(|error| Error::message(format!("{name}: {error}")))?;
        // The same, a few bytes at a time.
        judge_in_pieces(address, bytes, wanted)
            .await
            .map_err(|error| Error::message(format!("{name}, in pieces: {error}")))?;
    }
    let count = pipelined(address, seed, count).await?;
    let markers = wire_to(address, b"GET /markers HTTP/1.1\r\nHost: localhost\r\n\r\n").await?;
    claim(markers.body == b"0", || {
        format!("hidden requests reached their action: {markers:?}")
    })?;
    Ok(format!(
        "{} ways to hide a request, 0 answered; {count} of {count} in one go as one by one",
        cases.len()
    ))
}

async fn wire_to(address: SocketAddr, request: &[u8]) -> Result<Answer> {
    let mut wire = Wire::open(address).await?;
    let answer = wire.exchange(request).await?;
    answer.ok_or_else(|| Error::message("no answer"))
}

async fn judge(address: SocketAddr, bytes: &[u8], wanted: &Wanted) -> Result<()> {
    let mut wire = Wire::open(address).await?;
    wire.push(bytes).await?;
    judged(wire, wanted).await
}

async fn judge_in_pieces(address: SocketAddr, bytes: &[u8], wanted: &Wanted) -> Result<()> {
    let mut wire = Wire::open(address).await?;
    for piece in bytes.chunks(bytes.len().div_ceil(5).max(1)) {
        wire.push(piece).await?;
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
    judged(wire, wanted).await
}

async fn judged(mut wire: Wire, wanted: &Wanted) -> Result<()> {
    match wanted {
        Wanted::Refused => {
            let answer = wire.answer().await?;
            let status = answer.as_ref().map_or(0, |answer| answer.status);
            let is_refused = (400..500).contains(&status) || matches!(status, 501 | 505);
            claim(is_refused, || format!("is not refused: {answer:?}"))?;
            // What would be answered now was hidden in it.
            let rest = wire.rest_within(Duration::from_secs(4)).await;
            let rest = rest.ok_or_else(|| Error::message("the connection stays open"))?;
            claim(!contains(&rest, b"HTTP/1."), || {
                format!("is answered twice: {:?}", String::from_utf8_lossy(&rest))
            })
        }
        Wanted::Answers(statuses) => {
            for status in *statuses {
                let answer = wire.answer().await?;
                let found = answer.as_ref().map(|answer| answer.status);
                claim(found == Some(*status), || {
                    format!("is answered with {answer:?}, not {status}")
                })?;
                let body = answer.map(|answer| answer.body).unwrap_or_default();
                claim(!contains(&body, MARKER), || {
                    "the hidden request is answered".into()
                })?;
            }
            Ok(())
        }
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Names, bytes, and what has to be made of them.
fn cases() -> Vec<(String, Vec<u8>, Wanted)> {
    let mut cases = Vec::new();
    let mut refused = |name: &str, bytes: String| {
        cases.push((name.to_owned(), bytes.into_bytes(), Wanted::Refused));
    };
    // Lengths.
    let hidden = HIDDEN.len();
    let post = |headers: &str, body: &str| {
        format!(
            "POST /params HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}\r\n{body}"
        )
    };
    let end_of_chunks = format!("0\r\n\r\n{HIDDEN}");
    for headers in [
        format!(
            "Content-Length: {}\r\nTransfer-Encoding: chunked\r\n",
            5 + hidden
        ),
        format!(
            "Transfer-Encoding: chunked\r\nContent-Length: {}\r\n",
            5 + hidden
        ),
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n".into(),
        format!(
            "Content-Length: {}\r\nTransfer-Encoding: identity\r\n",
            5 + hidden
        ),
        "Content-Length: 5\r\nContent-Length: 6\r\n".into(),
        "Content-Length: 5\r\nContent-Length: 5\r\n".into(),
        "Content-Length: 5, 5\r\n".into(),
        "Content-Length: 5, 6\r\n".into(),
        "Content-Length: +5\r\n".into(),
        "Content-Length: -5\r\n".into(),
        "Content-Length: 0x5\r\n".into(),
        "Content-Length: 5 5\r\n".into(),
        "Content-Length: 5;\r\n".into(),
        "Content-Length: five\r\n".into(),
        "Content-Length:\r\n".into(),
        "Content-Length: 5\u{b}\r\n".into(),
        "Content-Length : 5\r\n".into(),
        "Content-Length: 18446744073709551621\r\n".into(),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n".into(),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n".into(),
        "Transfer-Encoding: chunked, chunked\r\n".into(),
        "Transfer-Encoding: chunked, identity\r\n".into(),
        "Transfer-Encoding: identity, chunked\r\n".into(),
        "Transfer-Encoding: gzip, chunked\r\n".into(),
        "Transfer-Encoding: xchunked\r\n".into(),
        "Transfer-Encoding: chunkedx\r\n".into(),
        "Transfer-Encoding: \"chunked\"\r\n".into(),
        "Transfer-Encoding: \u{b}chunked\r\n".into(),
        "Transfer-Encoding: chunked;q=1\r\n".into(),
        "Transfer-Encoding: chu\0nked\r\n".into(),
        "Transfer-Encoding:\r\n chunked\r\n".into(),
        "Transfer-Encoding:\r\n\tchunked\r\n".into(),
        "Transfer-Encoding : chunked\r\n".into(),
        " Transfer-Encoding: chunked\r\n".into(),
        "\tTransfer-Encoding: chunked\r\n".into(),
        "Transfer-Encoding: \r chunked\r\n".into(),
        "X: a\rTransfer-Encoding: chunked\r\n".into(),
        "Transfer-Encoding\0: chunked\r\n".into(),
        "Transfer_Encoding: chunked\r\nContent-Length: 5\r\nContent-Length: 0\r\n".into(),
    ] {
        refused(&format!("{headers:?}"), post(&headers, &end_of_chunks));
    }
    refused(
        "chunks in HTTP/1.0",
        post("Transfer-Encoding: chunked\r\n", &end_of_chunks)
            .replace("HTTP/1.1\r\nHost", "HTTP/1.0\r\nHost"),
    );
    // Chunks.
    for chunks in [
        "z\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
        "\r\nhello\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n",
        "5\rhello\r\n0\r\n\r\n",
        "5\r\nhelloxx0\r\n\r\n",
        "5\r\nhello\n0\r\n\r\n",
        "5\r\nhello0\r\n\r\n",
        "5;a\nb\r\nhello\r\n0\r\n\r\n",
        "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n",
        "10000000000000005\r\nhello\r\n0\r\n\r\n",
        "FFFFFFFFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
        "5_0\r\nhello\r\n0\r\n\r\n",
    ] {
        let body = format!("{chunks}{HIDDEN}");
        refused(
            &format!("{chunks:?}"),
            post("Transfer-Encoding: chunked\r\n", &body),
        );
    }
    // Hosts.
    for host in [
        "",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
        "Host: a b\r\n",
        "Host: a,b\r\n",
        "Host: a@b\r\n",
        "Host: a/b\r\n",
        "Host: \r\n",
        "Host: a:b\r\n",
        "Host: a\r\n b\r\n",
        "Host : localhost\r\n",
    ] {
        refused(
            &format!("{host:?}"),
            format!("GET /ping HTTP/1.1\r\n{host}\r\n{HIDDEN}"),
        );
    }
    // Request lines and lines of headers.
    for line in [
        "GET http://evil.example/ping HTTP/1.1\r\nHost: localhost\r\n",
        "GET http://localhost:1/ping HTTP/1.1\r\nHost: localhost\r\n",
        "GET /ping HTTP/1.1 x\r\nHost: localhost\r\n",
        "GET /pi ng HTTP/1.1\r\nHost: localhost\r\n",
        "GET\t/ping\tHTTP/1.1\r\nHost: localhost\r\n",
        "GET /ping\r\nHost: localhost\r\n",
        "GET /ping HTTP/1.2\r\nHost: localhost\r\n",
        "GET /ping HTTP/2.0\r\nHost: localhost\r\n",
        "GET /ping HTTP/11\r\nHost: localhost\r\n",
        "GET /ping http/1.1\r\nHost: localhost\r\n",
        "GET /ping\0 HTTP/1.1\r\nHost: localhost\r\n",
        "G(T /ping HTTP/1.1\r\nHost: localhost\r\n",
        " /ping HTTP/1.1\r\nHost: localhost\r\n",
        "GET ping HTTP/1.1\r\nHost: localhost\r\n",
        "GET /ping HTTP/1.1\r\n Host: localhost\r\nHost: localhost\r\n",
        "GET /ping HTTP/1.1\r\nHost: localhost\r\nno colon\r\n",
        "GET /ping HTTP/1.1\r\nHost: localhost\r\n: a\r\n",
        "GET /ping HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n",
        "GET /ping HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n",
        "GET /ping HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n",
        "GET /ping HTTP/1.1\r\nHost: localhost\r\nX y: a\r\n",
        "GET /ping HTTP/1.1\r\nHost: localhost\r\nX\u{e9}: a\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n",
        "GET /%ff HTTP/1.1\r\nHost: localhost\r\n",
    ] {
        refused(&format!("{line:?}"), format!("{line}\r\n{HIDDEN}"));
    }
    // What is unambiguous, and may look otherwise.
    let mut answered = |name: &str, bytes: String, statuses: &'static [u16]| {
        cases.push((
            name.to_owned(),
            bytes.into_bytes(),
            Wanted::Answers(statuses),
        ));
    };
    let ping = "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let length = format!("Content-Length: {hidden}\r\n");
    answered(
        "a request in a body",
        post(&length, HIDDEN) + ping,
        &[200, 200],
    );
    answered(
        "a request in the body of a GET",
        format!("GET /ping HTTP/1.1\r\nHost: localhost\r\n{length}\r\n{HIDDEN}{ping}"),
        &[200],
    );
    answered(
        "a request in a chunk",
        post(
            "Transfer-Encoding: chunked\r\n",
            &format!("{hidden:x}\r\n{HIDDEN}\r\n0\r\n\r\n{ping}"),
        ),
        &[200, 200],
    );
    answered(
        "a request in an extension of a chunk",
        post(
            "Transfer-Encoding: chunked\r\n",
            &format!("3;{}\r\na=1\r\n0\r\n\r\n{ping}", "GET /marker HTTP/1.1"),
        ),
        &[200, 200],
    );
    answered(
        "CHUNKED in capitals",
        post(
            "TRANSFER-ENCODING: CHUNKED\r\n",
            &format!("3\r\na=1\r\n0\r\n\r\n{ping}"),
        ),
        &[200, 200],
    );
    answered(
        "a length with spaces around it",
        post("Content-Length: \t3 \r\n", &format!("a=1{ping}")),
        &[200, 200],
    );
    answered(
        "an address with the same host",
        format!("GET http://localhost/ping HTTP/1.1\r\nHost: localhost\r\n\r\n{ping}"),
        &[200, 200],
    );
    answered(
        "a line before the request",
        format!("\r\n{ping}{ping}"),
        &[200, 200],
    );
    answered(
        "a body that is waited for",
        post(
            "Content-Length: 3\r\nExpect: 100-continue\r\n",
            &format!("a=1{ping}"),
        ),
        &[100, 200, 200],
    );
    answered(
        "another protocol",
        format!(
            "GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n{HIDDEN}"
        ),
        &[200],
    );
    answered(
        "HTTP/2 asked for",
        format!(
            "GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n{ping}"
        ),
        &[200],
    );
    answered(
        "the last of a connection",
        format!("GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n{HIDDEN}"),
        &[200],
    );
    cases
}

/// Sends requests one by one, then all in one go; how many there were.
async fn pipelined(address: SocketAddr, seed: u64, count: u64) -> Result<u64> {
    let mut random = Random::new(seed);
    let requests: Vec<_> = (0..count).map(|_| any(&mut random)).collect();
    let mut alone = Vec::new();
    for (method, request) in &requests {
        let mut wire = Wire::open(address).await?;
        wire.send(request.as_bytes()).await?;
        alone.push(wire.answer_to(method).await?);
    }
    let mut wire = Wire::open(address).await?;
    let all: String = requests
        .iter()
        .map(|(_, request)| request.as_str())
        .collect();
    wire.push(all.as_bytes()).await?;
    for (number, ((method, request), alone)) in requests.iter().zip(alone).enumerate() {
        let together = wire.answer_to(method).await?;
        let seen = |answer: Option<Answer>| answer.map(|answer| (answer.status, answer.body));
        let (alone, together) = (seen(alone), seen(together));
        claim(alone == together, || {
            format!("request {number}, {request:?}: {alone:?} alone, {together:?} among others")
        })?;
    }
    Ok(count)
}

/// A well-formed request, which may be refused for what it says.
fn any(random: &mut Random) -> (&'static str, String) {
    let number = random.below(1_000_000);
    let kind = "Sec-Fetch-Site: same-origin\r\nAccept: application/json\r\nContent-Type";
    let post = |kind_of_body: &str, body: &str| {
        let length = body.len();
        format!(
            "POST /params HTTP/1.1\r\nHost: localhost\r\n{kind}: {kind_of_body}\r\nContent-Length: {length}\r\n\r\n{body}"
        )
    };
    match random.below(9) {
        0 => (
            "GET",
            "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n".into(),
        ),
        1 => (
            "HEAD",
            "HEAD /ping HTTP/1.1\r\nHost: localhost\r\n\r\n".into(),
        ),
        2 => (
            "GET",
            format!("GET /params?number={number} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        ),
        3 => (
            "GET",
            format!(
                "GET /nothing/{number} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n"
            ),
        ),
        4 => (
            "POST",
            post("application/json", &format!("{{\"number\": {number}}}")),
        ),
        5 => (
            "POST",
            post("application/json", &format!("{{\"number\": {number}")),
        ),
        6 => (
            "POST",
            post(
                "application/x-www-form-urlencoded",
                &"a[]=1&".repeat(random.below(2_000)),
            ),
        ),
        7 => (
            "DELETE",
            format!(
                "DELETE /params?number={number} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\r\n"
            ),
        ),
        _ => {
            let body = format!("number={number}");
            (
                "POST",
                format!(
                    "POST /params HTTP/1.1\r\nHost: localhost\r\n{kind}: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
                    body.len()
                ),
            )
        }
    }
}
