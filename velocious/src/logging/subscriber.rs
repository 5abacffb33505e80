//! Which events are written, and how.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::Utc;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};

use super::filter::harmless;
use super::logger::{self, FORCED};
use crate::config::{LogConfig, LogFormat};
use crate::{Error, Result};

/// Lets every event from now on be written where `config` says. Nothing changes when the program has a global
/// subscriber already.
///
/// # Errors
/// When the file cannot be opened.
pub(crate) fn start(config: &LogConfig) -> Result<()> {
    let file = config.file.as_deref().map(open).transpose()?;
    let is_silent = file.is_none() && !config.console;
    let log = Log {
        // A logger that is to speak up does so all the same.
        level: if is_silent {
            LevelFilter::OFF
        } else {
            config.level
        },
        is_calm: config.debug || config.level != LevelFilter::TRACE,
        format: config.format,
        console: config.console.then(Console::new),
        file,
        spans: AtomicU64::new(1),
    };
    // An error means that there is one already.
    let _ = tracing::subscriber::set_global_default(log);
    Ok(())
}

fn open(path: &Path) -> Result<File> {
    let failed = |error: io::Error| {
        Error::message(format!(
            "cannot write the log `{}`: {error}; choose another with `file` in the section `[log]`, or `false` for none",
            path.display()
        ))
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(failed)
}

/// What the lines about requests are told by.
const REQUEST: &str = "velocious::request";

/// Writes events, one line each, at once: a crash loses none.
struct Log {
    level: LevelFilter,
    /// Whether what lies below the application is heard from warnings on only.
    is_calm: bool,
    format: LogFormat,
    console: Option<Console>,
    file: Option<File>,
    spans: AtomicU64,
}

struct Console {
    colours: bool,
}

impl Console {
    fn new() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Console {
            colours: io::stdout().is_terminal() && !refused,
        }
    }
}

impl Log {
    /// Whether events of this kind are written. What lies below the application speaks up from warnings on, unless
    /// everything is asked for.
    fn writes(&self, metadata: &Metadata<'_>) -> bool {
        if metadata.target() == FORCED {
            return true;
        }
        let noisy = ["actix", "mio", "tokio", "hyper", "h2", "want", "polling"];
        let below = noisy.iter().any(|name| metadata.target().starts_with(name));
        let level = match below && self.is_calm {
            true => self.level.min(LevelFilter::WARN),
            false => self.level,
        };
        *metadata.level() <= level
    }
}

impl Log {
    fn write_json(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let mut object = Object::default();
        let time = Utc::now().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        for (name, value) in [
            ("time", time.as_str()),
            ("level", metadata.level().as_str()),
            ("target", metadata.target()),
        ] {
            object.0.insert(name.to_owned(), value.into());
        }
        event.record(&mut object);
        if let Some(subject) = object.0.remove(logger::SUBJECT) {
            object.0.insert("target".to_owned(), subject);
        }
        if metadata.target() == REQUEST {
            object.open("params");
        }
        let Ok(mut line) = serde_json::to_string(&object.0) else {
            return;
        };
        line.push('\n');
        if self.console.is_some() || metadata.target() == FORCED {
            print(metadata.level(), &line);
        }
        if let Some(mut file) = self.file.as_ref() {
            let _ = file.write_all(line.as_bytes());
        }
    }
}

/// The fields of an event as JSON.
#[derive(Default)]
struct Object(serde_json::Map<String, serde_json::Value>);

impl Object {
    /// Makes the JSON in a text part of this object.
    fn open(&mut self, name: &str) {
        if let Some(value) = self.0.get_mut(name)
            && let Some(inside) = value
                .as_str()
                .and_then(|text| serde_json::from_str(text).ok())
        {
            *value = inside;
        }
    }

    fn put(&mut self, field: &Field, value: impl Into<serde_json::Value>) {
        self.0.insert(field.name().to_owned(), value.into());
    }
}

impl Visit for Object {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value);
    }
}

impl Subscriber for Log {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        match self.writes(metadata) {
            true => Interest::always(),
            false => Interest::never(),
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.writes(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        match logger::is_any_forced() {
            true => Some(LevelFilter::TRACE),
            false => Some(self.level),
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed).max(1))
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        if self.format == LogFormat::Json {
            self.write_json(event);
            return;
        }
        let mut text = Text::default();
        event.record(&mut text);
        text.make_harmless();
        let is_forced = metadata.target() == FORCED;
        LINE.with_borrow_mut(|line| {
            if self.console.is_some() || is_forced {
                let colours = self.console.as_ref().is_some_and(|console| console.colours);
                line.clear();
                console_line(line, metadata.level(), colours, &text);
                print(metadata.level(), line);
            }
            if let Some(mut file) = self.file.as_ref() {
                line.clear();
                file_line(line, metadata, &text);
                // There is nobody left to tell when the disk is full.
                let _ = file.write_all(line.as_bytes());
            }
        });
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

thread_local! {
    /// The line being written, kept for its memory.
    static LINE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Warnings and errors go to the error stream.
fn print(level: &Level, line: &str) {
    let _ = match *level {
        Level::ERROR | Level::WARN => io::stderr().lock().write_all(line.as_bytes()),
        _ => io::stdout().lock().write_all(line.as_bytes()),
    };
}

fn console_line(line: &mut String, level: &Level, colours: bool, text: &Text) {
    let subject = match text.subject.as_str() {
        "" => String::new(),
        subject => format!("{subject} "),
    };
    let (name, colour) = match *level {
        Level::ERROR => ("error: ", "\x1b[1;31m"),
        Level::WARN => ("warning: ", "\x1b[1;33m"),
        Level::INFO => ("", ""),
        Level::DEBUG => ("", "\x1b[2m"),
        Level::TRACE => ("", "\x1b[2m"),
    };
    // Writing to a `String` does not fail.
    let _ = match colours && !colour.is_empty() {
        true if name.is_empty() => {
            writeln!(
                line,
                "{colour}{subject}{}{}\x1b[0m",
                text.message, text.fields
            )
        }
        true => writeln!(
            line,
            "{colour}{name}\x1b[0m{subject}{}{}",
            text.message, text.fields
        ),
        false => writeln!(line, "{name}{subject}{}{}", text.message, text.fields),
    };
}

fn file_line(line: &mut String, metadata: &Metadata<'_>, text: &Text) {
    let time = Utc::now().format("%Y-%m-%dT%H:%M:%S%.3fZ");
    let level = metadata.level();
    let target = match text.subject.as_str() {
        "" => metadata.target(),
        subject => subject,
    };
    let _ = writeln!(
        line,
        "{time} {level:>5} {target}: {}{}",
        text.message, text.fields
    );
}

/// The message of an event, and its fields as ` name=value`.
#[derive(Default)]
struct Text {
    message: String,
    /// Whom it is from, if a [`Logger`](super::Logger) has said so.
    subject: String,
    fields: String,
}

impl Text {
    /// Leaves no letters that a terminal would act on.
    fn make_harmless(&mut self) {
        for part in [&mut self.message, &mut self.subject, &mut self.fields] {
            if let Cow::Owned(text) = harmless(part) {
                *part = text;
            }
        }
    }
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => self.message.push_str(value),
            logger::SUBJECT => self.subject.push_str(value),
            _ => self.record_debug(field, &value),
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        let _ = write!(self.fields, " {}={value:.2}", field.name());
    }
}

/// What is written to `path` while `work` runs on this thread.
#[cfg(test)]
pub(crate) fn logged(path: &Path, level: LevelFilter, work: impl FnOnce()) -> String {
    logged_as(LogFormat::Text, path, level, work)
}

/// The same in another format.
#[cfg(test)]
pub(crate) fn logged_as(
    format: LogFormat,
    path: &Path,
    level: LevelFilter,
    work: impl FnOnce(),
) -> String {
    let log = Log {
        level,
        is_calm: level != LevelFilter::TRACE,
        format,
        console: None,
        file: Some(open(path).expect("a file")),
        spans: AtomicU64::new(1),
    };
    tracing::subscriber::with_default(log, work);
    std::fs::read_to_string(path).expect("a file")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logging::Logger;

    /// Where nothing is yet.
    fn folder(name: &str) -> std::path::PathBuf {
        let name = format!("velocious-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn events_are_lines_of_the_file() {
        let folder = folder("log");
        let path = folder.join("deep/test.log");
        let text = logged(&path, LevelFilter::INFO, || {
            tracing::info!(rows = 3, name = "a b", "found {}", "it");
            tracing::debug!("too quiet");
            tracing::info!(target: "actix_server::accept", "too chatty");
            tracing::warn!(target: "actix_server::accept", milliseconds = 1.2345, "slow");
        });
        std::fs::remove_dir_all(&folder).expect("a folder");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(
            lines[0].ends_with(
                " INFO velocious::logging::subscriber::tests: found it rows=3 name=\"a b\""
            ),
            "{text}"
        );
        assert!(
            lines[1].ends_with(" WARN actix_server::accept: slow milliseconds=1.23"),
            "{text}"
        );
    }

    #[test]
    fn events_can_be_objects_for_programs() {
        let folder = folder("json");
        let path = folder.join("test.log");
        let text = logged_as(LogFormat::Json, &path, LevelFilter::INFO, || {
            tracing::info!(target: "shop", rows = 3, took = 1.5, name = "a\nb", ok = true, "found \"{}\"\n", "it");
        });
        std::fs::remove_dir_all(&folder).expect("a folder");
        assert_eq!(text.lines().count(), 1, "{text}");
        let mut object: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let time = object["time"].take();
        assert_eq!(
            time.as_str().map(str::len),
            Some("2026-02-28T10:00:00.000Z".len())
        );
        assert_eq!(
            object,
            serde_json::json!({
                "time": null, "level": "INFO", "target": "shop", "message": "found \"it\"\n",
                "rows": 3, "took": 1.5, "name": "a\nb", "ok": true,
            })
        );
    }

    #[test]
    fn a_logger_speaks_in_its_own_name() {
        let folder = folder("logger");
        let path = folder.join("test.log");
        let mut logger = Logger::new("Invoices");
        let text = logged(&path, LevelFilter::WARN, || {
            logger.info("not written");
            logger.warn("late\x1b[31m");
            logger.set_debug(true);
            logger.debug(format_args!("{} were sent", 3));
            logger.debug_low_level("one by one");
            Logger::new("Others").info("not written");
            Logger::of::<Vec<String>>().error("gone");
            logger.set_debug(false);
            logger.debug("not written");
        });
        std::fs::remove_dir_all(&folder).expect("a folder");
        let lines: Vec<_> = text
            .lines()
            .filter_map(|line| line.split_once("Z "))
            .collect();
        let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
        assert_eq!(
            lines,
            [
                " WARN Invoices: late\\u{1b}[31m",
                "DEBUG Invoices: 3 were sent",
                "TRACE Invoices: one by one",
                "ERROR Vec<alloc::string::String>: gone",
            ]
        );
    }

    #[test]
    fn a_logger_is_a_field_for_programs() {
        let folder = folder("named");
        let path = folder.join("test.log");
        let text = logged_as(LogFormat::Json, &path, LevelFilter::INFO, || {
            Logger::new("Invoices").with_debug(true).debug("sent");
        });
        std::fs::remove_dir_all(&folder).expect("a folder");
        let object: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            (&object["target"], &object["level"], &object["message"]),
            (&"Invoices".into(), &"DEBUG".into(), &"sent".into())
        );
        assert!(object.get("logger_subject").is_none(), "{text}");
    }

    #[test]
    fn the_console_shows_messages_and_marks_what_is_wrong() {
        let text = Text {
            message: "gone".into(),
            subject: String::new(),
            fields: " id=1".into(),
        };
        let line = |level, colours| {
            let mut line = String::new();
            console_line(&mut line, &level, colours, &text);
            line
        };
        assert_eq!(line(Level::INFO, false), "gone id=1\n");
        let named = Text {
            message: "gone".into(),
            subject: "Invoices".into(),
            fields: String::new(),
        };
        let mut named_line = String::new();
        console_line(&mut named_line, &Level::INFO, false, &named);
        assert_eq!(named_line, "Invoices gone\n");
        assert_eq!(line(Level::ERROR, false), "error: gone id=1\n");
        assert_eq!(
            line(Level::WARN, true),
            "\x1b[1;33mwarning: \x1b[0mgone id=1\n"
        );
    }

    #[test]
    fn a_log_that_cannot_be_written_is_named() {
        let error = open(Path::new("/dev/null/test.log")).expect_err("no folder");
        assert!(
            error
                .to_string()
                .starts_with("cannot write the log `/dev/null/test.log`"),
            "{error}"
        );
    }
}
