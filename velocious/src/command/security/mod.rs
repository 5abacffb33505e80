//! `security:check`: what of an application, its settings and its files lets strangers in, each with its cure.
//!
//! * [`run`]: everything that is looked at, and what is printed of it; `report`: what was found;
//! * `settings`, `declared`, `files`: the rules about the configuration, about what the application declares, and about
//!   the files of its folder.

mod declared;
mod files;
mod report;
mod settings;

use std::path::Path;

use self::files::Files;
use self::report::Report;
use super::routes::Format;
use super::say;
use crate::application::{Application, Boot, Given};
use crate::config::{Config, ConfigError, Environment, Surroundings};
use crate::{Error, Result};

/// Looks at everything and prints what there is to mend. Nothing is opened but files, nothing is sent anywhere.
///
/// Unless the environment is named, it is production's settings that are looked at.
///
/// # Errors
/// When there is something to mend.
pub(super) fn run(application: &Application, given: Given<'_>, format: Format) -> Result<()> {
    let given = Given {
        environment: given.environment.or_else(|| {
            let named = (given.variable)("VELOCIOUS_ENV").is_some_and(|name| !name.is_empty());
            (!named).then_some(Environment::PRODUCTION)
        }),
        ..given
    };
    let (environment, root) = Boot::place(application, &given)?;
    let report = report(application, &environment, &root, &given);
    match format {
        Format::Json => say(&report.json()?),
        Format::Table => say(&report.text()),
    }
    match report.findings.len() {
        0 => Ok(()),
        1 => Err(Error::message("there is one thing to mend")),
        number => Err(Error::message(format!("there are {number} things to mend"))),
    }
}

/// What there is to say about an application in an environment.
fn report(
    application: &Application,
    environment: &Environment,
    root: &Path,
    given: &Given<'_>,
) -> Report {
    let mut report = Report::new(environment);
    let surroundings = Surroundings {
        application: application.name,
        root,
        environment,
    };
    let config = load(&surroundings, given, &mut report);
    match &config {
        Some(config) => settings::check(config, &mut report),
        None => {
            report.note("the configuration cannot be used, so that only its mistakes are known");
        }
    }
    declared::check(application, &mut report);
    forms(application, config.as_ref(), &mut report);
    files::check(&Files::of(root), &mut report);
    tools(&mut report);
    report
}

/// The configuration, of which every mistake is a finding. A secret and hosts that are missing do not hide the rest: others
/// stand in for them.
fn load(surroundings: &Surroundings<'_>, given: &Given<'_>, report: &mut Report) -> Option<Config> {
    let load = |overrides| Config::load(surroundings, given.variable, overrides);
    let error = match load(given.overrides.clone()) {
        Ok(config) => return Some(config),
        Err(error) => error,
    };
    let mut overrides = given.overrides.clone();
    for (key, stand_in) in [
        ("security.cookie_secret", STAND_IN),
        ("security.hosts", "stand-in.invalid"),
    ] {
        if error.is_about(key) {
            overrides.push((key, "security:check", stand_in.to_owned()));
        }
    }
    note_faults(&error, report);
    load(overrides).ok()
}

/// Takes the place of a secret that is missing or weak, while the rest is looked at.
const STAND_IN: &str = "5bb1c8e6a7d23f94e06d7a18fc3b92045e71d0ab6cf8392e14a9b7d6083cfe52";

fn note_faults(error: &ConfigError, report: &mut Report) {
    for fault in error.faults() {
        match fault.rsplit_once(": ") {
            Some((fault, cure)) => report.find("configuration", fault, cure),
            None => report.find("configuration", fault, "correct the configuration"),
        }
    }
}

/// Says what is refused, because there is no switch that could be off, and whose pages are let in.
fn forms(application: &Application, config: Option<&Config>, report: &mut Report) {
    let changing = application.routes.iter();
    let changing = changing.filter(|route| !route.method.is_safe()).count();
    let trusted = config.map_or(&[][..], |config| &config.security.trusted_origins);
    let shared = config.map_or(&[][..], |config| &config.cors.origins);
    let exempt: Vec<_> = trusted
        .iter()
        .chain(shared)
        .map(|origin| format!("`{origin}`"))
        .collect();
    let exempt = match exempt.as_slice() {
        [] => "none is exempt".to_owned(),
        exempt => format!("pages of {} are let in", exempt.join(", ")),
    };
    report.note(format!(
        "forms of other sites are refused on all {changing} routes that do not answer GET; {exempt}"
    ));
}

/// The programs that know of weak dependencies; they ask the network, so they are not run here.
fn tools(report: &mut Report) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there =
        |name: &str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    let known = [
        ("cargo-audit", "cargo audit"),
        ("cargo-deny", "cargo deny check advisories"),
    ];
    let installed: Vec<_> = known
        .iter()
        .filter(|(name, _)| is_there(name))
        .map(|(_, command)| format!("`{command}`"))
        .collect();
    report.note(match installed.as_slice() {
        [] => {
            "dependencies were not looked at: `cargo install cargo-audit`, then run `cargo audit`"
                .to_owned()
        }
        commands => format!(
            "dependencies were not looked at: run {}",
            commands.join(" or ")
        ),
    });
}

#[cfg(test)]
mod tests;
