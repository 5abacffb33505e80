//! Bytes on a socket, for the requests that no honest client would send.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// What came back.
#[derive(Debug)]
pub struct RawAnswer {
    /// The status code.
    pub status: u16,
    /// All of the answer as text.
    pub text: String,
}

/// Sends `request` as it is and reads until the server closes the connection or says nothing for 5 seconds.
/// `None` when it closed without an answer.
///
/// # Panics
/// When the server cannot be reached.
#[must_use]
pub fn exchange(address: SocketAddr, request: &[u8]) -> Option<RawAnswer> {
    exchange_all(address, &[request])
}

/// Like [`exchange`], with a pause of 50 ms between the pieces.
///
/// # Panics
/// When the server cannot be reached.
#[must_use]
pub fn exchange_all(address: SocketAddr, pieces: &[&[u8]]) -> Option<RawAnswer> {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a timeout can be set");
    for (number, piece) in pieces.iter().enumerate() {
        if number > 0 {
            std::thread::sleep(Duration::from_millis(50));
        }
        // A server may refuse a long body before it has read all of it; its answer is what counts.
        if stream.write_all(piece).is_err() {
            break;
        }
    }
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    Some(RawAnswer { status, text })
}
