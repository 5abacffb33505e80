//! Each file under `ui/` makes one mistake; the `.stderr` beside it is the exact message its author gets.
//!
//! `TRYBUILD=overwrite cargo test -p velocious-ui-tests` writes the messages anew: read them before committing.
//!
//! The words around our own come from rustc and change with it, so the messages are compared under the version they
//! were written with. Under another one, each case has to fail to compile all the same.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// The compiler whose messages stand in the `.stderr` files.
const WRITTEN_WITH: &str = "rustc 1.95.";

/// Where the cases are, if not at their own place.
const CASES: &str = "VELOCIOUS_UI_CASES";

#[test]
fn mistakes() {
    let compiler = compiler();
    if let Ok(elsewhere) = env::var(CASES) {
        trybuild::TestCases::new().compile_fail(Path::new(&elsewhere).join("*/*.rs"));
    } else if compiler.starts_with(WRITTEN_WITH) || env::var_os("TRYBUILD").is_some() {
        trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
    } else {
        println!(
            "the messages are those of {WRITTEN_WITH}x and are not compared: this is {compiler}"
        );
        let cases = without_messages(Path::new("tests/ui")).expect("the cases can be copied");
        // trybuild takes any message where there is none to compare with, if it may write them.
        let this = env::current_exe().expect("a test has a path");
        let run = Command::new(this)
            .args(["--exact", "mistakes", "--nocapture"])
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
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    for folder in fs::read_dir(cases)? {
        let folder = folder?;
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
