//! The one error type of an application, and the named errors of each boundary inside it.
//!
//! * [`Error`]: opaque outside, exact inside; every `std::error::Error` converts into it with `?`.
//! * [`NotFound`], [`NotLoaded`], [`Invalid`], [`StaleRecord`], [`TransactionOver`], [`HttpError`]: what a caller may want to tell
//!   apart, each with the HTTP status it becomes. Errors of the database are in [`crate::database`].

use std::any::Any;
use std::backtrace::Backtrace;
use std::error::Error as StdError;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::database::DatabaseError;
use crate::model::Errors;

/// Any error that can cross threads.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// `Result` with the framework's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What an action, a query or a migration fails with.
///
/// It holds exactly one cause, which can be looked at ([`Error::downcast_ref`], [`Error::is_not_found`], …), and
/// knows the HTTP status the cause stands for. Like `anyhow::Error` it does not implement [`std::error::Error`]
/// itself, so that `?` can turn every other error into it.
///
/// ```
/// use velocious::{Error, Result};
///
/// fn read_answer() -> Result<u32> {
///     Ok("42".parse::<u32>()?)
/// }
///
/// assert_eq!(read_answer()?, 42);
/// assert_eq!(Error::http(403, "members only").status(), 403);
/// # Ok::<(), Error>(())
/// ```
pub struct Error(Arc<dyn Cause>);

impl Error {
    /// An internal error with a message for the log; it becomes status 500 and its text stays on the server.
    #[track_caller]
    pub fn message(message: impl Into<String>) -> Self {
        Message(message.into()).into()
    }

    /// An answer with `status` (400 to 599) whose `message` is meant for the client.
    ///
    /// A status outside of that range becomes 500.
    #[track_caller]
    pub fn http(status: u16, message: impl Into<String>) -> Self {
        let status = if (400..=599).contains(&status) {
            status
        } else {
            500
        };
        HttpError {
            status,
            message: message.into(),
        }
        .into()
    }

    /// 401, for a request without valid credentials.
    #[track_caller]
    pub fn unauthorized() -> Self {
        Self::http(401, "Please sign in.")
    }

    /// 403, for a request by somebody who may not do this.
    #[track_caller]
    pub fn forbidden() -> Self {
        Self::http(403, "You are not allowed to do this.")
    }

    /// The HTTP status this error becomes when an action returns it.
    pub fn status(&self) -> u16 {
        if let Some(error) = self.downcast_ref::<HttpError>() {
            return error.status;
        }
        if let Some(error) = self.downcast_ref::<DatabaseError>() {
            return error.status();
        }
        match () {
            () if self.is_not_found() => 404,
            () if self.is_stale() => 409,
            () if self.is_invalid() => 422,
            () => 500,
        }
    }

    /// Whether a record that had to exist does not ([`NotFound`]).
    pub fn is_not_found(&self) -> bool {
        self.downcast_ref::<NotFound>().is_some()
    }

    /// Whether a relationship was read before it was loaded ([`NotLoaded`]).
    pub fn is_not_loaded(&self) -> bool {
        self.downcast_ref::<NotLoaded>().is_some()
    }

    /// Whether a record did not pass its validations ([`Invalid`]).
    pub fn is_invalid(&self) -> bool {
        self.downcast_ref::<Invalid>().is_some()
    }

    /// Whether a record was written by somebody else since it was read ([`StaleRecord`]).
    pub fn is_stale(&self) -> bool {
        self.downcast_ref::<StaleRecord>().is_some()
    }

    /// Whether a handle was used after its transaction had ended ([`TransactionOver`]).
    pub fn is_transaction_over(&self) -> bool {
        self.downcast_ref::<TransactionOver>().is_some()
    }

    /// Whether the database refused or failed ([`DatabaseError`]).
    pub fn is_database(&self) -> bool {
        self.downcast_ref::<DatabaseError>().is_some()
    }

    /// The messages of a record that did not pass its validations.
    pub fn validation_errors(&self) -> Option<&Errors> {
        self.downcast_ref::<Invalid>()
            .map(|invalid| &invalid.errors)
    }

    /// The text that may be shown to whoever sent the request: the message of an [`HttpError`], the name of a
    /// missing record, the messages of a failed validation, that a record was changed meanwhile, that records refer to each other; `None` for everything
    /// internal.
    pub fn public_message(&self) -> Option<String> {
        if self.status() == 409 && self.is_database() {
            return Some(
                "Other records refer to this one, or it refers to one that does not exist.".into(),
            );
        }
        if let Some(StaleRecord { model, wanted }) = self.downcast_ref() {
            return Some(format!(
                "{model} with {wanted} was changed by somebody else meanwhile."
            ));
        }
        let public =
            self.downcast_ref::<HttpError>().is_some() || self.is_not_found() || self.is_invalid();
        public.then(|| self.to_string())
    }

    /// The cause, if it is a `T`.
    pub fn downcast_ref<T: StdError + Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.as_any().downcast_ref()
    }

    /// The same error once more, for those who have only a reference to it.
    #[cfg(feature = "server")]
    pub(crate) fn shared(&self) -> Error {
        Error(self.0.clone())
    }

    /// Where it was made, if [`keep_traces`] was called.
    #[cfg(feature = "server")]
    pub(crate) fn trace(&self) -> Option<&Trace> {
        self.0.trace()
    }

    /// The cause as a plain error, for code that knows nothing of this crate.
    pub fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self.0.as_error()
    }
}

impl<E: StdError + Send + Sync + 'static> From<E> for Error {
    #[track_caller]
    fn from(cause: E) -> Self {
        match KEEPS_TRACES.load(Ordering::Relaxed) {
            true => Error(Arc::new(Traced {
                error: cause,
                trace: Trace::at(Location::caller()),
            })),
            false => Error(Arc::new(cause)),
        }
    }
}

impl From<Error> for BoxError {
    fn from(error: Error) -> Self {
        error.0.into_error()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_error(), f)
    }
}

impl fmt::Debug for Error {
    /// The message and the chain of causes below it, one a line: what `fn main() -> Result<()>` prints.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        let mut cause = self.as_error().source();
        while let Some(error) = cause {
            write!(f, "\n  caused by: {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

/// Whether errors remember where they were made.
static KEEPS_TRACES: AtomicBool = AtomicBool::new(false);

/// Lets every error of the program remember from now on where it was made. That costs some microseconds for each, so it
/// is for development.
#[cfg(feature = "server")]
pub(crate) fn keep_traces() {
    KEEPS_TRACES.store(true, Ordering::Relaxed);
}

/// Whether they do.
#[cfg(feature = "server")]
pub(crate) fn are_traces_kept() -> bool {
    KEEPS_TRACES.load(Ordering::Relaxed)
}

/// Where something went wrong: a place, and what was running.
#[derive(Debug)]
pub(crate) struct Trace {
    /// As the compiler knows the file.
    #[cfg_attr(
        not(feature = "server"),
        expect(dead_code, reason = "only pages show it")
    )]
    pub(crate) file: String,
    #[cfg_attr(
        not(feature = "server"),
        expect(dead_code, reason = "only pages show it")
    )]
    pub(crate) line: u32,
    #[cfg_attr(
        not(feature = "server"),
        expect(dead_code, reason = "only pages show it")
    )]
    pub(crate) running: Backtrace,
}

impl Trace {
    pub(crate) fn at(location: &Location<'_>) -> Self {
        Trace {
            file: location.file().to_owned(),
            line: location.line(),
            running: Backtrace::force_capture(),
        }
    }
}

/// What lets a boxed error be looked at by type and handed on as a plain error.
trait Cause: Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static);
    fn into_error(self: Arc<Self>) -> BoxError;
    #[cfg(feature = "server")]
    fn trace(&self) -> Option<&Trace> {
        None
    }
}

impl<E: StdError + Send + Sync + 'static> Cause for E {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Arc<Self>) -> BoxError {
        match Arc::try_unwrap(self) {
            Ok(own) => Box::new(own),
            Err(shared) => Box::new(Shared(shared)),
        }
    }
}

/// An error and where it was made.
struct Traced<E> {
    error: E,
    #[cfg_attr(
        not(feature = "server"),
        expect(dead_code, reason = "only pages show it")
    )]
    trace: Trace,
}

impl<E: StdError + Send + Sync + 'static> Cause for Traced<E> {
    fn as_any(&self) -> &dyn Any {
        &self.error
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &self.error
    }

    fn into_error(self: Arc<Self>) -> BoxError {
        match Arc::try_unwrap(self) {
            Ok(own) => Box::new(own.error),
            Err(shared) => Box::new(SharedTraced(shared)),
        }
    }

    #[cfg(feature = "server")]
    fn trace(&self) -> Option<&Trace> {
        Some(&self.trace)
    }
}

/// The same that somebody else holds too.
struct SharedTraced<E>(Arc<Traced<E>>);

impl<E: fmt::Debug> fmt::Debug for SharedTraced<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.error.fmt(f)
    }
}

impl<E: fmt::Display> fmt::Display for SharedTraced<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.error.fmt(f)
    }
}

impl<E: StdError> StdError for SharedTraced<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.error.source()
    }
}

/// An error that somebody else holds too.
#[derive(Debug)]
struct Shared<E>(Arc<E>);

impl<E: fmt::Display> fmt::Display for Shared<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: StdError> StdError for Shared<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// No row answers a lookup that had to find one. Status 404.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotFound {
    /// The model's name, as in `Task`.
    pub model: &'static str,
    /// What was looked for, in words: `id = 123`; empty when the query had no single key.
    pub wanted: String,
}

impl NotFound {
    /// No record of `model` has what `wanted` says.
    pub fn new(model: &'static str, wanted: impl Into<String>) -> Self {
        NotFound {
            model,
            wanted: wanted.into(),
        }
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.wanted.as_str() {
            "" => write!(f, "Couldn't find {}", self.model),
            wanted => write!(f, "Couldn't find {} with {wanted}", self.model),
        }
    }
}

impl StdError for NotFound {}

/// A relationship was read before it was loaded. Status 500: the program forgot to preload it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotLoaded {
    /// The model that owns the relationship.
    pub model: &'static str,
    /// The relationship's name.
    pub relation: &'static str,
}

impl NotLoaded {
    pub(crate) fn new(model: &'static str, relation: &'static str) -> Self {
        NotLoaded { model, relation }
    }
}

impl fmt::Display for NotLoaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NotLoaded { model, relation } = self;
        write!(
            f,
            "`{relation}` of `{model}` is not loaded: add `.preload(|record| record.{relation}())` to the query, or call `record.load_{relation}(&db).await?` first"
        )
    }
}

impl StdError for NotLoaded {}

/// A record did not pass its validations. Status 422.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invalid {
    /// The model's name.
    pub model: &'static str,
    /// Every message, by attribute.
    pub errors: Errors,
}

impl Invalid {
    pub(crate) fn new(model: &'static str, errors: Errors) -> Self {
        Invalid { model, errors }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.errors.full_messages().join(". "))
    }
}

impl StdError for Invalid {}

/// A record with a `lock_version` was to be written or destroyed, but its row was written or deleted since it was read.
/// Status 409.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StaleRecord {
    /// The model's name.
    pub model: &'static str,
    /// Which record, in words: `id = 123`.
    pub wanted: String,
}

impl StaleRecord {
    pub(crate) fn new(model: &'static str, wanted: impl Into<String>) -> Self {
        StaleRecord {
            model,
            wanted: wanted.into(),
        }
    }
}

impl fmt::Display for StaleRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let StaleRecord { model, wanted } = self;
        write!(
            f,
            "{model} with {wanted} was changed or deleted since it was read: call `record.reload(&db).await?`, and do again what is to be done"
        )
    }
}

impl StdError for StaleRecord {}

/// A handle was used after the transaction it belonged to had been committed or rolled back. Status 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TransactionOver;

impl fmt::Display for TransactionOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this transaction is over: use the handle only inside the closure given to `transaction`")
    }
}

impl StdError for TransactionOver {}

/// An answer with a status and a message for the client.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpError {
    /// 400 to 599.
    pub status: u16,
    /// Shown to the client.
    pub message: String,
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for HttpError {}

/// An internal error that is nothing but its text.
#[derive(Debug)]
struct Message(String);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Message {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_named_error_keeps_its_type_and_status() {
        let missing = Error::from(NotFound::new("Task", "id = 7"));
        assert!(missing.is_not_found());
        assert_eq!(missing.status(), 404);
        assert_eq!(
            missing.public_message().as_deref(),
            Some("Couldn't find Task with id = 7")
        );

        let forgotten = Error::from(NotLoaded::new("Task", "project"));
        assert!(forgotten.is_not_loaded());
        assert_eq!(
            (forgotten.status(), forgotten.public_message()),
            (500, None)
        );
        assert_eq!(
            forgotten.to_string(),
            "`project` of `Task` is not loaded: add `.preload(|record| record.project())` to the query, or call `record.load_project(&db).await?` first"
        );
        assert_eq!(Error::http(200, "odd").status(), 500);
    }

    #[test]
    fn debug_shows_the_chain_of_causes() {
        #[derive(Debug)]
        struct Outer(std::num::ParseIntError);
        impl fmt::Display for Outer {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the port is no number")
            }
        }
        impl StdError for Outer {
            fn source(&self) -> Option<&(dyn StdError + 'static)> {
                Some(&self.0)
            }
        }
        let cause = "x".parse::<u16>().expect_err("x is no number");
        let error = Error::from(Outer(cause));
        assert_eq!(
            format!("{error:?}"),
            "the port is no number\n  caused by: invalid digit found in string"
        );
    }
}
