//! Loggers with a name of their own.

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::Level;

/// What messages of loggers are told by.
pub(super) const LOGGER: &str = "velocious::logger";
/// The same for those that are written whatever the settings say.
pub(super) const FORCED: &str = "velocious::logger::debug";
/// The field with the name of the logger.
pub(super) const SUBJECT: &str = "logger_subject";

/// Whether there is a logger that is heard whatever the settings say.
static IS_ANY_FORCED: AtomicBool = AtomicBool::new(false);

pub(super) fn is_any_forced() -> bool {
    IS_ANY_FORCED.load(Ordering::Relaxed)
}

/// Writes to the log in the name of a part of the application.
///
/// It goes by the settings in `[log]`, like everything that `tracing` is told. One that [is to debug](Self::set_debug)
/// is written, whatever they say, to the console and to the log's file: in a test, in production, with any level.
///
/// ```
/// use velocious::Logger;
///
/// let mut logger = Logger::new("Invoices");
/// logger.info("3 were sent");                            // Invoices 3 were sent
/// logger.debug(format_args!("{:?}", (1, 2)));            // made into text only if it is written
/// logger.set_debug(true);
/// logger.debug("this is written in every environment");
/// ```
#[derive(Clone, Debug)]
pub struct Logger {
    subject: Cow<'static, str>,
    is_debugging: bool,
}

impl Logger {
    /// A logger of this name.
    pub fn new(subject: impl Into<Cow<'static, str>>) -> Self {
        Logger {
            subject: subject.into(),
            is_debugging: false,
        }
    }

    /// A logger with the name of a type, without its module.
    pub fn of<T>() -> Self {
        let path = std::any::type_name::<T>();
        let generic = path.find('<').unwrap_or(path.len());
        let start = path[..generic].rfind("::").map_or(0, |colons| colons + 2);
        Logger::new(&path[start..])
    }

    /// Whether everything it is told is written, whatever the settings say.
    #[must_use]
    pub fn with_debug(mut self, is_debugging: bool) -> Self {
        self.set_debug(is_debugging);
        self
    }

    /// The same for one that is there already.
    pub fn set_debug(&mut self, is_debugging: bool) {
        self.is_debugging = is_debugging;
        if is_debugging && !IS_ANY_FORCED.swap(true, Ordering::Relaxed) {
            tracing::callsite::rebuild_interest_cache();
        }
    }

    /// Something went wrong.
    pub fn error(&self, message: impl Display) {
        self.write(Level::ERROR, &message);
    }

    /// Something may go wrong.
    pub fn warn(&self, message: impl Display) {
        self.write(Level::WARN, &message);
    }

    /// Something happened.
    pub fn info(&self, message: impl Display) {
        self.write(Level::INFO, &message);
    }

    /// The same as [`info`](Self::info).
    pub fn log(&self, message: impl Display) {
        self.info(message);
    }

    /// For whoever looks for a mistake.
    pub fn debug(&self, message: impl Display) {
        self.write(Level::DEBUG, &message);
    }

    /// The same with every detail: the level `trace`.
    pub fn debug_low_level(&self, message: impl Display) {
        self.write(Level::TRACE, &message);
    }

    fn write(&self, level: Level, message: &dyn Display) {
        macro_rules! tell {
            ($($level:ident)*) => {
                match level {
                    $(
                        Level::$level if self.is_debugging => {
                            tracing::event!(target: FORCED, Level::$level, logger_subject = &*self.subject, "{message}");
                        }
                        Level::$level => {
                            tracing::event!(target: LOGGER, Level::$level, logger_subject = &*self.subject, "{message}");
                        }
                    )*
                }
            };
        }
        tell!(ERROR WARN INFO DEBUG TRACE);
    }
}
