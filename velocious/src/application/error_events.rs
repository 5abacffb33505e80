//! Who is told when something goes wrong.

use std::error::Error as StdError;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};

type Listener = Arc<dyn Fn(&ErrorEvent<'_>) + Send + Sync>;

/// Who is told when something goes wrong on the server's side: what would be answered with a status from 500 on, a panic
/// included. What a client did wrong is no error.
///
/// A listener is called on the thread that answers the request, so it should hand on what takes long. When it panics,
/// the log says so, and nothing else happens.
///
/// ```
/// use velocious::{App, Result};
///
/// async fn seeds(app: App) -> Result<()> {
///     app.error_events().on_error(|event| {
///         // Hand it to the error reporting tool of your choice.
///         eprintln!("Velocious error ({}): {} {:?}", event.error_type(), event.error(), event.context());
///     });
///     Ok(())
/// }
/// # let _ = seeds;
/// ```
#[derive(Clone, Default)]
pub struct ErrorEvents(Arc<RwLock<Listeners>>);

#[derive(Default)]
struct Listeners {
    framework: Vec<Listener>,
    all: Vec<Listener>,
}

/// Something that went wrong.
#[derive(Debug)]
pub struct ErrorEvent<'a> {
    error: &'a (dyn StdError + 'static),
    error_type: &'static str,
    context: ErrorContext,
}

/// Where something went wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorContext {
    /// `controller-action` inside of an action, else `request-runner`.
    pub stage: &'static str,
    /// The controller and its action, as in `TasksController#show`.
    pub action: Option<String>,
    /// The method of the request, as in `GET`.
    pub method: String,
    /// The path of the request, without its query.
    pub path: String,
    /// The id that the log knows the request by.
    pub request_id: String,
}

impl<'a> ErrorEvent<'a> {
    pub(crate) fn of_request(error: &'a (dyn StdError + 'static), context: ErrorContext) -> Self {
        ErrorEvent {
            error,
            error_type: "framework-error",
            context,
        }
    }

    /// The error; its [`source`](StdError::source)s say why.
    pub fn error(&self) -> &(dyn StdError + 'static) {
        self.error
    }

    /// What kind of work it belongs to: `framework-error` for a request.
    pub fn error_type(&self) -> &'static str {
        self.error_type
    }

    /// Where it happened.
    pub fn context(&self) -> &ErrorContext {
        &self.context
    }
}

impl ErrorEvents {
    /// Calls `listener` for each request that fails.
    pub fn on_framework_error(&self, listener: impl Fn(&ErrorEvent<'_>) + Send + Sync + 'static) {
        let mut listeners = self.0.write().unwrap_or_else(PoisonError::into_inner);
        listeners.framework.push(Arc::new(listener));
    }

    /// Calls `listener` for whatever fails.
    pub fn on_error(&self, listener: impl Fn(&ErrorEvent<'_>) + Send + Sync + 'static) {
        let mut listeners = self.0.write().unwrap_or_else(PoisonError::into_inner);
        listeners.all.push(Arc::new(listener));
    }

    /// Tells those who want to know.
    pub(crate) fn emit(&self, event: &ErrorEvent<'_>) {
        let called: Vec<Listener> = {
            let listeners = self.0.read().unwrap_or_else(PoisonError::into_inner);
            listeners
                .framework
                .iter()
                .chain(&listeners.all)
                .cloned()
                .collect()
        };
        for listener in called {
            // A listener has nothing of ours to leave half done.
            if catch_unwind(AssertUnwindSafe(|| listener(event))).is_err() {
                tracing::error!("a listener of error events panicked");
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        let listeners = self.0.read().unwrap_or_else(PoisonError::into_inner);
        listeners.framework.is_empty() && listeners.all.is_empty()
    }
}

impl fmt::Debug for ErrorEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorEvents").finish_non_exhaustive()
    }
}
