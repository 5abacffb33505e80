//! Bytes on a socket, for the requests that no honest client would send.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};

use crate::PATIENCE;

/// What came back.
#[derive(Debug)]
pub struct RawAnswer {
    /// The status code.
    pub status: u16,
    /// All of the answer as text.
    pub text: String,
}

/// Sends `request` as it is and reads until the server closes the connection, which it does sooner or later.
/// `None` when it closed without an answer.
///
/// # Panics
/// When the server cannot be reached.
#[must_use]
pub fn exchange(address: SocketAddr, request: &[u8]) -> Option<RawAnswer> {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("a timeout can be set");
    let reading = stream.try_clone().expect("a socket can be shared");
    let bytes = std::thread::scope(|scope| {
        // Beside the writing: a server may answer and close before it has read all of a long body, and what was not
        // read by then would be lost.
        let reader = scope.spawn(|| to_the_end(reading));
        let _ = stream.write_all(request);
        reader.join().expect("the reader does not panic")
    });
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    Some(RawAnswer { status, text })
}

fn to_the_end(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => return bytes,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return bytes,
        }
    }
}
