//! `g:controller`: a controller with a page, a route and a request test for each action.

use super::{Draft, Generator};
use crate::{
    edit::Insertion,
    failure::{Failure, Outcome},
    name::{ControllerName, check_identifier},
    plan::Unit,
    template::fill,
};

const CONTROLLER: &str = include_str!("../../templates/generate/controller/controller.rs");
const ACTION: &str = include_str!("../../templates/generate/controller/action.rs");
const VIEW: &str = include_str!("../../templates/generate/controller/view.rs");
const TESTS: &str = include_str!("../../templates/generate/controller/tests.rs");
const TEST: &str = include_str!("../../templates/generate/controller/test.rs");

/// Plans the controller called `word`.
///
/// # Errors
/// A name is impossible, or there twice.
pub(super) fn generate(draft: &mut Draft<'_>, word: &str, actions: &[String]) -> Outcome {
    let name = ControllerName::parse(word)?;
    check_actions(actions)?;
    let mut unit = Unit::named(Generator::Controller.receipt(word)?, draft.command());
    plan_controller(&mut unit, &name, actions);
    if !actions.is_empty() {
        plan_views(&mut unit, &name, actions);
        plan_tests(&mut unit, &name, actions, &draft.application().crate_name());
        let routes: String = actions
            .iter()
            .map(|action| format!("    get {action};\n"))
            .collect();
        let namespace = format!("namespace {} {{\n{routes}}}", name.snake);
        unit.insert(
            "src/config/routes.rs",
            Insertion::entry("routes!", namespace),
        );
    }
    draft.push(unit);
    Ok(())
}

fn check_actions(actions: &[String]) -> Outcome {
    for (at, action) in actions.iter().enumerate() {
        check_identifier(action, "action")?;
        if actions[..at].contains(action) {
            return Err(Failure::usage(format!(
                "the action `{action}` is there twice"
            )));
        }
    }
    Ok(())
}

fn plan_controller(unit: &mut Unit, name: &ControllerName, actions: &[String]) {
    let bodies: Vec<String> = actions
        .iter()
        .map(|action| fill(ACTION, &values(name, action)))
        .collect();
    let body = match bodies.as_slice() {
        [] => "{}".to_owned(),
        bodies => format!("{{\n{}}}", bodies.join("\n")),
    };
    let views = if actions.is_empty() {
        ""
    } else {
        "\nuse crate::views;"
    };
    let values = [
        ("Controller", name.controller.as_str()),
        ("actions", &body),
        ("views", views),
    ];
    unit.create_rust(
        format!("src/controllers/{}.rs", name.snake),
        fill(CONTROLLER, &values),
    );
    unit.insert(
        "src/controllers/mod.rs",
        Insertion::declaration(format!("pub mod {};", name.snake)),
    );
    unit.insert(
        "src/controllers/mod.rs",
        Insertion::declaration(format!("pub use {}::{};", name.snake, name.controller)),
    );
}

fn plan_views(unit: &mut Unit, name: &ControllerName, actions: &[String]) {
    let folder = format!("src/views/{}", name.snake);
    let mut names: Vec<&str> = actions.iter().map(String::as_str).collect();
    names.sort_unstable();
    let modules: String = names
        .iter()
        .map(|action| format!("mod {action};\n"))
        .collect();
    let exports: String = names
        .iter()
        .map(|action| format!("pub use {action}::{action};\n"))
        .collect();
    let door = format!(
        "//! The pages of `{}`.\n\n{modules}\n{exports}",
        name.controller
    );
    unit.create_rust(format!("{folder}/mod.rs"), door);
    for action in actions {
        unit.create_rust(
            format!("{folder}/{action}.rs"),
            fill(VIEW, &values(name, action)),
        );
    }
    unit.insert(
        "src/views/mod.rs",
        Insertion::declaration(format!("pub mod {};", name.snake)),
    );
}

fn plan_tests(unit: &mut Unit, name: &ControllerName, actions: &[String], crate_name: &str) {
    let tests: Vec<String> = actions
        .iter()
        .map(|action| {
            let mut values = values(name, action).to_vec();
            values.push(("crate", crate_name));
            fill(TEST, &values)
        })
        .collect();
    let text = fill(
        TESTS,
        &[
            ("Controller", name.controller.as_str()),
            ("crate", crate_name),
            ("tests", tests.join("\n").trim_end()),
        ],
    );
    unit.create_rust(format!("tests/requests/{}.rs", name.snake), text);
    unit.insert(
        "tests/requests/main.rs",
        Insertion::declaration(format!("mod {};", name.snake)),
    );
}

fn values<'a>(name: &'a ControllerName, action: &'a str) -> [(&'static str, &'a str); 2] {
    [("controller", &name.snake), ("action", action)]
}
