//! The request that a task is at work on, for views that are not handed a [`Context`](crate::Context), its database as the
//! current one, and its language.
//!
//! All are set each time the action is polled and unset afterwards, so they never leak into another request.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::HttpRequest;

use crate::controller::LocalBoxFuture;
use crate::database::current::Entered;
use crate::database::listening::{Listening, Statements};
use crate::{Db, Locale, locale};

thread_local! {
    /// Innermost last: a test may send a request from within another one.
    static CURRENT: RefCell<Vec<HttpRequest>> = const { RefCell::new(Vec::new()) };
}

/// The future of an action, polled with its request as the current one.
pub(crate) struct Within<T> {
    /// Not here while the action is at work.
    pub(crate) request: Option<HttpRequest>,
    /// Not here while the action is at work.
    pub(crate) db: Option<Db>,
    pub(crate) action: LocalBoxFuture<'static, T>,
    /// Where its statements are kept, if a page is to show them.
    pub(crate) statements: Option<Rc<RefCell<Statements>>>,
    /// The language that the action has chosen, if any.
    pub(crate) locale: Option<Locale>,
}

impl<T> Future for Within<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let this = &mut *self;
        let _db = Entered::new(&mut this.db);
        let _request = Set::new(&mut this.request);
        let _statements = this.statements.clone().map(Listening::new);
        let _locale = locale::Entered::new(&mut this.locale);
        this.action.as_mut().poll(cx)
    }
}

/// The request that this task is at work on; `None` outside of an action.
pub(crate) fn request() -> Option<HttpRequest> {
    CURRENT.with_borrow(|stack| stack.last().cloned())
}

/// Takes the request off the stack again, also when the action panics.
struct Set<'a>(&'a mut Option<HttpRequest>);

impl<'a> Set<'a> {
    fn new(request: &'a mut Option<HttpRequest>) -> Self {
        if let Some(request) = request.take() {
            CURRENT.with_borrow_mut(|stack| stack.push(request));
        }
        Set(request)
    }
}

impl Drop for Set<'_> {
    fn drop(&mut self) {
        *self.0 = CURRENT.with_borrow_mut(Vec::pop);
    }
}
