//! The suite's own instruments, so that a failure elsewhere is never theirs.

use std::io::{Read, Write};
use std::net::TcpListener;
use velocious_tests::Browser;

#[test]
fn chromium_shows_a_page_and_takes_a_picture() {
    let browser = Browser::open();
    browser
        .visit("data:text/html,<title>A page</title><form><input id=name><p>some text</p></form>");
    browser.find("#name").fill("typed");
    assert_eq!(browser.find("#name").property("value"), "typed");
    assert_eq!(browser.find("p").text(), "some text");
    assert!(browser.all(".absent").is_empty());
    let picture = std::fs::read(browser.screenshot("harness")).expect("the picture was saved");
    assert!(picture.starts_with(b"\x89PNG"));
}

#[test]
fn a_raw_exchange_shows_what_the_server_said() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port can be had");
    let address = listener
        .local_addr()
        .expect("a bound socket has an address");
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("the client comes");
        let mut request = [0; 4];
        stream.read_exact(&mut request).expect("the client sends");
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .expect("the client reads");
        request
    });
    let answer = velocious_tests::exchange(address, b"GET\xff").expect("an answer");
    assert_eq!(answer.status, 400);
    assert_eq!(
        server.join().expect("the server does not panic"),
        *b"GET\xff"
    );
}
