//! The load client: a closed loop on keep-alive connections, one thread for each.

use crate::Result;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// One request of a scenario: a GET, or with a `body` of JSON a POST.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) accept: &'static str,
    pub(crate) body: Option<String>,
}

impl Request {
    pub(crate) fn get(path: impl Into<String>, accept: &'static str) -> Request {
        Request {
            path: path.into(),
            accept,
            body: None,
        }
    }

    fn text(&self) -> String {
        let (path, accept) = (&self.path, self.accept);
        let head = format!("{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n");
        match &self.body {
            None => format!("GET {head}\r\n"),
            Some(body) => format!(
                "POST {head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            ),
        }
    }
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

    /// Sends one request and returns the body of its answer; anything but 200 and 201 is an error.
    pub(crate) fn ask(&mut self, request: &Request) -> Result<&[u8]> {
        self.stream.write_all(request.text().as_bytes())?;
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
    if !status.starts_with("HTTP/1.1 20") {
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

/// What a run of the load client saw.
pub(crate) struct Served {
    pub(crate) requests: u64,
    pub(crate) seconds: f64,
    /// The median time from sending a request to the end of its answer, in microseconds.
    pub(crate) median_micros: f64,
}

/// Asks `port` for `request(n)`, n a random number, on `connections` connections for `time`.
pub(crate) fn run(
    port: u16,
    connections: usize,
    time: Duration,
    request: &(dyn Fn(u64) -> Request + Sync),
) -> Result<Served> {
    let start = Instant::now();
    let end = start + time;
    let mut times = std::thread::scope(|scope| {
        let loops: Vec<_> = (0..connections as u64)
            .map(|first| scope.spawn(move || closed_loop(port, first, end, request)))
            .collect();
        let mut times = Vec::new();
        for one in loops {
            let of_one = one
                .join()
                .map_err(|_| "a thread of the load client panicked")??;
            times.extend(of_one);
        }
        Ok::<Vec<u32>, Box<dyn std::error::Error + Send + Sync>>(times)
    })?;
    let seconds = start.elapsed().as_secs_f64();
    if times.is_empty() {
        return Err("no request was answered in time; measure for longer".into());
    }
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    Ok(Served {
        median_micros: f64::from(*median) / 1e3,
        requests: times.len() as u64,
        seconds,
    })
}

/// The time of each request, in nanoseconds.
fn closed_loop(
    port: u16,
    seed: u64,
    end: Instant,
    request: &(dyn Fn(u64) -> Request + Sync),
) -> Result<Vec<u32>> {
    let mut connection = Connection::open(port)?;
    let mut state = seed + 1;
    let mut times = Vec::new();
    loop {
        // xorshift: cheap, and the same sequence for both sides.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let request = request(state);
        let sent = Instant::now();
        if sent >= end {
            return Ok(times);
        }
        connection.ask(&request)?;
        times.push(u32::try_from(sent.elapsed().as_nanos()).unwrap_or(u32::MAX));
    }
}
