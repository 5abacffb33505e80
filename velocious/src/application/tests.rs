//! A server on a real port, stopped while it is busy.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use actix_web::http::Method;

use super::door::Door;
use super::{App, Application, Boot, Given, server};
use crate::config::{Environment, Overrides};
use crate::controller::{Action, Filters, action};
use crate::routing::{Route, RouteTable};
use crate::{Context, Response, Result};

/// How long anything is waited for, on a machine that may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Answers after a moment, so that a stop finds requests that are being answered.
fn slow() -> Action {
    async fn slow(_: Context) -> Result<Response> {
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        Ok(Response::Ok().body("answered"))
    }
    action("RootController", "slow", Filters::NONE, slow)
}

/// Tells whom the request is from.
fn whom() -> Action {
    async fn whom(ctx: Context) -> Result<Response> {
        ctx.render_json(&(ctx.remote_ip(), ctx.is_secure()))
    }
    action("RootController", "whom", Filters::NONE, whom)
}

/// How many streams have been dropped.
static DROPPED: AtomicUsize = AtomicUsize::new(0);

/// What a stream holds.
struct Held;

impl Drop for Held {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

/// Writes for ever.
fn ticking() -> Action {
    async fn ticking(ctx: Context) -> Result<Response> {
        ctx.stream("text/plain", async |out| {
            let _held = Held;
            loop {
                out.write("tick\n").await?;
                actix_web::rt::time::sleep(Duration::from_millis(10)).await;
            }
        })
    }
    action("RootController", "ticking", Filters::NONE, ticking)
}

/// The same, holding nothing that is counted.
#[cfg(feature = "compression")]
fn writing() -> Action {
    async fn writing(ctx: Context) -> Result<Response> {
        ctx.stream("text/plain", async |out| {
            loop {
                out.write("tick\n").await?;
                actix_web::rt::time::sleep(Duration::from_millis(10)).await;
            }
        })
    }
    action("RootController", "writing", Filters::NONE, writing)
}

/// Sends one event and then nothing.
fn silent() -> Action {
    async fn silent(ctx: Context) -> Result<Response> {
        ctx.server_sent_events(async |events| {
            let _held = Held;
            events.send("only").await?;
            std::future::pending().await
        })
    }
    action("RootController", "silent", Filters::NONE, silent)
}

/// Serves at a free port; whoever connects is let in.
fn serve(mut overrides: Overrides) -> (thread::JoinHandle<bool>, SocketAddr) {
    overrides.push(("server.port", "test", "0".into()));
    let (server, address) = serve_with(overrides);
    (server, address.expect("an address"))
}

/// Serves in another thread, which answers `true` when it has ended well. There is an address unless it is at a socket.
fn serve_with(mut overrides: Overrides) -> (thread::JoinHandle<bool>, Option<SocketAddr>) {
    let (listening, listens) = mpsc::channel();
    overrides.push(("database.url", "test", "sqlite::memory:".into()));
    overrides.push(("server.workers", "test", "2".into()));
    let server = thread::spawn(move || {
        let routes = RouteTable::new(vec![
            Route::new(Method::GET, "/slow", "slow", slow),
            Route::new(Method::GET, "/ticking", "ticking", ticking),
            Route::new(Method::GET, "/silent", "silent", silent),
            Route::new(Method::GET, "/whom", "whom", whom),
            #[cfg(feature = "compression")]
            Route::new(Method::GET, "/writing", "writing", writing),
        ]);
        let application = Application::new("shop", "1.0.0", "/nowhere").routes(routes);
        let given = Given {
            environment: Some(Environment::TEST),
            variable: &|_| None,
            overrides,
        };
        actix_web::rt::System::new().block_on(async {
            let boot = Boot::new(application, given).expect("no mistakes");
            let app = App::open(boot).await.expect("opened");
            let door = Door::of(&app.config().server).expect("a free port");
            let address = door.addresses().next();
            listening.send(address).expect("somebody waits");
            server::serve_at(app, door).await.is_ok()
        })
    });
    (server, listens.recv().expect("it listens"))
}

/// A connection as a client sees it.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(address: SocketAddr) -> Option<Self> {
        let stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        Some(Connection(BufReader::new(stream)))
    }

    /// Whether a request was answered, and whether the connection goes on.
    fn get(&mut self) -> Option<bool> {
        let request = "GET /slow HTTP/1.1\r\nhost: test.local\r\n\r\n";
        self.0.get_mut().write_all(request.as_bytes()).ok()?;
        let (mut length, mut goes_on) = (0, true);
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).ok().filter(|read| *read > 0)?;
            let line = line.trim_end().to_ascii_lowercase();
            match line.split_once(": ") {
                Some(("content-length", value)) => length = value.parse().ok()?,
                Some(("connection", "close")) => goes_on = false,
                _ if line.is_empty() => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).ok()?;
        (body == b"answered").then_some(goes_on)
    }
}

#[test]
fn a_stop_answers_every_request_that_was_accepted() {
    let (server, address) = serve(Vec::new());
    let (answered, lost) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let over = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..12)
        .map(|client| {
            let (answered, lost, over) = (answered.clone(), lost.clone(), over.clone());
            thread::spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let Some(mut connection) = Connection::open(address) else {
                        thread::sleep(Duration::from_millis(5));
                        continue;
                    };
                    // Half of the clients keep their connection, the others make one for each request.
                    loop {
                        match connection.get() {
                            Some(goes_on) => {
                                answered.fetch_add(1, Ordering::Relaxed);
                                if !goes_on || client % 2 == 0 {
                                    break;
                                }
                            }
                            None => {
                                lost.fetch_add(1, Ordering::Relaxed);
                                break;
                            }
                        }
                    }
                }
            })
        })
        .collect();
    while answered.load(Ordering::Relaxed) < 100 {
        thread::sleep(Duration::from_millis(5));
    }
    let sent = Command::new("kill")
        .args(["-TERM", &std::process::id().to_string()])
        .status();
    assert!(
        sent.is_ok_and(|status| status.success()),
        "the signal was not sent"
    );
    assert!(
        server.join().expect("no panic"),
        "the server did not end well"
    );
    assert!(
        Connection::open(address).is_none(),
        "the door is still open"
    );
    over.store(true, Ordering::Relaxed);
    for client in clients {
        client.join().expect("no panic");
    }
    assert_eq!(lost.load(Ordering::Relaxed), 0, "requests went unanswered");
}

/// What `GET /whom`, sent by a proxy, is answered with at a socket.
fn whom_at(path: &Path) -> Option<String> {
    let mut stream = UnixStream::connect(path).ok()?;
    let request = "GET /whom HTTP/1.1\r\nhost: test.local\r\nconnection: close\r\nx-forwarded-for: 2.2.2.2\r\nx-forwarded-proto: https\r\n\r\n";
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    let (_, body) = answer.split_once("\r\n\r\n")?;
    Some(body.to_owned())
}

#[test]
fn a_server_at_a_socket_trusts_its_proxy_when_it_is_told_to_and_removes_the_socket() {
    let name = format!("velocious-{}.sock", std::process::id());
    let path = std::env::temp_dir().join(name);
    let socket = || ("server.socket", "test", path.display().to_string());
    let proxies = || ("server.trusted_proxies", "test", "unix".to_owned());
    for (overrides, expected) in [
        (vec![socket()], "[null,false]"),
        (vec![socket(), proxies()], r#"["2.2.2.2",true]"#),
    ] {
        let (server, _) = serve_with(overrides);
        let answer = loop {
            match whom_at(&path) {
                Some(answer) => break answer,
                None => thread::sleep(Duration::from_millis(10)),
            }
        };
        assert_eq!(answer, expected);
        let sent = Command::new("kill")
            .args(["-TERM", &std::process::id().to_string()])
            .status();
        assert!(sent.is_ok_and(|status| status.success()), "not sent");
        assert!(server.join().expect("no panic"), "did not end well");
        assert!(!path.exists(), "the socket was left behind");
    }
}

#[cfg(feature = "compression")]
#[test]
fn what_is_written_is_sent_at_once_also_when_it_is_compressed() {
    let (_server, address) = serve(Vec::new());
    for encoding in ["br", "zstd", "gzip"] {
        let mut client = Connection::open(address).expect("a server");
        let request = format!(
            "GET /writing HTTP/1.1\r\nhost: test.local\r\naccept-encoding: {encoding}\r\n\r\n"
        );
        let stream = client.0.get_mut();
        stream.write_all(request.as_bytes()).expect("sent");
        let (mut line, mut is_encoded) = (String::new(), false);
        while line != "\r\n" {
            line.clear();
            client.0.read_line(&mut line).expect("a header");
            is_encoded |= line == format!("content-encoding: {encoding}\r\n");
        }
        assert!(is_encoded, "{encoding}");
        // The stream never ends: without being sent at once, some bytes would take minutes to fill a buffer.
        for _ in 0..3 {
            line.clear();
            client.0.read_line(&mut line).expect("the length of a part");
            let length = usize::from_str_radix(line.trim_end(), 16).expect("a length");
            assert!((1..100).contains(&length), "{length}");
            client
                .0
                .read_exact(&mut vec![0; length + 2])
                .expect("a part");
        }
    }
}

#[test]
fn a_client_that_goes_away_ends_its_stream() {
    let (_server, address) = serve(Vec::new());
    for (index, path) in ["/ticking", "/silent"].into_iter().enumerate() {
        let mut client = Connection::open(address).expect("a server");
        let request = format!("GET {path} HTTP/1.1\r\nhost: test.local\r\n\r\n");
        let stream = client.0.get_mut();
        stream.write_all(request.as_bytes()).expect("sent");
        let mut line = String::new();
        while line.trim_end() != "tick" && line.trim_end() != "data: only" {
            line.clear();
            let read = client.0.read_line(&mut line).expect("an answer");
            assert!(read > 0, "{path} ended by itself");
        }
        assert_eq!(
            DROPPED.load(Ordering::Relaxed),
            index,
            "{path} has just begun"
        );
        drop(client);
        while DROPPED.load(Ordering::Relaxed) == index {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn a_connection_that_sends_half_a_request_is_closed() {
    let (_server, address) = serve(vec![("server.header_timeout_ms", "test", "300".into())]);
    let mut client = loop {
        // On a busy machine the first one may be late.
        let mut client = Connection::open(address).expect("a server");
        if client.get() == Some(true) {
            break client;
        }
    };
    let half = b"GET /slow HTTP/1.1\r\nhost: test";
    client.0.get_mut().write_all(half).expect("sent");
    let mut rest = Vec::new();
    client
        .0
        .read_to_end(&mut rest)
        .expect("the connection is closed");
    assert_eq!(rest, b"", "half a request was answered");
}

#[test]
fn half_a_request_behind_another_keeps_no_connection() {
    let (_server, address) = serve(vec![("server.header_timeout_ms", "test", "300".into())]);
    let half = "GET /slow HTTP/1.1\r\nhost: test";
    for path in ["/slow", "/whom"] {
        let both = format!("GET {path} HTTP/1.1\r\nhost: test.local\r\n\r\n{half}");
        let answers = loop {
            let mut client = Connection::open(address).expect("a server");
            client.0.get_mut().write_all(both.as_bytes()).expect("sent");
            let mut answers = String::new();
            // Idle connections are kept for longer than this waits.
            client.0.read_to_string(&mut answers).expect("closed");
            // On a busy machine the first one may be late.
            if !answers.starts_with("HTTP/1.1 408") {
                break answers;
            }
        };
        assert_eq!(answers.matches("HTTP/1.1 200").count(), 1, "{answers}");
        assert_eq!(answers.matches("HTTP/1.1 ").count(), 1, "{answers}");
    }
}

#[test]
fn a_connection_that_goes_on_with_a_body_that_nobody_wants_is_closed() {
    let (_server, address) = serve(vec![("server.header_timeout_ms", "test", "300".into())]);
    let mut client = Connection::open(address).expect("a server");
    let head = b"POST /nothing HTTP/1.1\r\nhost: test.local\r\nsec-fetch-site: none\r\ntransfer-encoding: chunked\r\n\r\n";
    let stream = client.0.get_mut();
    stream.write_all(head).expect("sent");
    // For ever, if the server took it for ever.
    while stream.write_all(b"1\r\nx\r\n").is_ok() {
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn nothing_behind_the_last_request_of_a_connection_is_answered() {
    let (_server, address) = serve(Vec::new());
    let next = "GET /slow HTTP/1.1\r\nhost: test.local\r\n\r\n";
    for last in [
        "GET /slow HTTP/1.1\r\nhost: test.local\r\nconnection: close\r\n\r\n",
        // Refused, and nobody knows where it ends.
        "GET /slow HTTP/1.1\r\nhost: a b\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nhost: test.local\r\n\r\n",
    ] {
        let mut client = Connection::open(address).expect("a server");
        let both = format!("{last}{next}{next}");
        client.0.get_mut().write_all(both.as_bytes()).expect("sent");
        let mut answers = String::new();
        client.0.read_to_string(&mut answers).expect("closed");
        assert_eq!(answers.matches("HTTP/1.1 ").count(), 1, "{last}: {answers}");
    }
}
