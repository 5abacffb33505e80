//! The programs of the workspace, built once per test process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

static BUILT: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());

/// The path of the program that `package` builds under the name `binary`, built first if it is out of date.
///
/// # Panics
/// When it does not compile.
pub fn program(package: &str, binary: &str) -> PathBuf {
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(path) = built.get(binary) {
        return path.clone();
    }
    let output = cargo()
        .args([
            "build",
            "--quiet",
            "--locked",
            "--package",
            package,
            "--bin",
            binary,
        ])
        .current_dir(workspace())
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "cannot build `{package}`:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let path = target().join("debug").join(binary);
    built.insert(binary.to_owned(), path.clone());
    path
}

/// A `cargo` command free of the variables that cargo sets for the tests it runs.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_")
            || name_text.starts_with("CARGO_MANIFEST_")
            || name_text == "RUSTFLAGS"
        {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// The root of the workspace.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the suite is a member of the workspace")
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace().join("target"), |path| workspace().join(path))
}
