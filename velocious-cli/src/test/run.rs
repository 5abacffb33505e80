//! The calls of cargo that run tests.

use std::{collections::BTreeMap, env, process::Command};

use super::{
    package::{Kind, Package, Target},
    source::Test,
};
use crate::{
    application::Application,
    failure::{Failure, Outcome},
};

/// One call of `cargo test`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// What cargo is told: which package, which target.
    cargo: Vec<String>,
    /// What the test harness is told: which tests.
    harness: Vec<String>,
}

/// Everything there is in `packages`.
pub(super) fn whole(packages: &[Package]) -> Vec<Call> {
    let names = packages
        .iter()
        .flat_map(|package| ["-p".to_owned(), package.name.clone()]);
    vec![Call {
        cargo: names.collect(),
        harness: Vec::new(),
    }]
}

/// `tests` alone, one call for each target.
pub(super) fn chosen(tests: &[Test]) -> Vec<Call> {
    let mut targets: BTreeMap<&Target, Vec<String>> = BTreeMap::new();
    for test in tests {
        targets
            .entry(&test.file.target)
            .or_default()
            .push(test.path.clone());
    }
    let calls = targets.into_iter().map(|(target, paths)| {
        let package = ["-p".to_owned(), target.package.clone()];
        let kind = match &target.kind {
            Kind::Library => vec!["--lib".to_owned()],
            Kind::Binary => vec!["--bins".to_owned()],
            Kind::Test(name) => vec!["--test".to_owned(), name.clone()],
        };
        Call {
            cargo: package.into_iter().chain(kind).collect(),
            harness: ["--exact".to_owned()].into_iter().chain(paths).collect(),
        }
    });
    calls.collect()
}

/// Makes the `calls`, one after the other; `more` is what the user has to say to the harness. Answers whether every
/// test passed.
///
/// # Errors
/// Cargo could not be started.
pub(super) fn all(application: &Application, calls: &[Call], more: &[String]) -> Outcome<bool> {
    let mut all_passed = true;
    for call in calls {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(&cargo);
        command
            .args(["test", "--no-fail-fast", "--manifest-path"])
            .arg(application.root().join("Cargo.toml"))
            .args(&call.cargo)
            .arg("--")
            .args(&call.harness)
            .args(more);
        let status = command.status().map_err(|error| {
            Failure::new(format!(
                "cannot run `{}`, which builds and runs the tests: {error}; is Rust installed (https://rustup.rs)?",
                cargo.display()
            ))
        })?;
        all_passed &= status.success();
    }
    Ok(all_passed)
}

#[cfg(test)]
mod tests {
    use super::super::package::{Kind, SourceFile, Target};
    use super::super::source::Test;
    use super::{Call, chosen};

    fn test(kind: Kind, path: &str) -> Test {
        Test {
            file: SourceFile {
                path: "/shop/x.rs".into(),
                shown: "x.rs".into(),
                target: Target {
                    package: "shop".into(),
                    kind,
                },
                modules: Vec::new(),
            },
            path: path.to_owned(),
            description: path.to_owned(),
            lines: 1..=2,
            modules_at: Vec::new(),
            tags: Vec::new(),
            focus: false,
        }
    }

    #[test]
    fn each_target_is_one_call() {
        let calls = chosen(&[
            test(Kind::Test("requests".into()), "tasks::adds"),
            test(Kind::Library, "models::task::tests::is_open"),
            test(Kind::Test("requests".into()), "tasks::lists"),
        ]);
        let call = |cargo: &str, harness: &str| {
            let words = |text: &str| text.split(' ').map(str::to_owned).collect();
            Call {
                cargo: words(cargo),
                harness: words(harness),
            }
        };
        assert_eq!(
            calls,
            [
                call("-p shop --lib", "--exact models::task::tests::is_open"),
                call(
                    "-p shop --test requests",
                    "--exact tasks::adds tasks::lists"
                ),
            ]
        );
    }
}
