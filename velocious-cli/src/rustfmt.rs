//! Formatting of generated files the way the application's `cargo fmt` would.

use std::{
    env,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

/// `source` as rustfmt leaves it, under the settings of the application at `root`. Where rustfmt is missing or refuses,
/// the text stays as it is: the templates are tidy for names of ordinary length already.
pub(crate) fn format(root: &Path, source: String) -> String {
    formatted(root, &source).unwrap_or(source)
}

fn formatted(root: &Path, source: &str) -> Option<String> {
    let rustfmt = env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let mut child = Command::new(rustfmt)
        .args(["--quiet", "--edition", "2024"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    // A generated file is far smaller than a pipe's buffer, so writing all of it before reading cannot block.
    child.stdin.take()?.write_all(source.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.is_empty()).then_some(text)
}
