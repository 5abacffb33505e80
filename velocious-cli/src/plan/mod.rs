//! What a generator wants to write, checked as a whole before the first byte is written.
//!
//! A [`Plan`] collects [`Unit`]s (one per thing generated); [`Plan::check`] looks at the disk and either refuses, naming
//! every obstacle, or gives a [`CheckedPlan`]; [`CheckedPlan::apply`], in [`apply`], writes.

mod apply;
mod unit;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

pub(crate) use apply::{CheckedPlan, Edit, write_over};
pub(crate) use unit::Unit;

use crate::{
    edit::{Insertion, MissingAnchor},
    failure::{Failure, Outcome},
    receipt::Receipt,
    rustfmt,
};
pub(crate) use unit::Creation;

/// Files to create and lines to insert below one folder.
#[derive(Debug)]
pub(crate) struct Plan {
    root: PathBuf,
    units: Vec<Unit>,
}

impl Plan {
    /// A plan for the folder `root`, to which all of its paths are relative.
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            units: Vec::new(),
        }
    }

    /// Adds what one generator makes.
    pub(crate) fn push(&mut self, unit: Unit) {
        self.units.push(unit);
    }

    /// The text of the file `path`, if a unit creates it.
    pub(crate) fn text_of(&self, path: &str) -> Option<&str> {
        let mut creations = self.units.iter().flat_map(Unit::creations);
        creations
            .find(|creation| creation.path == path)
            .map(|creation| creation.contents.as_str())
    }

    /// Whether there is a unit of this name.
    pub(crate) fn has_unit(&self, name: &str) -> bool {
        self.units.iter().any(|unit| unit.name() == Some(name))
    }

    /// Looks at the disk and settles what exactly will be written.
    ///
    /// # Errors
    /// A file is in the way, or a line has no place to go. Nothing has been written.
    pub(crate) fn check(self) -> Outcome<CheckedPlan> {
        self.refuse_to_overwrite()?;
        let mut files = Files {
            root: &self.root,
            texts: BTreeMap::new(),
        };
        let mut receipts = Vec::new();
        let mut faults = Vec::new();
        for unit in &self.units {
            let mut made = Vec::new();
            for (path, insertion) in unit.insertions() {
                match files.insert(path, insertion) {
                    Ok(true) => made.push((path.clone(), insertion.clone())),
                    Ok(false) => {}
                    Err(fault) => faults.push(fault),
                }
            }
            receipts.push((unit, made));
        }
        if !faults.is_empty() {
            return Err(Failure::new(format!(
                "{}\nNothing was written.",
                faults.join("\nerror: ")
            )));
        }
        let edits = files.edits();
        let mut creations = Vec::new();
        for (unit, made) in receipts {
            let contents: Vec<Creation> = unit
                .creations()
                .iter()
                .map(|creation| self.tidied(creation))
                .collect();
            let receipt = unit
                .name()
                .map(|name| Receipt::new(unit.command(), &contents, made).file(name));
            creations.extend(contents);
            creations.extend(receipt);
        }
        Ok(CheckedPlan::new(self.root, creations, edits))
    }

    fn tidied(&self, creation: &Creation) -> Creation {
        let mut creation = creation.clone();
        if creation.tidy {
            creation.contents = rustfmt::format(&self.root, creation.contents);
        }
        creation
    }

    fn refuse_to_overwrite(&self) -> Outcome {
        let mut in_the_way: Vec<String> = self
            .units
            .iter()
            .flat_map(Unit::obstacles)
            .cloned()
            .collect();
        let paths = self
            .units
            .iter()
            .flat_map(Unit::creations)
            .map(|creation| creation.path.as_str());
        in_the_way.extend(paths.filter_map(|path| self.obstacle(path)));
        if in_the_way.is_empty() {
            return Ok(());
        }
        in_the_way.sort();
        in_the_way.dedup();
        let verb = if in_the_way.len() == 1 {
            "this is"
        } else {
            "these are"
        };
        let list: String = in_the_way
            .iter()
            .map(|path| format!("\n  {path}"))
            .collect();
        Err(Failure::new(format!(
            "nothing was written, because nothing is ever overwritten and {verb} in the way:{list}{}",
            self.cure_for_repetition()
        )))
    }

    /// How to take back what the same command made before, if it did.
    fn cure_for_repetition(&self) -> String {
        let names = self.units.iter().filter_map(Unit::name);
        let made = names.filter(|name| self.root.join(Receipt::path(name)).exists());
        let commands: Vec<String> = made
            .filter_map(|name| name.split_once('_'))
            .map(|(what, name)| format!("`velocious d:{what} {name}`"))
            .collect();
        match commands.as_slice() {
            [] => String::new(),
            commands => format!(
                "\n{} takes back what was generated before",
                commands.join(", ")
            ),
        }
    }

    /// What keeps the file `path` from being created: itself, the same module in its other place, or a file where a
    /// folder has to be.
    fn obstacle(&self, path: &str) -> Option<String> {
        let other_place = match path.strip_suffix("/mod.rs") {
            Some(module) => format!("{module}.rs"),
            None => format!("{}/mod.rs", path.strip_suffix(".rs").unwrap_or(path)),
        };
        // Not `exists`, because that follows a link, and a link to nowhere is in the way as well.
        let is_there = |path: &str| fs::symlink_metadata(self.root.join(path)).is_ok();
        if let Some(taken) = [path, &other_place].into_iter().find(|path| is_there(path)) {
            return Some(taken.to_owned());
        }
        let folders = Path::new(path)
            .ancestors()
            .skip(1)
            .filter(|folder| !folder.as_os_str().is_empty());
        folders
            .filter(|folder| {
                fs::symlink_metadata(self.root.join(folder)).is_ok()
                    && !self.root.join(folder).is_dir()
            })
            .map(|folder| format!("{} (a folder is needed there)", folder.display()))
            .next()
    }
}

/// The files that get insertions: as they are on the disk, and as they will be.
struct Files<'a> {
    root: &'a Path,
    texts: BTreeMap<String, (String, String)>,
}

impl Files<'_> {
    /// Makes an insertion; `false` when the line is there already.
    fn insert(&mut self, path: &str, insertion: &Insertion) -> Result<bool, String> {
        let by_hand = || {
            format!(
                "add `{}` {} by hand and run the command again",
                insertion.text(),
                insertion.place()
            )
        };
        if !self.texts.contains_key(path) {
            let text = fs::read_to_string(self.root.join(path))
                .map_err(|error| format!("cannot read `{path}` ({error}); {}", by_hand()))?;
            self.texts.insert(path.to_owned(), (text.clone(), text));
        }
        let Some((_, text)) = self.texts.get_mut(path) else {
            return Ok(false);
        };
        match insertion.insert(text) {
            Ok(None) => Ok(false),
            Ok(Some(changed)) => {
                *text = changed;
                Ok(true)
            }
            Err(MissingAnchor) => Err(format!(
                "`{path}` has no place for a new line; {}",
                by_hand()
            )),
        }
    }

    fn edits(self) -> Vec<Edit> {
        let changed = self
            .texts
            .into_iter()
            .filter(|(_, (before, after))| before != after);
        changed
            .map(|(path, (before, after))| Edit {
                path,
                before,
                after,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Plan, Unit};
    use crate::{edit::Insertion, receipt::Receipt};

    fn folder(name: &str) -> std::path::PathBuf {
        let folder =
            std::env::temp_dir().join(format!("velocious-plan-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for the test");
        folder
    }

    #[test]
    fn every_obstacle_is_named_and_nothing_is_written() {
        let root = folder("obstacles");
        fs::write(root.join("a.rs"), "mine").expect("written");
        fs::write(root.join("views"), "a file where a folder belongs").expect("written");
        let mut unit = Unit::unnamed("velocious g:test");
        unit.create("a.rs", "theirs")
            .create("b.rs", "new")
            .create("views/posts/index.rs", "new");
        let mut plan = Plan::new(&root);
        plan.push(unit);
        let message = plan
            .check()
            .expect_err("two obstacles")
            .message()
            .to_owned();
        assert!(
            message.contains("  a.rs\n") && message.contains("  views (a folder is needed there)"),
            "{message}"
        );
        assert!(!message.contains("b.rs"), "{message}");
        assert!(!root.join("b.rs").exists());
        assert_eq!(fs::read_to_string(root.join("a.rs")).expect("read"), "mine");
    }

    #[test]
    fn insertions_without_a_place_are_refused_before_anything_is_written() {
        let root = folder("anchors");
        fs::write(root.join("routes.rs"), "// nothing here\n").expect("written");
        let mut unit = Unit::unnamed("velocious g:test");
        unit.create("a.rs", "new")
            .insert("routes.rs", Insertion::entry("routes!", "resources posts;"))
            .insert("missing.rs", Insertion::declaration("pub mod post;"));
        let mut plan = Plan::new(&root);
        plan.push(unit);
        let message = plan.check().expect_err("no anchor").message().to_owned();
        assert!(
            message.contains("add `resources posts;` inside `routes! { … }` by hand"),
            "{message}"
        );
        assert!(message.contains("cannot read `missing.rs`"), "{message}");
        assert!(!root.join("a.rs").exists());
    }

    #[test]
    fn a_receipt_lists_what_was_made_and_not_what_was_there() {
        let root = folder("receipt");
        fs::write(root.join("mod.rs"), "pub mod old;\n").expect("written");
        let mut unit = Unit::named("model_post", "velocious g:model Post");
        unit.create("a.rs", "new")
            .insert("mod.rs", Insertion::declaration("pub mod old;"))
            .insert("mod.rs", Insertion::declaration("pub mod post;"));
        let mut plan = Plan::new(&root);
        plan.push(unit);
        plan.check().expect("no obstacle").apply().expect("written");
        assert_eq!(
            fs::read_to_string(root.join("mod.rs")).expect("read"),
            "pub mod old;\npub mod post;\n"
        );
        let receipt = Receipt::read(&root, "model_post")
            .expect("readable")
            .expect("there");
        assert_eq!(
            receipt.files().map(|(path, _)| path).collect::<Vec<_>>(),
            ["a.rs"]
        );
        assert_eq!(receipt.insertions().len(), 1);
    }
}
