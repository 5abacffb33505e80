//! The mistakes of `routes!`, one test for each rule.

use crate::tests::{assert_mistakes, expand, mistakes_in, pretty};

#[track_caller]
fn assert_route_mistakes(statements: &str, expected: &[(&str, &str)]) {
    assert_mistakes(&format!("routes! {{ {statements} }}"), expected);
}

#[test]
fn an_unknown_word() {
    assert_route_mistakes(
        "resourcs tasks;",
        &[(
            "resourcs",
            "`routes!` has no word `resourcs`; did you mean `resources`?",
        )],
    );
    assert_route_mistakes(
        "\"tasks\";",
        &[(
            "\"tasks\"",
            "expected a route; it begins with a word like `get` or `resources`",
        )],
    );
}

#[test]
fn an_unknown_option_of_resources() {
    assert_route_mistakes(
        "resources tasks onyl(index);",
        &[(
            "onyl",
            "`resources` has no option `onyl`; did you mean `only`?",
        )],
    );
    assert_route_mistakes(
        "resources tasks only = index;",
        &[(
            "only",
            "`only` names actions in parentheses: `only(index, show)`",
        )],
    );
}

#[test]
fn only_and_except_of_something_that_is_not_one_of_the_seven() {
    assert_route_mistakes(
        "resources tasks only(indx, show) { resources users except(delete); }",
        &[
            (
                "indx",
                "`resources` has no action `indx`; did you mean `index`?",
            ),
            (
                "delete",
                "`resources` has no action `delete`; there is `index`, `new`, `create`, `show`, `edit`, `update` and `destroy`",
            ),
        ],
    );
}

#[test]
fn only_and_except_together() {
    assert_route_mistakes(
        "resources tasks only(index) except(show);",
        &[("show", "`only` says it all; remove `except`")],
    );
}

#[test]
fn on_outside_of_resources() {
    assert_route_mistakes(
        "get users on member;",
        &[(
            "on",
            "`on` belongs inside of `resources tasks { … }`; remove it, or move the route there",
        )],
    );
}

#[test]
fn no_on_inside_of_resources() {
    assert_route_mistakes(
        "resources tasks { get users; }",
        &[(
            "users",
            "say where this is: `on member` below one record, `on collection` below all of them",
        )],
    );
}

#[test]
fn on_something_unknown() {
    assert_route_mistakes(
        "resources tasks { get users on membr; }",
        &[("membr", "`on` has no place `membr`; did you mean `member`?")],
    );
}

#[test]
fn a_root_inside_of_resources() {
    assert_route_mistakes(
        "resources tasks { root home::index; }",
        &[(
            "root",
            "`root` stands outside of `resources`, whose root is the action `index`",
        )],
    );
}

#[test]
fn a_controller_without_an_action() {
    assert_route_mistakes(
        "root tasks;",
        &[(
            "tasks",
            "`tasks` is a controller; say which action of it, like `tasks::index`",
        )],
    );
    assert_route_mistakes(
        "get about => ;",
        &[(
            ";",
            "expected a controller and an action like `tasks::index`",
        )],
    );
}

#[test]
fn a_path_that_cannot_be_the_name_of_an_action() {
    assert_route_mistakes(
        "get \"/about/team\";",
        &[(
            "\"/about/team\"",
            "say where `/about/team` leads: `get \"/about/team\" => controller::action`",
        )],
    );
    assert_route_mistakes(
        "get by-name;",
        &[("-", "a name has no dash; write the path in quotes")],
    );
}

#[test]
fn paths_that_are_none() {
    for (path, message) in [
        ("\"/a//b\"", "a path has no empty segment; remove a `/`"),
        ("\"/a/\"", "a path has no empty segment; remove a `/`"),
        ("\"/a b\"", "a path cannot contain ` `"),
        ("\"/a?b\"", "a path cannot contain `?`"),
        (
            "\"/{id:[0-9]+}\"",
            "`[0-9]+` is no type; write one behind the colon, like `{id: i64}`",
        ),
        (
            "\"/{self}\"",
            "`{self}` is no parameter; write a name in the braces, like `{id}`",
        ),
        (
            "\"/v{version}\"",
            "a parameter is a whole segment; put a `/` beside the braces in `v{version}`",
        ),
    ] {
        assert_route_mistakes(&format!("get {path} => a::b;"), &[(path, message)]);
    }
}

#[test]
fn one_name_for_two_parameters() {
    assert_route_mistakes(
        "get \"/{id}/{id}\" => a::b; resources tasks { resources tasks { get x on member; } }",
        &[
            (
                "\"/{id}/{id}\"",
                "`/{id}/{id}` has two parameters called `id`; rename one",
            ),
            (
                "tasks",
                "`/tasks/{task_id}/tasks/{task_id}` has two parameters called `task_id`; rename one",
            ),
            (
                "x",
                "`/tasks/{task_id}/tasks/{task_id}/x` has two parameters called `task_id`; rename one",
            ),
        ],
    );
}

#[test]
fn two_routes_that_collide() {
    assert_route_mistakes(
        "resources tasks only(index, show); get \"tasks/{name}\" => tasks::find;",
        &[(
            "\"tasks/{name}\"",
            "`GET /tasks/{name}` collides with `GET /tasks/{id}`, which leads to `TasksController::show`; remove one of the \
             two or change its path",
        )],
    );
    assert_route_mistakes(
        "get a => x::y; post a => x::y; get a => x::y;",
        &[(
            "a",
            "`GET /a` collides with `GET /a`, which leads to `XController::y`; remove one of the two or change its path",
        )],
    );
}

#[test]
fn a_resource_twice_is_one_mistake() {
    assert_eq!(
        mistakes_in("routes! { resources tasks; resources tasks; }").len(),
        1
    );
}

#[test]
fn words_win_over_parameters_in_any_order() {
    assert_route_mistakes(
        "get \"/tasks/{id}\" => tasks::show; get \"/tasks/new\" => tasks::new; patch \"/tasks/{id}\" => tasks::update;",
        &[],
    );
}

#[test]
fn one_path_function_for_two_paths() {
    assert_route_mistakes(
        "resources tasks; get new_task => a::b;",
        &[(
            "new_task",
            "`new_task_path` already builds `/tasks/new`; give `/new_task` another name with `as …`",
        )],
    );
    assert_route_mistakes(
        "get \"2fa\" => sessions::second_factor;",
        &[(
            "\"2fa\"",
            "`2fa_path` cannot be the name of a function; give the path another one with `as …`",
        )],
    );
}

#[test]
fn a_missing_semicolon() {
    assert_route_mistakes(
        "resources tasks get ping;",
        &[("get", "expected `;` before this")],
    );
    assert_route_mistakes(
        "get ping => a::b c; get pong;",
        &[("c", "expected `;` before this")],
    );
    let (expansion, _) = expand("routes! { resources tasks get ping; }");
    let expansion = pretty(expansion);
    assert!(expansion.contains("fn task_path"), "{expansion}");
    assert!(expansion.contains("fn ping_path"), "{expansion}");
}

#[test]
fn a_namespace_without_routes() {
    assert_route_mistakes(
        "namespace admin;",
        &[(
            "admin",
            "a namespace has routes inside: `namespace admin { … }`",
        )],
    );
}

#[test]
fn all_mistakes_are_reported_at_once_and_the_rest_is_kept() {
    let source = "routes! { resourcs a; resources tasks only(indx) { get users; } get x on member; get ping; }";
    assert_eq!(mistakes_in(source).len(), 4);
    let (expansion, _) = expand(source);
    assert!(pretty(expansion).contains("fn ping_path"));
}

#[test]
fn rails_spelling_of_an_action_is_read_with_a_space() {
    let (expansion, faults) = expand("routes! { root home #index; }");
    assert!(faults.is_empty());
    assert!(pretty(expansion).contains("HomeController"));
}

#[test]
fn verbs_that_are_none() {
    assert_route_mistakes(
        "match [get, psot] search => a::b;",
        &[("psot", "`match` has no verb `psot`; did you mean `post`?")],
    );
    assert_route_mistakes(
        "match [get, get] search => a::b;",
        &[("get", "`get` is given twice; keep one")],
    );
    assert_route_mistakes(
        "match [] search => a::b;",
        &[("match", "`match` needs a verb: `match [get, post] search`")],
    );
    assert_route_mistakes(
        "match get search => a::b;",
        &[(
            "match",
            "`match` names its verbs in brackets: `match [get, post] search`",
        )],
    );
    assert_route_mistakes(
        "head ping; get pong; options ping;",
        &[
            ("head", "HEAD is answered by the route of GET; write `get`"),
            (
                "options",
                "OPTIONS is answered with the methods of a path's routes, and has no route of its own",
            ),
        ],
    );
}

#[test]
fn one_record_has_no_list_and_no_key() {
    assert_route_mistakes(
        "resource profile only(index);",
        &[(
            "index",
            "`resource` has no action `index`; there is `new`, `create`, `show`, `edit`, `update` and `destroy`",
        )],
    );
    assert_route_mistakes(
        "resource profile(id: i64);",
        &[(
            "id",
            "`resource profile` is one record, whose paths have no key; remove the parentheses",
        )],
    );
    assert_route_mistakes(
        "resource profile { get settings on member; }",
        &[(
            "on",
            "`resource profile` is one record, and everything inside is below it; remove `on`",
        )],
    );
    assert_route_mistakes(
        "resource profile onyl(show);",
        &[(
            "onyl",
            "`resource` has no option `onyl`; did you mean `only`?",
        )],
    );
}

#[test]
fn a_key_that_is_none() {
    let expected = "expected a name and a type, like `(id: i64)`";
    assert_route_mistakes("resources tasks();", &[("()", expected)]);
    assert_route_mistakes("resources tasks(id: 7);", &[("7", expected)]);
    assert_route_mistakes("resources tasks(id, i64);", &[(",", expected)]);
    assert_route_mistakes(
        "resources tasks(self: i64);",
        &[(
            "self",
            "`self` cannot be the name of a parameter; write one like `id`",
        )],
    );
}

#[test]
fn parameters_that_are_none() {
    for (path, message) in [
        (
            "\"/{*rest}/edit\"",
            "`{*rest}` takes the rest of a path; nothing can stand behind it",
        ),
        (
            "\"/{*}\"",
            "`{*}` is no parameter; write a name behind the star, like `{*rest}`",
        ),
        (
            "\"/{*rest: i64}\"",
            "the rest of a path is text; write `{*rest}` without a type",
        ),
        (
            "\"/{id: }\"",
            "`` is no type; write one behind the colon, like `{id: i64}`",
        ),
    ] {
        assert_route_mistakes(&format!("get {path} => a::b;"), &[(path, message)]);
    }
}

#[test]
fn concerns_that_are_none() {
    assert_route_mistakes(
        "concern commentable { resources comments; } resources posts { concerns comentable; }",
        &[(
            "comentable",
            "`routes!` has no concern `comentable`; did you mean `commentable`?",
        )],
    );
    assert_route_mistakes(
        "concern a { get x => y::z; } concern a { get b => y::z; }",
        &[(
            "a",
            "there is a concern `a` already; call this one something else",
        )],
    );
    assert_route_mistakes(
        "concern a { concerns b; } concern b { concerns a; } concerns a;",
        &[("a", "the concern `a` has itself inside; remove this")],
    );
    assert_route_mistakes(
        "concern commentable;",
        &[(
            "commentable",
            "a concern has routes inside: `concern commentable { … }`; blocks have them by `concerns commentable;`",
        )],
    );
}

#[test]
fn redirects_that_lead_nowhere() {
    for (statement, at, message) in [
        (
            "redirect \"/old\";",
            "\"/old\"",
            "say where this leads, in quotes: `redirect \"/old\" => \"/new\"`",
        ),
        (
            "redirect old => posts::index;",
            "posts",
            "say where this leads, in quotes: `redirect \"/old\" => \"/new\"`",
        ),
        (
            "redirect old => \"new\";",
            "\"new\"",
            "a redirect leads to a path like `/new`, or to an address with its `https://`",
        ),
        (
            "redirect old => \"/old\";",
            "\"/old\"",
            "`/old` leads to itself; change one of the two",
        ),
        (
            "redirect \"/old/{name}\" => \"/new/{nam}\";",
            "\"/new/{nam}\"",
            "`/old/{name}` has no parameter `nam`; did you mean `name`?",
        ),
        (
            "redirect old => \"/new\" status = 200;",
            "200",
            "`200` redirects nobody; there is 301, 302, 303, 307 and 308",
        ),
        (
            "redirect old => \"/new\" status = found;",
            "found",
            "`status` takes a number: `status = 302`",
        ),
        (
            "redirect old => \"/new\" stauts = 302;",
            "stauts",
            "`redirect` has no option `stauts`; did you mean `status`?",
        ),
    ] {
        assert_route_mistakes(statement, &[(at, message)]);
    }
    assert_route_mistakes(
        "resources tasks { redirect old => \"/new\"; mount old => a::b; }",
        &[
            (
                "old",
                "`redirect` stands outside of resources; write its whole path there",
            ),
            (
                "old",
                "`mount` stands outside of resources; write its whole path there",
            ),
        ],
    );
    assert_route_mistakes(
        "redirect a => \"/b\"; get a => x::y;",
        &[(
            "a",
            "`GET /a` collides with `GET /a`, which leads to `/b`; remove one of the two or change its path",
        )],
    );
}

#[test]
fn mounts_that_hide_what_is_below_them() {
    assert_route_mistakes(
        "mount api => crate::api::services; get \"/api/tasks\" => tasks::index; namespace api { mount v1 => a::b; }",
        &[
            (
                "\"/api/tasks\"",
                "`/api/tasks` is never reached, because the services at `/api` answer everything below it; change one of the \
                 two paths",
            ),
            (
                "v1",
                "`/api/v1` is never reached, because the services at `/api` answer everything below it; change one of the two \
                 paths",
            ),
        ],
    );
    assert_route_mistakes(
        "mount \"/{version}/api\" => a::b;",
        &[(
            "\"/{version}/api\"",
            "`/{version}/api` has a parameter, which a mount cannot have; the services can take one",
        )],
    );
    assert_route_mistakes(
        "mount \"/\" => a::b;",
        &[(
            "\"/\"",
            "services at `/` would answer everything; mount them below a path like `/api`",
        )],
    );
    assert_route_mistakes(
        "mount api;",
        &[(
            "api",
            "say which function adds the services: `mount \"/api\" => crate::api::services`",
        )],
    );
}

#[test]
fn the_rest_of_a_path_collides_with_itself_only() {
    assert_route_mistakes(
        "get \"/files/{*rest}\" => a::b as rest; get \"/files/{id}\" => a::b as file; get \"/files/{*path}\" => a::c as path;",
        &[(
            "\"/files/{*path}\"",
            "`GET /files/{*path}` collides with `GET /files/{*rest}`, which leads to `AController::b`; remove one of the two \
             or change its path",
        )],
    );
}
