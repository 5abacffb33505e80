//! Receipts: small files under `.velocious/generated` that say what a generator made, so that `velocious d:…` can take
//! back exactly that, and can tell whether a file was changed since.

use std::{fs, io, path::Path};

use crate::{
    edit::Insertion,
    failure::{Failure, Outcome},
    plan::Creation,
};

const FOLDER: &str = ".velocious/generated";

/// What a generator made.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Receipt {
    command: String,
    files: Vec<(String, u64)>,
    insertions: Vec<(String, Insertion)>,
}

impl Receipt {
    /// The receipt for the files and lines that `command` made.
    pub(crate) fn new(
        command: &str,
        creations: &[Creation],
        insertions: Vec<(String, Insertion)>,
    ) -> Self {
        let files = creations
            .iter()
            .map(|creation| (creation.path.clone(), fingerprint(&creation.contents)))
            .collect();
        Self {
            command: command.to_owned(),
            files,
            insertions,
        }
    }

    /// Where the receipt called `name` is kept.
    pub(crate) fn path(name: &str) -> String {
        format!("{FOLDER}/{name}")
    }

    /// The receipt as a file to create.
    pub(crate) fn file(&self, name: &str) -> Creation {
        Creation {
            path: Self::path(name),
            contents: self.to_text(),
            tidy: false,
            shown: false,
        }
    }

    /// The receipt called `name` of the application at `root`; `None` when there is none.
    ///
    /// # Errors
    /// It cannot be read, or somebody changed it beyond recognition.
    pub(crate) fn read(root: &Path, name: &str) -> Outcome<Option<Self>> {
        let path = root.join(Self::path(name));
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).map(Some).ok_or_else(|| {
                Failure::new(format!(
                    "`{}` is damaged; remove what it lists by hand",
                    Self::path(name)
                ))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::io("read", &path, &error)),
        }
    }

    /// The names of all receipts of the application at `root`, sorted.
    pub(crate) fn names(root: &Path) -> Vec<String> {
        let entries = fs::read_dir(root.join(FOLDER))
            .into_iter()
            .flatten()
            .flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// The files, each with the fingerprint of the text it was generated with.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, u64)> {
        self.files
            .iter()
            .map(|(path, fingerprint)| (path.as_str(), *fingerprint))
    }

    /// The lines in other files.
    pub(crate) fn insertions(&self) -> &[(String, Insertion)] {
        &self.insertions
    }

    fn to_text(&self) -> String {
        let mut text = format!(
            "# Written by `{}`, for the matching `velocious d:` to take it back. Keep it with the code.\n",
            self.command
        );
        for (path, fingerprint) in &self.files {
            text.push_str(&format!("file {fingerprint:016x} {path}\n"));
        }
        for (path, insertion) in &self.insertions {
            let added = insertion.text().replace('\\', "\\\\").replace('\n', "\\n");
            text.push_str(&match insertion {
                Insertion::Declaration(_) => format!("declaration {path} {added}\n"),
                Insertion::Entry { block, .. } => format!("entry {path} {block} {added}\n"),
            });
        }
        text
    }

    fn parse(text: &str) -> Option<Self> {
        let mut receipt = Self {
            command: String::new(),
            files: Vec::new(),
            insertions: Vec::new(),
        };
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let (what, rest) = line.split_once(' ')?;
            match what {
                "#" => receipt.command = rest.split('`').nth(1)?.to_owned(),
                "file" => {
                    let (fingerprint, path) = rest.split_once(' ')?;
                    receipt
                        .files
                        .push((path.to_owned(), u64::from_str_radix(fingerprint, 16).ok()?));
                }
                "declaration" => {
                    let (path, added) = rest.split_once(' ')?;
                    receipt
                        .insertions
                        .push((path.to_owned(), Insertion::declaration(unescaped(added))));
                }
                "entry" => {
                    let (path, rest) = rest.split_once(' ')?;
                    let (block, added) = rest.split_once(' ')?;
                    receipt
                        .insertions
                        .push((path.to_owned(), Insertion::entry(block, unescaped(added))));
                }
                _ => return None,
            }
        }
        Some(receipt)
    }
}

/// FNV-1a of the text with `\n` line ends, since git may have changed them on the way. It guards against
/// surprise, not against malice.
pub(crate) fn fingerprint(text: &str) -> u64 {
    text.replace("\r\n", "\n")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

fn unescaped(text: &str) -> String {
    let mut letters = text.chars();
    let mut plain = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.push(if letters.next() == Some('n') {
                '\n'
            } else {
                '\\'
            }),
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Insertion, Receipt, fingerprint};

    #[test]
    fn a_receipt_survives_the_disk() {
        let receipt = Receipt {
            command: "velocious g:scaffold Post title:string".to_owned(),
            files: vec![("src/controllers/posts.rs".to_owned(), fingerprint("x"))],
            insertions: vec![
                (
                    "src/controllers/mod.rs".to_owned(),
                    Insertion::declaration("pub mod posts;"),
                ),
                (
                    "src/config/routes.rs".to_owned(),
                    Insertion::entry("routes!", "namespace a {\n    get \\b;\n}"),
                ),
            ],
        };
        assert_eq!(Receipt::parse(&receipt.to_text()), Some(receipt));
        assert_eq!(Receipt::parse("file nonsense"), None);
        assert_eq!(Receipt::parse("what is this\n"), None);
    }

    #[test]
    fn line_ends_do_not_count_as_a_change() {
        assert_eq!(fingerprint("a\r\nb\r\n"), fingerprint("a\nb\n"));
        assert_ne!(fingerprint("a\nb"), fingerprint("a\nb\n"));
    }
}
