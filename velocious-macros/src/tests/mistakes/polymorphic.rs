//! The mistakes of `#[derive(Polymorphic)]`, one test for each rule.

use crate::tests::assert_mistakes;

#[test]
fn a_struct() {
    assert_mistakes(
        "#[derive(Polymorphic)] struct Subject { id: i64 }",
        &[(
            "Subject",
            "`Subject` is not an enum; write `enum Subject { Task(Task), Project(Project) }`",
        )],
    );
}

#[test]
fn no_variant() {
    assert_mistakes(
        "#[derive(Polymorphic)] enum Subject {}",
        &[(
            "Subject",
            "`Subject` names no model, so nothing can lead to one; add a variant like `Task(Task)`",
        )],
    );
}

#[test]
fn a_generic_enum() {
    assert_mistakes(
        "#[derive(Polymorphic)] enum Subject<T> { One(T) }",
        &[(
            "<T>",
            "a relationship leads to models, so this cannot be generic; name them in variants",
        )],
    );
}

#[test]
fn variants_that_hold_something_else() {
    assert_mistakes(
        "#[derive(Polymorphic)] enum Subject { Task(Task), Nothing, Both(Task, Project), Named { task: Task } }",
        &[
            (
                "Nothing",
                "a variant holds one record, like `Nothing(Nothing)`",
            ),
            (
                "Both(Task, Project)",
                "a variant holds one record, like `Both(Both)`",
            ),
            (
                "Named { task: Task }",
                "a variant holds one record, like `Named(Named)`",
            ),
        ],
    );
}
