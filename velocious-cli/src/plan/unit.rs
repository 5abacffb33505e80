//! One thing that is generated: its files and its lines in other files.

use crate::edit::Insertion;

/// What one generator makes, and `velocious d:…` can take back as a whole.
#[derive(Debug)]
pub(crate) struct Unit {
    name: Option<String>,
    command: String,
    creations: Vec<Creation>,
    insertions: Vec<(String, Insertion)>,
    obstacles: Vec<String>,
}

/// A new file.
#[derive(Clone, Debug)]
pub(crate) struct Creation {
    /// Relative to the plan's folder, with `/`.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) contents: String,
    /// Whether rustfmt has the last word.
    pub(crate) tidy: bool,
    /// Whether the user is told.
    pub(crate) shown: bool,
}

impl Unit {
    /// A unit that leaves a receipt called `name`, so that it can be taken back.
    pub(crate) fn named(name: impl Into<String>, command: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..Self::unnamed(command)
        }
    }

    /// A unit without a receipt.
    pub(crate) fn unnamed(command: impl Into<String>) -> Self {
        Self {
            name: None,
            command: command.into(),
            creations: Vec::new(),
            insertions: Vec::new(),
            obstacles: Vec::new(),
        }
    }

    /// Adds a file whose text is right as it is.
    pub(crate) fn create(
        &mut self,
        path: impl Into<String>,
        contents: impl Into<String>,
    ) -> &mut Self {
        self.push(path.into(), contents.into(), false)
    }

    /// Adds a Rust file in which the length of a name may move a line break.
    pub(crate) fn create_rust(
        &mut self,
        path: impl Into<String>,
        contents: impl Into<String>,
    ) -> &mut Self {
        self.push(path.into(), contents.into(), true)
    }

    fn push(&mut self, path: String, contents: String, tidy: bool) -> &mut Self {
        self.creations.push(Creation {
            path,
            contents,
            tidy,
            shown: true,
        });
        self
    }

    /// Adds a line to the file `path`.
    pub(crate) fn insert(&mut self, path: impl Into<String>, insertion: Insertion) -> &mut Self {
        self.insertions.push((path.into(), insertion));
        self
    }

    /// Says that the file `path`, though of another name, already is what this unit would make.
    pub(crate) fn obstruct(&mut self, path: String) {
        self.obstacles.push(path);
    }

    /// Files of other names that are in the way.
    pub(crate) fn obstacles(&self) -> &[String] {
        &self.obstacles
    }

    /// The receipt's name.
    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The command line that makes this unit.
    pub(crate) fn command(&self) -> &str {
        &self.command
    }

    /// The files.
    pub(crate) fn creations(&self) -> &[Creation] {
        &self.creations
    }

    /// The lines, by file.
    pub(crate) fn insertions(&self) -> &[(String, Insertion)] {
        &self.insertions
    }
}
