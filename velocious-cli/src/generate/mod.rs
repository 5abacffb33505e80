//! The generators: from checked words to a plan of files and lines.
//!
//! * [`model`], [`migration`], [`controller`], [`scaffold`]: one generator each; a scaffold is a model and more.
//! * [`Draft`]: the plan under way, and what a generator may ask about the application; [`source`]: what it can read off
//!   a model.

mod controller;
mod draft;
mod migration;
mod model;
mod scaffold;
mod source;

use crate::{
    application::Application,
    failure::Outcome,
    field,
    name::{ControllerName, MigrationName, ModelName},
};
use draft::Draft;

/// A generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generator {
    /// `g:model`
    Model,
    /// `g:migration`
    Migration,
    /// `g:controller`
    Controller,
    /// `g:scaffold`
    Scaffold,
}

impl Generator {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [
        Self::Model,
        Self::Migration,
        Self::Controller,
        Self::Scaffold,
    ];

    /// The name behind `g:`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Migration => "migration",
            Self::Controller => "controller",
            Self::Scaffold => "scaffold",
        }
    }

    /// The name of the receipt for what this generator makes of the name `word`.
    ///
    /// # Errors
    /// `word` cannot be such a name.
    pub(crate) fn receipt(self, word: &str) -> Outcome<String> {
        let subject = match self {
            Self::Model | Self::Scaffold => ModelName::parse(word)?.snake,
            Self::Migration => MigrationName::parse(word)?.snake,
            Self::Controller => ControllerName::parse(word)?.snake,
        };
        Ok(format!("{}_{subject}", self.name()))
    }
}

/// Runs `generator` for the name `word` and the words after it; `command` is the whole command line. Returns what was
/// done, a line each.
///
/// # Errors
/// A word is wrong, something is in the way, or the disk refused. Nothing is left behind.
pub(crate) fn run(
    application: &Application,
    generator: Generator,
    word: &str,
    words: &[String],
    command: &str,
) -> Outcome<Vec<String>> {
    let mut draft = Draft::new(application, command);
    match generator {
        Generator::Model => model::generate(&mut draft, word, &field::parse_all(words)?)?,
        Generator::Migration => migration::generate(&mut draft, word, &field::parse_all(words)?)?,
        Generator::Controller => controller::generate(&mut draft, word, words)?,
        Generator::Scaffold => scaffold::generate(&mut draft, word, &field::parse_all(words)?)?,
    }
    let (plan, notes) = draft.finish();
    let mut lines = plan.check()?.apply()?;
    lines.extend(notes);
    Ok(lines)
}
