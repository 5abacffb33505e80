//! One connection and several requests.

use std::io::{Read, Write};
use std::net::TcpStream;
use velocious_tests::{PATIENCE, Server, exchange};

/// Sends a request for `/up` and reads its answer; empty when the connection is closed before there is one.
fn ask(stream: &mut TcpStream, version: &str, headers: &str) -> String {
    let request = format!("GET /up HTTP/{version}\r\nHost: localhost\r\n{headers}\r\n");
    if stream.write_all(request.as_bytes()).is_err() {
        return String::new();
    }
    let (mut text, mut chunk) = (String::new(), [0; 1024]);
    while !text.ends_with("up\n") {
        match stream.read(&mut chunk) {
            Ok(read) if read > 0 => text.push_str(&String::from_utf8_lossy(&chunk[..read])),
            _ => break,
        }
    }
    text
}

/// Whether a second request is answered on the connection of the first.
fn stays_open(server: &Server, version: &str, headers: &str) -> bool {
    let mut stream = TcpStream::connect(server.address).expect("the server listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let first = ask(&mut stream, version, headers);
    assert!(first.ends_with("up\n"), "{first}");
    ask(&mut stream, version, headers).ends_with("up\n")
}

#[test]
fn connections_stay_open_as_long_as_their_version_and_headers_say() {
    let server = Server::example();
    for (version, headers, open) in [
        ("1.1", "", true),
        ("1.1", "Connection: close\r\n", false),
        ("1.1", "Connection: te, close\r\n", false),
        ("1.0", "", false),
        ("1.0", "Connection: keep-alive\r\n", true),
    ] {
        assert_eq!(
            stays_open(&server, version, headers),
            open,
            "{version} {headers}"
        );
    }
}

#[test]
fn requests_that_do_not_wait_for_answers_get_them_in_order() {
    let server = Server::example();
    let request = |number: u8, path: &str, rest: &str| {
        format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: pipelined-{number}\r\n{rest}\r\n"
        )
    };
    let requests = [
        request(1, "/tasks/3", ""),
        request(2, "/nowhere", ""),
        request(3, "/tasks", ""),
        request(4, "/up", "Connection: close\r\n"),
    ];
    let answer = exchange(server.address, requests.concat().as_bytes()).expect("an answer");
    let places = [1, 2, 3, 4].map(|number| answer.text.find(&format!("pipelined-{number}")));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?} in {}",
        answer.text
    );
}

#[test]
fn a_body_in_chunks_is_put_together() {
    let server = Server::signed_in();
    let cookies = server.client.cookies();
    let request = format!(
        "POST /tasks HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nSec-Fetch-Site: same-origin\r\n\
         Accept: application/json\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\
         Connection: close\r\n\r\n\
         b;name=value\r\n{{\"task\": {{\"\r\n\
         25\r\nname\": \"In chunks\", \"project_id\": 1}}}}\r\n\
         0\r\n\r\n"
    );
    let answer = exchange(server.address, request.as_bytes()).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert!(answer.text.contains("In chunks"), "{}", answer.text);
}
