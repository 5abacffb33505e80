//! The application around the current folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::failure::{Failure, Outcome};

/// The line of a `Cargo.toml` that says: this package is a Velocious application.
const MARKER: &str = "[package.metadata.velocious]";

/// A Velocious application on this disk.
#[derive(Debug)]
pub(crate) struct Application {
    root: PathBuf,
    package: String,
}

impl Application {
    /// The application that `folder` lies in.
    ///
    /// # Errors
    /// Neither `folder` nor a folder above it belongs to an application.
    pub(crate) fn around(folder: &Path) -> Outcome<Self> {
        for candidate in folder.ancestors() {
            let manifest = candidate.join("Cargo.toml");
            let Ok(text) = fs::read_to_string(&manifest) else {
                continue;
            };
            if !text.lines().any(|line| line.trim() == MARKER) {
                continue;
            }
            let Some(package) = package_name(&text) else {
                return Err(Failure::new(format!(
                    "`{}` has no `name = \"…\"` under `[package]`",
                    manifest.display()
                )));
            };
            return Ok(Self {
                root: candidate.to_owned(),
                package: package.to_owned(),
            });
        }
        Err(Failure::new(format!(
            "`{}` is not inside a Velocious application: neither it nor a folder above it has a Cargo.toml with the line \
             `{MARKER}`; `velocious init NAME` makes an application",
            folder.display()
        )))
    }

    /// The folder that holds the application's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The application's crate as Rust spells it: `my-shop` is `my_shop`.
    pub(crate) fn crate_name(&self) -> String {
        self.package.replace('-', "_")
    }

    /// The text of the file `path` of this application, or `None` when there is no such file.
    pub(crate) fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root.join(path)).ok()
    }
}

/// The name of the package in the text of a `Cargo.toml`. A scan of lines, because a parser of TOML would
/// take longer to compile than the rest of this command.
pub(crate) fn package_name(manifest: &str) -> Option<&str> {
    manifest
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != "[package]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| {
            let value = line
                .strip_prefix("name")?
                .trim_start()
                .strip_prefix('=')?
                .trim_start();
            value.strip_prefix('"')?.split('"').next()
        })
}

#[cfg(test)]
mod tests {
    use super::package_name;

    #[test]
    fn the_name_is_the_packages_and_no_other_tables() {
        let manifest = "[[bin]]\nname = \"no\"\n\n[package]\nversion = \"1\"\nname=\"my-shop\" # here\n\n[lib]\nname = \"no\"\n";
        assert_eq!(package_name(manifest), Some("my-shop"));
        assert_eq!(
            package_name("[package]\nversion = \"1\"\n[lib]\nname = \"no\"\n"),
            None
        );
        assert_eq!(package_name(""), None);
    }
}
