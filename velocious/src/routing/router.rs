//! The table made ready for requests: a tree of segments.

use actix_web::http::Method;

use super::table::parameter_names;
use super::{Route, RouteTable, SegmentCheck};
use crate::{Error, Result};

/// Finds the route of a request. Built once at boot, shared by all workers.
///
/// Of the routes that a path fits, the one wins whose first segment that differs from the other's is more particular: a
/// literal before a parameter before the rest of a path.
#[derive(Debug)]
pub(crate) struct Router {
    root: Node,
    /// What the parameters of each route are called, and have to be, in the order of the path.
    parameters: Vec<Vec<Parameter>>,
}

/// The methods that can have routes, by their index in a [`Node`].
const METHODS: [Method; 5] = [
    Method::GET,
    Method::POST,
    Method::PATCH,
    Method::PUT,
    Method::DELETE,
];

/// A place in the tree: the paths that begin with the same segments.
#[derive(Debug, Default)]
struct Node {
    /// What is below a literal, sorted.
    literals: Vec<(&'static str, Node)>,
    /// What is below a parameter.
    parameter: Option<Box<Node>>,
    /// The routes whose path ends here, by method.
    ends: [Option<usize>; METHODS.len()],
    /// The routes that take the rest of a path from here on, by method.
    rests: [Option<usize>; METHODS.len()],
}

#[derive(Debug)]
struct Parameter {
    name: &'static str,
    check: Option<&'static SegmentCheck>,
}

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
    /// Sorts the routes into the tree.
    ///
    /// # Errors
    /// When two routes have the same method and path, a path is no valid pattern, or services of actix hide a route:
    /// all of them at once.
    pub(crate) fn new(table: &RouteTable) -> Result<Self> {
        let mut router = Router {
            root: Node::default(),
            parameters: Vec::with_capacity(table.len()),
        };
        let mut faults = Vec::new();
        for (index, route) in table.iter().enumerate() {
            if let Err(reason) = router.add(index, route) {
                faults.push(format!(
                    "the route `{} {}` cannot be used: {reason}",
                    route.method, route.path
                ));
            }
        }
        faults.extend(unreachable(table));
        match faults.as_slice() {
            [] => Ok(router),
            _ => Err(Error::message(faults.join("\n"))),
        }
    }

    fn add(&mut self, index: usize, route: &Route) -> Result<(), String> {
        let check = |name| route.checks.iter().find(|check| check.name == name);
        let parameters = parameter_names(route.path).map(|name| Parameter {
            name,
            check: check(name),
        });
        self.parameters.push(parameters.collect());
        let Some(method) = method_index(&route.method) else {
            return Err("there are routes for GET, POST, PATCH, PUT and DELETE only".into());
        };
        let mut node = &mut self.root;
        let mut words = segments(route.path)?.into_iter();
        let end = loop {
            let Some(word) = words.next() else {
                break &mut node.ends[method];
            };
            match word.starts_with('{') {
                true if word.starts_with("{*") && words.next().is_some() => {
                    return Err("nothing can stand behind the rest of a path".into());
                }
                true if word.starts_with("{*") => break &mut node.rests[method],
                true => node = node.parameter.get_or_insert_default(),
                false => node = node.below(word),
            }
        };
        match end {
            Some(_) => Err("another route has the same method and path".into()),
            None => {
                *end = Some(index);
                Ok(())
            }
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
        if let Some(method) = method_index(method)
            && let Some(found) = self.at(method, path)
        {
            return Lookup::Route(found);
        }
        match self.methods(path) {
            methods if methods.is_empty() => Lookup::Nothing,
            methods => Lookup::OtherMethods(methods),
        }
    }

    /// Whether `path` has a route for one of the methods that an HTML form cannot send by itself.
    pub(crate) fn takes_method_override(&self, path: &str) -> bool {
        let path = without_trailing_slash(path);
        (2..METHODS.len()).any(|method| self.at(method, path).is_some())
    }

    /// The methods that `path` has routes for; HEAD comes with GET.
    fn methods(&self, path: &str) -> Vec<Method> {
        let mut methods = Vec::new();
        for (index, method) in METHODS.iter().enumerate() {
            if self.at(index, path).is_some() {
                methods.push(method.clone());
                if *method == Method::GET {
                    methods.push(Method::HEAD);
                }
            }
        }
        methods
    }

    /// The route of a method that `path` leads to.
    fn at<'a>(&self, method: usize, path: &'a str) -> Option<Found<'a>> {
        let path = path.strip_prefix('/')?;
        let path = Some(path).filter(|path| !path.is_empty());
        let mut values = Vec::new();
        let index = self.walk(&self.root, method, path, &mut values)?;
        let names = self.parameters[index].iter();
        let names = names.map(|parameter| parameter.name);
        let parameters = names.zip(values).collect();
        Some(Found { index, parameters })
    }

    /// The route below `node` that the rest of a path leads to. Each node is looked at once at most, because its depth
    /// says which segment is asked for.
    fn walk<'a>(
        &self,
        node: &Node,
        method: usize,
        path: Option<&'a str>,
        values: &mut Vec<&'a str>,
    ) -> Option<usize> {
        let Some(path) = path else {
            return node.ends[method].filter(|index| self.accepts(*index, values));
        };
        // Segments are short: to look at each byte is quicker than to prepare for a search.
        let (word, behind) = match path.bytes().position(|byte| byte == b'/') {
            Some(end) => (&path[..end], Some(&path[end + 1..])),
            None => (path, None),
        };
        if let Some(below) = node.literal(word)
            && let Some(index) = self.walk(below, method, behind, values)
        {
            return Some(index);
        }
        if let Some(below) = node.parameter.as_ref().filter(|_| !word.is_empty()) {
            values.push(word);
            if let Some(index) = self.walk(below, method, behind, values) {
                return Some(index);
            }
            values.pop();
        }
        if let Some(index) = node.rests[method].filter(|_| !path.is_empty()) {
            values.push(path);
            if self.accepts(index, values) {
                return Some(index);
            }
            values.pop();
        }
        None
    }

    /// Whether the values are what the route's parameters have to be.
    fn accepts(&self, index: usize, values: &[&str]) -> bool {
        let mut parameters = self.parameters[index].iter().zip(values);
        parameters
            .all(|(Parameter { check, .. }, value)| check.is_none_or(|check| check.accepts(value)))
    }
}

impl Node {
    fn literal(&self, word: &str) -> Option<&Node> {
        let found = self
            .literals
            .binary_search_by(|(known, _)| (*known).cmp(word));
        found.ok().map(|index| &self.literals[index].1)
    }

    /// The node below a literal, made if there is none yet.
    fn below(&mut self, word: &'static str) -> &mut Node {
        let found = self
            .literals
            .binary_search_by(|(known, _)| (*known).cmp(word));
        let index = found.unwrap_or_else(|index| {
            self.literals.insert(index, (word, Node::default()));
            index
        });
        &mut self.literals[index].1
    }
}

fn method_index(method: &Method) -> Option<usize> {
    METHODS.iter().position(|known| known == method)
}

fn without_trailing_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some("") | None => path,
        Some(rest) => rest,
    }
}

/// What stands between the slashes of a pattern.
fn segments(pattern: &'static str) -> Result<Vec<&'static str>, String> {
    let Some(path) = pattern.strip_prefix('/') else {
        return Err("a path begins with a slash".into());
    };
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let words: Vec<_> = path.split('/').collect();
    let is_sound = |word: &&str| match word.strip_prefix('{') {
        Some(rest) => rest.len() > 1 && rest.find(['{', '}']) == Some(rest.len() - 1),
        None => !word.is_empty() && !word.contains(['{', '}']),
    };
    match words.iter().all(is_sound) {
        true => Ok(words),
        false => Err("between its slashes a path has words, or names in braces".into()),
    }
}

/// What is below a path that services of actix answer everything of.
fn unreachable(table: &RouteTable) -> Vec<String> {
    let mounts: Vec<_> = table.mounts().collect();
    let is_below = |path: &str, mount: &str| {
        let behind = path.strip_prefix(mount);
        behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('/'))
    };
    let mut faults = Vec::new();
    for (index, mount) in mounts.iter().enumerate() {
        let routes = table.iter().map(|route| route.path);
        let others = mounts.iter().enumerate();
        let others = others.filter(|(other, _)| *other != index);
        for path in routes.chain(others.map(|(_, other)| other.path)) {
            if is_below(path, mount.path) {
                faults.push(format!(
                    "`{path}` is never reached: the services at `{}` answer everything below it",
                    mount.path
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controller::{Action, Filters, Response, action};
    use crate::mutation;
    use crate::routing::Route;

    fn nothing() -> Action {
        async fn nothing() -> Response {
            Response::Ok().finish()
        }
        action("NoController", "nothing", Filters::NONE, nothing)
    }

    fn router(routes: &[(Method, &'static str)]) -> Result<Router> {
        let routes = routes
            .iter()
            .map(|(method, path)| Route::new(method.clone(), path, "", nothing));
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
    fn everything_beats_the_rest_of_a_path() {
        let router = router(&[
            (Method::GET, "/{*all}"),
            (Method::GET, "/files/{*rest}"),
            (Method::GET, "/{kind}/{*rest}"),
            (Method::GET, "/files/{id}"),
            (Method::GET, "/files/{id}/edit"),
        ])
        .expect("no collision");
        let get = |path| router.find(&Method::GET, path);
        assert_eq!(get("/files/7"), found(3, &[("id", "7")]));
        assert_eq!(get("/files/7/edit"), found(4, &[("id", "7")]));
        assert_eq!(get("/files/7/x"), found(1, &[("rest", "7/x")]));
        assert_eq!(
            get("/docs/a/b"),
            found(2, &[("kind", "docs"), ("rest", "a/b")])
        );
        assert_eq!(get("/docs"), found(0, &[("all", "docs")]));
        assert_eq!(get("/"), Lookup::Nothing);
        assert_eq!(get("//a"), found(0, &[("all", "/a")]));
    }

    #[test]
    fn text_of_another_type_is_no_match() {
        const CHECKS: &[SegmentCheck] = &[SegmentCheck::of::<i64>("id", "i64")];
        let typed = |method, path| Route::new(method, path, "", nothing).typed(CHECKS);
        let table = vec![
            typed(Method::GET, "/tasks/{id}"),
            typed(Method::PATCH, "/tasks/{id}"),
            Route::new(Method::GET, "/notes/{*rest}", "", nothing),
            typed(Method::GET, "/notes/{id}"),
        ];
        let router = Router::new(&RouteTable::new(table)).expect("no collision");
        assert_eq!(
            router.find(&Method::GET, "/tasks/7"),
            found(0, &[("id", "7")])
        );
        assert_eq!(router.find(&Method::GET, "/tasks/new"), Lookup::Nothing);
        assert_eq!(router.find(&Method::POST, "/tasks/new"), Lookup::Nothing);
        assert!(!router.takes_method_override("/tasks/new"));
        assert!(router.takes_method_override("/tasks/7"));
        assert_eq!(
            router.find(&Method::GET, "/notes/7"),
            found(3, &[("id", "7")])
        );
        assert_eq!(
            router.find(&Method::GET, "/notes/x"),
            found(2, &[("rest", "x")])
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
    fn routes_below_services_are_refused() {
        fn services(_: &mut actix_web::web::ServiceConfig) {}
        let table = |path| {
            let routes = vec![Route::new(Method::GET, path, "", nothing)];
            Router::new(&RouteTable::new(routes).mount("/api", services)).map(|_| ())
        };
        assert!(table("/apis").is_ok());
        for path in ["/api", "/api/v1/tasks"] {
            let error = table(path).expect_err("never reached").to_string();
            assert_eq!(
                error,
                format!(
                    "`{path}` is never reached: the services at `/api` answer everything below it"
                )
            );
        }
    }

    #[test]
    fn collisions_are_reported_all_at_once() {
        let error = router(&[
            (Method::GET, "/a/{x}"),
            (Method::GET, "/a/{y}"),
            (Method::POST, "/b"),
            (Method::POST, "/b"),
            (Method::GET, "/c/{*x}"),
            (Method::GET, "/c/{*y}"),
        ])
        .expect_err("three collisions");
        let message = error.to_string();
        assert!(
            message.contains("the route `GET /a/{y}` cannot be used"),
            "{message}"
        );
        assert!(
            message.contains("the route `POST /b` cannot be used"),
            "{message}"
        );
        assert!(
            message.contains("the route `GET /c/{*y}` cannot be used"),
            "{message}"
        );
    }

    #[test]
    fn a_type_decides_between_routes_that_a_path_fits() {
        const CHECKS: &[SegmentCheck] = &[SegmentCheck::of::<i64>("id", "i64")];
        let table = vec![
            Route::new(Method::GET, "/tasks/{id}", "", nothing).typed(CHECKS),
            Route::new(Method::GET, "/{kind}/new", "", nothing),
        ];
        let router = Router::new(&RouteTable::new(table)).expect("no collision");
        assert_eq!(
            router.find(&Method::GET, "/tasks/7"),
            found(0, &[("id", "7")])
        );
        assert_eq!(
            router.find(&Method::GET, "/tasks/new"),
            found(1, &[("kind", "tasks")])
        );
    }

    #[test]
    fn patterns_that_are_none_are_refused() {
        for path in [
            "", "tasks", "/a//b", "/a/", "/v{id}", "/{id", "/{}", "/{*a}/b", "/{a}{b}",
        ] {
            assert!(router(&[(Method::GET, path)]).is_err(), "{path:?}");
        }
        assert!(router(&[(Method::TRACE, "/a")]).is_err());
    }

    #[test]
    fn a_path_of_a_route_withstands_any_bytes() {
        let router = router(&[
            (Method::GET, "/"),
            (Method::GET, "/tasks/{id}"),
            (Method::GET, "/tasks/overdue"),
            (Method::POST, "/tasks/{task_id}/users/{id}"),
            (Method::GET, "/{a}/{b}/{c}/x"),
            (Method::GET, "/files/{*path}"),
        ])
        .expect("no collision");
        let number = SegmentCheck::of::<i64>("id", "i64");
        let parse = |bytes: &[u8]| {
            let path = String::from_utf8_lossy(bytes);
            for method in [Method::GET, Method::POST, Method::TRACE] {
                let Lookup::Route(found) = router.find(&method, &path) else {
                    continue;
                };
                for (name, text) in found.parameters {
                    number.accepts(text);
                    assert!(
                        name == "path" || !text.contains('/'),
                        "{name} is {text:?}, which is more than one segment"
                    );
                }
            }
        };
        let examples = ["/tasks/5/users/%C3%BC", "/files/a/b//c/", "/a/b/c/x", "/"];
        let words = [
            "/", "//", "tasks", "files", "overdue", "%2F", "%", "x", ".", "\0",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["/", "/a", "/tasks", "/tasks/5/users", "a", "/files/"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
