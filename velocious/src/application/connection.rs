//! Connections, and how long each may keep the server waiting for a request.
//!
//! actix limits the time of the first request of a connection and of no later one, and it reads on to the end of a body
//! that nobody wanted. So each connection is [`Watched`]: bytes that come while nothing is answered have to become a
//! request in time. How long a reader may take is the kernel's business (`door`), how long a body may take that of
//! `http::deadline`.

use std::cell::Cell;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_http::HttpService;
use actix_service::{
    IntoServiceFactory, Service, ServiceFactory, ServiceFactoryExt, apply_fn_factory, fn_service,
    map_config,
};
use actix_web::dev::AppConfig;
use actix_web::rt::time::{Sleep, sleep_until};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::App;
use super::server::actix_app;

/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

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
    let answering = apply_fn_factory(answering, |request: actix_http::Request, service: &_| {
        if let Some(connection) = request.conn_data::<Rc<Connection>>() {
            connection.takes_up_request();
        }
        Service::call(service, request)
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

/// What a connection is at.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    /// Nothing has come since the last answer.
    Quiet,
    /// Something has come, and is no request yet. It has had time since then, or since the last part of an answer.
    Arriving(Instant),
    /// A request was taken up, and no part of its answer was sent.
    Answering,
    /// No longer HTTP.
    Upgraded,
}

/// One connection, as far as its clock is concerned.
struct Connection(Cell<Phase>);

impl Connection {
    fn receives(&self) {
        if self.0.get() == Phase::Quiet {
            self.0.set(Phase::Arriving(Instant::now()));
        }
    }

    fn takes_up_request(&self) {
        if self.0.get() != Phase::Upgraded {
            self.0.set(Phase::Answering);
        }
    }

    fn sends(&self, bytes: &[u8]) {
        self.0.set(match self.0.get() {
            Phase::Answering if bytes.starts_with(b"HTTP/1.1 100") => Phase::Answering,
            Phase::Answering if bytes.starts_with(b"HTTP/1.1 101") => Phase::Upgraded,
            Phase::Answering => Phase::Quiet,
            // The next request waits for the end of this answer.
            Phase::Arriving(_) => Phase::Arriving(Instant::now()),
            phase => phase,
        });
    }
}

/// A stream that ends when what comes from it does not become a request in time.
struct Watched<T> {
    stream: T,
    connection: Rc<Connection>,
    limit: Duration,
    /// Goes off once in `limit` at most, not once for each request.
    timer: Option<Pin<Box<Sleep>>>,
}

impl<T> Watched<T> {
    fn new(stream: T, limit: Duration) -> Self {
        Watched {
            stream,
            connection: Rc::new(Connection(Cell::new(Phase::Quiet))),
            limit,
            timer: None,
        }
    }

    /// Whether the time is up; if not, the task is woken when it may be.
    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        let Phase::Arriving(since) = self.connection.0.get() else {
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

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(cx, buffer) {
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
            self.connection.sends(bytes);
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
        let connection = Connection(Cell::new(Phase::Quiet));
        let is_arriving = || matches!(connection.0.get(), Phase::Arriving(_));
        connection.receives();
        assert!(is_arriving());
        connection.takes_up_request();
        // Its body.
        connection.receives();
        assert_eq!(connection.0.get(), Phase::Answering);
        connection.sends(b"HTTP/1.1 100 Continue\r\n\r\n");
        connection.receives();
        assert_eq!(connection.0.get(), Phase::Answering);
        connection.sends(b"HTTP/1.1 200 OK\r\n");
        assert_eq!(connection.0.get(), Phase::Quiet);
        connection.receives();
        assert!(is_arriving());
    }

    #[test]
    fn a_request_behind_a_long_answer_has_time_until_its_end() {
        let connection = Connection(Cell::new(Phase::Arriving(Instant::now())));
        let Phase::Arriving(before) = connection.0.get() else {
            unreachable!()
        };
        std::thread::sleep(Duration::from_millis(2));
        connection.sends(b"more of an answer");
        assert!(matches!(connection.0.get(), Phase::Arriving(since) if since > before));
    }

    #[test]
    fn what_is_no_longer_http_has_no_clock() {
        let connection = Connection(Cell::new(Phase::Answering));
        connection.sends(b"HTTP/1.1 101 Switching Protocols\r\n");
        connection.receives();
        connection.sends(b"a message");
        connection.receives();
        assert_eq!(connection.0.get(), Phase::Upgraded);
    }
}
