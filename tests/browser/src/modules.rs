//! The programs that run in the browser: built by cargo, wrapped by `bindgen`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use velocious_tests::{cargo, workspace};

/// What cargo builds for WebAssembly.
const BUILDS: [&[&str]; 2] = [
    &["build", "--package=velocious-browser-page"],
    // The tests of the library and the suite of the databases, with the features that a browser can have.
    &[
        "test",
        "--no-run",
        "--package=velocious",
        "--no-default-features",
        "--features=sqlite",
        "--lib",
        "--test=data",
    ],
];

/// Builds the programs into folders below `site`, beside the pages that run them; answers their names.
pub(crate) fn build(site: &Path) -> Result<Vec<String>, String> {
    let bindgen = std::env::var_os("VELOCIOUS_WASM_BINDGEN").ok_or(
        "`VELOCIOUS_WASM_BINDGEN` names no program: start this through `tests/browser/run.sh`",
    )?;
    copy_pages(site)?;
    let mut names = Vec::new();
    for arguments in BUILDS {
        for (name, module) in compile(arguments)? {
            wrap(&bindgen, &module, &site.join(&name))?;
            names.push(name);
        }
    }
    Ok(names)
}

fn copy_pages(site: &Path) -> Result<(), String> {
    let pages = workspace().join("tests/browser/pages");
    let entries = pages.read_dir().map_err(|error| error.to_string())?;
    for entry in entries.flatten() {
        let copied = std::fs::copy(entry.path(), site.join(entry.file_name()));
        copied.map_err(|error| format!("{}: {error}", entry.path().display()))?;
    }
    Ok(())
}

/// Lets cargo build; answers the names and paths of what it made.
fn compile(arguments: &[&str]) -> Result<Vec<(String, PathBuf)>, String> {
    let output = cargo()
        .args(arguments)
        .args([
            "--locked",
            "--target=wasm32-unknown-unknown",
            "--message-format=json-render-diagnostics",
        ])
        .current_dir(workspace())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    if !output.status.success() {
        return Err("the data half does not build for `wasm32-unknown-unknown`".into());
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let made = messages.lines().filter_map(artifact).collect::<Vec<_>>();
    match made.is_empty() {
        true => Err("cargo made nothing that runs in a browser".into()),
        false => Ok(made),
    }
}

/// The name and path in a message about something that was made to be run.
fn artifact(message: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(message).ok()?;
    let files = message["filenames"].as_array()?.iter();
    let mut paths = files.filter_map(Value::as_str).map(PathBuf::from);
    let path = paths.find(|path| path.extension().is_some_and(|ending| ending == "wasm"))?;
    Some((message["target"]["name"].as_str()?.to_owned(), path))
}

fn wrap(bindgen: &OsString, module: &Path, folder: &Path) -> Result<(), String> {
    let status = Command::new(bindgen).arg(module).arg(folder).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("cannot wrap `{}`", module.display())),
        Err(error) => Err(format!("`{}`: {error}", bindgen.display())),
    }
}
