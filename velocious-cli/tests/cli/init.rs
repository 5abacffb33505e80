//! New applications.

use crate::folder::{Folder, done};

const FILES: &[&str] = &[
    ".gitignore",
    "Cargo.toml",
    "README.md",
    "config/development.toml",
    "config/production.toml",
    "config/test.toml",
    "db/.keep",
    "locales/.keep",
    "models/Cargo.toml",
    "models/src/lib.rs",
    "models/src/migrations/mod.rs",
    "models/src/models/mod.rs",
    "public/application.css",
    "public/favicon.svg",
    "src/config/application.rs",
    "src/config/mod.rs",
    "src/config/routes.rs",
    "src/controllers/mod.rs",
    "src/lib.rs",
    "src/main.rs",
    "src/views/layout.rs",
    "src/views/mod.rs",
    "tests/requests/main.rs",
];

#[test]
fn an_application_is_these_files_and_no_others() {
    let folder = Folder::empty("init");
    let out = folder.run("init my_shop").succeeds();
    let files: Vec<String> = FILES.iter().map(|file| format!("my_shop/{file}")).collect();
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), files);
    let mut created: Vec<String> = files.iter().map(|file| format!("create {file}")).collect();
    created.sort();
    let mut shown = done(&out);
    shown.sort_unstable();
    assert_eq!(shown, created);
    assert!(out.ends_with("\nNext:\n  cd my_shop\n  velocious g:scaffold Post title:string body:text\n  velocious db:migrate\n  velocious server\n"), "{out}");
}

#[test]
fn crates_and_sentences_carry_the_applications_name() {
    let folder = Folder::empty("names");
    folder.run("init MyShop").succeeds();
    let manifest = folder.read("MyShop/Cargo.toml");
    assert!(manifest.contains("name = \"my-shop\"\n"), "{manifest}");
    assert!(
        manifest.contains("my-shop-models = { path = \"models\" }\n"),
        "{manifest}"
    );
    assert!(
        manifest.contains(&format!(
            "velocious = {{ version = \"{}\", default-features = false }}\n",
            env!("CARGO_PKG_VERSION")
        )),
        "{manifest}"
    );
    assert!(
        folder
            .read("MyShop/models/Cargo.toml")
            .contains("name = \"my-shop-models\"\n")
    );
    assert!(
        folder
            .read("MyShop/src/main.rs")
            .contains("velocious::run(my_shop::application())")
    );
    assert!(
        folder
            .read("MyShop/src/views/layout.rs")
            .contains("a.brand href=\"/\" { \"My shop\" }")
    );
}

#[test]
fn an_empty_folder_gives_the_application_its_name() {
    let folder = Folder::empty("book-club");
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    let out = folder.run("init").succeeds();
    assert!(folder.read("Cargo.toml").contains("name = \"book-club\"\n"));
    assert!(
        out.contains("\ncreate src/main.rs\n") && out.contains("\nNext:\n  velocious g:scaffold"),
        "{out}"
    );
    assert_eq!(folder.tree().len(), FILES.len() + 1);
}

#[test]
fn a_folder_with_other_files_has_to_be_named_with_a_dot() {
    let folder = Folder::empty("notes");
    folder.write("notes.txt", "mine");
    assert!(
        folder
            .run("init")
            .fails(2)
            .contains("`velocious init .` puts it here")
    );
    assert_eq!(folder.tree().len(), 1);
    folder.run("init .").succeeds();
    assert_eq!(folder.read("notes.txt"), "mine");
    assert!(folder.read("Cargo.toml").contains("name = \"notes\"\n"));
}

#[test]
fn files_in_the_way_are_all_named_and_nothing_is_written() {
    let folder = Folder::empty("in-the-way");
    folder.write("shop/README.md", "mine");
    folder.write("shop/src/lib.rs", "mine");
    folder.write("shop/config", "a file where a folder has to be");
    let before = folder.tree();
    let message = folder.run("init shop").fails(1);
    for line in [
        "\n  README.md\n",
        "\n  src/lib.rs\n",
        "\n  config (a folder is needed there)\n",
    ] {
        assert!(message.contains(line), "`{line}` in {message}");
    }
    assert!(!message.contains("main.rs"), "{message}");
    assert_eq!(folder.tree(), before);
}

#[test]
fn a_second_time_names_every_file_and_changes_none() {
    let folder = Folder::with_application("twice");
    let before = folder.tree();
    let message = folder.run("init .").fails(1);
    for file in FILES {
        assert!(
            message.contains(&format!("\n  {file}\n")),
            "`{file}` in {message}"
        );
    }
    assert_eq!(folder.tree(), before);
}

#[test]
fn impossible_names_are_refused_with_a_reason() {
    let folder = Folder::empty("impossible");
    for (line, part) in [
        ("init 2shop", "start with a letter"),
        ("init velocious", "try `my-velocious`"),
        ("init test", "try `my-test`"),
        ("init type", "try `my-type`"),
        ("init shöp", "contains `ö`"),
    ] {
        let message = folder.run(line).fails(2);
        assert!(message.contains(part), "`{part}` in {message}");
    }
    assert!(folder.tree().is_empty());
    let folder = Folder::empty("2 b");
    assert!(
        folder
            .run("init .")
            .fails(2)
            .contains("`velocious init NAME` makes a folder with a name of your choice")
    );
}

#[test]
fn a_checkout_takes_the_place_of_the_published_crate() {
    let folder = Folder::empty("checkout");
    folder.write("elsewhere/velocious/Cargo.toml", "");
    folder.run("init shop --path elsewhere").succeeds();
    let path = folder.path().join("elsewhere/velocious");
    let expected = format!(
        "velocious = {{ path = \"{}\", default-features = false }}\n",
        path.display()
    );
    assert!(
        folder.read("shop/Cargo.toml").contains(&expected),
        "{}",
        folder.read("shop/Cargo.toml")
    );
    let message = folder.run("init other --path nowhere").fails(1);
    assert!(
        message.contains("`nowhere` is no checkout of Velocious"),
        "{message}"
    );
    assert!(!folder.path().join("other").exists());
}
