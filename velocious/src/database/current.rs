//! The current database of a task: the one that a request, a job, [`Db::with_connection`] or [`Db::transaction`] runs
//! with, else a fallback for all of the program.
//!
//! It is set each time the future at work is polled, and unset afterwards, so it follows the future from thread to
//! thread and never leaks into another one.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{PoisonError, RwLock};

use super::Db;
use crate::{Error, Result};

thread_local! {
    /// Innermost last.
    static CURRENT: RefCell<Vec<Db>> = const { RefCell::new(Vec::new()) };
}

static FALLBACK: RwLock<Option<Db>> = RwLock::new(None);

/// Runs `work` with `db` as the current database.
pub(crate) async fn within<F: Future>(db: Db, work: F) -> F::Output {
    let (mut db, mut work) = (Some(db), pin!(work));
    poll_fn(move |context| {
        let _entered = Entered::new(&mut db);
        work.as_mut().poll(context)
    })
    .await
}

/// The current database of this task, or the fallback.
pub(super) fn current() -> Result<Db> {
    let of_task = CURRENT.with_borrow(|stack| stack.last().cloned());
    let found = of_task.or_else(fallback);
    found.ok_or_else(|| {
        Error::message(
            "there is no current database here: run this in a request, a job, `db.with_connection(…)` or `db.transaction(…)`, or make a fallback with `db.ensure_global_connection()`",
        )
    })
}

/// Asks about the databases that this task is at work with, innermost last.
pub(super) fn inspect<T>(look: impl FnOnce(&[Db]) -> T) -> T {
    CURRENT.with_borrow(|stack| look(stack))
}

fn fallback() -> Option<Db> {
    let fallback = FALLBACK.read().unwrap_or_else(PoisonError::into_inner);
    fallback.clone()
}

/// Makes `db` the fallback unless there is one; answers which one it is.
pub(super) fn ensure_fallback(db: &Db) -> Db {
    let mut fallback = FALLBACK.write().unwrap_or_else(PoisonError::into_inner);
    fallback.get_or_insert_with(|| db.clone()).clone()
}

/// Forgets the fallback if it is one that `is_closed` says is closed.
pub(super) fn forget_fallback(is_closed: impl FnOnce(&Db) -> bool) {
    let mut fallback = FALLBACK.write().unwrap_or_else(PoisonError::into_inner);
    if fallback.as_ref().is_some_and(is_closed) {
        *fallback = None;
    }
}

/// Makes a database the current one until this is dropped, also by a panic; then it is where it came from again. A clone
/// would count on a number that all threads share.
pub(crate) struct Entered<'a>(&'a mut Option<Db>);

impl<'a> Entered<'a> {
    pub(crate) fn new(db: &'a mut Option<Db>) -> Self {
        if let Some(db) = db.take() {
            CURRENT.with_borrow_mut(|stack| stack.push(db));
        }
        Entered(db)
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        *self.0 = CURRENT.with_borrow_mut(Vec::pop);
    }
}
