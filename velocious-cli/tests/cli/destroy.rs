//! Taking back what was generated.

use crate::folder::{Folder, done, without_versions};

#[test]
fn taking_back_leaves_the_application_as_it_was() {
    let folder = Folder::with_application("back");
    let fresh = folder.tree();
    for (make, take_back) in [
        (
            "g:scaffold Post title:string due_on:date?",
            "d:scaffold posts",
        ),
        ("g:model Tag name:string", "destroy:model Tag"),
        (
            "g:controller Pages about imprint",
            "d:controller PagesController",
        ),
        (
            "g:migration add_due_on_to_posts due_on:date?",
            "d:migration AddDueOnToPosts",
        ),
    ] {
        folder.run(make).succeeds();
        folder.run(take_back).succeeds();
        assert_eq!(folder.tree(), fresh, "after `{make}` and `{take_back}`");
        assert!(!folder.path().join(".velocious").exists());
    }
}

#[test]
fn what_was_generated_around_it_stays() {
    let folder = Folder::with_application("around");
    folder.run("g:scaffold Author name:string").succeeds();
    folder.run("g:controller Pages about").succeeds();
    let before = folder.tree();
    folder
        .run("g:scaffold Post title:string author:references")
        .succeeds();
    let out = folder.run("d:scaffold Post").succeeds();
    assert_eq!(folder.tree(), before);
    let out = without_versions(&out);
    for line in [
        "revert src/config/routes.rs",
        "remove src/controllers/posts.rs",
        "remove models/src/migrations/mVERSION_create_posts.rs",
    ] {
        assert!(done(&out).contains(&line), "`{line}` in {out}");
    }
}

#[test]
fn a_model_generated_along_is_taken_back_by_itself() {
    let folder = Folder::with_application("along");
    let fresh = folder.tree();
    folder
        .run("g:scaffold Post title:string author:references")
        .succeeds();
    folder.run("d:scaffold Post").succeeds();
    assert!(folder.path().join("models/src/models/author.rs").exists());
    folder.run("d:scaffold Author").succeeds();
    assert_eq!(folder.tree(), fresh);
}

#[test]
fn changed_files_are_kept_unless_forced() {
    let folder = Folder::with_application("changed");
    folder.run("g:scaffold Post title:string").succeeds();
    let view = folder.read("src/views/posts/show.rs");
    folder.write("src/views/posts/show.rs", &format!("{view}// mine\n"));
    let before = folder.tree();
    let message = folder.run("d:scaffold Post").fails(1);
    assert!(
        message.contains("`--force`") && message.ends_with("\n  src/views/posts/show.rs\n"),
        "{message}"
    );
    assert_eq!(folder.tree(), before);
    folder.run("d:scaffold Post --force").succeeds();
    assert!(!folder.path().join("src/views/posts").exists());
}

#[test]
fn other_line_ends_are_no_change() {
    let folder = Folder::with_application("line-ends");
    folder.run("g:model Post title:string").succeeds();
    let model = folder.read("models/src/models/post.rs");
    folder.write("models/src/models/post.rs", &model.replace('\n', "\r\n"));
    folder.run("d:model Post").succeeds();
}

#[test]
fn what_is_gone_or_changed_around_it_is_remarked_on() {
    let folder = Folder::with_application("gone");
    folder.run("g:scaffold Post title:string").succeeds();
    folder.remove("src/views/posts/show.rs");
    let routes = folder.read("src/config/routes.rs").replace(
        "resources posts;",
        "resources posts { resources comments; }",
    );
    folder.write("src/config/routes.rs", &routes);
    let out = folder.run("d:scaffold Post").succeeds();
    assert!(
        out.contains("note: `src/views/posts/show.rs` is gone already"),
        "{out}"
    );
    assert!(
        out.contains("note: `src/config/routes.rs` no longer has `resources posts;`"),
        "{out}"
    );
    assert_eq!(folder.read("src/config/routes.rs"), routes);
    assert!(out.contains("note: if the migration has run"), "{out}");
    // Everything but that is gone, so the same can be generated again.
    folder.run("g:scaffold Post title:string").succeeds();
}

#[test]
fn a_receipt_whose_files_are_gone_is_no_obstacle() {
    let folder = Folder::with_application("stale");
    folder.run("g:controller Bare").succeeds();
    folder.remove("src/controllers/bare.rs");
    folder.run("g:controller Bare").succeeds();
    folder.run("d:controller Bare").succeeds();
}

#[test]
fn what_was_not_generated_is_not_removed() {
    let folder = Folder::with_application("nothing");
    folder.write("models/src/models/post.rs", "pub struct Post {}\n");
    let message = folder.run("d:model Post").fails(1);
    assert!(
        message.contains("`g:model` has not generated anything called `Post` here"),
        "{message}"
    );
    folder.run("g:model Comment body:text").succeeds();
    assert!(
        folder
            .run("d:model Coment")
            .fails(1)
            .contains("did you mean `comment`?")
    );
    folder.run("g:scaffold Tag name:string").succeeds();
    assert!(
        folder
            .run("d:model Tag")
            .fails(1)
            .contains("`velocious d:scaffold Tag` takes it back")
    );
}
