//! Which tests are meant.

use std::{env, fs, path::PathBuf};

use regex_lite::{Regex, RegexBuilder};

use super::source::Test;
use crate::{
    application::Application,
    failure::{Failure, Outcome},
};

/// The line of the application's `Cargo.toml` that says which tags are left out, below `[package.metadata.velocious]`.
const EXCLUDED: &str = "exclude-tags";

/// What was typed.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// `tests/requests`, `tests/requests/tasks.rs`, `tests/requests/tasks.rs:12`
    pub(crate) places: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) excluded_tags: Vec<String>,
    /// A part of a test's description, or `/a regular expression/i`.
    pub(crate) examples: Vec<String>,
    /// Show them, instead of running them.
    pub(crate) list: bool,
    /// What the test harness is given.
    pub(crate) harness: Vec<String>,
}

/// Which tests are meant.
#[derive(Debug)]
pub(super) struct Selection {
    places: Vec<Place>,
    tags: Vec<String>,
    excluded_tags: Vec<String>,
    examples: Vec<Example>,
}

/// A file or a folder, and maybe a line.
#[derive(Debug)]
struct Place {
    path: PathBuf,
    line: Option<usize>,
}

#[derive(Debug)]
enum Example {
    Part(String),
    Pattern(Regex),
}

/// The tests that run.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) tests: Vec<Test>,
    /// Whether they are those with the word `focus`.
    pub(super) focused: bool,
}

impl Selection {
    /// What is meant by what was typed.
    ///
    /// # Errors
    /// A path does not exist, or a regular expression is none.
    pub(super) fn of(asked: &Asked, application: &Application) -> Outcome<Self> {
        let mut excluded_tags = asked.excluded_tags.clone();
        let manifest = application.read("Cargo.toml").unwrap_or_default();
        excluded_tags.extend(excluded_by(&manifest));
        Ok(Self {
            places: asked
                .places
                .iter()
                .map(|word| place(word, application))
                .collect::<Outcome<_>>()?,
            tags: asked.tags.clone(),
            excluded_tags,
            examples: asked
                .examples
                .iter()
                .map(|text| example(text))
                .collect::<Outcome<_>>()?,
        })
    }

    /// Whether nothing was said that leaves a test out.
    pub(super) fn is_everything(&self) -> bool {
        self.places.is_empty() && self.tags.is_empty() && self.examples.is_empty()
    }

    /// The tests that are meant. Tags that are left out always count; a tag that is asked for keeps tests in focus.
    pub(super) fn choose(&self, tests: Vec<Test>) -> Chosen {
        let is_meant = |test: &Test| {
            let has = |tags: &[String]| tags.iter().any(|tag| test.tags.contains(tag));
            let by_tag = self.tags.is_empty() || test.focus || has(&self.tags);
            let by_place =
                self.places.is_empty() || self.places.iter().any(|place| place.is_of(test));
            let by_example =
                self.examples.is_empty() || self.examples.iter().any(|it| it.is_of(test));
            by_tag && by_place && by_example && !has(&self.excluded_tags)
        };
        let mut tests: Vec<Test> = tests.into_iter().filter(is_meant).collect();
        let focused = tests.iter().any(|test| test.focus);
        if focused {
            tests.retain(|test| test.focus);
        }
        Chosen { tests, focused }
    }
}

impl Place {
    fn is_of(&self, test: &Test) -> bool {
        let path = fs::canonicalize(&test.file.path).unwrap_or_else(|_| test.file.path.clone());
        let by_line = |line: usize| test.lines.contains(&line) || test.modules_at.contains(&line);
        path.starts_with(&self.path) && self.line.is_none_or(by_line)
    }
}

impl Example {
    fn is_of(&self, test: &Test) -> bool {
        match self {
            Self::Part(part) => test.description.contains(part) || test.path.contains(part),
            Self::Pattern(pattern) => pattern.is_match(&test.description),
        }
    }
}

/// The place that `word` names, as in `tests/requests/tasks.rs:12`; seen from here, or from the application.
fn place(word: &str, application: &Application) -> Outcome<Place> {
    let (path, line) = match word.rsplit_once(':') {
        Some((path, line))
            if !line.is_empty() && line.bytes().all(|digit| digit.is_ascii_digit()) =>
        {
            (path, line.parse().ok())
        }
        _ => (word, None),
    };
    let here = env::current_dir().unwrap_or_default().join(path);
    let candidates = [here, application.root().join(path)];
    candidates
        .iter()
        .find_map(|candidate| fs::canonicalize(candidate).ok())
        .map(|path| Place { path, line })
        .ok_or_else(|| Failure::usage(format!("there is no file or folder `{path}`")))
}

/// The test that `text` describes: `/…/` and `/…/i` are regular expressions.
fn example(text: &str) -> Outcome<Example> {
    let expression = text
        .strip_prefix('/')
        .and_then(|rest| rest.rsplit_once('/'));
    let Some((pattern, flags)) = expression else {
        return Ok(Example::Part(text.to_owned()));
    };
    if let Some(flag) = flags.chars().find(|flag| *flag != 'i') {
        return Err(Failure::usage(format!(
            "`{text}` has a flag `{flag}`; there is only `i`"
        )));
    }
    let mut builder = RegexBuilder::new(pattern);
    let expression = builder.case_insensitive(flags.contains('i')).build();
    expression
        .map(Example::Pattern)
        .map_err(|error| Failure::usage(format!("`{text}` is no regular expression: {error}")))
}

/// The tags that `Cargo.toml` leaves out: `exclude-tags = ["mssql"]`.
fn excluded_by(manifest: &str) -> Vec<String> {
    let mut lines = manifest.lines().map(str::trim);
    let inside = lines
        .by_ref()
        .skip_while(|line| *line != "[package.metadata.velocious]")
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let list =
        inside.filter_map(|line| line.strip_prefix(EXCLUDED)?.trim_start().strip_prefix('='));
    let words = list.flat_map(|list| list.split('"').skip(1).step_by(2));
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::package::{Kind, SourceFile, Target};
    use super::super::source::Test;
    use super::{Example, Place, Selection, example, excluded_by};

    fn test(path: &str, tags: &[&str], focus: bool) -> Test {
        Test {
            file: SourceFile {
                path: "/shop/tests/tasks.rs".into(),
                shown: "tests/tasks.rs".into(),
                target: Target {
                    package: "shop".into(),
                    kind: Kind::Test("tasks".into()),
                },
                modules: Vec::new(),
            },
            path: path.to_owned(),
            description: path.replace("::", " ").replace('_', " "),
            lines: 10..=14,
            modules_at: vec![2],
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            focus,
        }
    }

    fn everything() -> Selection {
        Selection {
            places: Vec::new(),
            tags: Vec::new(),
            excluded_tags: Vec::new(),
            examples: Vec::new(),
        }
    }

    fn chosen(selection: &Selection, tests: &[Test]) -> String {
        let chosen = selection.choose(tests.to_vec());
        let paths: Vec<_> = chosen.tests.iter().map(|test| test.path.clone()).collect();
        paths.join(" ")
    }

    #[test]
    fn tags_choose_and_those_left_out_always_win() {
        let tests = [
            test("a", &["db"], false),
            test("b", &["db", "slow"], false),
            test("c", &[], false),
        ];
        let mut selection = everything();
        assert_eq!(chosen(&selection, &tests), "a b c");
        selection.excluded_tags = vec!["slow".into()];
        assert_eq!(chosen(&selection, &tests), "a c");
        selection.tags = vec!["db".into(), "api".into()];
        assert_eq!(chosen(&selection, &tests), "a");
    }

    #[test]
    fn focus_leaves_the_others_out_unless_it_is_left_out_itself() {
        let tests = [
            test("a", &["db"], false),
            test("b", &["slow"], true),
            test("c", &["slow"], false),
        ];
        let mut selection = everything();
        assert_eq!(chosen(&selection, &tests), "b");
        assert!(selection.choose(tests.to_vec()).focused);
        selection.tags = vec!["db".into()];
        assert_eq!(chosen(&selection, &tests), "b");
        selection.excluded_tags = vec!["slow".into()];
        assert_eq!(chosen(&selection, &tests), "a");
    }

    #[test]
    fn descriptions_choose_by_a_part_or_a_pattern() {
        let tests = [
            test("tasks::filters_on_nested_attributes", &[], false),
            test("tasks::creates_a_task", &[], false),
        ];
        for (text, expected) in [
            ("filters on nested", "tasks::filters_on_nested_attributes"),
            ("creates_a", "tasks::creates_a_task"),
            (
                "/NESTED.*attributes$/i",
                "tasks::filters_on_nested_attributes",
            ),
            ("/NESTED/", ""),
            ("Filters", ""),
        ] {
            let mut selection = everything();
            selection.examples = vec![example(text).expect("an example")];
            assert_eq!(chosen(&selection, &tests), expected, "{text}");
        }
        assert!(matches!(example("/"), Ok(Example::Part(_))));
        for (text, message) in [
            ("/(/", "is no regular expression"),
            ("/a/g", "has a flag `g`"),
        ] {
            let failure = example(text).expect_err(text);
            assert!(failure.message().contains(message), "{}", failure.message());
        }
    }

    #[test]
    fn lines_are_those_of_a_test_or_of_a_module() {
        let it = test("a", &[], false);
        let at = |path: &str, line| Place {
            path: path.into(),
            line,
        };
        for (place, is_meant) in [
            (at("/shop/tests", None), true),
            (at("/shop/tests/tasks.rs", Some(10)), true),
            (at("/shop/tests/tasks.rs", Some(14)), true),
            (at("/shop/tests/tasks.rs", Some(2)), true),
            (at("/shop/tests/tasks.rs", Some(9)), false),
            (at("/shop/tests/task", None), false),
        ] {
            assert_eq!(place.is_of(&it), is_meant, "{place:?}");
        }
    }

    #[test]
    fn the_manifest_leaves_tags_out() {
        let manifest = "[package]\nname = \"shop\"\n[package.metadata.velocious]\nexclude-tags = [\"mssql\", \"slow\"]\n[lib]\nexclude-tags = [\"no\"]\n";
        assert_eq!(excluded_by(manifest), ["mssql", "slow"]);
        assert_eq!(excluded_by("[package]\n"), Vec::<String>::new());
    }
}
