//! The mistakes of `#[derive(Projection)]`, one test for each rule.

use crate::tests::assert_mistakes;

#[test]
fn a_projection_without_a_field() {
    assert_mistakes(
        "#[derive(Projection)] #[projection(model = Task)] struct Line {}",
        &[(
            "Line",
            "a projection without a field selects nothing; add a field for each column",
        )],
    );
}

#[test]
fn a_generic_projection() {
    assert_mistakes(
        "#[derive(Projection)] #[projection(model = Task)] struct Line<T> { id: T }",
        &[(
            "<T>",
            "a projection is one select list, so it cannot be generic; write one struct for each",
        )],
    );
}

#[test]
fn a_path_with_arguments() {
    assert_mistakes(
        "#[derive(Projection)] #[projection(model = Task)] struct Line { #[projection(from = name.like(\"x\"))] id: bool }",
        &[(
            "name.like(\"x\")",
            "`from` takes a column, or a path to one along relationships: `from = project.name`",
        )],
    );
}
