//! `routes`: the table of routes.

use serde::Serialize;

use super::say;
use crate::routing::RouteTable;
use crate::routing::router::Router;
use crate::{Error, Result};

/// How the routes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// In columns.
    Table,
    /// A list of objects.
    Json,
}

/// Prints the routes of which a part contains `filter`, in any case.
///
/// # Errors
/// When two of them collide, or none contains the filter.
pub(super) fn print(table: &RouteTable, filter: Option<&str>, format: Format) -> Result<()> {
    Router::new(table)?;
    let lines = lines(table);
    let chosen: Vec<_> = match filter {
        None => lines,
        Some(filter) => {
            let filter = filter.to_lowercase();
            let chosen = lines.into_iter().filter(|line| line.contains(&filter));
            chosen.collect()
        }
    };
    match (format, filter) {
        (Format::Json, _) => say(&serde_json::to_string_pretty(&chosen)?),
        (Format::Table, Some(filter)) if chosen.is_empty() => {
            return Err(Error::message(format!("no route contains `{filter}`")));
        }
        (Format::Table, None) if chosen.is_empty() => {
            say("There are no routes: add some to `src/config/routes.rs`.");
        }
        (Format::Table, _) => say(&aligned(&chosen)),
    }
    Ok(())
}

/// A route as it is printed.
#[derive(Serialize)]
struct Line {
    name: String,
    method: String,
    path: String,
    action: String,
}

impl Line {
    fn parts(&self) -> [&str; 4] {
        [&self.name, &self.method, &self.path, &self.action]
    }

    fn contains(&self, filter: &str) -> bool {
        let mut parts = self.parts().into_iter();
        parts.any(|part| part.to_lowercase().contains(filter))
    }
}

/// One line for each route, those of mounted services last.
fn lines(table: &RouteTable) -> Vec<Line> {
    let routes = table.iter().map(|route| Line {
        name: route.name.to_owned(),
        method: route.method.to_string(),
        path: route.pattern(),
        action: format!("{:?}", (route.action)()),
    });
    let mounts = table.mounts().map(|mount| Line {
        name: String::new(),
        method: "*".to_owned(),
        path: format!("{}/…", mount.path),
        action: "services".to_owned(),
    });
    routes.chain(mounts).collect()
}

/// Name, method, path and action, in columns.
fn aligned(lines: &[Line]) -> String {
    let heading = ["Name", "Method", "Path", "Action"];
    let lines: Vec<_> = std::iter::once(heading)
        .chain(lines.iter().map(Line::parts))
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
    use crate::controller::{Action, Filters, Response, action};
    use crate::routing::Route;

    fn show() -> Action {
        async fn show() -> Response {
            Response::Ok().finish()
        }
        action("TasksController", "show", Filters::NONE, show)
    }

    #[test]
    fn columns_are_aligned() {
        let route = |method, path, name| Route::new(method, path, name, show);
        let table = RouteTable::new(vec![
            route(Method::GET, "/tasks/{id}", "task"),
            route(Method::DELETE, "/", ""),
        ]);
        assert_eq!(
            aligned(&lines(&table)),
            "Name  Method  Path         Action\n\
             task  GET     /tasks/{id}  TasksController#show\n\
             \x20     DELETE  /            TasksController#show"
        );
    }

    #[test]
    fn a_filter_looks_at_every_part() {
        let table = RouteTable::new(vec![Route::new(
            Method::GET,
            "/tasks/{id}",
            "one_task",
            show,
        )]);
        let line = &lines(&table)[0];
        for filter in ["one_", "get", "/tasks/", "taskscontroller#sh"] {
            assert!(line.contains(filter), "{filter}");
        }
        assert!(!line.contains("post"));
        assert!(print(&table, Some("GET"), Format::Table).is_ok());
        let error = print(&table, Some("posts"), Format::Table).expect_err("no such route");
        assert_eq!(error.to_string(), "no route contains `posts`");
    }
}
