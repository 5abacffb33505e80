//! `[log]`: what is logged, and where.

use std::path::PathBuf;

use tracing::level_filters::LevelFilter;

use super::meant::Surroundings;
use super::reader::Reader;

/// What is logged, and where.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LogConfig {
    /// The least important level that is logged; `debug` in development and test, else `info`.
    pub level: LevelFilter,
    /// Whether the console shows the log; not in the environment `test`.
    pub console: bool,
    /// The file; `<environment>.log` in the folder `log.directory`, which is `log`, unless set.
    pub file: Option<PathBuf>,
    /// Whether everything is logged, and the console shows it, whatever the other settings say.
    pub debug: bool,
    /// How an event is written; as text unless set.
    pub format: LogFormat,
}

/// How an event is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// A line for people.
    Text,
    /// An object on a line, for programs: `time`, `level`, `target`, `message`, and the fields of the event. A request is
    /// one of them: `request_id`, `method`, `path`, `status`, `duration_ms`, `controller`, `action`, `params`, `remote_ip`.
    Json,
}

/// Reads the section.
pub(super) fn log(reader: &mut Reader, surroundings: &Surroundings<'_>) -> LogConfig {
    const LEVELS: &[(&str, LevelFilter)] = &[
        ("off", LevelFilter::OFF),
        ("error", LevelFilter::ERROR),
        ("warn", LevelFilter::WARN),
        ("info", LevelFilter::INFO),
        ("debug", LevelFilter::DEBUG),
        ("trace", LevelFilter::TRACE),
    ];
    let environment = surroundings.environment;
    let usual = match environment.is_production() {
        true => LevelFilter::INFO,
        false => LevelFilter::DEBUG,
    };
    let directory = reader.text("log.directory");
    let directory = directory.map_or_else(|| PathBuf::from("log"), |(path, _)| path.into());
    let file = reader.switch_or_text("log.file", true).map(|path| {
        let path = path.map_or_else(
            || directory.join(format!("{environment}.log")),
            PathBuf::from,
        );
        surroundings.root.join(path)
    });
    let debug = reader.boolean("log.debug", false);
    let level = reader.one_of("log.level", LEVELS, usual);
    let console = reader.boolean("log.console", !environment.is_test());
    LogConfig {
        level: if debug { LevelFilter::TRACE } else { level },
        console: console || debug,
        debug,
        format: reader.one_of(
            "log.format",
            &[("text", LogFormat::Text), ("json", LogFormat::Json)],
            LogFormat::Text,
        ),
        file,
    }
}
