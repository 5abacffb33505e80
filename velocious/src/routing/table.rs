//! The declared routes of an application.

use std::fmt;

use actix_web::http::Method;
use actix_web::web::ServiceConfig;
use velocious_naming::nearest;

use super::{PathSegment, RoutePath, SegmentCheck, route_path};
use crate::controller::{Action, HasAction};
use crate::{Error, Result};

/// One line of the table: a method and a path lead to an action.
#[derive(Clone)]
#[non_exhaustive]
pub struct Route {
    /// The method that is answered.
    pub method: Method,
    /// The pattern, as in `/tasks/{id}`.
    pub path: &'static str,
    /// The path function's name without `_path`, as in `task`; empty when there is none.
    pub name: &'static str,
    /// Makes the action; called once in each worker.
    pub action: fn() -> Action,
    /// What the parameters have to be, of those that are not just text.
    pub(super) checks: &'static [SegmentCheck],
}

impl Route {
    /// A route of which every parameter can be any text.
    pub fn new(
        method: Method,
        path: &'static str,
        name: &'static str,
        action: fn() -> Action,
    ) -> Self {
        Route {
            method,
            path,
            name,
            action,
            checks: &[],
        }
    }

    /// The same with parameters that have types.
    #[must_use]
    pub fn typed(self, checks: &'static [SegmentCheck]) -> Self {
        Route { checks, ..self }
    }

    /// The pattern with its types, as in `/tasks/{id: i64}`.
    pub fn pattern(&self) -> String {
        let mut pattern = self.path.to_owned();
        for SegmentCheck { name, of_type, .. } in self.checks {
            pattern = pattern.replace(&format!("{{{name}}}"), &format!("{{{name}: {of_type}}}"));
        }
        pattern
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let action = (self.action)();
        write!(f, "{} {} => {action:?}", self.method, self.pattern())
    }
}

/// Services of actix that answer everything below a path.
#[derive(Clone)]
#[non_exhaustive]
pub struct Mount {
    /// As in `/api`.
    pub path: &'static str,
    /// Adds the services; called once in each worker.
    pub services: fn(&mut ServiceConfig),
}

impl fmt::Debug for Mount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} => services", self.path)
    }
}

/// Every route of an application, in the order of the declarations.
#[derive(Clone, Debug, Default)]
pub struct RouteTable {
    routes: Vec<Route>,
    mounts: Vec<Mount>,
}

impl RouteTable {
    /// A table of these routes.
    pub fn new(routes: Vec<Route>) -> Self {
        RouteTable {
            routes,
            mounts: Vec::new(),
        }
    }

    /// The same table with services of actix that answer everything below `path`.
    ///
    /// Their answers are logged, have the headers of all others, and may not take longer; what they fail with, or panic
    /// with, is answered as an action's.
    #[must_use]
    pub fn mount(mut self, path: &'static str, services: fn(&mut ServiceConfig)) -> Self {
        self.mounts.push(Mount { path, services });
        self
    }

    /// The routes, in the order of the declarations.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter()
    }

    /// The services of actix, in the order of the declarations.
    pub fn mounts(&self) -> impl Iterator<Item = &Mount> {
        self.mounts.iter()
    }

    /// How many routes there are.
    pub fn len(&self) -> usize {
        self.routes.len()
    }

    /// Whether there is no route.
    pub fn is_empty(&self) -> bool {
        self.routes.is_empty()
    }

    /// The path of the route called `name`, for names that are known only at run time. Where a name is known before,
    /// its function in `paths` does the same and is checked by the compiler.
    ///
    /// ```
    /// # use velocious::__private::{Action, Filters, Method, Route, action};
    /// # use velocious::{Response, RouteTable};
    /// # fn show() -> Action {
    /// #     action("TasksController", "show", Filters::NONE, async || Response::Ok().finish())
    /// # }
    /// # fn routes() -> RouteTable {
    /// #     RouteTable::new(vec![Route::new(Method::GET, "/tasks/{id}", "task", show)])
    /// # }
    /// assert_eq!(routes().path_to("task", &[&7])?, "/tasks/7");
    /// # Ok::<(), velocious::Error>(())
    /// ```
    ///
    /// # Errors
    /// When no route has that name, or its path has parameters other than `values`.
    pub fn path_to(&self, name: &str, values: &[&dyn PathSegment]) -> Result<RoutePath> {
        let Some(route) = self.routes.iter().find(|route| route.name == name) else {
            return Err(Error::message(self.unknown(name)));
        };
        let parameters: Vec<_> = parameter_names(route.path).collect();
        if parameters.len() != values.len() {
            return Err(Error::message(format!(
                "the route `{name}` has the path `{}`, which takes {} values and not {}",
                route.path,
                parameters.len(),
                values.len()
            )));
        }
        for (parameter, value) in parameters.into_iter().zip(values) {
            let mut text = String::new();
            value.push_to(&mut text);
            let check = route.checks.iter().find(|check| check.name == parameter);
            if let Some(check) = check.filter(|check| !check.accepts(&text)) {
                return Err(Error::message(format!(
                    "the route `{name}` has the path `{}`, and `{text}` is no `{}`",
                    route.pattern(),
                    check.of_type
                )));
            }
        }
        Ok(route_path(route.path, values))
    }

    fn unknown(&self, name: &str) -> String {
        let known: Vec<_> = self.routes.iter().map(|route| route.name).collect();
        match nearest(name, &known) {
            Some(meant) => format!("there is no route `{name}`: did you mean `{meant}`?"),
            None => format!("there is no route `{name}`"),
        }
    }
}

impl From<Vec<Route>> for RouteTable {
    fn from(routes: Vec<Route>) -> Self {
        RouteTable::new(routes)
    }
}

/// `project_id` and `id` of `/projects/{project_id}/tasks/{id}`; a catch-all's star is no part of its name.
pub(super) fn parameter_names(pattern: &'static str) -> impl Iterator<Item = &'static str> {
    let inside = pattern.split('{').skip(1);
    inside
        .filter_map(|rest| rest.split('}').next())
        .map(|name| name.trim_start_matches('*'))
}

/// The action `HASH` of the controller `C`: what [`Route::action`] points to.
///
/// `Name` is a type that is called like the action; it takes part only in the compiler's message when there is no
/// such action.
pub fn endpoint<C: HasAction<HASH, Name>, const HASH: u64, Name>() -> Action {
    C::action()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controller::{Filters, Response, action};

    fn show() -> Action {
        action("TasksController", "show", Filters::NONE, async || {
            Response::Ok().finish()
        })
    }

    #[test]
    fn a_name_leads_to_its_path() {
        const CHECKS: &[SegmentCheck] = &[SegmentCheck::of::<i64>("id", "i64")];
        let table = RouteTable::new(vec![
            Route::new(
                Method::GET,
                "/projects/{project_id}/tasks/{id}",
                "project_task",
                show,
            )
            .typed(CHECKS),
        ]);
        let path = |name, values: &[&dyn PathSegment]| {
            let path = table.path_to(name, values);
            path.map(String::from).map_err(|error| error.to_string())
        };
        assert_eq!(
            path("project_task", &[&"a b", &2]).as_deref(),
            Ok("/projects/a%20b/tasks/2")
        );
        assert_eq!(
            path("project_tsk", &[]),
            Err("there is no route `project_tsk`: did you mean `project_task`?".into())
        );
        assert_eq!(
            path("project_task", &[&1]),
            Err("the route `project_task` has the path `/projects/{project_id}/tasks/{id}`, which takes 2 values and not 1".into())
        );
        assert_eq!(
            path("project_task", &[&1, &"x"]),
            Err("the route `project_task` has the path `/projects/{project_id}/tasks/{id: i64}`, and `x` is no `i64`".into())
        );
    }
}
