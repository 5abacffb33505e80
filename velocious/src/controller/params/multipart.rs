//! Multipart forms: texts and files.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{self, Bytes};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_channel::mpsc::{Sender, channel};
use futures_core::Stream;
use multer::{Constraints, Field, Multipart, SizeLimit};

use super::body::{USUAL_LIMIT, broken, check_announced, too_long, unreadable_payload};
use super::tree::{MAX_COUNT, Node};
use super::upload::Arriving;
use crate::http::worker::Worker;
use crate::{Error, Result};

/// How many bytes there may be before a part: its head, and whatever else stands there.
const HEAD: usize = 128 * 1024;
/// How many bytes of files are kept in memory, of all files of a form together.
const IN_MEMORY: usize = 8 * 1024 * 1024;

/// One field of a form.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// A [`Node::Form`] or a [`Node::File`].
    pub(crate) node: Node,
}

impl Part {
    /// The value of a field that is text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.node {
            Node::Form(text) => Some(text),
            _ => None,
        }
    }
}

/// Whether the body of a request is a multipart form.
pub(crate) fn is_multipart(request: &HttpRequest) -> bool {
    request
        .content_type()
        .trim()
        .eq_ignore_ascii_case("multipart/form-data")
}

/// Reads a multipart form.
///
/// # Errors
/// 400 for a malformed one, 408 for a slow one, 413 for one that is too long.
pub(crate) async fn parts(request: &HttpRequest, payload: &mut Payload) -> Result<Vec<Part>> {
    let limits = Limits::of(request);
    check_announced(request, limits.all)?;
    let content_type = request.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let boundary = multer::parse_boundary(content_type.unwrap_or_default())
        .map_err(|error| malformed(&error, limits.all))?;
    let payload = web::Payload::from_request(request, payload)
        .await
        .map_err(|_| broken("cannot be read"))?;
    let (sender, receiver) = channel(1);
    // All of the body counts, not only what is in fields.
    let constraints =
        Constraints::new().size_limit(SizeLimit::new().whole_stream(limits.all as u64));
    let multipart = Multipart::with_constraints(receiver, boundary, constraints);
    let passed = Cell::new(0);
    let parts = read(multipart, limits, &passed);
    beside(pass_on(payload, sender, &passed), parts).await
}

async fn read(
    mut multipart: Multipart<'static>,
    mut limits: Limits,
    passed: &Cell<usize>,
) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    while let Some(field) = next_field(&mut multipart, passed, &limits).await? {
        if parts.len() == MAX_COUNT {
            let message = format!("The form has more than {MAX_COUNT} parameters.");
            return Err(Error::http(400, message));
        }
        parts.push(part(field, &mut limits).await?);
    }
    Ok(parts)
}

/// The next field. Its head is looked for from the beginning each time that more has arrived, so it may not be long.
async fn next_field(
    multipart: &mut Multipart<'static>,
    passed: &Cell<usize>,
    limits: &Limits,
) -> Result<Option<Field<'static>>> {
    let start = passed.get();
    let mut next = pin!(multipart.next_field());
    let next = poll_fn(|context| match next.as_mut().poll(context) {
        Poll::Pending if passed.get() - start > HEAD => Poll::Ready(None),
        poll => poll.map(Some),
    });
    match next.await {
        Some(field) => field.map_err(|error| malformed(&error, limits.all)),
        None => Err(broken("has a part whose head is too long")),
    }
}

/// Gives a body, which stays on its thread, to a reader that wants one which could leave it.
async fn pass_on(
    mut payload: web::Payload,
    mut sender: Sender<Result<Bytes, PayloadError>>,
    passed: &Cell<usize>,
) {
    while let Some(bytes) = poll_fn(|context| Pin::new(&mut payload).poll_next(context)).await {
        passed.set(passed.get() + bytes.as_ref().map_or(0, Bytes::len));
        let ready = poll_fn(|context| sender.poll_ready(context)).await;
        if ready.is_err() || sender.start_send(bytes).is_err() {
            return;
        }
    }
}

/// What `work` comes to, while `beside` runs as far as it can.
async fn beside<T>(beside: impl Future<Output = ()>, work: impl Future<Output = T>) -> T {
    let (mut beside, mut work) = (pin!(beside), pin!(work));
    let mut is_done = false;
    poll_fn(move |context| {
        if !is_done {
            is_done = beside.as_mut().poll(context).is_ready();
        }
        work.as_mut().poll(context)
    })
    .await
}

/// How many bytes may still come.
struct Limits {
    all: usize,
    rest: usize,
    /// Of text, which is kept in memory.
    text: usize,
    /// Of files that are kept in memory.
    memory: usize,
}

impl Limits {
    fn of(request: &HttpRequest) -> Self {
        let worker = request.app_data::<Rc<Worker>>();
        let (text, all) = worker.map_or((USUAL_LIMIT, USUAL_LIMIT), |worker| {
            let server = &worker.app().config().server;
            (server.body_limit, server.upload_limit)
        });
        Limits {
            all,
            rest: all,
            text: text.min(all),
            memory: IN_MEMORY,
        }
    }

    fn take(&mut self, bytes: &Bytes, is_text: bool) -> Result<()> {
        let limit = if is_text { self.text } else { self.rest };
        let rest = limit.checked_sub(bytes.len());
        let rest = rest.ok_or_else(|| too_long(self.all))?;
        self.rest = self.rest.min(self.rest.saturating_sub(bytes.len()));
        if is_text {
            self.text = rest;
        }
        Ok(())
    }
}

async fn part(mut field: Field<'static>, limits: &mut Limits) -> Result<Part> {
    let name = field
        .name()
        .ok_or_else(|| broken("has a part without a name"))?;
    let name = name.to_owned();
    let Some(filename) = field.file_name().map(str::to_owned) else {
        let mut text = Vec::new();
        while let Some(bytes) = next(&mut field, limits).await? {
            limits.take(&bytes, true)?;
            text.extend_from_slice(&bytes);
        }
        let text = String::from_utf8(text).map_err(|_| broken("has text that is not UTF-8"))?;
        let node = Node::Form(text);
        return Ok(Part { name, node });
    };
    let kind = field.content_type().map(ToString::to_string);
    let mut arriving = Arriving::new(limits.memory);
    let mut is_empty = true;
    while let Some(bytes) = next(&mut field, limits).await? {
        limits.take(&bytes, false)?;
        is_empty &= bytes.is_empty();
        arriving.add(&bytes).await?;
    }
    // What a browser sends of a field in which no file was chosen.
    if filename.is_empty() && is_empty {
        let node = Node::Form(String::new());
        return Ok(Part { name, node });
    }
    let kind = kind.unwrap_or_else(|| "application/octet-stream".into());
    let upload = arriving.finish(name.clone(), &filename, kind).await?;
    limits.memory -= upload.size_in_memory();
    let node = Node::File(upload);
    Ok(Part { name, node })
}

async fn next(field: &mut Field<'static>, limits: &Limits) -> Result<Option<Bytes>> {
    let chunk = field.chunk().await;
    chunk.map_err(|error| malformed(&error, limits.all))
}

fn malformed(error: &multer::Error, limit: usize) -> Error {
    use multer::Error::{
        IncompleteFieldData, IncompleteHeaders, IncompleteStream, NoBoundary, StreamReadFailed,
        StreamSizeExceeded,
    };
    match error {
        StreamReadFailed(error) => unreadable_payload(error.downcast_ref()),
        IncompleteStream | IncompleteHeaders | IncompleteFieldData { .. } => {
            broken("ended before it was complete")
        }
        StreamSizeExceeded { .. } => too_long(limit),
        NoBoundary => broken("has no boundary between its parts"),
        error => Error::http(400, format!("The form is malformed: {error}.")),
    }
}
