//! The mistakes of `#[controller]`, one test for each rule.

use crate::tests::{assert_mistakes, expand, pretty};

const ACTIONS: &str = "pub async fn index(ctx: Context) {} pub async fn show(ctx: Context) {} \
                       async fn authenticate(ctx: &Context) {}";

/// Asserts what is said about a controller with two actions, a private function and these `functions`.
#[track_caller]
fn assert_function_mistakes(functions: &str, expected: &[(&str, &str)]) {
    let source = format!("#[controller] impl TasksController {{ {ACTIONS} {functions} }}");
    assert_mistakes(&source, expected);
}

/// Asserts what is said about the same with this attribute.
#[track_caller]
fn assert_option_mistakes(options: &str, expected: &[(&str, &str)]) {
    let source = format!("#[controller({options})] impl TasksController {{ {ACTIONS} }}");
    assert_mistakes(&source, expected);
}

#[test]
fn an_action_that_is_not_async() {
    assert_function_mistakes(
        "pub fn create(ctx: Context) {}",
        &[(
            "create",
            "`create` is not async, so it cannot be an action; write `pub async fn create`, or remove `pub` if it is none",
        )],
    );
}

#[test]
fn an_action_with_a_receiver() {
    assert_function_mistakes(
        "pub async fn create(&self, ctx: Context) {}",
        &[(
            "&self",
            "an action has no `self`; take `ctx: Context`, or remove `pub` if `create` is no action",
        )],
    );
}

#[test]
fn a_generic_action() {
    assert_function_mistakes(
        "pub async fn create<T>(ctx: T) {}",
        &[(
            "<T>",
            "an action cannot be generic; name the types of its arguments",
        )],
    );
    assert_function_mistakes(
        "pub async fn create(ctx: impl Into<String>) {}",
        &[(
            "impl Into<String>",
            "an action cannot be generic; name the type of this argument",
        )],
    );
}

#[test]
fn an_action_that_borrows() {
    assert_function_mistakes(
        "pub async fn create(ctx: &Context) {}",
        &[("&Context", "an action owns its arguments; write `Context`")],
    );
}

#[test]
fn private_functions_are_left_alone() {
    assert_function_mistakes(
        "fn helper(&self) {} pub(crate) fn shared<T>(one: &T) {}",
        &[],
    );
}

#[test]
fn a_before_action_that_does_not_exist() {
    assert_option_mistakes(
        "before(autenticate)",
        &[(
            "autenticate",
            "`TasksController` has no function `autenticate`; did you mean `authenticate`?",
        )],
    );
    assert_option_mistakes("before(ApplicationController::autenticate)", &[]);
}

#[test]
fn a_before_action_that_is_not_async() {
    assert_mistakes(
        "#[controller(before(check))] impl TasksController { fn check(ctx: &Context) {} }",
        &[(
            "check",
            "`check` runs before actions, so it is async; write `async fn check(ctx: &Context) -> Result<()>`",
        )],
    );
}

#[test]
fn only_and_except_of_actions_that_do_not_exist() {
    assert_option_mistakes(
        "before(authenticate, only(indx)), before(authenticate, except(authenticate))",
        &[
            (
                "indx",
                "this controller has no action `indx`; did you mean `index`?",
            ),
            (
                "authenticate",
                "this controller has no action `authenticate`; there is `index` and `show`",
            ),
        ],
    );
}

#[test]
fn only_and_except_together() {
    assert_option_mistakes(
        "before(authenticate, only(index), except(show))",
        &[("show", "`only` says it all; remove `except`")],
    );
}

#[test]
fn options_of_the_wrong_form() {
    assert_option_mistakes(
        "befor(authenticate)",
        &[(
            "befor",
            "`#[controller]` has no option `befor`; did you mean `before`?",
        )],
    );
    assert_option_mistakes(
        "before = authenticate",
        &[(
            "authenticate",
            "`before` names its functions in parentheses: `before(authenticate)`",
        )],
    );
    assert_option_mistakes(
        "before(authenticate, ony(index))",
        &[("ony", "`before` has no option `ony`; did you mean `only`?")],
    );
    assert_option_mistakes(
        "before(authenticate, only)",
        &[("only", "`only` takes names without quotes: `only(…, …)`")],
    );
    for options in ["before(only(index))", "before()"] {
        assert_option_mistakes(
            options,
            &[(
                "before",
                "`before` needs a function to run: `before(authenticate)`",
            )],
        );
    }
}

#[test]
fn a_block_that_is_no_controllers() {
    assert_mistakes(
        "#[controller] impl Display for TasksController {}",
        &[(
            "Display",
            "`#[controller]` goes on the controller's own block: `impl TasksController`",
        )],
    );
    assert_mistakes(
        "#[controller] impl<T> TasksController<T> {}",
        &[(
            "<T>",
            "a controller cannot be generic; routes name it by its type alone",
        )],
    );
    assert_mistakes(
        "#[controller] impl Tasks {}",
        &[(
            "Tasks",
            "routes look for names that end in `Controller`; call it `TasksController`",
        )],
    );
}

#[test]
fn something_other_than_a_block() {
    assert_mistakes(
        "#[controller] pub struct TasksController;",
        &[("pub", "this attribute goes on an `impl` block")],
    );
}

#[test]
fn a_half_typed_body_passes_through() {
    let (expansion, faults) =
        expand("#[controller] impl TasksController { pub async fn index(ctx: Context) { ctx. } }");
    assert!(faults.is_empty());
    assert!(expansion.to_string().contains("{ ctx . }"));
}

#[test]
fn what_cannot_be_read_is_passed_on() {
    let (expansion, faults) = expand("#[controller] impl TasksController { pub async f }");
    assert!(!faults.is_empty());
    assert_eq!(
        expansion.to_string(),
        "impl TasksController { pub async f }"
    );
}

#[test]
fn a_mistake_leaves_the_block_and_its_actions() {
    let (expansion, faults) =
        expand("#[controller] impl TasksController { pub fn index(ctx: Context) {} }");
    assert!(!faults.is_empty());
    let expansion = pretty(expansion);
    assert!(expansion.contains("pub fn index(ctx: Context) {}"));
    assert!(expansion.contains("HasAction<"));
}

#[test]
fn a_base_of_the_wrong_form() {
    assert_option_mistakes(
        "base = \"ApplicationController\"",
        &[(
            "\"ApplicationController\"",
            "`base` takes the name of a controller: `base = ApplicationController`",
        )],
    );
    assert_option_mistakes(
        "base = One, base = Other",
        &[("base", "`base` is given twice; keep one")],
    );
}

#[test]
fn skips_that_skip_nothing() {
    assert_option_mistakes(
        "skip(authenticate)",
        &[(
            "skip",
            "only functions of a base can be skipped; write `base = ApplicationController`, or leave the function out",
        )],
    );
    assert_option_mistakes(
        "base = One, skip(One::authenticate)",
        &[(
            "One::authenticate",
            "a function of the base is skipped by its name alone: `skip(authenticate)`",
        )],
    );
    assert_option_mistakes(
        "base = One, skip(authenticate, only(indx))",
        &[(
            "indx",
            "this controller has no action `indx`; did you mean `index`?",
        )],
    );
}

#[test]
fn functions_around_actions_of_another_form() {
    for (option, function, at, message) in [
        (
            "after(log)",
            "async fn log(ctx: &Context) {}",
            "(ctx: &Context)",
            "`log` runs after actions and takes two arguments; write `async fn log(ctx: &Context, response: &mut Response) \
             -> Result<()>`",
        ),
        (
            "around(timed)",
            "fn timed(ctx: &Context, next: Next<'_>) {}",
            "timed",
            "`timed` runs around actions, so it is async; write `async fn timed(ctx: &Context, next: Next<'_>) -> \
             Result<Response>`",
        ),
        (
            "rescue(missing)",
            "async fn missing(&self, error: &NotFound) {}",
            "&self",
            "`missing` runs when an action has failed and has no `self`; write `async fn missing(ctx: &Context, error: \
             &NotFound) -> Result<Response>`",
        ),
        (
            "before(check)",
            "async fn check() {}",
            "()",
            "`check` runs before actions and takes one argument; write `async fn check(ctx: &Context) -> Result<()>`",
        ),
    ] {
        assert_mistakes(
            &format!("#[controller({option})] impl TasksController {{ {function} }}"),
            &[(at, message)],
        );
    }
    assert_option_mistakes(
        "rescue()",
        &[(
            "rescue",
            "`rescue` needs a function to run: `rescue(missing)`",
        )],
    );
}

#[test]
fn a_controller_without_actions_speaks_of_those_that_are_based_on_it() {
    let (_, faults) = expand(
        "#[controller(before(check, except(index)))] impl ApplicationController { async fn check(ctx: &Context) {} }",
    );
    assert!(faults.is_empty());
}
