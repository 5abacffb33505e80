//! The load client: a closed loop on keep-alive connections, one thread for each.

use crate::Result;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// One request of a scenario.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) accept: &'static str,
}

/// A keep-alive HTTP/1.1 connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(port: u16) -> Result<Connection> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Connection {
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends one GET and returns the body of its answer; anything but 200 is an error.
    pub(crate) fn get(&mut self, path: &str, accept: &str) -> Result<&[u8]> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n");
        self.stream.write_all(request.as_bytes())?;
        self.buffer.clear();
        let head = loop {
            self.read_more()?;
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let length = body_length(&self.buffer[..head])?;
        while self.buffer.len() < head + length {
            self.read_more()?;
        }
        Ok(&self.buffer[head..head + length])
    }

    fn read_more(&mut self) -> Result<()> {
        let mut chunk = [0; 32 * 1024];
        match self.stream.read(&mut chunk)? {
            0 => Err("the server closed the connection".into()),
            read => {
                self.buffer.extend_from_slice(&chunk[..read]);
                Ok(())
            }
        }
    }
}

fn body_length(head: &[u8]) -> Result<usize> {
    let head = std::str::from_utf8(head)?;
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default();
    if !status.starts_with("HTTP/1.1 200") {
        return Err(format!("answered `{status}`").into());
    }
    for line in lines {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            return Ok(value.trim().parse()?);
        }
    }
    Err("an answer without `Content-Length`".into())
}

/// Asks `port` for `request(n)`, n counted up, on `connections` connections for `time`; returns requests and seconds.
pub(crate) fn run(
    port: u16,
    connections: usize,
    time: Duration,
    request: &(dyn Fn(u64) -> Request + Sync),
) -> Result<(u64, f64)> {
    let start = Instant::now();
    let end = start + time;
    let total = std::thread::scope(|scope| {
        let loops: Vec<_> = (0..connections as u64)
            .map(|first| scope.spawn(move || closed_loop(port, first, end, request)))
            .collect();
        let mut total = 0;
        for one in loops {
            total += one
                .join()
                .map_err(|_| "a thread of the load client panicked")??;
        }
        Ok::<u64, Box<dyn std::error::Error + Send + Sync>>(total)
    })?;
    Ok((total, start.elapsed().as_secs_f64()))
}

fn closed_loop(
    port: u16,
    seed: u64,
    end: Instant,
    request: &(dyn Fn(u64) -> Request + Sync),
) -> Result<u64> {
    let mut connection = Connection::open(port)?;
    let mut state = seed + 1;
    let mut done = 0;
    while Instant::now() < end {
        // xorshift: cheap, and the same sequence for both sides.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let Request { path, accept } = request(state);
        connection.get(&path, accept)?;
        done += 1;
    }
    Ok(done)
}
