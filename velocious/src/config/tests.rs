//! Whole configurations: a file, environment variables and arguments.

use std::path::PathBuf;
use std::time::Duration;

use tracing::level_filters::LevelFilter;

use super::{Config, Environment, Overrides, Surroundings};

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
    let _ = std::fs::remove_dir_all(&root);
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
    let source = "[server]\nhost = \"0.0.0.0\"\nport = 1\n[log]\nlevel = \"warn\"\nfile = false\n";
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
    let source = "[server]\nprot = 80\nport = \"eighty\"\nworkers = 0\n\n[log]\nlevel = \"loud\"\n";
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
