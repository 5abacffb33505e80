//! What generators refuse, and that nothing is left behind then.

use crate::folder::Folder;

/// Runs `line`, which has to fail with `code`, and checks that every file is as before.
#[track_caller]
fn refused(folder: &Folder, line: &str, code: i32) -> String {
    let before = folder.tree();
    let message = folder.run(line).fails(code);
    assert_eq!(folder.tree(), before, "`{line}` left something behind");
    message
}

#[test]
fn nothing_is_overwritten_and_every_file_in_the_way_is_named() {
    let folder = Folder::with_application("overwrite");
    folder.write("models/src/models/post.rs", "mine");
    folder.write("src/views/posts/show.rs", "mine");
    let message = refused(&folder, "g:scaffold Post title:string", 1);
    assert!(message.starts_with("error: nothing was written, because nothing is ever overwritten and these are in the way:\n"), "{message}");
    assert!(
        message.ends_with("\n  models/src/models/post.rs\n  src/views/posts/show.rs\n"),
        "{message}"
    );
}

#[test]
fn a_module_that_is_there_in_its_other_place_is_in_the_way() {
    let folder = Folder::with_application("places");
    folder.write("src/controllers/pages/mod.rs", "mine");
    let message = refused(&folder, "g:controller pages about", 1);
    assert!(
        message.ends_with("this is in the way:\n  src/controllers/pages/mod.rs\n"),
        "{message}"
    );
    let message = refused(&folder, "g:controller layout about", 1);
    assert!(
        message.ends_with("this is in the way:\n  src/views/layout.rs\n"),
        "{message}"
    );
}

#[test]
fn a_second_time_names_the_files_and_the_way_back() {
    let folder = Folder::with_application("again");
    folder.run("g:scaffold Post title:string").succeeds();
    let message = refused(&folder, "g:scaffold Post title:string", 1);
    for part in [
        "src/controllers/posts.rs\n",
        "_create_posts.rs\n",
        "tests/requests/posts.rs\n",
        "`velocious d:scaffold post` takes back",
    ] {
        assert!(message.contains(part), "`{part}` in {message}");
    }
    let message = refused(&folder, "g:model Post", 1);
    assert!(message.contains("models/src/models/post.rs"), "{message}");
    folder.run("g:migration tidy_up").succeeds();
    assert!(refused(&folder, "g:migration TidyUp", 1).contains("_tidy_up.rs"));
    folder.run("g:controller Pages about").succeeds();
    assert!(refused(&folder, "g:controller pages", 1).contains("src/controllers/pages.rs"));
}

#[test]
fn a_model_in_another_file_counts_as_well() {
    let folder = Folder::with_application("elsewhere");
    folder.write(
        "models/src/models/blog.rs",
        "pub struct Poster {}\n\n#[derive(Model)]\npub struct Post {\n}\n",
    );
    let message = refused(&folder, "g:model Post", 1);
    assert!(
        message.contains("there is a model `Post` already, in `models/src/models/blog.rs`"),
        "{message}"
    );
}

#[test]
fn a_line_without_a_place_is_shown_before_anything_is_written() {
    let folder = Folder::with_application("anchors");
    folder.write("src/config/routes.rs", "//! routes! { … } is elsewhere.\n");
    folder.remove("src/controllers/mod.rs");
    let message = refused(&folder, "g:scaffold Post title:string", 1);
    for part in [
        "`src/config/routes.rs` has no place for a new line; add `resources posts;` inside `routes! { … }` by hand",
        "cannot read `src/controllers/mod.rs`",
        "add `pub mod posts;` at the top level by hand",
        "add `pub use posts::PostsController;`",
        "Nothing was written.",
    ] {
        assert!(message.contains(part), "`{part}` in {message}");
    }
    // With the lines added by hand, the same command works.
    folder.write(
        "src/config/routes.rs",
        "other_routes! {\n    resources posts;\n}\n",
    );
    folder.write(
        "src/controllers/mod.rs",
        "pub mod posts;\npub use posts::PostsController;\n",
    );
    let out = folder.run("g:scaffold Post title:string").succeeds();
    assert!(
        !out.contains("insert src/config/routes.rs")
            && !out.contains("insert src/controllers/mod.rs"),
        "{out}"
    );
}

#[test]
fn words_that_cannot_work_are_refused_with_a_cure() {
    let folder = Folder::with_application("words");
    for (line, part) in [
        (
            "g:model Type",
            "`type` is a keyword of Rust; `kind` is a common choice",
        ),
        ("g:model Result", "already means something"),
        ("g:model admin/post", "a single name"),
        ("g:model Post title:strin", "did you mean `title:string`?"),
        (
            "g:scaffold Post count:json",
            "The types are string, text, integer, bigint",
        ),
        ("g:scaffold Post type:string", "`kind` is a common choice"),
        (
            "g:scaffold Post title:string title:text",
            "`title` is there twice",
        ),
        ("g:scaffold Post id:integer", "every model has `id` already"),
        (
            "g:migration add_at_to_posts at:datetime",
            "write `at:datetime?`",
        ),
        (
            "g:migration tidy_up at:datetime",
            "does not say which table",
        ),
        (
            "g:controller Pages show show",
            "the action `show` is there twice",
        ),
        ("g:controller Pages Show", "snake case, `show`"),
        ("g:controller Pages match", "keyword"),
    ] {
        let message = refused(&folder, line, 2);
        assert!(message.contains(part), "`{part}` in {message}");
    }
    let message = refused(&folder, "g:model Post a:strin type:string", 2);
    assert!(
        message.contains("`strin`") && message.contains("\nerror: `type`"),
        "{message}"
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_taken_back() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let folder = Folder::with_application("read-only");
    folder.write("src/controllers/.keep", "");
    let controllers = folder.path().join("src/controllers");
    fs::set_permissions(&controllers, fs::Permissions::from_mode(0o555)).expect("read-only");
    let can_write_anyway = fs::write(controllers.join("probe"), "").is_ok();
    let before = folder.tree();
    let run = folder.run("g:scaffold Post title:string");
    fs::set_permissions(&controllers, fs::Permissions::from_mode(0o755)).expect("writable");
    if can_write_anyway {
        return; // The superuser is not kept from anything; the unit test of `plan::apply` covers this.
    }
    assert!(run.fails(1).contains("cannot create"));
    assert_eq!(folder.tree(), before);
}
