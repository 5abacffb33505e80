//! Connections, and how long each may keep the server waiting for a request.
//!
//! actix limits the time of the first request of a connection and of no later one, it reads on to the end of a body that
//! nobody wanted, it answers requests that have come behind the last one of a connection, and it mistakes one request for
//! another when several have come (`gate`). So each connection is [`Watched`]: bytes that come while nothing is answered
//! have to become a request in time, one at a time, and after the last answer there is none. How long a reader may take
//! is the kernel's business (`door`), how long a body may take that of `http::deadline`.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use actix_http::{ConnectionType, HttpService, Payload, Request};
use actix_service::{
    IntoServiceFactory, Service, ServiceFactory, ServiceFactoryExt, apply_fn_factory, fn_service,
    map_config,
};
use actix_web::dev::{AppConfig, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING, UPGRADE};
use actix_web::rt::time::{Sleep, sleep_until};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::App;
use super::gate::{Body, Gate};
use super::server::actix_app;

/// How many bytes of later requests are held until their turn comes.
const HELD: usize = 16 * 1024;
/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(if cfg!(test) { 600 } else { 15 });

/// What answers the requests of connections, in one thread. `peer` tells where a connection comes from, `stopping` gives
/// a future that ends when the server is about to stop.
pub(super) fn connections<T, Stopping>(
    app: App,
    peer: fn(&T) -> Option<SocketAddr>,
    stopping: impl Fn() -> Stopping + 'static,
) -> impl ServiceFactory<T, Config = (), Response = (), Error = impl std::fmt::Debug, InitError = ()>
where
    T: AsyncRead + AsyncWrite + Unpin + 'static,
    Stopping: Future<Output = ()> + 'static,
{
    let limit = app.config().server.header_timeout;
    let answering = actix_app(app)
        .into_factory()
        .map_err(|error: actix_web::Error| error.error_response());
    let answering = apply_fn_factory(answering, |mut request: Request, service: &_| {
        let connection = request.conn_data::<Rc<Connection>>().cloned();
        let is_last = request.head().connection_type() == ConnectionType::Close;
        let body = body(&mut request);
        let is_welcome = connection
            .as_ref()
            .is_none_or(|connection| connection.takes_up_request(body));
        let answer = is_welcome.then(|| Service::call(service, request));
        async move {
            let Some(answer) = answer else {
                return nothing().await;
            };
            if connection.as_ref().is_some_and(|known| known.holds.get()) {
                look_again().await;
            }
            let answer: Result<ServiceResponse, _> = answer.await;
            if let Some(connection) = connection {
                let head = answer.as_ref().map(|answer| answer.response().head());
                let is = |wanted| {
                    head.as_ref()
                        .is_ok_and(|head| head.connection_type() == wanted)
                };
                let is_upgrade = is(ConnectionType::Upgrade);
                connection.answers(is_upgrade, is_last || is(ConnectionType::Close));
            }
            answer
        }
    });
    let http = HttpService::build()
        .graceful_shutdown_signal(stopping)
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(limit)
        // A client that has closed its side is gone: what it asked for is dropped, not finished for nobody.
        .h1_allow_half_closed(false)
        .on_connect_ext(|watched: &Watched<T>, extensions| {
            extensions.insert(watched.connection.clone());
        })
        .h1(map_config(answering, |()| AppConfig::default()));
    let watch = move |stream: T| {
        let peer = peer(&stream);
        std::future::ready(Ok((Watched::new(stream, limit), peer)))
    };
    fn_service(watch).and_then(http)
}

/// No answer, ever. The connection is found to be at its end.
async fn nothing<T>() -> T {
    look_again().await;
    std::future::pending().await
}

/// Lets the connection be looked at once more: there is something to read, though the kernel has nothing new.
async fn look_again() {
    poll_fn(|context| {
        context.waker().wake_by_ref();
        Poll::Ready(())
    })
    .await;
}

/// What follows the head of a request, as actix understands it.
fn body(request: &mut Request) -> Body {
    if matches!(request.payload(), Payload::None) {
        return Body::Length(0);
    }
    let head = request.head();
    let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    let is = |name, wanted: &str| {
        header(name).is_some_and(|value: &str| value.trim().eq_ignore_ascii_case(wanted))
    };
    if is(TRANSFER_ENCODING, "chunked") {
        Body::Chunks
    } else if is(UPGRADE, "websocket") {
        Body::Endless
    } else if let Some(length) = header(CONTENT_LENGTH) {
        Body::Length(length.trim().parse().unwrap_or(0))
    } else if head.method == Method::CONNECT {
        Body::Endless
    } else {
        Body::Length(0)
    }
}

/// What a connection is at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Phase {
    /// Nothing has come since the last answer.
    #[default]
    Quiet,
    /// Something has come, and is no request yet. It has had time since then, or since the last part of an answer.
    Arriving(Instant),
    /// A request was taken up and is not answered yet.
    Answering,
    /// No longer HTTP.
    Upgraded,
}

/// One connection.
#[derive(Default)]
struct Connection {
    phase: Cell<Phase>,
    /// Whether the last answer is given. What has come behind its request is none.
    is_ended: Cell<bool>,
    /// Whether something has come behind it, and there is nothing more to read.
    is_over: Cell<bool>,
    gate: RefCell<Gate>,
    /// Whether something has come that may not pass yet.
    holds: Cell<bool>,
}

impl Connection {
    /// Something has come, and `gate` has let it pass. What is a whole request is taken up before anything else is
    /// read, so only the rest needs a clock.
    fn receives(&self) {
        if self.phase.get() == Phase::Quiet && !self.gate.borrow().is_waiting() {
            self.phase.set(Phase::Arriving(Instant::now()));
        }
    }

    /// Whether a request that has come is answered.
    fn takes_up_request(&self, body: Body) -> bool {
        if self.is_ended.get() {
            self.is_over.set(true);
            return false;
        }
        if self.phase.get() != Phase::Upgraded {
            self.phase.set(Phase::Answering);
            self.gate.borrow_mut().understood(body);
        }
        true
    }

    /// There is an answer, and it is sent before anything else is read.
    fn answers(&self, is_upgrade: bool, is_last: bool) {
        self.phase.set(match is_upgrade {
            true => Phase::Upgraded,
            false => Phase::Quiet,
        });
        self.is_ended.set(is_last);
        self.gate.borrow_mut().answered();
    }

    fn sends(&self) {
        // The next request waits for the end of this answer.
        if let Phase::Arriving(_) = self.phase.get() {
            self.phase.set(Phase::Arriving(Instant::now()));
        }
    }
}

/// A stream that ends when what comes from it does not become a request in time.
struct Watched<T> {
    stream: T,
    connection: Rc<Connection>,
    limit: Duration,
    /// What has come and may not pass yet.
    held: Vec<u8>,
    /// Goes off once in `limit` at most, not once for each request.
    timer: Option<Pin<Box<Sleep>>>,
}

impl<T> Watched<T> {
    fn new(stream: T, limit: Duration) -> Self {
        Watched {
            stream,
            connection: Rc::default(),
            limit,
            held: Vec::new(),
            timer: None,
        }
    }

    /// Whether the time is up; if not, the task is woken when it may be.
    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        let Phase::Arriving(since) = self.connection.phase.get() else {
            return false;
        };
        let end = since + self.limit;
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(sleep_until(end.into())));
        while timer.as_mut().poll(cx).is_ready() {
            if Instant::now() >= end {
                return true;
            }
            timer.as_mut().reset(end.into());
        }
        false
    }
}

impl<T: AsyncRead + Unpin> Watched<T> {
    /// Hands on what was held and may pass now; whether there was something.
    fn hand_on(&mut self, buffer: &mut ReadBuf<'_>) -> bool {
        let most = self.held.len().min(buffer.remaining());
        let passed = self.connection.gate.borrow_mut().admit(&self.held[..most]);
        buffer.put_slice(&self.held[..passed]);
        self.held.drain(..passed);
        self.connection.holds.set(!self.held.is_empty());
        passed > 0
    }

    /// Reads what has come; what may not pass is held.
    fn poll_stream(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.held.is_empty() {
            if self.hand_on(buffer) {
                return Poll::Ready(Ok(()));
            }
            if self.held.len() >= HELD {
                // The gate wakes the task.
                return Poll::Pending;
            }
            // Whether the client is still there shows only when there is no more of it to read.
            let mut bytes = [0; 4096];
            let mut more = ReadBuf::new(&mut bytes);
            while self.held.len() < HELD
                && Pin::new(&mut self.stream)
                    .poll_read(cx, &mut more)?
                    .is_ready()
            {
                if more.filled().is_empty() {
                    return Poll::Ready(Ok(()));
                }
                self.held.extend_from_slice(more.filled());
                more.clear();
            }
            return Poll::Pending;
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        let new = &buffer.filled()[before..];
        let passed = self.connection.gate.borrow_mut().admit(new);
        if passed == new.len() {
            return Poll::Ready(Ok(()));
        }
        self.held.extend_from_slice(&new[passed..]);
        self.connection.holds.set(true);
        buffer.set_filled(before + passed);
        match passed {
            // Nothing would be taken for the end.
            0 => self.poll_stream(cx, buffer),
            _ => Poll::Ready(Ok(())),
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.connection.is_over.get() {
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        match self.poll_stream(cx, buffer) {
            Poll::Ready(read) => {
                if buffer.filled().len() > before {
                    self.connection.receives();
                }
                Poll::Ready(read)
            }
            // Nothing read is the end of the stream.
            Poll::Pending if self.is_late(cx) => Poll::Ready(Ok(())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        if written.is_ready() {
            self.connection.sends();
            if self.connection.holds.get() {
                cx.waker().wake_by_ref();
            }
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_from_the_first_byte_until_there_is_a_request() {
        let connection = Connection::default();
        let is_arriving = || matches!(connection.phase.get(), Phase::Arriving(_));
        connection.receives();
        assert!(is_arriving());
        connection.takes_up_request(Body::Length(0));
        // Its body.
        connection.receives();
        assert_eq!(connection.phase.get(), Phase::Answering);
        // The line that asks for it.
        connection.sends();
        assert_eq!(connection.phase.get(), Phase::Answering);
        connection.answers(false, false);
        assert_eq!(connection.phase.get(), Phase::Quiet);
        connection.receives();
        assert!(is_arriving());
    }

    #[test]
    fn only_what_is_no_whole_request_has_a_clock() {
        let head = b"GET / HTTP/1.1\r\n\r\n";
        for passes in 1..=head.len() {
            let connection = Connection::default();
            connection.gate.borrow_mut().admit(&head[..passes]);
            connection.receives();
            let has_clock = matches!(connection.phase.get(), Phase::Arriving(_));
            assert_eq!(has_clock, passes < head.len(), "{passes}");
        }
    }

    #[test]
    fn a_request_behind_a_long_answer_has_time_until_its_end() {
        let connection = Connection::default();
        connection.receives();
        let Phase::Arriving(before) = connection.phase.get() else {
            unreachable!()
        };
        std::thread::sleep(Duration::from_millis(2));
        connection.sends();
        assert!(matches!(connection.phase.get(), Phase::Arriving(since) if since > before));
    }

    #[test]
    fn nothing_behind_the_last_request_is_one() {
        let connection = Connection::default();
        assert!(connection.takes_up_request(Body::Length(0)));
        connection.answers(false, true);
        assert!(!connection.is_over.get(), "its answer is still to be sent");
        assert!(!connection.takes_up_request(Body::Length(0)));
        assert!(connection.is_over.get());
    }

    #[test]
    fn what_is_no_longer_http_has_no_clock() {
        let connection = Connection::default();
        connection.takes_up_request(Body::Length(0));
        connection.answers(true, false);
        connection.receives();
        connection.sends();
        connection.receives();
        assert_eq!(connection.phase.get(), Phase::Upgraded);
    }
}
