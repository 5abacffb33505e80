//! `routes`: the table of routes.

use super::say;
use crate::Result;
use crate::routing::RouteTable;
use crate::routing::router::Router;

/// Prints the routes, aligned.
///
/// # Errors
/// When two of them collide.
pub(super) fn print(table: &RouteTable) -> Result<()> {
    Router::new(table)?;
    match table.is_empty() {
        true => say("There are no routes: add some to `src/config/routes.rs`."),
        false => say(&aligned(table)),
    }
    Ok(())
}

/// One line for each route: name, method, path and action, in columns.
fn aligned(table: &RouteTable) -> String {
    let heading = ["Name", "Method", "Path", "Action"].map(str::to_owned);
    let lines: Vec<[String; 4]> = std::iter::once(heading)
        .chain(table.iter().map(|route| {
            let action = (route.action)();
            [
                route.name.to_owned(),
                route.method.to_string(),
                route.path.to_owned(),
                format!("{action:?}"),
            ]
        }))
        .collect();
    let width = |column: usize| {
        let widths = lines.iter().map(|line| line[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let [name, method, path] = [width(0), width(1), width(2)];
    let lines: Vec<String> = lines
        .iter()
        .map(|[a, b, c, d]| format!("{a:name$}  {b:method$}  {c:path$}  {d}"))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;

    use super::*;
    use crate::controller::{Action, Response, action};
    use crate::routing::Route;

    fn show() -> Action {
        async fn show() -> Response {
            Response::Ok().finish()
        }
        action("TasksController", "show", &[], show)
    }

    #[test]
    fn columns_are_aligned() {
        let route = |method, path, name| Route {
            method,
            path,
            name,
            action: show,
        };
        let table = RouteTable::new(vec![
            route(Method::GET, "/tasks/{id}", "task"),
            route(Method::DELETE, "/", ""),
        ]);
        assert_eq!(
            aligned(&table),
            "Name  Method  Path         Action\n\
             task  GET     /tasks/{id}  TasksController#show\n\
             \x20     DELETE  /            TasksController#show"
        );
    }
}
