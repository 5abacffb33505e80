//! Each file under `ui/` makes one mistake; the `.stderr` beside it is the exact message its author gets.
//!
//! `TRYBUILD=overwrite cargo test -p velocious-ui-tests` writes the messages anew: read them before committing.
//!
//! The words around our own come from rustc and change with it, so the messages are compared under the version they
//! were written with. Under another one, each case has to fail to compile all the same.
//!
//! The cases under `stored/` are about models and the tables that a database has, as `stored/schema.json` describes it;
//! those under `said/` about messages and the catalogues in `said/locales`; that under `malformed/` about catalogues that
//! cannot be read.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// The compiler whose messages stand in the `.stderr` files.
const WRITTEN_WITH: &str = "rustc 1.95.";

/// Where the cases are, if not at their own place.
const CASES: &str = "VELOCIOUS_UI_CASES";

/// Where the description of the database is, for `#[derive(Model)]`.
const SCHEMA: &str = "VELOCIOUS_SCHEMA";

/// Where the catalogues are, for `t!`.
const LOCALES: &str = "VELOCIOUS_LOCALES";

#[test]
fn mistakes() {
    compare("mistakes", "tests/ui");
}

#[test]
fn mistakes_about_the_database() {
    let name = "mistakes_about_the_database";
    compare_with(name, "tests/stored", SCHEMA, "tests/stored/schema.json");
}

#[test]
fn mistakes_about_messages() {
    let name = "mistakes_about_messages";
    compare_with(name, "tests/said", LOCALES, "tests/said/locales");
}

#[test]
fn mistakes_in_catalogues() {
    let name = "mistakes_in_catalogues";
    compare_with(name, "tests/malformed", LOCALES, "tests/malformed/locales");
}

/// The same while a variable says where something is.
fn compare_with(name: &str, cases: &str, variable: &str, path: &str) {
    if env::var_os(variable).is_some() {
        return compare(name, cases);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let words = env::args().filter(|word| word.starts_with("trybuild="));
    let run = again(name).args(words).env(variable, path).status();
    let run = run.expect("a test can run again");
    assert!(run.success(), "a message is another one");
}

/// This program, for one test alone.
fn again(name: &str) -> Command {
    let this = env::current_exe().expect("a test has a path");
    let mut command = Command::new(this);
    command.args(["--exact", name, "--nocapture"]);
    command
}

/// Compiles each file in the folders below `cases`.
fn compare(name: &str, cases: &str) {
    let compiler = compiler();
    if let Ok(elsewhere) = env::var(CASES) {
        trybuild::TestCases::new().compile_fail(Path::new(&elsewhere).join("*/*.rs"));
    } else if compiler.starts_with(WRITTEN_WITH) || env::var_os("TRYBUILD").is_some() {
        trybuild::TestCases::new().compile_fail(Path::new(cases).join("*/*.rs"));
    } else {
        println!(
            "the messages are those of {WRITTEN_WITH}x and are not compared: this is {compiler}"
        );
        let cases = without_messages(Path::new(cases)).expect("the cases can be copied");
        // trybuild takes any message where there is none to compare with, if it may write them.
        let run = again(name)
            .env(CASES, &cases)
            .env("TRYBUILD", "overwrite")
            .status()
            .expect("a test can run again");
        assert!(run.success(), "a mistake compiles");
    }
}

fn compiler() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .expect("cargo has found rustc");
    String::from_utf8_lossy(&version.stdout).trim().to_owned()
}

/// A copy of the cases alone.
fn without_messages(cases: &Path) -> io::Result<PathBuf> {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(cases.file_name().unwrap_or_default());
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    for folder in fs::read_dir(cases)? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        let to = copy.join(folder.file_name());
        fs::create_dir_all(&to)?;
        for case in fs::read_dir(folder.path())? {
            let case = case?.path();
            if let (Some("rs"), Some(name)) = (
                case.extension().and_then(|ending| ending.to_str()),
                case.file_name(),
            ) {
                fs::copy(&case, to.join(name))?;
            }
        }
    }
    Ok(copy)
}
