//! A folder for one test, and the command run inside it.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A folder that goes away with its test.
pub(crate) struct Folder {
    parent: PathBuf,
    path: PathBuf,
}

/// What a run of the command came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    /// An empty folder called `name`, which has to be this test's own.
    pub(crate) fn empty(name: &str) -> Self {
        let parent = env::temp_dir().join(format!("velocious-cli-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&parent);
        let folder = parent.join(name);
        fs::create_dir_all(&folder).expect("a folder for the test");
        let parent = parent.canonicalize().expect("it exists");
        Folder {
            path: parent.join(name),
            parent,
        }
    }

    /// A folder with the application `shop` in it.
    pub(crate) fn with_application(name: &str) -> Self {
        let mut folder = Self::empty(name);
        folder.run("init shop").succeeds();
        folder.path.push("shop");
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `velocious` with the words of `line`.
    pub(crate) fn run(&self, line: &str) -> Run {
        self.run_in("", line)
    }

    /// The same, in a folder inside this one.
    pub(crate) fn run_in(&self, inside: &str, line: &str) -> Run {
        self.run_with(inside, line, &[])
    }

    /// The same, with environment variables.
    pub(crate) fn run_with(&self, inside: &str, line: &str, variables: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_velocious"))
            .args(line.split_whitespace())
            .envs(variables.iter().copied())
            .current_dir(self.path.join(inside))
            .output()
            .expect("the binary runs");
        Run {
            code: output.status.code().expect("no signal ended it"),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// Every file with its text, by path.
    pub(crate) fn tree(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.path, &self.path, &mut files);
        files
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path.join(path)).expect(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path.join(path)).expect(path);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.parent);
    }
}

impl Run {
    /// Checks that it went well, and gives its standard output.
    #[track_caller]
    pub(crate) fn succeeds(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Checks that it failed with `code`, and gives what it says about that.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        assert!(self.err.starts_with("error: "), "{}", self.err);
        self.err
    }
}

/// The lines that say what was done, such as `create src/lib.rs`, without the others.
pub(crate) fn done(out: &str) -> Vec<&str> {
    let words = ["create ", "insert ", "remove ", "revert "];
    out.lines()
        .filter(|line| words.iter().any(|word| line.starts_with(word)))
        .collect()
}

/// `text` with every version of a migration as `VERSION`.
pub(crate) fn without_versions(text: &str) -> String {
    let mut plain = String::new();
    let mut digits = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        plain.push_str(if digits.len() == 14 {
            "VERSION"
        } else {
            &digits
        });
        digits.clear();
        if letter != '\0' {
            plain.push(letter);
        }
    }
    plain
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path
                .strip_prefix(root)
                .expect("inside")
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).unwrap_or_default());
        }
    }
}
