//! `velocious test`: which tests cargo is told to run.

use std::{fs, os::unix::fs::PermissionsExt as _};

use crate::folder::Folder;

const TASKS: &str = r#"use shop::application;
use velocious::testing::TestApp;

#[velocious::test(tags("db"))]
async fn creates_a_task(app: TestApp) {
    app.get("/tasks").await.assert_status(200);
}

#[velocious::tests(tags("slow"))]
mod filters {
    #[velocious::test]
    async fn filters_on_nested_attributes() {}
}
"#;

/// An application with tests in `tests/requests/tasks.rs` and beside a model, and a cargo that says what it was told.
fn shop(name: &str) -> Folder {
    let folder = Folder::with_application(name);
    folder.write("tests/requests/tasks.rs", TASKS);
    folder.write(
        "models/src/models/task.rs",
        "#[cfg(test)]\nmod tests {\n    #[test]\n    fn a_task_is_open() {}\n}\n",
    );
    cargo(&folder, "exit 0");
    folder
}

/// Puts a program in the place of cargo, which prints its arguments before it does `then`.
fn cargo(folder: &Folder, then: &str) {
    folder.write(
        "cargo",
        &format!("#!/bin/sh\nshift 4\necho cargo test \"$@\"\n{then}\n"),
    );
    let path = folder.path().join("cargo");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is there");
}

/// Runs `velocious test`.
fn test(folder: &Folder, words: &str) -> crate::folder::Run {
    let cargo = folder.path().join("cargo");
    let cargo = cargo.to_str().expect("a path in UTF-8");
    folder.run_with("", &format!("test {words}"), &[("CARGO", cargo)])
}

#[test]
fn all_tests_are_left_to_cargo() {
    let folder = shop("everything");
    let run = test(&folder, "-- --nocapture");
    assert_eq!(
        run.succeeds(),
        "cargo test -p shop -p shop-models -- --nocapture\n"
    );
}

#[test]
fn tests_are_chosen_by_place_tag_and_description() {
    let folder = shop("chosen");
    let creates = "cargo test -p shop --test requests -- --exact tasks::creates_a_task\nTest run succeeded: 1 test\n";
    let filters = "cargo test -p shop --test requests -- --exact tasks::filters::filters_on_nested_attributes\nTest run succeeded: 1 test\n";
    for (words, expected) in [
        ("tests/requests/tasks.rs:5", creates),
        ("tests/requests/tasks.rs:10", filters),
        ("--tag db", creates),
        ("--include-tag=api,db", creates),
        ("-t slow", filters),
        ("tests/requests/tasks.rs --skip-tag slow", creates),
        ("tests/requests/tasks.rs -x db", filters),
        ("--name nested", filters),
        ("--example /CREATES.a/i", creates),
        (
            "models",
            "cargo test -p shop-models --lib -- --exact models::task::tests::a_task_is_open\nTest run succeeded: 1 test\n",
        ),
    ] {
        assert_eq!(test(&folder, words).succeeds(), expected, "{words}");
    }
    let shown = test(&folder, "--list tests/requests/tasks.rs").succeeds();
    assert_eq!(
        shown,
        "tests/requests/tasks.rs:4  tasks creates a task #db\n\
         tests/requests/tasks.rs:11  tasks filters filters on nested attributes #slow\n"
    );
}

#[test]
fn the_manifest_leaves_tags_out_and_nothing_brings_them_back() {
    let folder = shop("left-out");
    let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).expect("it is there");
    let marker = "[package.metadata.velocious]\n";
    let manifest = manifest.replace(marker, &format!("{marker}exclude-tags = [\"slow\"]\n"));
    folder.write("Cargo.toml", &manifest);
    let run = test(&folder, "").succeeds();
    assert!(
        run.contains("tasks::creates_a_task") && !run.contains("filters"),
        "{run}"
    );
    let message = test(&folder, "--tag slow").fails(1);
    assert!(
        message.starts_with("error: no tests matched the provided filters"),
        "{message}"
    );
}

#[test]
fn focus_runs_alone_and_fails() {
    let folder = shop("focus");
    folder.write(
        "tests/requests/tasks.rs",
        &TASKS.replace("tags(\"db\")", "tags(\"db\"), focus"),
    );
    let run = test(&folder, "");
    assert_eq!(
        run.out,
        "cargo test -p shop --test requests -- --exact tasks::creates_a_task\n"
    );
    let said = "error: focused run of 1 test: take `focus` off to run the others\n";
    assert_eq!((run.code, run.err.as_str()), (1, said));
}

#[test]
fn a_failed_test_fails_the_command() {
    let folder = shop("failed");
    cargo(&folder, "exit 101");
    for words in ["", "--tag db"] {
        let run = test(&folder, words);
        assert_eq!((run.code, run.err.as_str()), (1, "error: a test failed\n"));
    }
}

#[test]
fn what_is_not_there_is_named() {
    let folder = shop("not-there");
    for (words, code, message) in [
        (
            "tests/requests/posts.rs",
            2,
            "error: there is no file or folder `tests/requests/posts.rs`\n",
        ),
        ("--example /(/", 2, "error: `/(/` is no regular expression"),
        (
            "tests/requests/tasks.rs:900",
            1,
            "error: no tests matched the provided filters; `velocious test --list` shows all",
        ),
        ("--tga db", 2, "error: unexpected argument '--tga' found"),
    ] {
        let said = test(&folder, words).fails(code);
        assert!(said.starts_with(message), "{words}: {said}");
    }
    folder.write("tests/requests/tasks.rs", "#[test]\nfn adds( {}\n");
    let said = test(&folder, "").fails(1);
    assert!(
        said.starts_with("error: cannot read `tests/requests/tasks.rs:2:"),
        "{said}"
    );
}
