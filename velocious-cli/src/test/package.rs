//! The packages of an application, and which target of cargo's each of their files belongs to.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    application::{Application, package_name},
    failure::{Failure, Outcome},
};

/// Folders in which there are no packages and no tests.
const PASSED_OVER: [&str; 2] = ["node_modules", "target"];

/// How deep below the application its packages are looked for.
const DEPTH: usize = 3;

/// A package.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) files: Vec<SourceFile>,
}

/// A file with Rust in it.
#[derive(Clone, Debug)]
pub(super) struct SourceFile {
    pub(super) path: PathBuf,
    /// Its path below the application, for messages.
    pub(super) shown: String,
    pub(super) target: Target,
    /// The module that the file is, as in `["tasks", "new"]`.
    pub(super) modules: Vec<String>,
}

/// What cargo builds a file into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    pub(super) package: String,
    pub(super) kind: Kind,
}

/// The kinds of targets that have tests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Library,
    Binary,
    /// `tests/requests/main.rs`, `tests/requests.rs`
    Test(String),
}

/// The packages of `application`: itself, and those in folders below it.
///
/// # Errors
/// A folder cannot be read.
pub(super) fn packages(application: &Application) -> Outcome<Vec<Package>> {
    let mut packages = Vec::new();
    look_for_packages(application.root(), application.root(), DEPTH, &mut packages)?;
    Ok(packages)
}

fn look_for_packages(
    root: &Path,
    folder: &Path,
    depth: usize,
    packages: &mut Vec<Package>,
) -> Outcome {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok();
    if let Some(name) = manifest.as_deref().and_then(package_name) {
        let mut files = Vec::new();
        for part in ["src", "tests"] {
            look_for_files(root, folder, &folder.join(part), name, &mut files)?;
        }
        packages.push(Package {
            name: name.to_owned(),
            files,
        });
    }
    if depth == 0 {
        return Ok(());
    }
    for entry in entries(folder)? {
        if entry.is_dir() && is_looked_into(&entry) {
            look_for_packages(root, &entry, depth - 1, packages)?;
        }
    }
    Ok(())
}

fn look_for_files(
    root: &Path,
    package: &Path,
    folder: &Path,
    name: &str,
    files: &mut Vec<SourceFile>,
) -> Outcome {
    if !folder.is_dir() {
        return Ok(());
    }
    for path in entries(folder)? {
        let is_rust = path.extension().is_some_and(|ending| ending == "rs");
        let is_another_package = path.join("Cargo.toml").exists();
        if path.is_dir() && is_looked_into(&path) && !is_another_package {
            look_for_files(root, package, &path, name, files)?;
        } else if is_rust
            && let Some((kind, modules)) = path.strip_prefix(package).ok().and_then(place)
        {
            let target = Target {
                package: name.to_owned(),
                kind,
            };
            let shown = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .display()
                .to_string();
            files.push(SourceFile {
                path,
                shown,
                target,
                modules,
            });
        }
    }
    Ok(())
}

/// Which target the file `path` of a package belongs to, and as which module.
fn place(path: &Path) -> Option<(Kind, Vec<String>)> {
    let path = path.with_extension("");
    let words: Vec<&str> = path
        .iter()
        .map(|word| word.to_str())
        .collect::<Option<_>>()?;
    let (kind, modules) = match words.as_slice() {
        ["src", "main"] => (Kind::Binary, &words[2..]),
        ["src", "bin", ..] => return None,
        ["src", "lib"] => (Kind::Library, &words[2..]),
        ["src", ..] => (Kind::Library, &words[1..]),
        ["tests", name] => (Kind::Test((*name).to_owned()), &words[2..]),
        ["tests", name, "main"] => (Kind::Test((*name).to_owned()), &words[3..]),
        ["tests", name, ..] => (Kind::Test((*name).to_owned()), &words[2..]),
        _ => return None,
    };
    let modules = match modules {
        [above @ .., "mod"] => above,
        all => all,
    };
    Some((
        kind,
        modules.iter().map(|word| (*word).to_owned()).collect(),
    ))
}

fn is_looked_into(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && !PASSED_OVER.contains(&name.as_ref())
}

/// What is in `folder`, by name.
fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let failed = |error| Failure::io("read", folder, &error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Kind, place};

    #[test]
    fn files_are_modules_of_targets() {
        let test = |name: &str| Kind::Test(name.to_owned());
        for (path, kind, modules) in [
            ("src/lib.rs", Kind::Library, ""),
            ("src/main.rs", Kind::Binary, ""),
            ("src/models/task.rs", Kind::Library, "models task"),
            ("src/models/mod.rs", Kind::Library, "models"),
            ("tests/pages.rs", test("pages"), ""),
            ("tests/requests/main.rs", test("requests"), ""),
            ("tests/requests/tasks.rs", test("requests"), "tasks"),
            ("tests/requests/tasks/mod.rs", test("requests"), "tasks"),
            ("tests/requests/tasks/new.rs", test("requests"), "tasks new"),
        ] {
            let modules: Vec<String> = modules.split_whitespace().map(String::from).collect();
            assert_eq!(place(Path::new(path)), Some((kind, modules)), "{path}");
        }
        assert_eq!(place(Path::new("src/bin/other.rs")), None);
        assert_eq!(place(Path::new("build.rs")), None);
    }
}
