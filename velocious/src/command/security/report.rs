//! What `security:check` has found, for people and for programs.

use std::fmt::Write;

use serde::Serialize;

use crate::Result;
use crate::config::Environment;

/// What was found.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    environment: String,
    /// What lets strangers in.
    pub(super) findings: Vec<Finding>,
    /// What could not be looked at, or is for people to judge.
    notes: Vec<String>,
}

/// Something to mend.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    /// The rule, as in `hosts`.
    pub(super) rule: &'static str,
    /// What is wrong.
    pub(super) fault: String,
    /// What to do about it.
    pub(super) cure: String,
}

impl Report {
    pub(super) fn new(environment: &Environment) -> Self {
        Report {
            environment: environment.to_string(),
            findings: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds something to mend.
    pub(super) fn find(
        &mut self,
        rule: &'static str,
        fault: impl Into<String>,
        cure: impl Into<String>,
    ) {
        self.findings.push(Finding {
            rule,
            fault: fault.into(),
            cure: cure.into(),
        });
    }

    /// Adds something that is no mistake.
    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// For programs.
    ///
    /// # Errors
    /// None.
    pub(super) fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }

    /// For people: a finding with its cure below it, then the notes.
    pub(super) fn text(&self) -> String {
        let mut text = format!("Environment `{}`:", self.environment);
        if self.findings.is_empty() {
            text.push_str(" nothing to mend.");
        }
        // Writing to a `String` does not fail.
        for Finding { rule, fault, cure } in &self.findings {
            let _ = write!(text, "\n\n[{rule}] {fault}\n  {cure}");
        }
        if !self.notes.is_empty() {
            text.push_str("\n\nNotes:");
        }
        for note in &self.notes {
            let _ = write!(text, "\n  {note}");
        }
        text
    }
}
