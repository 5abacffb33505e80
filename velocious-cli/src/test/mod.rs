//! `velocious test`: which tests of an application run.
//!
//! Cargo builds and runs them. What cargo cannot know, tags, focus and lines, is read off their source.
//!
//! * [`package`]: the packages of the application, their files, and which target each file belongs to.
//! * [`source`]: the tests in a file; [`selection`]: which of them are meant.
//! * [`run`]: the calls of cargo that run them.

mod package;
mod run;
mod selection;
mod source;

use crate::{
    application::Application,
    failure::{Failure, Outcome},
};
pub(crate) use selection::Asked;
use selection::Selection;
use source::Test;

/// Runs the tests of `application` that are `asked` for.
///
/// # Errors
/// A word is wrong, a file cannot be read, no test is meant, or one of them failed.
pub(crate) fn run(application: &Application, asked: Asked) -> Outcome {
    let packages = package::packages(application)?;
    let tests = found(&packages)?;
    let selection = Selection::of(&asked, application)?;
    let total = tests.len();
    let chosen = selection.choose(tests);
    if chosen.tests.is_empty() && (total == 0 || !selection.is_everything()) {
        return Err(Failure::new(match total {
            0 => "there are no tests: write one in `tests/requests/main.rs`".to_owned(),
            _ => format!(
                "no tests matched the provided filters; `velocious test --list` shows all {total}"
            ),
        }));
    }
    if asked.list {
        list(&chosen.tests);
        return Ok(());
    }
    // Cargo alone also knows the tests that stand in macros and in documentation.
    let everything = chosen.tests.len() == total && selection.is_everything();
    let calls = match everything {
        true => run::whole(&packages),
        false => run::chosen(&chosen.tests),
    };
    let all_passed = run::all(application, &calls, &asked.harness)?;
    report(chosen.tests.len(), everything, chosen.focused, all_passed)
}

/// The tests of all packages, in the order of their files.
fn found(packages: &[package::Package]) -> Outcome<Vec<Test>> {
    let mut tests = Vec::new();
    for file in packages.iter().flat_map(|package| &package.files) {
        tests.extend(source::tests(file)?);
    }
    Ok(tests)
}

fn list(tests: &[Test]) {
    for test in tests {
        let tags = test.tags.iter().map(|tag| format!(" #{tag}"));
        let tags: String = tags.collect();
        println!(
            "{}:{}  {}{tags}",
            test.file.shown,
            test.lines.start(),
            test.description
        );
    }
}

fn report(tests: usize, everything: bool, focused: bool, all_passed: bool) -> Outcome {
    let number = match tests {
        1 => "1 test".to_owned(),
        many => format!("{many} tests"),
    };
    if focused {
        return Err(Failure::new(format!(
            "focused run of {number}: take `focus` off to run the others"
        )));
    }
    if !all_passed {
        return Err(Failure::new("a test failed"));
    }
    if !everything {
        println!("Test run succeeded: {number}");
    }
    Ok(())
}
