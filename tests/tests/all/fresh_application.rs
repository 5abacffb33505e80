//! First use: an application made by `velocious init`, in an empty folder, with nothing edited by hand.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use velocious_tests::{Browser, Server, TemporaryFolder, program, target, workspace};

/// The most packages that an application may need.
const PACKAGES: usize = 200;

/// An application fresh from `velocious init`.
struct Fresh {
    folder: TemporaryFolder,
    name: &'static str,
}

impl Fresh {
    /// `velocious init NAME`, which makes the folder of that name.
    fn init(name: &'static str) -> Fresh {
        let fresh = Fresh {
            folder: TemporaryFolder::new("fresh"),
            name,
        };
        let outside = fresh.folder.path().to_owned();
        fresh.initialized(
            Command::new(program("velocious-cli", "velocious"))
                .args(["init", name])
                .current_dir(outside),
        )
    }

    /// `velocious init` in an empty folder of that name.
    fn init_inside(name: &'static str) -> Fresh {
        let fresh = Fresh {
            folder: TemporaryFolder::new("fresh"),
            name,
        };
        let inside = fresh.root();
        fs::create_dir(&inside).expect("a folder can be made");
        fresh.initialized(
            Command::new(program("velocious-cli", "velocious"))
                .arg("init")
                .current_dir(inside),
        )
    }

    fn initialized(self, init: &mut Command) -> Fresh {
        output(init.arg("--path").arg(workspace()));
        // The versions that the workspace has built already, so that nothing is downloaded.
        fs::copy(
            workspace().join("Cargo.lock"),
            self.root().join("Cargo.lock"),
        )
        .expect("the lock file can be copied");
        self
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join(self.name)
    }

    /// A command in the application's folder which shares what the workspace has compiled.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.root())
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_NET_OFFLINE", "true");
        for name in [
            "CARGO_MANIFEST_DIR",
            "CARGO_MANIFEST_PATH",
            "CARGO_PKG_NAME",
            "VELOCIOUS_ENV",
            "DATABASE_URL",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the `velocious` command and returns what it printed.
    fn velocious(&self, words: &str) -> String {
        output(
            self.command(program("velocious-cli", "velocious"))
                .args(words.split(' ')),
        )
    }

    fn cargo(&self, words: &str) -> String {
        output(self.command("cargo").args(words.split(' ')))
    }

    /// `velocious server`, on a free port.
    fn server(&self) -> Server {
        Server::start(
            self.command(program("velocious-cli", "velocious")),
            TemporaryFolder::new("fresh-server"),
        )
    }
}

/// Runs `command`, which has to succeed; returns both of its outputs.
fn output(command: &mut Command) -> String {
    let (success, text) = outcome(command);
    assert!(success, "{command:?}:\n{text}");
    text
}

fn outcome(command: &mut Command) -> (bool, String) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

#[test]
fn it_builds_without_a_warning_and_welcomes_with_routes_migrations_and_commands() {
    let fresh = Fresh::init("hello");
    let built = fresh.cargo("build --workspace --all-targets");
    assert!(!built.contains("warning"), "{built}");
    let lock = fs::read_to_string(fresh.root().join("Cargo.lock")).expect("there is a lock file");
    let packages = lock.lines().filter(|line| *line == "[[package]]").count();
    assert!(packages <= PACKAGES, "{packages} packages");

    let server = fresh.server();
    let page = server.client.get("/");
    assert_eq!(page.status, 200);
    for word in [
        "hello",
        "g:scaffold",
        "db:migrate",
        "velocious routes",
        "Migrations",
        "Routes",
    ] {
        assert!(
            page.body.contains(word),
            "the welcome page does not say `{word}`: {}",
            page.body
        );
    }
    let browser = Browser::open();
    browser.visit(&server.url("/"));
    browser.screenshot("10-welcome");
}

#[test]
fn a_scaffold_gives_working_pages_with_no_hand_edit() {
    let fresh = Fresh::init_inside("blog");
    fresh.velocious("g:scaffold Post title:string body:text published:boolean author:references");
    fresh.velocious("db:migrate");
    let built = fresh.cargo("build --workspace --all-targets");
    assert!(!built.contains("warning"), "{built}");
    fresh.cargo("clippy --workspace --all-targets -- -D warnings");
    fresh.cargo("fmt --all --check");
    let routes = fresh.velocious("routes");
    assert!(routes.contains("/posts/{id}/edit"), "{routes}");

    let server = fresh.server();
    let list = server.client.get("/posts");
    assert_eq!(list.status, 200, "{}", list.body);
    assert_eq!(
        server.client.get_json("/posts").json(),
        serde_json::json!([])
    );
    assert_eq!(server.client.get("/posts/new").status, 200);
    assert_eq!(server.client.get("/posts/1").status, 404);

    let refused = server
        .client
        .post_form("/posts", "post[title]=&post[body]=Text&post[author_id]=1");
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.body.contains("blank"), "{}", refused.body);

    let browser = Browser::open();
    browser.visit(&server.url("/posts/new"));
    browser.find("[name='post[title]']").fill("Nobody's");
    browser.find("form [type=submit]").click();
    browser.wait_for("main", "must exist");
    browser.visit(&server.url("/authors/new"));
    browser.find("[name='author[name]']").fill("Somebody");
    browser.find("form [type=submit]").click();
    browser.wait_for("main", "Somebody");

    browser.visit(&server.url("/posts/new"));
    browser.find("[name='post[title]']").fill("From a browser");
    browser.find("[name='post[body]']").fill("Some text.");
    browser
        .find("[type=checkbox][name='post[published]']")
        .click();
    browser
        .find("[name='post[author_id]']")
        .type_text("Somebody");
    browser.screenshot("11-scaffold-form");
    browser.find("form [type=submit]").click();
    browser.wait_for("main", "From a browser");
    browser.screenshot("12-scaffold-show");
    let posts = server.client.get_json("/posts").json();
    assert_eq!(
        (&posts[0]["title"], &posts[0]["published"]),
        (&"From a browser".into(), &true.into()),
        "{posts}"
    );

    let made = server.client.post_json(
        "/posts",
        r#"{"post": {"title": "A", "body": "B", "published": false, "author_id": 1}}"#,
    );
    assert_eq!(made.status, 201, "{}", made.body);
    browser.visit(&server.url("/posts"));
    browser.screenshot("13-scaffold-list");
    let changed = server
        .client
        .post_form("/posts/1", "_method=patch&post[title]=Changed");
    assert_eq!(changed.status, 303, "{}", changed.body);
    assert!(server.client.get("/posts/1").body.contains("Changed"));
    let deleted = server.client.post_form("/posts/1", "_method=delete");
    assert_eq!(deleted.status, 303, "{}", deleted.body);
    assert_eq!(server.client.get("/posts/1").status, 404);

    let tested = fresh.cargo("test --workspace");
    assert!(
        tested.contains("test result: ok. "),
        "the generated request tests pass: {tested}"
    );
}

#[test]
fn a_migration_that_fails_halfway_is_not_recorded_and_runs_again_after_a_fix() {
    let fresh = Fresh::init("mishap");
    fresh.velocious("g:migration create_shelves");
    let folder = fresh.root().join("models/src/migrations");
    let file = fs::read_dir(&folder)
        .expect("there are migrations")
        .flatten()
        .map(|entry| entry.path());
    let file = file
        .into_iter()
        .find(|path| path.to_string_lossy().contains("create_shelves"))
        .expect("the new one");
    let version: String = file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let migration = |second_half: &str| {
        format!(
            "use velocious::prelude::*;\n\npub struct CreateShelves;\n\n#[migration(version = {version})]\n\
             impl Migration for CreateShelves {{\n    async fn up(&self, m: &mut Schema) -> Result<()> {{\n        \
             m.create_table(\"shelves\", |t| {{ t.string(\"name\").null(false); }}).await?;\n        \
             {second_half}\n    }}\n\n    async fn down(&self, m: &mut Schema) -> Result<()> {{\n        \
             m.drop_table(\"shelves\").await\n    }}\n}}\n"
        )
    };
    fs::write(
        &file,
        migration("m.add_index(\"shelves\", &[\"no_such_column\"]).await"),
    )
    .expect("a file can be written");
    let (success, text) = outcome(
        fresh
            .command(program("velocious-cli", "velocious"))
            .arg("db:migrate"),
    );
    assert!(!success, "{text}");
    assert!(
        text.contains("no_such_column") && text.contains(&version),
        "it names the fault and the migration: {text}"
    );
    let status = fresh.velocious("db:status");
    assert!(
        status
            .lines()
            .any(|line| line.contains(&version) && !line.contains("up")),
        "{status}"
    );

    fs::write(
        &file,
        migration("m.add_index(\"shelves\", &[\"name\"]).await"),
    )
    .expect("a file can be written");
    // The table of the first half would be in the way, had it stayed.
    fresh.velocious("db:migrate");
    let again = fresh.velocious("db:migrate");
    assert!(!again.contains("CreateShelves"), "it ran once: {again}");
    fresh.velocious("db:rollback");
    fresh.velocious("db:migrate");
}

#[test]
fn an_unknown_command_names_the_nearest_and_fails() {
    let (success, text) =
        outcome(Command::new(program("velocious-cli", "velocious")).arg("g:scafold"));
    assert!(!success && text.contains("g:scaffold"), "{text}");
}
