//! The table made ready for requests: one tree for each method.

use actix_web::http::Method;

use super::RouteTable;
use crate::{Error, Result};

/// Finds the route of a request. Built once at boot, shared by all workers.
#[derive(Debug)]
pub(crate) struct Router {
    trees: [matchit::Router<usize>; METHODS.len()],
    /// The parameters' names of each route, in the order of the path.
    parameters: Vec<Vec<&'static str>>,
}

/// The methods that can have routes, by the index of their tree.
const METHODS: [Method; 5] = [
    Method::GET,
    Method::POST,
    Method::PATCH,
    Method::PUT,
    Method::DELETE,
];

/// What a method and a path lead to.
#[derive(Debug, PartialEq)]
pub(crate) enum Lookup<'a> {
    /// The route at this index of the table.
    Route(Found<'a>),
    /// The path exists, with these methods only.
    OtherMethods(Vec<Method>),
    /// No such path.
    Nothing,
}

/// A route and the part of the request's path that fills its parameters.
#[derive(Debug, PartialEq)]
pub(crate) struct Found<'a> {
    /// Where the route stands in the table.
    pub(crate) index: usize,
    /// Name and raw text of each parameter.
    pub(crate) parameters: Vec<(&'static str, &'a str)>,
}

impl Router {
    /// Sorts the routes into trees.
    ///
    /// # Errors
    /// When two routes have the same method and path, or a path is no valid pattern: all of them at once.
    pub(crate) fn new(table: &RouteTable) -> Result<Self> {
        let mut router = Router {
            trees: std::array::from_fn(|_| matchit::Router::new()),
            parameters: Vec::with_capacity(table.len()),
        };
        let mut faults = Vec::new();
        for (index, route) in table.iter().enumerate() {
            router.parameters.push(parameter_names(route.path));
            let inserted = match tree_index(&route.method) {
                Some(tree) => router.trees[tree]
                    .insert(route.path, index)
                    .map_err(|error| error.to_string()),
                None => Err("there are routes for GET, POST, PATCH, PUT and DELETE only".into()),
            };
            if let Err(reason) = inserted {
                faults.push(format!(
                    "the route `{} {}` cannot be used: {reason}",
                    route.method, route.path
                ));
            }
        }
        match faults.as_slice() {
            [] => Ok(router),
            _ => Err(Error::message(faults.join("\n"))),
        }
    }

    /// What `method` and `path` lead to; HEAD asks for what GET answers.
    pub(crate) fn find<'a>(&self, method: &Method, path: &'a str) -> Lookup<'a> {
        let path = without_trailing_slash(path);
        let method = if *method == Method::HEAD {
            &Method::GET
        } else {
            method
        };
        if let Some(tree) = tree_index(method)
            && let Ok(found) = self.trees[tree].at(path)
        {
            let index = *found.value;
            let values = found.params.iter().map(|(_, value)| value);
            let parameters = self.parameters[index].iter().copied().zip(values).collect();
            return Lookup::Route(Found { index, parameters });
        }
        match self.methods(path) {
            methods if methods.is_empty() => Lookup::Nothing,
            methods => Lookup::OtherMethods(methods),
        }
    }

    /// Whether `path` has a route for one of the methods that an HTML form cannot send by itself.
    pub(crate) fn takes_method_override(&self, path: &str) -> bool {
        let path = without_trailing_slash(path);
        self.trees[2..].iter().any(|tree| tree.at(path).is_ok())
    }

    /// The methods that `path` has routes for; HEAD comes with GET.
    fn methods(&self, path: &str) -> Vec<Method> {
        let mut methods = Vec::new();
        for (method, tree) in METHODS.iter().zip(&self.trees) {
            if tree.at(path).is_ok() {
                methods.push(method.clone());
                if *method == Method::GET {
                    methods.push(Method::HEAD);
                }
            }
        }
        methods
    }
}

fn tree_index(method: &Method) -> Option<usize> {
    METHODS.iter().position(|known| known == method)
}

fn without_trailing_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some("") | None => path,
        Some(rest) => rest,
    }
}

/// `["project_id", "id"]` of `/projects/{project_id}/tasks/{id}`; a catch-all's star is no part of its name.
fn parameter_names(pattern: &'static str) -> Vec<&'static str> {
    pattern
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .map(|name| name.trim_start_matches('*'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controller::{Action, Response, action};
    use crate::routing::Route;

    fn nothing() -> Action {
        async fn nothing() -> Response {
            Response::Ok().finish()
        }
        action("NoController", "nothing", &[], nothing)
    }

    fn router(routes: &[(Method, &'static str)]) -> Result<Router> {
        let routes = routes.iter().map(|(method, path)| Route {
            method: method.clone(),
            path,
            name: "",
            action: nothing,
        });
        Router::new(&RouteTable::new(routes.collect()))
    }

    fn found<'a>(index: usize, parameters: &[(&'static str, &'a str)]) -> Lookup<'a> {
        Lookup::Route(Found {
            index,
            parameters: parameters.to_vec(),
        })
    }

    #[test]
    fn a_literal_segment_beats_a_parameter_for_its_own_method_only() {
        let router = router(&[
            (Method::GET, "/tasks/{id}"),
            (Method::GET, "/tasks/overdue"),
            (Method::PATCH, "/tasks/{id}"),
            (Method::GET, "/tasks/{task_id}/users"),
        ])
        .expect("no collision");
        assert_eq!(router.find(&Method::GET, "/tasks/overdue"), found(1, &[]));
        assert_eq!(
            router.find(&Method::GET, "/tasks/over"),
            found(0, &[("id", "over")])
        );
        assert_eq!(
            router.find(&Method::PATCH, "/tasks/overdue"),
            found(2, &[("id", "overdue")])
        );
        assert_eq!(
            router.find(&Method::GET, "/tasks/5/users"),
            found(3, &[("task_id", "5")])
        );
    }

    #[test]
    fn parameters_keep_the_names_of_their_own_route() {
        let router = router(&[
            (Method::GET, "/projects/{id}"),
            (Method::GET, "/projects/{project_id}/tasks/{id}"),
            (Method::GET, "/files/{*rest}"),
        ])
        .expect("no collision");
        assert_eq!(
            router.find(&Method::GET, "/projects/3/tasks/9"),
            found(1, &[("project_id", "3"), ("id", "9")])
        );
        assert_eq!(
            router.find(&Method::GET, "/files/a/b.txt"),
            found(2, &[("rest", "a/b.txt")])
        );
    }

    #[test]
    fn one_trailing_slash_is_ignored() {
        let router = router(&[(Method::GET, "/"), (Method::GET, "/tasks")]).expect("no collision");
        assert_eq!(router.find(&Method::GET, "/"), found(0, &[]));
        assert_eq!(router.find(&Method::GET, "/tasks/"), found(1, &[]));
        assert_eq!(router.find(&Method::GET, "/tasks//"), Lookup::Nothing);
        assert_eq!(router.find(&Method::GET, "//tasks"), Lookup::Nothing);
    }

    #[test]
    fn another_method_is_told_which_ones_there_are() {
        let router = router(&[(Method::GET, "/tasks"), (Method::POST, "/tasks")]).expect("fine");
        assert_eq!(router.find(&Method::HEAD, "/tasks"), found(0, &[]));
        assert_eq!(
            router.find(&Method::DELETE, "/tasks"),
            Lookup::OtherMethods(vec![Method::GET, Method::HEAD, Method::POST])
        );
        assert_eq!(router.find(&Method::TRACE, "/nowhere"), Lookup::Nothing);
    }

    #[test]
    fn collisions_are_reported_all_at_once() {
        let error = router(&[
            (Method::GET, "/a/{x}"),
            (Method::GET, "/a/{y}"),
            (Method::POST, "/b"),
            (Method::POST, "/b"),
        ])
        .expect_err("two collisions");
        let message = error.to_string();
        assert!(
            message.contains("the route `GET /a/{y}` cannot be used"),
            "{message}"
        );
        assert!(
            message.contains("the route `POST /b` cannot be used"),
            "{message}"
        );
    }
}
