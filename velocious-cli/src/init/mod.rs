//! `velocious init`: a new application.

mod files;

use std::{
    fs,
    path::{Path, PathBuf},
};

use velocious_naming::human;

use crate::{
    failure::{Failure, Outcome},
    name::package::package_name,
    plan::{Plan, Unit},
    template::fill,
};
use files::FILES;

/// The version of maud that applications use: the one that the framework's pages are made with.
const MAUD: &str = "0.27";

/// Makes an application in the folder `name` of the folder `here`, or in `here` itself, and returns what was done, a
/// line each. With `checkout`, the application depends on that checkout of Velocious.
///
/// # Errors
/// The name is impossible, a file is in the way, or `checkout` is none.
pub(crate) fn run(here: &Path, name: Option<&str>, checkout: Option<&str>) -> Outcome<Vec<String>> {
    let folder = target(here, name)?;
    let package = package_of(&folder, name)?;
    let velocious = match checkout {
        Some(checkout) => dependency_on_checkout(here, checkout)?,
        None => format!("version = \"{}\"", env!("CARGO_PKG_VERSION")),
    };
    let crate_name = package.replace('-', "_");
    let values = [
        ("package", package.as_str()),
        ("crate", &crate_name),
        ("human", &human(&format!("{crate_name}_id"))),
        ("velocious", &velocious),
        ("maud", MAUD),
    ];
    let mut unit = Unit::unnamed("velocious init");
    for (path, template) in FILES {
        unit.create(*path, fill(template, &values));
    }
    let mut plan = Plan::new(&folder);
    plan.push(unit);
    let done = plan.check()?.apply()?;
    Ok(report(done, name.filter(|name| *name != ".")))
}

/// The lines as seen from where the user stands, and what to do next.
fn report(done: Vec<String>, folder: Option<&str>) -> Vec<String> {
    let mut lines = done;
    if let Some(folder) = folder {
        let folder = folder.trim_end_matches('/');
        lines = lines
            .iter()
            .map(|line| line.replacen("create ", &format!("create {folder}/"), 1))
            .collect();
        lines.push(format!("\nNext:\n  cd {folder}"));
    } else {
        lines.push("\nNext:".to_owned());
    }
    lines.push("  velocious g:scaffold Post title:string body:text".to_owned());
    lines.push("  velocious db:migrate".to_owned());
    lines.push("  velocious server".to_owned());
    lines
}

/// The folder that the application goes into.
fn target(here: &Path, name: Option<&str>) -> Outcome<PathBuf> {
    match name {
        Some(".") => Ok(here.to_owned()),
        Some("") => Err(Failure::usage(
            "the application needs a name, as in `velocious init shop`",
        )),
        Some(name) => Ok(here.join(name)),
        None if is_empty(here) => Ok(here.to_owned()),
        None => Err(Failure::usage(format!(
            "`{}` is not empty; `velocious init NAME` makes a folder for the application, `velocious init .` puts it here",
            here.display()
        ))),
    }
}

/// Whether nothing is in the folder, except what starts with a dot, such as `.git`.
fn is_empty(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .into_iter()
        .all(|entry| entry.file_name().to_string_lossy().starts_with('.'))
}

/// The application's package, called like its folder.
fn package_of(folder: &Path, name: Option<&str>) -> Outcome<String> {
    let last = folder
        .file_name()
        .map(|last| last.to_string_lossy().into_owned())
        .unwrap_or_default();
    package_name(&last).map_err(|failure| {
        let is_given = name.is_some_and(|name| name != ".");
        let cure = if is_given {
            ""
        } else {
            "; `velocious init NAME` makes a folder with a name of your choice"
        };
        Failure::usage(format!("{}{cure}", failure.into_message()))
    })
}

/// `path = "…"` for the crate in a checkout of Velocious.
fn dependency_on_checkout(here: &Path, checkout: &str) -> Outcome<String> {
    let krate = here.join(checkout).join("velocious");
    if !krate.join("Cargo.toml").is_file() {
        return Err(Failure::new(format!(
            "`{checkout}` is no checkout of Velocious: there is no `{}`",
            krate.join("Cargo.toml").display()
        )));
    }
    let krate = krate
        .canonicalize()
        .map_err(|error| Failure::io("find", &krate, &error))?;
    let path = krate
        .to_string_lossy()
        .replace('\\', "/")
        .replace('"', "\\\"");
    Ok(format!("path = \"{path}\""))
}

#[cfg(test)]
mod tests {
    use super::files::FILES;
    use crate::template::fill;

    #[test]
    fn no_template_has_a_hole_that_nothing_fills() {
        let values = [
            ("package", "x"),
            ("crate", "x"),
            ("human", "X"),
            ("velocious", "x"),
            ("maud", "x"),
        ];
        for (path, template) in FILES {
            let text = fill(template, &values);
            assert!(
                !text.contains("{{") && !text.contains("}}"),
                "`{path}` has a hole left"
            );
        }
    }
}
