//! The wall between the halves: the data half, which also runs in browsers, is built without the other one.

use velocious_tests::{cargo, workspace};

/// The names of the packages that the data half is built from for a platform.
fn packages(target: &str) -> Vec<String> {
    let output = cargo()
        .args([
            "tree",
            "--locked",
            "--package=velocious",
            "--no-default-features",
            "--features=sqlite",
            "--edges=normal",
            "--prefix=none",
            "--format={p}",
        ])
        .arg(format!("--target={target}"))
        .current_dir(workspace())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{output:?}");
    let lines = String::from_utf8(output.stdout).expect("names");
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

#[test]
fn the_data_half_needs_neither_a_server_nor_a_runtime() {
    for target in ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"] {
        let packages = packages(target);
        assert!(packages.iter().any(|name| name == "diesel"), "{packages:?}");
        let strangers: Vec<_> = packages
            .iter()
            .filter(|name| {
                ["actix", "tokio", "mio", "diesel-async"]
                    .iter()
                    .any(|start| name.starts_with(start))
            })
            .collect();
        assert!(strangers.is_empty(), "for {target}: {strangers:?}");
    }
}
