//! What generators write, and what they add to files that are there.

use std::process::Command;

use crate::folder::{Folder, done, without_versions};

#[track_caller]
fn shows(out: &str, lines: &[&str]) {
    let out = without_versions(out);
    assert_eq!(done(&out), lines);
}

#[test]
fn a_model_is_a_struct_and_a_migration() {
    let folder = Folder::with_application("model");
    let out = folder.run("g:model BlogPost title:string body:text? views:integer score:float published:boolean due_on:date? at:datetime slug:string:unique data:binary").succeeds();
    shows(
        &out,
        &[
            "create models/src/models/blog_post.rs",
            "create models/src/migrations/mVERSION_create_blog_posts.rs",
            "insert models/src/migrations/mod.rs",
            "insert models/src/models/mod.rs",
        ],
    );
    assert_eq!(
        folder.read("models/src/models/blog_post.rs"),
        r#"use serde::Serialize;
use velocious::prelude::*;

/// A blog post.
#[derive(Clone, Debug, Model, Serialize)]
pub struct BlogPost {
    pub id: i64,
    #[validate(presence)]
    pub title: String,
    pub body: Option<String>,
    pub views: i32,
    pub score: f64,
    pub published: bool,
    pub due_on: Option<NaiveDate>,
    pub at: DateTime<Utc>,
    #[validate(presence, uniqueness)]
    pub slug: String,
    pub data: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[serde(skip)]
    pub record: RecordState,
}
"#
    );
    let models = folder.read("models/src/models/mod.rs");
    assert!(
        models.ends_with("\n\npub mod blog_post;\n\npub use blog_post::BlogPost;\n"),
        "{models}"
    );
}

#[test]
fn a_migration_lists_the_columns_in_order_and_is_listed_itself() {
    let folder = Folder::with_application("columns");
    folder.run("g:model Post title:string published:boolean due_on:date? slug:string:unique views:bigint:index").succeeds();
    let files = folder.tree();
    let (path, migration) = files
        .iter()
        .find(|(path, _)| path.contains("create_posts"))
        .expect("a migration");
    assert_eq!(
        without_versions(migration),
        r#"use velocious::prelude::*;

pub struct CreatePosts;

#[migration(version = VERSION)]
impl Migration for CreatePosts {
    async fn up(&self, schema: &mut Schema) -> Result<()> {
        schema
            .create_table("posts", |t| {
                t.string("title").null(false);
                t.boolean("published").default_value(false).null(false);
                t.date("due_on");
                t.string("slug").null(false).unique();
                t.bigint("views").null(false).index();
                t.timestamps();
            })
            .await
    }

    async fn down(&self, schema: &mut Schema) -> Result<()> {
        schema.drop_table("posts").await
    }
}
"#
    );
    let version = &path["models/src/migrations/m".len()..][..14];
    assert!(
        migration.contains(&format!("version = {version}")),
        "{path}"
    );
    let list = without_versions(&folder.read("models/src/migrations/mod.rs"));
    assert!(
        list.contains("\n\nmod mVERSION_create_posts;\n\n"),
        "{list}"
    );
    assert!(
        list.contains(
            "    velocious::migrations! {\n        mVERSION_create_posts::CreatePosts,\n    }\n"
        ),
        "{list}"
    );
}

#[test]
fn migrations_made_in_one_second_still_follow_each_other() {
    let folder = Folder::with_application("versions");
    for name in ["one", "two", "three"] {
        folder.run(&format!("g:migration {name}")).succeeds();
    }
    folder.write(
        "models/src/migrations/m29990101235959_from_the_future.rs",
        "",
    );
    folder.run("g:migration four").succeeds();
    let files = folder.tree();
    let migrations: Vec<&str> = files
        .keys()
        .filter_map(|path| path.strip_prefix("models/src/migrations/m2"))
        .collect();
    let order: Vec<&str> = migrations
        .iter()
        .filter_map(|file| file.split_once('_'))
        .map(|(_, name)| name)
        .collect();
    assert_eq!(
        order,
        [
            "one.rs",
            "two.rs",
            "three.rs",
            "from_the_future.rs",
            "four.rs"
        ]
    );
    assert!(
        migrations[4].starts_with("9990102000000_"),
        "{migrations:?}"
    );
}

#[test]
fn a_model_that_is_referred_to_and_missing_is_generated_along() {
    let folder = Folder::with_application("references");
    let out = folder
        .run("g:model Comment body:text post:references author:references?")
        .succeeds();
    for model in ["post", "author", "comment"] {
        assert!(
            out.contains(&format!("create models/src/models/{model}.rs\n")),
            "{out}"
        );
    }
    assert!(
        out.contains("note: there was no model `Post` for `Comment` to refer to"),
        "{out}"
    );
    let comment = folder.read("models/src/models/comment.rs");
    assert!(
        comment.contains("use super::{Author, Post};\n"),
        "{comment}"
    );
    assert!(
        comment.contains("    pub post_id: i64,\n    pub author_id: Option<i64>,\n"),
        "{comment}"
    );
    assert!(
        comment.contains("    #[belongs_to]\n    #[serde(skip_serializing_if = \"BelongsTo::is_unloaded\")]\n    pub author: BelongsTo<Author>,\n"),
        "{comment}"
    );
    let files = folder.tree();
    let migrations: Vec<&str> = files
        .keys()
        .filter_map(|path| path.split_once("_create_"))
        .map(|(_, table)| table)
        .collect();
    assert_eq!(
        migrations,
        ["posts.rs", "authors.rs", "comments.rs"],
        "tables come before what refers to them"
    );
    // Now both exist.
    let out = folder
        .run("g:model Like post:references author:references")
        .succeeds();
    assert_eq!(done(&out).len(), 4, "{out}");
}

#[test]
fn a_model_may_refer_to_itself_and_to_one_in_another_file() {
    let folder = Folder::with_application("self");
    folder.write(
        "models/src/models/people.rs",
        "pub struct Author {\n    pub id: i64,\n}\n",
    );
    let out = folder
        .run("g:model Node node:references? author:references")
        .succeeds();
    assert_eq!(done(&out).len(), 4, "{out}");
    let node = folder.read("models/src/models/node.rs");
    assert!(
        node.contains("pub node: BelongsTo<Node>,") && node.contains("use super::Author;\n"),
        "{node}"
    );
}

#[test]
fn a_scaffold_is_everything_around_a_model() {
    let folder = Folder::with_application("scaffold");
    let out = folder
        .run_in("src/views", "g:scaffold posts title:string body:text")
        .succeeds();
    shows(
        &out,
        &[
            "create models/src/models/post.rs",
            "create models/src/migrations/mVERSION_create_posts.rs",
            "create src/controllers/posts.rs",
            "create src/views/posts/mod.rs",
            "create src/views/posts/index.rs",
            "create src/views/posts/show.rs",
            "create src/views/posts/new.rs",
            "create src/views/posts/edit.rs",
            "create src/views/posts/form.rs",
            "create tests/requests/posts.rs",
            "insert models/src/migrations/mod.rs",
            "insert models/src/models/mod.rs",
            "insert src/config/routes.rs",
            "insert src/controllers/mod.rs",
            "insert src/views/mod.rs",
            "insert tests/requests/main.rs",
        ],
    );
    assert!(
        out.contains("note: `posts` is a plural; the model is called `Post`\n"),
        "{out}"
    );
    assert!(
        folder
            .read("src/config/routes.rs")
            .ends_with("\n    resources posts;\n}\n")
    );
    let controllers = folder.read("src/controllers/mod.rs");
    assert!(
        controllers.ends_with("\n\npub mod posts;\n\npub use posts::PostsController;\n"),
        "{controllers}"
    );
    assert!(
        folder
            .read("src/views/mod.rs")
            .contains("pub mod layout;\npub mod posts;\n")
    );
    assert!(
        folder
            .read("tests/requests/main.rs")
            .contains("\n\nmod posts;\n\nuse ")
    );
}

#[test]
fn a_controller_has_a_page_a_route_and_a_test_for_each_action() {
    let folder = Folder::with_application("controller");
    let out = folder.run("g:controller Pages imprint about").succeeds();
    shows(
        &out,
        &[
            "create src/controllers/pages.rs",
            "create src/views/pages/mod.rs",
            "create src/views/pages/imprint.rs",
            "create src/views/pages/about.rs",
            "create tests/requests/pages.rs",
            "insert src/config/routes.rs",
            "insert src/controllers/mod.rs",
            "insert src/views/mod.rs",
            "insert tests/requests/main.rs",
        ],
    );
    let routes = folder.read("src/config/routes.rs");
    assert!(
        routes.ends_with(
            "    namespace pages {\n        get imprint;\n        get about;\n    }\n}\n"
        ),
        "{routes}"
    );
    let bare = folder.run("generate:controller BareController").succeeds();
    shows(
        &bare,
        &[
            "create src/controllers/bare.rs",
            "insert src/controllers/mod.rs",
        ],
    );
}

#[test]
fn a_migrations_name_says_what_it_does() {
    let folder = Folder::with_application("conventions");
    let migration = |name: &str| {
        let files = folder.tree();
        let (_, text) = files
            .iter()
            .find(|(path, _)| path.ends_with(&format!("_{name}.rs")))
            .expect(name);
        text.clone()
    };
    folder.run("g:migration CreateTags name:string").succeeds();
    assert!(migration("create_tags").contains(".create_table(\"tags\", |t| {"));
    folder
        .run("g:migration add_due_on_to_posts due_on:date? likes:integer")
        .succeeds();
    let added = migration("add_due_on_to_posts");
    assert!(
        added.contains("t.date(\"due_on\");") && added.contains(".default_value(0);"),
        "{added}"
    );
    folder
        .run("g:migration remove_likes_from_posts likes:integer")
        .succeeds();
    let removed = migration("remove_likes_from_posts");
    let (up, down) = removed.split_once("async fn down").expect("both ways");
    assert!(
        up.contains("remove_column(\"posts\", \"likes\")") && down.contains("t.integer(\"likes\")"),
        "{removed}"
    );
    folder.run("g:migration tidy_up").succeeds();
    assert!(migration("tidy_up").contains("Ok(())"));
}

#[test]
fn generated_code_is_as_cargo_fmt_leaves_it_also_where_there_is_no_rustfmt() {
    let without_rustfmt = [("RUSTFMT", "/nowhere/rustfmt")];
    let folder = Folder::with_application("tidy");
    for line in [
        "g:scaffold Post title:string body:text published:boolean due_on:date? author:references",
        "g:scaffold Line",
        "g:model Tag name:string:unique post:references",
        "g:migration tidy_up",
        "g:migration add_due_on_to_posts due_on:date?",
        "g:controller Pages about imprint",
        "g:controller Bare",
    ] {
        folder.run_with("", line, &without_rustfmt).succeeds();
    }
    is_formatted(&folder);
    // Names so long that lines break elsewhere need rustfmt.
    folder
        .run("g:scaffold InternationalTelecommunicationSubscription international_telecommunication_identifier:string:unique due_at:datetime customer_relationship_representative:references note:string?")
        .succeeds();
    folder.run("g:controller InternationalTelecommunicationPages international_telecommunication_overview").succeeds();
    is_formatted(&folder);
}

#[track_caller]
fn is_formatted(folder: &Folder) {
    let files = folder
        .tree()
        .into_keys()
        .filter(|path| path.ends_with(".rs"));
    let check = Command::new("rustfmt")
        .args([
            "--check",
            "--edition",
            "2024",
            "--config",
            "skip_children=true",
        ])
        .args(files)
        .current_dir(folder.path())
        .output();
    let check = check.expect("rustfmt is installed");
    let difference = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(
        check.status.success(),
        "{difference}{}",
        String::from_utf8_lossy(&check.stderr)
    );
}
