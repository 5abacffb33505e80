//! The configuration as meant: every value checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tracing::level_filters::LevelFilter;

use super::cors::{CorsConfig, cors};
use super::fault::Origin;
use super::raw::{Overrides, RawConfig};
use super::reader::Reader;
use super::{ConfigError, Environment, Network, Secret};
use crate::database::DatabaseOptions;

/// The configuration of a running application.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// `[server]`.
    pub server: ServerConfig,
    /// `[database]`.
    pub database: DatabaseConfig,
    /// `[databases.…]`: the URLs of further databases, by the names they have here. They are used as `[database]` says.
    pub databases: BTreeMap<String, String>,
    /// `[log]`.
    pub log: LogConfig,
    /// `[security]`.
    pub security: SecurityConfig,
    /// `[cors]`.
    pub cors: CorsConfig,
    /// `[session]`.
    pub session: SessionConfig,
}

/// How the application is served.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServerConfig {
    /// The address to listen on; `127.0.0.1` unless set.
    pub host: String,
    /// The port to listen on; 3006 unless set, 0 for any free one.
    pub port: u16,
    /// The path of a unix socket to listen at, and at no address then; none unless set.
    pub socket: Option<PathBuf>,
    /// Who may connect to the socket, as the permissions of its file; `660`, its owner and its group, unless set.
    pub socket_mode: u32,
    /// How many threads answer requests; one for each core unless set.
    pub workers: usize,
    /// How long a stop waits for requests that are being answered; 30 seconds unless set.
    pub shutdown_timeout: Duration,
    /// The longest body of a request, in bytes; 2 MiB unless set.
    pub body_limit: usize,
    /// How long a body may take to arrive; 30 seconds unless set.
    pub body_timeout: Duration,
    /// The longest address of a request, path and query, in bytes; 8 KiB unless set.
    pub address_limit: usize,
    /// The longest headers of a request, all together, in bytes; 32 KiB unless set.
    pub header_limit: usize,
    /// How long the head of a request, all but its body, may take to arrive; 5 seconds unless set.
    pub header_timeout: Duration,
    /// How long a client may take in nothing of what it is sent; 45 seconds unless set. On Linux.
    pub write_timeout: Duration,
    /// How long a request may take to be answered; 60 seconds unless set, `None` for ever.
    pub request_timeout: Option<Duration>,
    /// Who may say, in `X-Forwarded-For` and `X-Forwarded-Proto`, whom a request is from: addresses, and `unix` for
    /// whoever may connect to the socket; nobody unless set.
    pub trusted_proxies: Vec<Network>,
    /// Whether answers are compressed; unless set they are, with the feature `compression`.
    pub compression: bool,
    /// How hard, from 1 to 9; unless set as each encoding does it best.
    pub compression_level: Option<u32>,
    /// The longest form with files, in bytes; as much as any body unless set.
    pub upload_limit: usize,
}

/// Which database, and how it is used.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DatabaseConfig {
    /// As in `sqlite:db/development.sqlite3`.
    pub url: String,
    /// Whether queries run on the thread of the request (`reads = "inline"`) and not on threads of their own.
    pub reads_inline: bool,
    /// How many connections read; as many as workers unless set.
    pub readers: usize,
    /// How long a write waits for its turn; 5 seconds unless set.
    pub busy_timeout: Duration,
    /// Whether a server creates the database, applies what migrations are pending and plants the seeds in a new
    /// database, all before it listens; not unless set.
    pub prepare: bool,
    /// How many connections to a server this program has open at most; 10 unless set.
    pub pool: usize,
    /// How long a query waits for a connection to a server; 5 seconds unless set.
    pub checkout_timeout: Duration,
    /// How long a connection to a server stays open without being used; 10 minutes unless set.
    pub idle_timeout: Duration,
    /// How long a statement may run on a server; without limit unless set.
    pub statement_timeout: Option<Duration>,
}

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

/// What keeps strangers out.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SecurityConfig {
    /// What cookies are encrypted with. In development and test it is derived from the application's name unless
    /// set; production needs one.
    pub cookie_secret: Secret,
    /// Whether the secret was derived.
    pub cookie_secret_is_derived: bool,
    /// What cookies were encrypted with before: they can still be read, and new ones are made with the secret above.
    pub previous_cookie_secrets: Vec<Secret>,
    /// Other origins whose pages may send forms, as in `https://shop.example`.
    pub trusted_origins: Vec<String>,
    /// The hosts that the application is served under, as in `shop.example`; `.shop.example` stands for all below it
    /// too, and `*` for every one. Production needs them; elsewhere this machine's own names are served as well.
    pub hosts: Vec<String>,
    /// How long browsers are to remember that this host is reached over TLS only; a year in production unless set,
    /// never elsewhere.
    pub hsts: Option<Duration>,
}

/// How a browser is remembered from one request to the next.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionConfig {
    /// Where sessions are kept; in cookies unless set.
    pub store: SessionStore,
    /// How long a session lasts without a request that uses it; two weeks unless set.
    pub lifetime: Duration,
    /// How long [`Context::remember`](crate::Context::remember) remembers; 30 days unless set.
    pub remember: Duration,
}

/// Where sessions are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStore {
    /// In an encrypted cookie.
    Cookie,
    /// In the table `velocious_sessions`, whose rows a cookie has the keys of.
    Database,
}

/// What a configuration depends on besides what is written.
pub(crate) struct Surroundings<'a> {
    pub(crate) application: &'a str,
    pub(crate) root: &'a Path,
    pub(crate) environment: &'a Environment,
}

impl Config {
    /// Reads the file, the environment variables and the arguments.
    ///
    /// # Errors
    /// With every mistake in them.
    pub(crate) fn load(
        surroundings: &Surroundings<'_>,
        variable: impl Fn(&str) -> Option<String>,
        overrides: Overrides,
    ) -> Result<Self, ConfigError> {
        let mut raw = RawConfig::read(surroundings.root, surroundings.environment.name());
        raw.override_from_variables(variable);
        raw.override_from_arguments(overrides);
        let mut reader = Reader::new(raw);
        let server = server(&mut reader, surroundings.root);
        let config = Config {
            databases: databases(&mut reader),
            database: database(&mut reader, surroundings, server.workers),
            log: log(&mut reader, surroundings),
            security: security(&mut reader, surroundings),
            cors: cors(&mut reader),
            session: session(&mut reader),
            server,
        };
        match ConfigError::of(reader.into_faults()) {
            Some(error) => Err(error),
            None => Ok(config),
        }
    }
}

fn server(reader: &mut Reader, root: &Path) -> ServerConfig {
    let socket = socket(reader).map(|path| root.join(path));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let host = reader.text("server.host").map(|(host, _)| host);
    let seconds = |number: i64| Duration::from_secs(number.unsigned_abs());
    let body_limit = reader.integer("server.body_limit_bytes", 1..=i64::MAX, 2 * 1024 * 1024);
    ServerConfig {
        host: host.unwrap_or_else(|| "127.0.0.1".into()),
        port: reader.integer("server.port", 0..=65_535, 3006) as u16,
        socket,
        socket_mode: socket_mode(reader),
        workers: reader.integer("server.workers", 1..=512, cores.min(512) as i64) as usize,
        shutdown_timeout: seconds(reader.integer("server.shutdown_timeout_seconds", 0..=3600, 30)),
        body_limit: body_limit as usize,
        upload_limit: reader.integer("server.upload_limit_bytes", 1..=i64::MAX, body_limit)
            as usize,
        body_timeout: seconds(reader.integer("server.body_timeout_seconds", 1..=3600, 30)),
        // What is longer than the greatest of these is refused by actix.
        address_limit: reader.integer("server.address_limit_bytes", 256..=60_000, 8 * 1024)
            as usize,
        header_limit: reader.integer("server.header_limit_bytes", 1024..=120_000, 32 * 1024)
            as usize,
        header_timeout: milliseconds(reader.integer(
            "server.header_timeout_ms",
            1..=3_600_000,
            5_000,
        )),
        write_timeout: milliseconds(reader.integer(
            "server.write_timeout_ms",
            1..=3_600_000,
            45_000,
        )),
        request_timeout: reader.duration("server.request_timeout", Duration::from_secs(60)),
        trusted_proxies: trusted_proxies(reader),
        compression: compression(reader),
        compression_level: reader
            .optional_integer("server.compression_level", 1..=9)
            .map(|level| level as u32),
    }
}

/// The path of the socket, unless the command line names an address and something else the socket.
fn socket(reader: &mut Reader) -> Option<String> {
    let is_argument =
        |reader: &Reader, key| matches!(reader.origin(key), Some(Origin::Argument(_)));
    let address = is_argument(reader, "server.host") || is_argument(reader, "server.port");
    let socket = is_argument(reader, "server.socket");
    let (path, _) = reader.text("server.socket")?;
    (socket || !address).then_some(path)
}

fn compression(reader: &mut Reader) -> bool {
    const KNOWN: bool = cfg!(feature = "compression");
    let place = reader.origin("server.compression").cloned();
    let wanted = reader.boolean("server.compression", KNOWN);
    if let (true, false, Some(place)) = (wanted, KNOWN, place) {
        let cure = "add `compression` to the features of `velocious` in `Cargo.toml`";
        reader.fault(
            "server.compression",
            place,
            format!("is not part of this build: {cure}"),
        );
    }
    wanted
}

fn socket_mode(reader: &mut Reader) -> u32 {
    const USUAL: u32 = 0o660;
    let Some((text, origin)) = reader.text("server.socket_mode") else {
        return USUAL;
    };
    match u32::from_str_radix(&text, 8) {
        Ok(mode) if mode <= 0o777 && mode & 0o200 != 0 => mode,
        _ => {
            let reason = format!(
                "has to be permissions like \"660\" that let the owner write, not \"{text}\""
            );
            reader.fault("server.socket_mode", origin, reason);
            USUAL
        }
    }
}

fn database(
    reader: &mut Reader,
    surroundings: &Surroundings<'_>,
    workers: usize,
) -> DatabaseConfig {
    let url = reader.text("database.url").map(|(url, origin)| {
        if let Err(error) = DatabaseOptions::from_url(&url) {
            reader.fault(
                "database.url",
                origin,
                format!("names a database that cannot be used: {error}"),
            );
        }
        url
    });
    let inline = reader.one_of(
        "database.reads",
        &[("inline", true), ("threads", false)],
        true,
    );
    let busy = reader.integer("database.busy_timeout_ms", 0..=600_000, 5_000);
    DatabaseConfig {
        url: url.unwrap_or_else(|| format!("sqlite:db/{}.sqlite3", surroundings.environment)),
        reads_inline: inline,
        readers: reader.integer("database.readers", 1..=512, workers as i64) as usize,
        busy_timeout: Duration::from_millis(busy.unsigned_abs()),
        prepare: reader.boolean("database.prepare", false),
        pool: reader.integer("database.pool", 1..=10_000, 10) as usize,
        checkout_timeout: milliseconds(reader.integer(
            "database.checkout_timeout_ms",
            1..=86_400_000,
            5_000,
        )),
        idle_timeout: Duration::from_secs(
            reader
                .integer("database.idle_timeout_seconds", 1..=86_400, 600)
                .unsigned_abs(),
        ),
        statement_timeout: reader
            .optional_integer("database.statement_timeout_ms", 1..=86_400_000)
            .map(milliseconds),
    }
}

fn milliseconds(number: i64) -> Duration {
    Duration::from_millis(number.unsigned_abs())
}

fn databases(reader: &mut Reader) -> BTreeMap<String, String> {
    let mut databases = BTreeMap::new();
    for (identifier, url, origin) in reader.databases() {
        if let Err(error) = DatabaseOptions::from_url(&url) {
            reader.fault(
                &format!("databases.{identifier}.url"),
                origin,
                format!("names a database that cannot be used: {error}"),
            );
        }
        databases.insert(identifier, url);
    }
    databases
}

fn log(reader: &mut Reader, surroundings: &Surroundings<'_>) -> LogConfig {
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

fn security(reader: &mut Reader, surroundings: &Surroundings<'_>) -> SecurityConfig {
    let written = reader.text("security.cookie_secret");
    let cookie_secret_is_derived = written.is_none();
    let (secret, origin) = written.unwrap_or_else(|| {
        let Surroundings {
            application,
            root,
            environment,
        } = surroundings;
        let secret = format!("{application} {} {environment}", root.display());
        (secret, Origin::Default)
    });
    let cookie_secret = Secret::new(secret);
    if surroundings.environment.is_production() {
        let fault = match cookie_secret_is_derived {
            true => Some("is not set"),
            false => cookie_secret.weakness(),
        };
        if let Some(fault) = fault {
            let cure = "set `VELOCIOUS_COOKIE_SECRET` to what `velocious secret` prints, at least 32 random bytes";
            reader.fault("security.cookie_secret", origin, format!("{fault}: {cure}"));
        }
    }
    let year = if surroundings.environment.is_production() {
        365 * 24 * 60 * 60
    } else {
        0
    };
    let hsts = reader.integer("security.hsts_seconds", 0..=i64::from(u32::MAX), year);
    let hsts = Duration::from_secs(hsts.unsigned_abs());
    SecurityConfig {
        cookie_secret,
        cookie_secret_is_derived,
        previous_cookie_secrets: reader
            .list("security.previous_cookie_secrets")
            .into_iter()
            .map(|(secret, _)| Secret::new(secret))
            .collect(),
        trusted_origins: trusted_origins(reader),
        hosts: hosts(reader, surroundings.environment),
        hsts: Some(hsts).filter(|hsts| !hsts.is_zero()),
    }
}

fn trusted_proxies(reader: &mut Reader) -> Vec<Network> {
    let mut networks = Vec::new();
    for (text, origin) in reader.list("server.trusted_proxies") {
        match text.parse() {
            Ok(network) => networks.push(network),
            Err(()) => reader.fault(
                "server.trusted_proxies",
                origin,
                format!("has to hold addresses like `127.0.0.1` or `10.0.0.0/8`, or `unix` for the socket, not \"{text}\""),
            ),
        }
    }
    networks
}

fn hosts(reader: &mut Reader, environment: &Environment) -> Vec<String> {
    let listed = reader.list("security.hosts");
    if listed.is_empty() && environment.is_production() {
        let cure = "set `VELOCIOUS_HOSTS` to the names that the application is served under, as in `shop.example,www.shop.example`";
        reader.fault(
            "security.hosts",
            Origin::Default,
            format!("is not set: {cure}"),
        );
    }
    let mut hosts = Vec::new();
    for (text, origin) in listed {
        let name = text.strip_prefix('.').unwrap_or(&text);
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        // A colon is part of an address of IPv6 only.
        let port = name.contains(':') && !name.starts_with('[');
        if text == "*" || (!name.is_empty() && !port && name.bytes().all(sound)) {
            hosts.push(text.to_ascii_lowercase());
        } else {
            reader.fault(
                "security.hosts",
                origin,
                format!(
                    "has to hold names like `shop.example`, without scheme and port, not \"{text}\""
                ),
            );
        }
    }
    hosts
}

fn session(reader: &mut Reader) -> SessionConfig {
    let stores = [
        ("cookie", SessionStore::Cookie),
        ("database", SessionStore::Database),
    ];
    let hours = reader.integer("session.lifetime_hours", 1..=24 * 400, 24 * 14);
    let days = reader.integer("session.remember_days", 1..=400, 30);
    SessionConfig {
        store: reader.one_of("session.store", &stores, SessionStore::Cookie),
        lifetime: Duration::from_secs(hours.unsigned_abs() * 60 * 60),
        remember: Duration::from_secs(days.unsigned_abs() * 24 * 60 * 60),
    }
}

fn trusted_origins(reader: &mut Reader) -> Vec<String> {
    let mut origins = Vec::new();
    for (text, origin) in reader.list("security.trusted_origins") {
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() && !host.contains('/') => {
                origins.push(text.to_ascii_lowercase());
            }
            _ => reader.fault(
                "security.trusted_origins",
                origin,
                format!("has to hold origins like `https://shop.example`, not \"{text}\""),
            ),
        }
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Loads `source` as the file of `environment`, with some environment variables set.
    fn load(
        environment: &Environment,
        source: &str,
        variables: &[(&str, &str)],
        overrides: Overrides,
    ) -> Result<Config, Vec<String>> {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("config").replace("::", "-");
        let root = std::env::temp_dir().join(format!("velocious-{name}-{}", std::process::id()));
        std::fs::create_dir_all(root.join("config")).expect("a folder");
        let file = root.join(format!("config/{environment}.toml"));
        std::fs::write(file, source).expect("a file");
        let surroundings = Surroundings {
            application: "shop",
            root: &root,
            environment,
        };
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let config = Config::load(&surroundings, variable, overrides);
        std::fs::remove_dir_all(&root).expect("a folder to remove");
        config.map_err(|error| error.faults())
    }

    #[test]
    fn nothing_needs_to_be_written_in_development() {
        let config = load(&Environment::DEVELOPMENT, "", &[], Vec::new()).expect("defaults");
        assert_eq!(
            (config.server.host.as_str(), config.server.port),
            ("127.0.0.1", 3006)
        );
        assert_eq!(config.database.url, "sqlite:db/development.sqlite3");
        assert!(config.log.console);
        assert!(
            config
                .log
                .file
                .is_some_and(|file| file.ends_with("log/development.log"))
        );
        assert!(config.security.cookie_secret_is_derived);
        let test = load(&Environment::TEST, "", &[], Vec::new()).expect("defaults");
        assert!(!test.log.console);
    }

    #[test]
    fn arguments_beat_variables_beat_the_file() {
        let source =
            "[server]\nhost = \"0.0.0.0\"\nport = 1\n[log]\nlevel = \"warn\"\nfile = false\n";
        let variables = [("PORT", "2"), ("VELOCIOUS_LOG_CONSOLE", "off")];
        let environment = Environment::DEVELOPMENT;
        let config = load(&environment, source, &variables, Vec::new()).expect("fine");
        assert_eq!(
            (config.server.host.as_str(), config.server.port),
            ("0.0.0.0", 2)
        );
        assert_eq!(config.log.level, LevelFilter::WARN);
        assert_eq!((config.log.console, config.log.file), (false, None));
        let variables = [("PORT", "2"), ("VELOCIOUS_SERVER_PORT", "3")];
        let config = load(&environment, source, &variables, Vec::new()).expect("fine");
        assert_eq!(config.server.port, 3);
        let arguments = vec![("server.port", "--port", "4".to_owned())];
        let config = load(&environment, source, &variables, arguments).expect("fine");
        assert_eq!(config.server.port, 4);
    }

    #[test]
    fn every_mistake_is_reported_with_its_place() {
        let source =
            "[server]\nprot = 80\nport = \"eighty\"\nworkers = 0\n\n[log]\nlevel = \"loud\"\n";
        let variables = [("VELOCIOUS_DATABASE_READERS", "many")];
        let arguments = vec![("server.host", "--host", String::new())];
        let faults = load(&Environment::DEVELOPMENT, source, &variables, arguments);
        assert_eq!(
            faults.expect_err("six mistakes"),
            [
                "config/development.toml:2: `server.prot` is no known key: did you mean `server.port`?",
                "argument `--host`: `server.host` has to be text in quotes, not \"\"",
                "config/development.toml:3: `server.port` has to be a whole number from 0 to 65535, not \"eighty\"",
                "config/development.toml:4: `server.workers` has to be a whole number from 1 to 512, not 0",
                "environment variable `VELOCIOUS_DATABASE_READERS`: `database.readers` has to be a whole number from 1 to 512, not \"many\"",
                "config/development.toml:7: `log.level` has to be one of \"off\", \"error\", \"warn\", \"info\", \"debug\", \"trace\", not \"loud\"",
            ]
        );
    }

    #[test]
    fn further_databases_have_a_name_and_a_url() {
        let source = "[database]\npool = 3\nstatement_timeout_ms = 250\n[databases.reporting]\nurl = \"sqlite:db/reporting.sqlite3\"\n[databases.archive]\nurl = \"sqlite:db/archive.sqlite3\"\n";
        let variables = [("ARCHIVE_DATABASE_URL", "sqlite::memory:")];
        let config = load(&Environment::DEVELOPMENT, source, &variables, Vec::new());
        let config = config.expect("fine");
        let urls: Vec<_> = config.databases.values().map(String::as_str).collect();
        assert_eq!(urls, ["sqlite::memory:", "sqlite:db/reporting.sqlite3"]);
        assert_eq!(config.database.pool, 3);
        assert_eq!(
            config.database.statement_timeout,
            Some(Duration::from_millis(250))
        );
        assert_eq!(config.database.checkout_timeout, Duration::from_secs(5));

        let source = "[databases.default]\nurl = \"sqlite:a\"\n[databases.one]\nulr = \"sqlite:b\"\n[databases.two]\nurl = \"oracle:c\"\n";
        let faults = load(&Environment::DEVELOPMENT, source, &[], Vec::new());
        let faults = faults.map(|_| ()).expect_err("four mistakes");
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(
            faults
                .iter()
                .any(|fault| fault.contains("`databases.default` is written `[database]`")),
            "{faults:?}"
        );
        assert!(
            faults
                .iter()
                .any(|fault| fault.contains("`databases.one.ulr` is no known key")),
            "{faults:?}"
        );
        assert!(
            faults
                .iter()
                .any(|fault| fault
                    .contains("`databases.two.url` names a database that cannot be used")),
            "{faults:?}"
        );
    }

    #[test]
    fn broken_toml_is_reported_with_its_line() {
        let faults = load(
            &Environment::DEVELOPMENT,
            "[server]\nport = = 1\n",
            &[],
            Vec::new(),
        );
        let faults = faults.expect_err("a mistake");
        assert!(
            faults[0].starts_with("config/development.toml:2: "),
            "{faults:?}"
        );
    }

    #[test]
    fn production_needs_a_strong_secret() {
        let environment = Environment::PRODUCTION;
        let missing = load(&environment, "", &[], Vec::new()).expect_err("no secret");
        assert!(
            missing[0]
                .starts_with("`security.cookie_secret` is not set: set `VELOCIOUS_COOKIE_SECRET`"),
            "{missing:?}"
        );
        let short = [("VELOCIOUS_COOKIE_SECRET", "short")];
        let short = load(&environment, "", &short, Vec::new()).expect_err("a short secret");
        assert!(short[0].starts_with("environment variable `VELOCIOUS_COOKIE_SECRET`: `security.cookie_secret` is shorter than 32 random bytes"), "{short:?}");
        assert!(!short[0].contains("\"short\""), "{short:?}");
        let strong = "5f0c2bb0a4a5d5b0b1d64a1f4bb7d7b3a4dbdbe0a1a9b9b5b2cf9b4bd3e6f8a7";
        let variables = [
            ("VELOCIOUS_COOKIE_SECRET", strong),
            ("VELOCIOUS_HOSTS", "shop.example"),
        ];
        let config = load(&environment, "", &variables, Vec::new());
        assert_eq!(
            config.expect("strong").security.cookie_secret.expose(),
            strong
        );
        let secret = [("VELOCIOUS_COOKIE_SECRET", strong)];
        let faults = load(&environment, "", &secret, Vec::new()).expect_err("no hosts");
        assert_eq!(
            faults,
            [
                "`security.hosts` is not set: set `VELOCIOUS_HOSTS` to the names that the application is served under, as in `shop.example,www.shop.example`"
            ]
        );
    }

    #[test]
    fn hosts_and_proxies_are_names_and_addresses() {
        let source = "[server]\ntrusted_proxies = [\"10.0.0.0/8\", \"proxy\"]\n[security]\nhosts = [\"Shop.example\", \".shop.example\", \"[::1]\", \"shop.example:80\", \"https://shop.example\"]\n";
        let faults = load(&Environment::DEVELOPMENT, source, &[], Vec::new());
        assert_eq!(
            faults.expect_err("three mistakes"),
            [
                "config/development.toml:2: `server.trusted_proxies` has to hold addresses like `127.0.0.1` or `10.0.0.0/8`, or `unix` for the socket, not \"proxy\"",
                "config/development.toml:4: `security.hosts` has to hold names like `shop.example`, without scheme and port, not \"shop.example:80\"",
                "config/development.toml:4: `security.hosts` has to hold names like `shop.example`, without scheme and port, not \"https://shop.example\"",
            ]
        );
    }

    #[test]
    fn a_socket_takes_the_place_of_an_address() {
        let environment = Environment::DEVELOPMENT;
        let none = load(&environment, "", &[], Vec::new()).expect("defaults");
        assert_eq!((none.server.socket, none.server.socket_mode), (None, 0o660));
        let source = "[server]\nsocket = \"tmp/shop.sock\"\nsocket_mode = \"600\"\n";
        let config = load(&environment, source, &[("PORT", "2")], Vec::new()).expect("fine");
        let socket = config.server.socket.expect("a socket");
        assert!(socket.is_absolute() && socket.ends_with("tmp/shop.sock"));
        assert_eq!(config.server.socket_mode, 0o600);
        // Who names an address by hand means it.
        let port = vec![("server.port", "--port", "4".to_owned())];
        let config = load(&environment, source, &[], port).expect("fine");
        assert_eq!((config.server.socket, config.server.port), (None, 4));
        let variables = [("VELOCIOUS_SERVER_SOCKET", "/run/a.sock")];
        let config = load(&environment, source, &variables, Vec::new()).expect("fine");
        assert_eq!(config.server.socket, Some(PathBuf::from("/run/a.sock")));
        let source = "[server]\nsocket_mode = \"rw\"\n";
        let faults = load(&environment, source, &[], Vec::new()).expect_err("no permissions");
        assert_eq!(
            faults,
            [
                "config/development.toml:2: `server.socket_mode` has to be permissions like \"660\" that let the owner write, not \"rw\""
            ]
        );
        for mode in ["1777", "888", "060", "-1"] {
            let variables = [("VELOCIOUS_SERVER_SOCKET_MODE", mode)];
            assert!(
                load(&environment, "", &variables, Vec::new()).is_err(),
                "{mode}"
            );
        }
    }

    #[test]
    fn trusted_origins_are_origins() {
        let source = "[security]\ntrusted_origins = [\"https://Shop.example\", \"shop.example\"]\n";
        let faults = load(&Environment::DEVELOPMENT, source, &[], Vec::new());
        assert_eq!(
            faults.expect_err("one mistake"),
            [
                "config/development.toml:2: `security.trusted_origins` has to hold origins like `https://shop.example`, not \"shop.example\""
            ]
        );
    }
}
