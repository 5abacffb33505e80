//! Bytes on a connection, and the answers in them.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use velocious::{Error, Result};

use crate::claim::limit;

/// A connection to a server.
pub struct Wire {
    stream: TcpStream,
    /// What has arrived and was not looked at.
    rest: Vec<u8>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Wire {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        Wire::with_window(address, None).await
    }

    /// Connects, and takes in so many bytes at most before they are read.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn with_window(address: SocketAddr, window: Option<u32>) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        if let Some(window) = window {
            socket.set_recv_buffer_size(window)?;
        }
        Ok(Wire {
            stream: socket.connect(address).await?,
            rest: Vec::new(),
        })
    }

    /// The port that the server sees.
    ///
    /// # Errors
    /// When the connection has none.
    pub fn port(&self) -> Result<u16> {
        Ok(self.stream.local_addr()?.port())
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// When the server has closed the connection.
    pub async fn send(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(bytes).await?)
    }

    /// Sends bytes and gives the answer, which may come before all of them are sent.
    ///
    /// # Errors
    /// As [`Wire::answer`].
    pub async fn exchange(&mut self, bytes: &[u8]) -> Result<Option<Answer>> {
        self.push_until(bytes, |arrived| find(arrived, b"\r\n\r\n").is_some())
            .await?;
        self.answer().await
    }

    /// Sends bytes, and takes in what comes meanwhile; all of them unless the server closes the connection before.
    ///
    /// # Errors
    /// When the connection cannot be looked at.
    pub async fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.push_until(bytes, |_| false).await
    }

    async fn push_until(&mut self, bytes: &[u8], is_enough: impl Fn(&[u8]) -> bool) -> Result<()> {
        let mut sent = 0;
        let mut buffer = [0; 16 * 1024];
        while sent < bytes.len() && !is_enough(&self.rest) {
            let ready = self
                .stream
                .ready(Interest::READABLE | Interest::WRITABLE)
                .await?;
            if ready.is_readable() {
                match self.stream.try_read(&mut buffer) {
                    Ok(0) => break,
                    Ok(read) => self.rest.extend_from_slice(&buffer[..read]),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                    Err(_) => break,
                }
            }
            if ready.is_writable() {
                match self.stream.try_write(&bytes[sent..]) {
                    Ok(more) => sent += more,
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                    // The answer, if there is one, has been sent before.
                    Err(_) => break,
                }
            }
        }
        Ok(())
    }

    /// The next answer; `None` when the server closes the connection without one.
    ///
    /// # Errors
    /// For an answer that is cut off or malformed, and when there is none within 20 seconds (in the tests, minutes).
    pub async fn answer(&mut self) -> Result<Option<Answer>> {
        self.answer_to("GET").await
    }

    /// The next answer to a request of this method, which decides whether there is a body.
    ///
    /// # Errors
    /// As [`Wire::answer`].
    pub async fn answer_to(&mut self, method: &str) -> Result<Option<Answer>> {
        let head = loop {
            if let Some(end) = find(&self.rest, b"\r\n\r\n") {
                let head: Vec<u8> = self.rest.drain(..end + 4).collect();
                break String::from_utf8_lossy(&head).into_owned();
            }
            if !self.more().await? {
                return match self.rest.is_empty() {
                    true => Ok(None),
                    false => Err(self.malformed("the head of an answer is cut off")),
                };
            }
        };
        let status = head
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3)?.parse().ok());
        let Some(status) = status else {
            return Err(Error::message(format!("no answer of HTTP/1.1: {head:?}")));
        };
        let mut answer = Answer {
            status,
            head,
            body: Vec::new(),
        };
        if status < 200 || matches!(status, 204 | 304) || method == "HEAD" {
            return Ok(Some(answer));
        }
        let is_chunked = answer.header("transfer-encoding") == Some("chunked");
        let length = answer.header("content-length").map(str::parse::<usize>);
        answer.body = match (is_chunked, length) {
            (true, _) => self.chunks().await?,
            (false, Some(Ok(length))) => self.take(length).await?,
            _ => {
                while self.more().await? {}
                std::mem::take(&mut self.rest)
            }
        };
        Ok(Some(answer))
    }

    /// Says that nothing more is sent.
    pub async fn end(&mut self) {
        // Whoever has closed the connection knows already.
        let _ = self.stream.shutdown().await;
    }

    /// Reads so many bytes and throws them away; whether there were as many.
    pub async fn skip(&mut self, length: usize) -> bool {
        let mut buffer = [0; 16 * 1024];
        let mut read = 0;
        while read < length {
            match self.stream.read(&mut buffer).await {
                Ok(0) | Err(_) => return false,
                Ok(more) => read += more,
            }
        }
        true
    }

    /// Everything until the server closes the connection; `None` when it does not within a time.
    pub async fn rest_within(&mut self, limit: Duration) -> Option<Vec<u8>> {
        let to_the_end = async { while matches!(self.more().await, Ok(true)) {} };
        timeout(limit, to_the_end).await.ok()?;
        Some(std::mem::take(&mut self.rest))
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(end) = find(&self.rest, b"\r\n") {
                    break end;
                }
                if !self.more().await? {
                    return Err(self.malformed("a chunk is cut off"));
                }
            };
            let line: Vec<u8> = self.rest.drain(..end + 2).collect();
            let line = String::from_utf8_lossy(&line).into_owned();
            let size = usize::from_str_radix(line.trim(), 16)
                .map_err(|_| Error::message(format!("no size of a chunk: {line:?}")))?;
            let chunk = self.take(size + 2).await?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }

    async fn take(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.rest.len() < length {
            if !self.more().await? {
                return Err(self.malformed("the body of an answer is cut off"));
            }
        }
        Ok(self.rest.drain(..length).collect())
    }

    /// Reads once; whether there was something.
    async fn more(&mut self) -> Result<bool> {
        let mut buffer = [0; 16 * 1024];
        let patience = limit(Duration::from_secs(20));
        let read = timeout(patience, self.stream.read(&mut buffer));
        let read = read
            .await
            .map_err(|_| Error::message(format!("the server says nothing for {patience:?}")))?;
        match read {
            Ok(read) => {
                self.rest.extend_from_slice(&buffer[..read]);
                Ok(read > 0)
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn malformed(&self, fault: &str) -> Error {
        Error::message(format!(
            "{fault}: {:?}",
            String::from_utf8_lossy(&self.rest)
        ))
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
