//! A plan under way.

use std::fs;

use chrono::{NaiveDateTime, TimeDelta, Utc};

use super::source::Source;
use crate::{
    application::Application,
    name::{MigrationName, ModelName},
    plan::{Plan, Unit},
    receipt::Receipt,
};

const MIGRATIONS: &str = "models/src/migrations";
const MODELS: &str = "models/src/models";

/// A plan under way, with what generators need to know of the application and of each other.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    application: &'a Application,
    command: &'a str,
    plan: Plan,
    notes: Vec<String>,
    last_version: u64,
}

impl<'a> Draft<'a> {
    /// An empty plan for `application`, asked for by the command line `command`.
    pub(crate) fn new(application: &'a Application, command: &'a str) -> Self {
        let versions = migration_files(application)
            .into_iter()
            .filter_map(|file| version(&file));
        Self {
            application,
            command,
            plan: Plan::new(application.root()),
            notes: Vec::new(),
            last_version: versions.max().unwrap_or(0),
        }
    }

    /// The application.
    pub(crate) fn application(&self) -> &'a Application {
        self.application
    }

    /// The command line that started this.
    pub(crate) fn command(&self) -> &'a str {
        self.command
    }

    /// Adds what one generator makes.
    pub(crate) fn push(&mut self, unit: Unit) {
        self.plan.push(unit);
    }

    /// Adds a line to show when everything is written.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// The plan, and the lines to show afterwards.
    pub(crate) fn finish(self) -> (Plan, Vec<String>) {
        (self.plan, self.notes)
    }

    /// The version for the next migration: now, or a second after the last one if that is later.
    pub(crate) fn next_version(&mut self) -> u64 {
        let now = Utc::now().format(VERSION).to_string().parse().unwrap_or(0);
        self.last_version = following(self.last_version).max(now);
        self.last_version
    }

    /// The file of a migration of this name, if the application has one.
    pub(crate) fn migration_called(&self, name: &MigrationName) -> Option<String> {
        let ending = format!("_{}.rs", name.snake);
        let same = |file: &String| {
            version(file).is_some_and(|version| *file == format!("m{version}{ending}"))
        };
        migration_files(self.application)
            .into_iter()
            .find(same)
            .map(|file| format!("{MIGRATIONS}/{file}"))
    }

    /// The text of the file that declares the model, if there is one on the disk.
    pub(crate) fn model_source(&self, model: &ModelName) -> Option<(String, String)> {
        let file = model.file();
        if let Some(text) = self.application.read(&file) {
            return Some((file, text));
        }
        let declaration = format!("pub struct {}", model.pascal);
        files(self.application, MODELS)
            .into_iter()
            .find_map(|name| {
                let path = format!("{MODELS}/{name}");
                let text = self.application.read(&path)?;
                let declares = text.lines().any(|line| {
                    line.trim()
                        .strip_prefix(&declaration)
                        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
                });
                declares.then_some((path, text))
            })
    }

    /// Whether the model is there, or will be by this plan.
    pub(crate) fn has_model(&self, model: &ModelName) -> bool {
        self.plan.text_of(&model.file()).is_some() || self.model_source(model).is_some()
    }

    /// What the source of the model says, on the disk or in this plan.
    pub(crate) fn source_of(&self, model: &ModelName) -> Option<Source> {
        let planned = self.plan.text_of(&model.file()).map(Source::read);
        planned.or_else(|| {
            self.model_source(model)
                .map(|(_, text)| Source::read(&text))
        })
    }

    /// Whether there is a receipt of this name, or will be by this plan.
    pub(crate) fn has_generated(&self, receipt: &str) -> bool {
        self.plan.has_unit(receipt)
            || self
                .application
                .root()
                .join(Receipt::path(receipt))
                .exists()
    }
}

/// The format of a migration's version.
const VERSION: &str = "%Y%m%d%H%M%S";

/// The version a second after `version`, which may be no date at all.
fn following(version: u64) -> u64 {
    NaiveDateTime::parse_from_str(&version.to_string(), VERSION)
        .ok()
        .and_then(|time| time.checked_add_signed(TimeDelta::seconds(1)))
        .and_then(|time| time.format(VERSION).to_string().parse().ok())
        .unwrap_or(version + 1)
}

/// `m20260101120000_create_posts.rs` has the version 20260101120000.
fn version(file: &str) -> Option<u64> {
    file.strip_prefix('m')?.split_once('_')?.0.parse().ok()
}

fn migration_files(application: &Application) -> Vec<String> {
    files(application, MIGRATIONS)
}

/// The names of the files in a folder of the application, sorted.
fn files(application: &Application, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(application.root().join(folder))
        .into_iter()
        .flatten()
        .flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::{following, version};

    #[test]
    fn versions_follow_each_other_by_a_second_of_the_calendar() {
        assert_eq!(following(20261231235959), 20270101000000);
        assert_eq!(following(20260101120000), 20260101120001);
        assert_eq!(following(7), 8);
        assert_eq!(
            version("m20260101120000_create_posts.rs"),
            Some(20260101120000)
        );
        assert_eq!(version("mod.rs"), None);
    }
}
