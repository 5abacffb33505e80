//! Writing a plan that has been checked.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::Creation;
use crate::failure::{Failure, Outcome};

/// A plan that nothing stood in the way of when it was checked.
#[derive(Debug)]
pub(crate) struct CheckedPlan {
    root: PathBuf,
    creations: Vec<Creation>,
    edits: Vec<Edit>,
}

/// A file that changes.
#[derive(Debug)]
pub(crate) struct Edit {
    /// Relative to the plan's folder.
    pub(crate) path: String,
    /// The text on the disk.
    pub(crate) before: String,
    /// The text it gets.
    pub(crate) after: String,
}

impl CheckedPlan {
    pub(super) fn new(root: PathBuf, creations: Vec<Creation>, edits: Vec<Edit>) -> Self {
        Self {
            root,
            creations,
            edits,
        }
    }

    /// Writes everything and returns what was done, a line each: `create path`, `insert path`.
    ///
    /// # Errors
    /// The operating system refused. What was written until then is taken back.
    pub(crate) fn apply(self) -> Outcome<Vec<String>> {
        let mut written = Written {
            root: &self.root,
            files: Vec::new(),
            folders: Vec::new(),
            edits: Vec::new(),
        };
        match written.write(&self.creations, &self.edits) {
            Ok(()) => Ok(self.lines()),
            Err(failure) => {
                written.take_back();
                Err(failure)
            }
        }
    }

    fn lines(&self) -> Vec<String> {
        let created = self.creations.iter().filter(|creation| creation.shown);
        let created = created.map(|creation| format!("create {}", creation.path));
        created
            .chain(
                self.edits
                    .iter()
                    .map(|edit| format!("insert {}", edit.path)),
            )
            .collect()
    }
}

/// What has been written so far, so that it can be taken back.
struct Written<'a> {
    root: &'a Path,
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    edits: Vec<&'a Edit>,
}

impl<'a> Written<'a> {
    fn write(&mut self, creations: &[Creation], edits: &'a [Edit]) -> Outcome {
        for creation in creations {
            let path = self.root.join(&creation.path);
            if !creation.shown {
                // A receipt, and what the receipt before it listed is gone, or it would have been in the way.
                let _ = fs::remove_file(&path);
            }
            self.create(&path, &creation.contents)
                .map_err(|error| Failure::io("create", &path, &error))?;
        }
        for edit in edits {
            let path = self.root.join(&edit.path);
            write_over(&path, &edit.after).map_err(|error| Failure::io("change", &path, &error))?;
            self.edits.push(edit);
        }
        Ok(())
    }

    fn create(&mut self, path: &Path, contents: &str) -> io::Result<()> {
        let folder = path.parent().unwrap_or(self.root);
        let missing: Vec<PathBuf> = folder
            .ancestors()
            .take_while(|folder| !folder.exists())
            .map(Path::to_owned)
            .collect();
        fs::create_dir_all(folder)?;
        self.folders.extend(missing.into_iter().rev());
        // `create_new`, so that even a file that appeared a moment ago is not overwritten.
        let mut file = File::create_new(path)?;
        self.files.push(path.to_owned());
        file.write_all(contents.as_bytes())
    }

    /// Undoes as much as the operating system lets us; the first error has been reported already.
    fn take_back(&self) {
        for edit in &self.edits {
            let _ = write_over(&self.root.join(&edit.path), &edit.before);
        }
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Replaces the text of the file at `path` in one step, so that a full disk cannot leave half of it.
///
/// # Errors
/// The operating system refused; the file is as it was.
pub(crate) fn write_over(path: &Path, text: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let mut draft = path.clone().into_os_string();
    draft.push(".velocious-draft");
    let draft = PathBuf::from(draft);
    let outcome = fs::write(&draft, text)
        .and_then(|()| fs::set_permissions(&draft, fs::metadata(&path)?.permissions()))
        .and_then(|()| fs::rename(&draft, &path));
    if outcome.is_err() {
        let _ = fs::remove_file(&draft);
    }
    outcome
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{CheckedPlan, Creation, Edit};

    #[test]
    fn a_failure_halfway_takes_everything_back() {
        let root = std::env::temp_dir().join(format!("velocious-apply-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a folder for the test");
        fs::write(root.join("kept.rs"), "before").expect("written");
        let creation = |path: &str| Creation {
            path: path.to_owned(),
            contents: "new".to_owned(),
            tidy: false,
            shown: true,
        };
        let edit = |path: &str| Edit {
            path: path.to_owned(),
            before: "before".to_owned(),
            after: "after".to_owned(),
        };
        let plan = CheckedPlan::new(
            root.clone(),
            vec![creation("a/b/one.rs"), creation("two.rs")],
            vec![edit("kept.rs"), edit("vanished.rs")],
        );
        let message = plan
            .apply()
            .expect_err("the second edit has no file")
            .message()
            .to_owned();
        assert!(
            message.contains("cannot change") && message.contains("vanished.rs"),
            "{message}"
        );
        let left: Vec<_> = fs::read_dir(&root)
            .expect("readable")
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        assert_eq!(left, ["kept.rs"]);
        assert_eq!(
            fs::read_to_string(root.join("kept.rs")).expect("read"),
            "before"
        );
        fs::remove_dir_all(&root).expect("removed");
    }
}
