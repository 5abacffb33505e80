//! Stopping: what was accepted is answered.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use velocious_tests::{PATIENCE, Server, ServerOptions, eventually};

/// How one request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// A whole answer.
    Answered,
    /// Nobody listens any more.
    Refused,
    /// The connection was made and closed again without a whole answer.
    Dropped,
}

fn request(address: SocketAddr) -> Outcome {
    let Ok(mut stream) = TcpStream::connect_timeout(&address, PATIENCE) else {
        return Outcome::Refused;
    };
    let _ = stream.set_read_timeout(Some(PATIENCE));
    let sent =
        stream.write_all(b"GET /tasks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    match (sent, read) {
        (Ok(()), Ok(_)) if answer.starts_with(b"HTTP/1.1 200") && answer.ends_with(b"</html>") => {
            Outcome::Answered
        }
        _ => Outcome::Dropped,
    }
}

fn stops_without_dropping_a_request(signal: &str) {
    let mut server = Server::example();
    let address = server.address;
    let stop = Arc::new(AtomicBool::new(false));
    let (answered, dropped) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    // Ten clients with a request each every 100 ms make 100 a second.
    let clients: Vec<_> = (0..10)
        .map(|number| {
            let (stop, answered, dropped) = (
                Arc::clone(&stop),
                Arc::clone(&answered),
                Arc::clone(&dropped),
            );
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(10 * number));
                while !stop.load(Ordering::Relaxed) {
                    let next = Instant::now() + Duration::from_millis(100);
                    match request(address) {
                        Outcome::Answered => answered.fetch_add(1, Ordering::Relaxed),
                        Outcome::Dropped => dropped.fetch_add(1, Ordering::Relaxed),
                        Outcome::Refused => 0,
                    };
                    std::thread::sleep(next.saturating_duration_since(Instant::now()));
                }
            })
        })
        .collect();
    eventually("the load is real", || {
        (answered.load(Ordering::Relaxed) > 60).then_some(())
    });
    server.process.signal(signal);
    let status = server.process.wait();
    std::thread::sleep(Duration::from_millis(200));
    stop.store(true, Ordering::Relaxed);
    for client in clients {
        client.join().expect("a client does not panic");
    }
    assert_eq!(
        dropped.load(Ordering::Relaxed),
        0,
        "connections were made and their requests not answered"
    );
    assert_eq!(status.code(), Some(0), "{}", server.output());
}

#[test]
fn sigterm_under_load_leaves_no_request_unanswered() {
    stops_without_dropping_a_request("TERM");
}

#[test]
fn sigint_under_load_leaves_no_request_unanswered() {
    stops_without_dropping_a_request("INT");
}

#[test]
fn a_request_at_work_is_finished() {
    let mut server = ServerOptions::default()
        .variable("EXAMPLE_TESTING", "1")
        .start();
    let mut stream = TcpStream::connect(server.address).expect("the server listens");
    stream
        .write_all(b"GET /testing/slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .expect("the request is sent");
    // The action waits for a second; the signal comes while it does.
    std::thread::sleep(Duration::from_millis(300));
    server.process.signal("TERM");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("an answer, then the end");
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("slept"),
        "{answer}"
    );
    assert_eq!(server.process.wait().code(), Some(0));
}

#[test]
fn an_idle_connection_does_not_hold_the_server_up() {
    let mut server = Server::example();
    let mut idle = TcpStream::connect(server.address).expect("the server listens");
    idle.write_all(b"GET /tasks/1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .expect("the request is sent");
    let mut first = [0; 512];
    assert!(idle.read(&mut first).expect("an answer") > 0);
    server.process.signal("TERM");
    assert_eq!(server.process.wait().code(), Some(0));
}
