//! Changes to files that somebody else wrote: one line more, in its place, and nothing else touched.
//!
//! * [`declaration`]: `pub mod post;` and its like, kept in rustfmt's order.
//! * [`block`]: an entry of `routes! { … }` or `migrations! { … }`, found in what [`code`] leaves of a file.

mod block;
mod code;
mod declaration;

/// One addition to an existing file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Insertion {
    /// A line such as `pub mod post;`, among the lines that start with the same words.
    Declaration(String),
    /// A line, or several, at the end of the block that the macro `block` opens.
    Entry {
        /// The macro's name with its `!`.
        block: String,
        /// The text, not indented; further lines indented relative to the first.
        text: String,
    },
}

/// The place where an insertion belongs does not exist.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MissingAnchor;

impl Insertion {
    /// A declaration, without its line end.
    pub(crate) fn declaration(line: impl Into<String>) -> Self {
        Self::Declaration(line.into())
    }

    /// An entry at the end of the block of `block`, a macro's name with its `!`.
    pub(crate) fn entry(block: &str, text: impl Into<String>) -> Self {
        Self::Entry {
            block: block.to_owned(),
            text: text.into(),
        }
    }

    /// What is added, as the user would write it by hand.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Declaration(line) => line,
            Self::Entry { text, .. } => text,
        }
    }

    /// Where it is added, in words.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Declaration(_) => "at the top level".to_owned(),
            Self::Entry { block, .. } => format!("inside `{block} {{ … }}`"),
        }
    }

    /// `file` with the addition, or `None` when it is there already.
    ///
    /// # Errors
    /// The block to add to does not exist.
    pub(crate) fn insert(&self, file: &str) -> Result<Option<String>, MissingAnchor> {
        with_unix_lines(file, |file| match self {
            Self::Declaration(line) => Ok(declaration::insert(file, line)),
            Self::Entry { block, text } => block::insert(file, block, text),
        })
    }

    /// `file` without the addition, or `None` when it is not there as it was added.
    pub(crate) fn remove(&self, file: &str) -> Option<String> {
        with_unix_lines(file, |file| -> Result<_, MissingAnchor> {
            Ok(match self {
                Self::Declaration(line) => declaration::remove(file, line),
                Self::Entry { block, text } => block::remove(file, block, text),
            })
        })
        .ok()
        .flatten()
    }
}

/// Runs `change` on a file whose lines end in `\n`, and gives the result the line ends that the file had.
fn with_unix_lines<E>(
    file: &str,
    change: impl FnOnce(&str) -> Result<Option<String>, E>,
) -> Result<Option<String>, E> {
    if !file.contains("\r\n") {
        return change(file);
    }
    let changed = change(&file.replace("\r\n", "\n"))?;
    Ok(changed.map(|text| text.replace('\n', "\r\n")))
}

#[cfg(test)]
mod tests {
    use super::Insertion;

    #[test]
    fn windows_line_ends_are_kept() {
        let insertion = Insertion::declaration("pub mod post;");
        let inserted = insertion.insert("//! Models.\r\n\r\npub mod author;\r\n");
        let inserted = inserted
            .expect("declarations need no anchor")
            .expect("it was not there");
        assert_eq!(
            inserted,
            "//! Models.\r\n\r\npub mod author;\r\npub mod post;\r\n"
        );
        assert_eq!(
            insertion.remove(&inserted).as_deref(),
            Some("//! Models.\r\n\r\npub mod author;\r\n")
        );
    }
}
