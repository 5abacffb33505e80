//! Where the files of the application being compiled are.

use std::env;
use std::path::{Path, PathBuf};

/// What `name` is in the folder of the crate being compiled, or in one above it as far as the workspace goes, if
/// `is_meant` says so.
pub(crate) fn find(name: &str, is_meant: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let crate_folder = env::var_os("CARGO_MANIFEST_DIR")?;
    for folder in Path::new(&crate_folder).ancestors() {
        let found = folder.join(name);
        if is_meant(&found) {
            return Some(found);
        }
        if folder.join("Cargo.lock").is_file() {
            return None;
        }
    }
    None
}
