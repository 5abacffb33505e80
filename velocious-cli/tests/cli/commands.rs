//! Finding the command, helping, and handing over to the application's own binary.

use crate::folder::Folder;

#[test]
fn help_groups_the_commands_and_explains_fields() {
    let folder = Folder::empty("help");
    let help = folder.run("--help").succeeds();
    assert_eq!(folder.run("").succeeds(), help);
    assert_eq!(folder.run("help").succeeds(), help);
    let places: Vec<usize> = [
        "\nStart\n  init",
        "\nGenerate",
        "  g:scaffold NAME",
        "\nTake back",
        "\nRun",
        "  server",
        "  db:status",
    ]
    .iter()
    .map(|part| {
        help.find(part)
            .unwrap_or_else(|| panic!("no `{part}` in {help}"))
    })
    .collect();
    assert!(places.is_sorted(), "{help}");
    assert!(
        help.contains("due_on:date?") && help.contains("NOT NULL"),
        "{help}"
    );
    assert_eq!(
        folder.run("--version").succeeds(),
        format!("velocious {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn every_command_has_help_of_its_own_wherever_one_stands() {
    let folder = Folder::empty("helps");
    for name in [
        "init",
        "g:model",
        "generate:scaffold",
        "d:controller",
        "server",
        "db:rollback",
        "s",
    ] {
        let help = folder.run(&format!("help {name}")).succeeds();
        assert!(help.contains("Usage: velocious "), "{help}");
        assert_eq!(folder.run(&format!("{name} --help")).succeeds(), help);
    }
}

#[test]
fn an_unknown_command_is_answered_with_the_nearest_and_the_list() {
    let folder = Folder::empty("unknown");
    let message = folder.run("g:modle Post").fails(2);
    assert!(
        message.starts_with("error: there is no command `g:modle`; did you mean `g:model`?\n"),
        "{message}"
    );
    for name in [
        "init",
        "g:model",
        "d:scaffold",
        "db:migrate",
        "routes",
        "server",
    ] {
        assert!(message.contains(&format!("\n  {name}\n")), "{message}");
    }
    assert!(!folder.run("frobnicate").fails(2).contains("did you mean"));
    assert!(
        folder
            .run("help frobnicate")
            .fails(2)
            .contains("there is no command")
    );
}

#[test]
fn a_wrong_command_line_exits_with_two_and_says_how_it_is_used() {
    let folder = Folder::with_application("usage");
    let before = folder.tree();
    for line in [
        "g:model",
        "g:model Post --force",
        "d:model",
        "init a b",
        "init --path",
    ] {
        let message = folder.run(line).fails(2);
        assert!(
            message.contains("Usage: velocious ") || message.contains("a value is required"),
            "{message}"
        );
    }
    assert_eq!(folder.tree(), before);
}

#[test]
fn a_secret_is_another_one_each_time_and_needs_no_application() {
    let folder = Folder::empty("secret");
    let secrets = [(); 8].map(|()| folder.run("secret").succeeds());
    for (index, secret) in secrets.iter().enumerate() {
        let digits = secret.strip_suffix('\n').expect("a line");
        assert_eq!(digits.len(), 64, "{digits}");
        assert!(
            digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{digits}"
        );
        assert!(!secrets[..index].contains(secret), "{digits} twice");
    }
    assert!(
        folder
            .run("secret x")
            .fails(2)
            .contains("unexpected argument")
    );
}

#[test]
fn outside_of_an_application_a_sentence_says_so() {
    let folder = Folder::empty("outside");
    folder.write("Cargo.toml", "[package]\nname = \"no-velocious\"\n");
    for line in [
        "g:model Post",
        "d:model Post",
        "routes",
        "server",
        "db:migrate",
        "s",
    ] {
        let message = folder.run(line).fails(1);
        assert!(
            message.contains("is not inside a Velocious application"),
            "{message}"
        );
        assert!(
            message.contains("`velocious init NAME` makes an application"),
            "{message}"
        );
    }
    assert_eq!(folder.tree().len(), 1);
}

#[cfg(unix)]
#[test]
fn the_applications_own_binary_gets_the_arguments_as_they_are() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_application("launch");
    folder.write(
        "cargo.sh",
        "#!/bin/sh\nfor word in \"$@\"; do echo \"<$word>\"; done\nexit 7\n",
    );
    let script = folder.path().join("cargo.sh");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("executable");
    let cargo = script.to_str().expect("text");
    let manifest = folder.path().join("Cargo.toml");
    for (line, words) in [
        ("s --port 4000", "<server>\n<--port>\n<4000>\n"),
        (
            "server -p 4000 --help",
            "<server>\n<-p>\n<4000>\n<--help>\n",
        ),
        ("db:rollback --steps 2", "<db:rollback>\n<--steps>\n<2>\n"),
        ("db migrate", "<db:migrate>\n"),
        ("routes", "<routes>\n"),
    ] {
        let run = folder.run_with("models/src", line, &[("CARGO", cargo)]);
        let expected = format!(
            "<run>\n<--quiet>\n<--manifest-path>\n<{}>\n<-->\n{words}",
            manifest.display()
        );
        assert_eq!((run.code, run.out), (7, expected));
    }
}

#[test]
fn a_missing_cargo_is_explained() {
    let folder = Folder::with_application("no-cargo");
    let message = folder
        .run_with("", "routes", &[("CARGO", "/nowhere/cargo")])
        .fails(1);
    assert!(
        message.contains("cannot run `/nowhere/cargo`") && message.contains("is Rust installed"),
        "{message}"
    );
}
