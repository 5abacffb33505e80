//! Temporary folders, removed with their contents.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// An empty folder. Dropping it removes it, unless the test is failing.
///
/// It is not below cargo's target folder: an application in there would be taken for the one that lay there before.
#[derive(Debug)]
pub struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Makes one; `name` is for whoever looks at what a failed test left behind.
    ///
    /// # Panics
    /// When the disk refuses.
    #[must_use]
    pub fn new(name: &str) -> TemporaryFolder {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path =
            env::temp_dir().join(format!("velocious-{name}-{}-{number}", std::process::id()));
        // A folder of an earlier run under the same process id may have stayed after a failure.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the folder for temporary files can be written");
        TemporaryFolder(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}
