//! Panics of actions, which become errors.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::pin::Pin;
use std::sync::Once;
use std::task::{Context, Poll};

use crate::error::{Trace, are_traces_kept};

thread_local! {
    /// Whether this thread is inside of an action, whose panic is answered and logged with its request.
    static IN_ACTION: Cell<bool> = const { Cell::new(false) };
    /// Where the last panic of an action on this thread happened.
    static PLACE: RefCell<Option<Place>> = const { RefCell::new(None) };
}

/// Keeps panics of actions from being printed, and remembers where they happened. All others are left to the hook
/// that is there.
pub(crate) fn catch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| match IN_ACTION.get() {
            true => remember(panic),
            false => others(panic),
        }));
    });
}

fn remember(panic: &PanicHookInfo<'_>) {
    PLACE.set(panic.location().map(|location| Place {
        text: location.to_string(),
        trace: are_traces_kept().then(|| Trace::at(location)),
    }));
}

/// Where a panic happened.
#[derive(Debug)]
struct Place {
    /// As in `src/lib.rs:7:9`.
    text: String,
    trace: Option<Trace>,
}

/// A future whose panic is a value.
pub(crate) struct CatchPanic<F>(pub(crate) F);

impl<F: Future + Unpin> Future for CatchPanic<F> {
    type Output = Result<F::Output, Panicked>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        IN_ACTION.set(true);
        // After a panic the future is only dropped, so nobody sees what it left half done.
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(&mut self.0).poll(cx)));
        IN_ACTION.set(false);
        match polled {
            Ok(poll) => poll.map(Ok),
            Err(payload) => Poll::Ready(Err(Panicked::new(&*payload))),
        }
    }
}

/// What a panic says, if it is a text.
pub(crate) fn said(payload: &(dyn Any + Send)) -> Option<String> {
    let text = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
}

/// An action panicked; status 500.
#[derive(Debug)]
pub(crate) struct Panicked {
    message: String,
    place: Option<Place>,
}

impl Panicked {
    /// What was running, if that is kept.
    pub(super) fn trace(&self) -> Option<&Trace> {
        self.place.as_ref()?.trace.as_ref()
    }

    fn new(payload: &(dyn Any + Send)) -> Self {
        let message = said(payload);
        Panicked {
            message: message.unwrap_or_else(|| "a value that is no text".into()),
            place: PLACE.take(),
        }
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the action panicked: {}", self.message)?;
        match &self.place {
            Some(place) => write!(f, " (at {})", place.text),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Panicked {}
