//! Answers that are made while they are sent.
//!
//! * [`Writer`]: what such an answer is written with; `Produced`: its body.
//! * Server-sent events are in [`super::event`].

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use actix_web::body::{BodyStream, BoxBody};
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::rt::time::{Sleep, sleep};
use actix_web::web::Bytes;
use futures_core::Stream;

use super::{Context, LocalBoxFuture, Response};
use crate::http::CatchPanic;
use crate::http::current::Within;
use crate::{App, Result};

/// How many bytes wait to be sent before a writer waits, too.
const WAITING: usize = 16 * 1024;

/// Writes the body of an answer that is made while it is sent.
#[derive(Debug)]
pub struct Writer(Rc<RefCell<Queue>>);

/// What was written and not yet sent.
#[derive(Debug, Default)]
struct Queue {
    parts: VecDeque<Bytes>,
    length: usize,
    /// Writers that wait for room.
    writers: Vec<Waker>,
}

impl Writer {
    /// Writes a part of the answer, and waits while the client is slower than this.
    ///
    /// # Errors
    /// None; when the client has gone, the function that writes is dropped where it waits.
    pub async fn write(&self, part: impl Into<Bytes>) -> Result<()> {
        let part = part.into();
        if !part.is_empty() {
            let mut queue = self.0.borrow_mut();
            queue.length += part.len();
            queue.parts.push_back(part);
        }
        poll_fn(|cx| {
            let mut queue = self.0.borrow_mut();
            if queue.length < WAITING {
                return Poll::Ready(());
            }
            queue.writers.push(cx.waker().clone());
            Poll::Pending
        })
        .await;
        Ok(())
    }
}

impl Queue {
    fn take(&mut self) -> Option<Bytes> {
        let part = self.parts.pop_front()?;
        self.length -= part.len();
        if self.length < WAITING {
            for writer in self.writers.drain(..) {
                writer.wake();
            }
        }
        Some(part)
    }
}

/// The answer that `produce` writes. With a `pulse`, it is kept alive while nothing is written.
pub(super) fn produced(
    context: &Context,
    content_type: &str,
    pulse: Option<Pulse>,
    produce: impl AsyncFnOnce(Writer) -> Result<()> + 'static,
) -> Result<Response> {
    let queue = Rc::new(RefCell::new(Queue::default()));
    let writer = Writer(queue.clone());
    let within = Within {
        request: Some(context.request().clone()),
        db: Some(context.app().db()),
        action: Box::pin(async move { produce(writer).await }),
        locale: Some(context.locale()),
        statements: None,
    };
    let body = Produced {
        path: context.request().path().to_owned(),
        queue,
        producer: Some(Box::pin(CatchPanic(within))),
        pulse,
    };
    streamed(content_type, body)
}

/// The answer whose body is `stream`.
pub(super) fn streamed(
    content_type: &str,
    stream: impl Stream<Item = io::Result<Bytes>> + 'static,
) -> Result<Response> {
    let body = BoxBody::new(BodyStream::new(Box::pin(stream)));
    let mut response = Response::with_body(StatusCode::OK, body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_str(content_type)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // Proxies would collect the parts.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    headers.insert(unbuffered, HeaderValue::from_static("no"));
    Ok(response)
}

type Producer = LocalBoxFuture<'static, Result<Result<()>, crate::http::Panicked>>;

/// The body of an answer and what writes it. When the client has gone, actix drops the one and so the other.
struct Produced {
    path: String,
    queue: Rc<RefCell<Queue>>,
    /// `None` once everything is written.
    producer: Option<Producer>,
    pulse: Option<Pulse>,
}

impl Stream for Produced {
    type Item = io::Result<Bytes>;

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.get_mut();
        loop {
            if let Some(part) = this.queue.borrow_mut().take() {
                return Poll::Ready(Some(Ok(part)));
            }
            let Some(producer) = this.producer.as_mut() else {
                return Poll::Ready(None);
            };
            match producer.as_mut().poll(cx) {
                Poll::Ready(Ok(Ok(()))) => this.producer = None,
                Poll::Ready(Ok(Err(error))) => return this.fail(&error.to_string()),
                Poll::Ready(Err(panicked)) => return this.fail(&panicked.to_string()),
                Poll::Pending if this.queue.borrow().parts.is_empty() => {
                    return match this.pulse.as_mut() {
                        Some(pulse) => pulse.poll(cx),
                        None => Poll::Pending,
                    };
                }
                Poll::Pending => {}
            }
        }
    }
}

impl Produced {
    /// Cuts the connection, which is how a client sees that this is not all.
    fn fail(&mut self, reason: &str) -> Poll<Option<io::Result<Bytes>>> {
        self.producer = None;
        let path = &self.path;
        tracing::error!(target: "velocious::request", "the stream of {path} was cut short: {reason}");
        Poll::Ready(Some(Err(io::Error::other(reason.to_owned()))))
    }
}

/// Lets a stream show that it is alive, which is also how it is found out that a client has gone; ends it when the server
/// is about to stop.
pub(super) struct Pulse {
    app: App,
    tick: Pin<Box<Sleep>>,
    silent: u32,
}

/// How often it is looked whether the server is about to stop.
const TICK: Duration = Duration::from_secs(1);
/// After how many ticks of silence something is sent.
const SILENCE: u32 = 15;

impl Pulse {
    pub(super) fn of(app: &App) -> Self {
        Pulse {
            app: app.clone(),
            tick: Box::pin(sleep(TICK)),
            silent: 0,
        }
    }

    fn poll(&mut self, cx: &mut std::task::Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            if self.tick.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.tick = Box::pin(sleep(TICK));
            if self.app.is_stopping() {
                return Poll::Ready(None);
            }
            self.silent += 1;
            if self.silent == SILENCE {
                self.silent = 0;
                return Poll::Ready(Some(Ok(Bytes::from_static(b":\n\n"))));
            }
        }
    }
}
