//! What strangers are to find nothing at: the secret, the settings, what is said over the wire, the code itself.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use velocious_tests::{ServerOptions, exchange, program, workspace};

const STRONG: &str = "6b2f0b1a94d1c6a1f7f0b0f3f0e4a5d39c8e7f6a5b4c3d2e1f0a9b8c7d6e5f40";

/// Runs a command of the example application, in production unless it says otherwise.
fn example(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program("example", "example"));
    command.args(arguments);
    for name in [
        "VELOCIOUS_ENV",
        "VELOCIOUS_COOKIE_SECRET",
        "VELOCIOUS_HOSTS",
        "DATABASE_URL",
    ] {
        command.env_remove(name);
    }
    command
        .envs(variables.iter().copied())
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_secret_that_is_printed_lets_production_start_and_nothing_less_does() {
    let printed = example(&["secret"], &[]);
    let secret = text(&printed.stdout).trim_end().to_owned();
    assert!(
        printed.status.success() && secret.len() == 64,
        "{printed:?}"
    );
    let hosts = ("VELOCIOUS_HOSTS", "shop.example");
    let checked = example(
        &["security:check", "--json"],
        &[("VELOCIOUS_COOKIE_SECRET", &secret), hosts],
    );
    assert!(checked.status.success(), "{checked:?}");
    let json: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    assert_eq!(json["findings"], serde_json::json!([]));
    for weak in ["", "short", &"5f0c2bb0a4a5d5b0".repeat(4)] {
        let checked = example(
            &["security:check"],
            &[("VELOCIOUS_COOKIE_SECRET", weak), hosts],
        );
        assert_eq!(checked.status.code(), Some(1));
        let found = text(&checked.stdout);
        assert!(
            found.contains("`security.cookie_secret`") && found.contains("`velocious secret`"),
            "{found}"
        );
        assert!(
            text(&checked.stderr).contains("there is one thing to mend"),
            "{checked:?}"
        );
    }
}

#[test]
fn production_does_not_start_without_hosts() {
    let started = example(
        &["server", "--port", "0"],
        &[
            ("VELOCIOUS_ENV", "production"),
            ("VELOCIOUS_COOKIE_SECRET", STRONG),
        ],
    );
    assert!(!started.status.success());
    let message = text(&started.stderr);
    assert!(
        message.contains("`security.hosts` is not set: set `VELOCIOUS_HOSTS`"),
        "{message}"
    );
}

#[test]
fn nothing_on_the_wire_says_what_answers() {
    let server = ServerOptions::production().start();
    let host = server.address;
    for request in [
        format!("GET / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"),
        format!("GET /nowhere HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"),
        format!("GET /up HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"),
        "GET / HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nconnection: close\r\n\r\n".to_owned(),
        "not HTTP at all\r\n\r\n".to_owned(),
        format!(
            "TRACE / HTTP/1.1\r\nhost: {host}\r\nx-canary: canary\r\nconnection: close\r\n\r\n"
        ),
    ] {
        let answer = exchange(server.address, request.as_bytes()).expect("an answer");
        let told = answer.text.to_lowercase();
        assert!(
            !told.contains("canary"),
            "{request:?} is told what it sent: {told}"
        );
        let head = told.split("\r\n\r\n").next().unwrap_or_default();
        for word in ["actix", "velocious", "x-powered-by", "\nserver:", "rust"] {
            assert!(!head.contains(word), "{request:?} is told `{word}`: {head}");
        }
    }
}

/// Every Rust file below a folder.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => sources(&path, files),
            path if path.extension().is_some_and(|end| end == "rs") => files.push(path),
            _ => {}
        }
    }
}

#[test]
fn no_line_of_the_crates_is_unsafe() {
    let manifest = std::fs::read_to_string(workspace().join("Cargo.toml")).expect("a file");
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    let mut files = Vec::new();
    for name in [
        "velocious",
        "velocious-macros",
        "velocious-macros/naming",
        "velocious-cli",
    ] {
        let manifest = workspace().join(name).join("Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).expect("a file");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name}");
        sources(&workspace().join(name).join("src"), &mut files);
    }
    assert!(files.len() > 200, "{}", files.len());
    for file in files {
        let source = std::fs::read_to_string(&file).expect("a file");
        for (index, line) in source.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let is_unsafe = [
                "unsafe {",
                "unsafe fn",
                "unsafe impl",
                "unsafe trait",
                "unsafe extern",
                "unsafe(",
                "unsafe_code",
            ];
            assert!(
                !is_unsafe.iter().any(|word| code.contains(word)),
                "{}:{}: {line}",
                file.display(),
                index + 1
            );
        }
    }
}
