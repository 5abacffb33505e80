//! The tests in a file, as they are written.

use std::{fs, ops::RangeInclusive};

use syn::{Attribute, Item, LitStr, Meta, Token, punctuated::Punctuated, spanned::Spanned as _};

use super::package::SourceFile;
use crate::failure::{Failure, Outcome};

/// A test.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) file: SourceFile,
    /// As cargo's test harness calls it: `tasks::creates_a_task`.
    pub(super) path: String,
    /// As people read it: `tasks creates a task`.
    pub(super) description: String,
    /// From its first attribute to its last brace.
    pub(super) lines: RangeInclusive<usize>,
    /// Where the modules around it begin, in this file.
    pub(super) modules_at: Vec<usize>,
    pub(super) tags: Vec<String>,
    pub(super) focus: bool,
}

/// The tests in `file`, in their order.
///
/// # Errors
/// The file cannot be read, or is no Rust.
pub(super) fn tests(file: &SourceFile) -> Outcome<Vec<Test>> {
    let text =
        fs::read_to_string(&file.path).map_err(|error| Failure::io("read", &file.path, &error))?;
    tests_in(&text, file)
}

fn tests_in(text: &str, file: &SourceFile) -> Outcome<Vec<Test>> {
    // Most files have none, and reading them costs more than looking.
    if !text.contains("test") {
        return Ok(Vec::new());
    }
    let parsed = syn::parse_file(text).map_err(|error| {
        let place = error.span().start();
        Failure::new(format!(
            "cannot read `{}:{}:{}`: {error}",
            file.shown,
            place.line,
            place.column + 1
        ))
    })?;
    let mut tests = Vec::new();
    let around = Around {
        modules: file.modules.clone(),
        ..Around::default()
    };
    collect(&parsed.items, &around, file, &mut tests);
    Ok(tests)
}

/// The modules around a test, and what they say of it.
#[derive(Clone, Debug, Default)]
struct Around {
    modules: Vec<String>,
    modules_at: Vec<usize>,
    tags: Vec<String>,
    focus: bool,
}

fn collect(items: &[Item], around: &Around, file: &SourceFile, tests: &mut Vec<Test>) {
    for item in items {
        match item {
            Item::Fn(function) => {
                let Some(attribute) = function.attrs.iter().find(|attribute| is_test(attribute))
                else {
                    continue;
                };
                let said = Said::by(attribute);
                let mut words = around.modules.clone();
                words.push(plain(&function.sig.ident));
                let path = words.join("::");
                let first = function
                    .attrs
                    .first()
                    .map_or_else(|| function.span(), |first| first.span());
                tests.push(Test {
                    file: file.clone(),
                    description: path.replace("::", " ").replace('_', " "),
                    path,
                    lines: first.start().line..=function.block.span().end().line,
                    modules_at: around.modules_at.clone(),
                    tags: joined(&around.tags, said.tags),
                    focus: around.focus || said.focus,
                });
            }
            Item::Mod(module) => {
                let Some((_, items)) = &module.content else {
                    continue;
                };
                let attribute = module
                    .attrs
                    .iter()
                    .find(|attribute| is_called(attribute, "tests"));
                let said = attribute.map(Said::by).unwrap_or_default();
                let mut inside = around.clone();
                inside.modules.push(plain(&module.ident));
                inside.modules_at.push(module.mod_token.span.start().line);
                inside.tags = joined(&around.tags, said.tags);
                inside.focus |= said.focus;
                collect(items, &inside, file, tests);
            }
            _ => {}
        }
    }
}

fn joined(outer: &[String], inner: Vec<String>) -> Vec<String> {
    let mut all = outer.to_vec();
    all.extend(inner.into_iter().filter(|tag| !outer.contains(tag)));
    all
}

/// The name without the `r#` of a keyword.
fn plain(name: &syn::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

/// `#[test]`, `#[velocious::test]`, or the attribute of another library by that name.
fn is_test(attribute: &Attribute) -> bool {
    is_called(attribute, "test")
}

fn is_called(attribute: &Attribute, name: &str) -> bool {
    let path = &attribute.path().segments;
    path.last().is_some_and(|last| last.ident == name)
}

/// What an attribute says.
#[derive(Debug, Default)]
struct Said {
    tags: Vec<String>,
    focus: bool,
}

impl Said {
    /// What is wrong with the attribute is the compiler's to say.
    fn by(attribute: &Attribute) -> Self {
        let mut said = Self::default();
        let options = Punctuated::<Meta, Token![,]>::parse_terminated;
        let Ok(options) = attribute.parse_args_with(options) else {
            return said;
        };
        for option in options {
            match option {
                Meta::Path(path) if path.is_ident("focus") => said.focus = true,
                Meta::List(list) if list.path.is_ident("tags") => {
                    let words =
                        list.parse_args_with(Punctuated::<LitStr, Token![,]>::parse_terminated);
                    said.tags
                        .extend(words.into_iter().flatten().map(|word| word.value()));
                }
                _ => {}
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::super::package::{Kind, SourceFile, Target};
    use super::{Test, tests_in};

    fn file() -> SourceFile {
        SourceFile {
            path: "/shop/tests/requests/tasks.rs".into(),
            shown: "tests/requests/tasks.rs".into(),
            target: Target {
                package: "shop".into(),
                kind: Kind::Test("requests".into()),
            },
            modules: vec!["tasks".into()],
        }
    }

    fn read(text: &str) -> Vec<Test> {
        tests_in(text, &file()).expect("it is Rust")
    }

    #[test]
    fn tests_have_names_lines_and_tags() {
        let tests = read(
            "use shop::application;\n\
             \n\
             /// Says what it is for.\n\
             #[velocious::test(tags(\"db\", \"slow\"), focus, retry = 2)]\n\
             async fn creates_a_task(app: TestApp) {\n\
             }\n\
             #[test]\n\
             fn r#match() {}\n\
             fn no_test() {}\n",
        );
        let [first, second] = tests.as_slice() else {
            panic!("{tests:?}");
        };
        assert_eq!(first.path, "tasks::creates_a_task");
        assert_eq!(first.description, "tasks creates a task");
        assert_eq!(first.lines, 3..=6);
        assert_eq!(first.tags, ["db", "slow"]);
        assert!(first.focus && !second.focus);
        assert_eq!(
            (second.path.as_str(), second.lines.clone()),
            ("tasks::match", 7..=8)
        );
    }

    #[test]
    fn modules_hand_down_what_they_say() {
        let tests = read(
            "#[velocious::tests(tags(\"db\"))]\n\
             mod new {\n\
             #[velocious::tests(tags(\"slow\", \"db\"))]\n\
             mod inner {\n\
             #[velocious::test(tags(\"api\"))] async fn adds() {}\n\
             }\n\
             #[velocious::test] async fn lists() {}\n\
             }\n\
             mod other { #[test] fn is_plain() {} }\n",
        );
        let said: Vec<_> = tests
            .iter()
            .map(|test| {
                (
                    test.path.as_str(),
                    test.tags.join(" "),
                    test.modules_at.clone(),
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                (
                    "tasks::new::inner::adds",
                    "db slow api".to_owned(),
                    vec![2, 4]
                ),
                ("tasks::new::lists", "db".to_owned(), vec![2]),
                ("tasks::other::is_plain", String::new(), vec![9]),
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_rust_is_named_with_the_place() {
        let failure = tests_in("#[test]\nfn adds( {}", &file()).expect_err("no Rust");
        assert!(
            failure
                .message()
                .starts_with("cannot read `tests/requests/tasks.rs:2:"),
            "{}",
            failure.message()
        );
    }
}
