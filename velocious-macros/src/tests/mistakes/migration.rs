//! The mistakes of `#[migration]`, one test for each rule.

use crate::tests::{assert_mistakes, expand, pretty};

const UP: &str = "async fn up(&self, m: &mut Schema) -> Result<()> { Ok(()) }";

/// Asserts what is said about a migration of a good version with these functions.
#[track_caller]
fn assert_function_mistakes(functions: &str, expected: &[(&str, &str)]) {
    let source = format!(
        "#[migration(version = 20260101120000)] impl Migration for CreateTasks {{ {functions} }}"
    );
    assert_mistakes(&source, expected);
}

#[track_caller]
fn assert_version_mistake(attribute: &str, at: &str, message: &str) {
    let source = format!("#[migration{attribute}] impl Migration for CreateTasks {{ {UP} }}");
    assert_mistakes(&source, &[(at, message)]);
}

#[test]
fn no_up() {
    assert_function_mistakes(
        "",
        &[(
            "CreateTasks",
            "this migration does nothing; write `async fn up(&self, schema: &mut Schema) -> Result<()> { … }`",
        )],
    );
}

#[test]
fn an_up_that_is_not_async() {
    assert_function_mistakes(
        "fn up(&self, m: &mut Schema) -> Result<()> { Ok(()) }",
        &[(
            "up",
            "`up` is not async; write `async fn up(&self, schema: &mut Schema) -> Result<()>`",
        )],
    );
}

#[test]
fn a_function_of_another_name() {
    assert_function_mistakes(
        &format!("{UP} async fn don(&self, m: &mut Schema) -> Result<()> {{ Ok(()) }}"),
        &[(
            "don",
            "a migration has no function `don`; did you mean `down`?",
        )],
    );
}

#[test]
fn a_function_of_another_signature() {
    for signature in [
        "async fn up(&self) -> Result<()>",
        "async fn up(self, m: &mut Schema) -> Result<()>",
        "async fn up(&mut self, m: &mut Schema) -> Result<()>",
        "async fn up(m: &mut Schema) -> Result<()>",
        "async fn up(&self, m: &mut Schema)",
        "async fn up<T>(&self, m: &mut Schema) -> Result<T>",
    ] {
        assert_function_mistakes(
            &format!("{signature} {{ Ok(()) }}"),
            &[(
                "up",
                "`up` has another signature: `async fn up(&self, schema: &mut Schema) -> Result<()>`",
            )],
        );
    }
}

#[test]
fn a_constant_in_the_block() {
    assert_function_mistakes(
        &format!("const TABLE: &str = \"tasks\"; {UP}"),
        &[(
            "const TABLE: &str = \"tasks\";",
            "a migration consists of `up` and `down`, or of `change`; move this out of the block",
        )],
    );
}

#[test]
fn versions_that_are_no_time() {
    assert_version_mistake(
        "",
        "CreateTasks",
        "a migration needs a version; write `#[migration(version = 20260101120000)]`",
    );
    assert_version_mistake(
        "(version = 2026)",
        "2026",
        "a version has 14 digits, the date and the time as in 20260131235959; this one has 4",
    );
    assert_version_mistake(
        "(version = 20261301120000)",
        "20261301120000",
        "a version is a date and a time as in 20260131235959: year, month, day, hour, minute, second",
    );
    assert_version_mistake(
        "(version = \"20260101120000\")",
        "\"20260101120000\"",
        "`version` takes a number: `version = 20260101120000`",
    );
    assert_version_mistake(
        "(versoin = 20260101120000)",
        "versoin",
        "`#[migration]` has no option `versoin`; did you mean `version`?",
    );
}

#[test]
fn an_implementation_of_no_trait() {
    assert_mistakes(
        &format!("#[migration(version = 20260101120000)] impl CreateTasks {{ {UP} }}"),
        &[(
            "CreateTasks",
            "`#[migration]` goes on an implementation: `impl Migration for CreateTasks`",
        )],
    );
}

#[test]
fn a_generic_migration() {
    assert_mistakes(
        &format!(
            "#[migration(version = 20260101120000)] impl<T> Migration for Create<T> {{ {UP} }}"
        ),
        &[("<T>", "a migration runs once, so it cannot be generic")],
    );
}

#[test]
fn a_half_typed_body_passes_through() {
    let source = "#[migration(version = 20260101120000)] impl Migration for CreateTasks { \
                  async fn up(&self, m: &mut Schema) -> Result<()> { m. } }";
    let (expansion, faults) = expand(source);
    assert!(faults.is_empty());
    assert!(expansion.to_string().contains("{ m . }"));
}

#[test]
fn a_mistake_leaves_a_migration_behind() {
    let (expansion, faults) = expand("#[migration(version = 1)] impl Migration for CreateTasks {}");
    assert!(!faults.is_empty());
    assert!(pretty(expansion).contains("impl Migration for CreateTasks"));
}
