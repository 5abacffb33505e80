//! The router beside a matcher that is too simple to be wrong, on random tables and paths.
//!
//! `VELOCIOUS_SEED` begins with another seed, `VELOCIOUS_TABLES` takes another number of tables.

use actix_web::http::Method;

use super::router::{Lookup, Router};
use super::{Route, RouteTable, SegmentCheck};
use crate::controller::{Action, Filters, Response, action};
use crate::random::Random;

const METHODS: [Method; 5] = [
    Method::GET,
    Method::POST,
    Method::PATCH,
    Method::PUT,
    Method::DELETE,
];

/// What stands between the slashes of patterns and paths, so that they often meet.
const WORDS: [&str; 9] = ["a", "b", "ab", "tasks", "new", "7", "-3", "x%20y", "%37"];

const INTEGER: &[SegmentCheck] = &[
    SegmentCheck::of::<i64>("p0", "i64"),
    SegmentCheck::of::<i64>("p2", "i64"),
];

impl Random {
    fn pattern(&mut self) -> String {
        let mut pattern = String::new();
        let length = self.below(5);
        for index in 0..length {
            pattern.push('/');
            match self.below(20) {
                0..10 => pattern.push_str(self.one_of(&WORDS)),
                10..18 => pattern.push_str(&format!("{{p{index}}}")),
                _ if index + 1 == length => pattern.push_str("{*rest}"),
                _ => pattern.push_str("{q}"),
            }
        }
        match pattern.is_empty() {
            true => "/".to_owned(),
            // One name for two segments is refused by `routes!`, and is no matter of the router.
            false => pattern,
        }
    }

    fn path(&mut self) -> String {
        let mut path = String::new();
        for _ in 0..self.below(6) {
            path.push('/');
            if self.below(15) > 0 {
                path.push_str(self.one_of(&WORDS));
            }
        }
        if path.is_empty() || self.below(10) == 0 {
            path.push('/');
        }
        path
    }
}

fn nothing() -> Action {
    action("NoController", "nothing", Filters::NONE, async || {
        Response::Ok().finish()
    })
}

/// How particular the segments of a route are, and the values of its parameters, if `path` fits.
fn fit<'a>(route: &Route, path: &'a str) -> Option<(Vec<u8>, Vec<&'a str>)> {
    let is_integer = |name: &str| route.checks.iter().any(|check| check.name == name);
    let words: Vec<_> = path[1..].split('/').filter(|_| path != "/").collect();
    let pattern: Vec<_> = route.path[1..]
        .split('/')
        .filter(|_| route.path != "/")
        .collect();
    let (mut kinds, mut values) = (Vec::new(), Vec::new());
    for (index, segment) in pattern.iter().enumerate() {
        let word = words.get(index)?;
        if *segment == "{*rest}" {
            let skipped: usize = words[..index].iter().map(|word| word.len() + 1).sum();
            let rest = &path[1 + skipped..];
            kinds.push(2);
            values.push(rest);
            return (!rest.is_empty()).then_some((kinds, values));
        }
        if let Some(name) = segment.strip_prefix('{') {
            let name = name.trim_end_matches('}');
            let is_number = ["7", "-3", "%37"].contains(word);
            if word.is_empty() || (is_integer(name) && !is_number) {
                return None;
            }
            kinds.push(1);
            values.push(*word);
        } else {
            if word != segment {
                return None;
            }
            kinds.push(0);
        }
    }
    (words.len() == pattern.len()).then_some((kinds, values))
}

/// The index and the values of the most particular route that fits.
fn best<'a>(routes: &[Route], method: &Method, path: &'a str) -> Option<(usize, Vec<&'a str>)> {
    let routes = routes.iter().enumerate();
    let fitting = routes.filter(|(_, route)| route.method == *method);
    let fitting = fitting.filter_map(|(index, route)| Some((fit(route, path)?, index)));
    let ((_, values), index) = fitting.min()?;
    Some((index, values))
}

fn shape(route: &Route) -> (String, String) {
    let words = route.path.split('/').map(|word| match word {
        "{*rest}" => "{*}",
        word if word.starts_with('{') => "{}",
        word => word,
    });
    let words: Vec<_> = words.collect();
    (route.method.to_string(), words.join("/"))
}

#[test]
fn the_router_agrees_with_a_matcher_that_tries_every_route() {
    let number = |name: &str, usual| {
        let given = std::env::var(name).ok();
        given.map_or(usual, |given| given.parse().expect("a number"))
    };
    let first = number("VELOCIOUS_SEED", 1);
    let (mut found, mut other, mut collisions) = (0, 0, 0);
    for seed in first..first + number("VELOCIOUS_TABLES", 400) {
        let mut random = Random(seed);
        let mut routes: Vec<Route> = Vec::new();
        let mut shapes = Vec::new();
        for _ in 0..1 + random.below(40) {
            let path = Box::leak(random.pattern().into_boxed_str());
            let mut route = Route::new(random.one_of(&METHODS), path, "", nothing);
            if random.below(3) == 0 {
                route = route.typed(INTEGER);
            }
            let shape = shape(&route);
            if shapes.contains(&shape) {
                collisions += 1;
                let twice = routes.iter().cloned().chain([route]).collect();
                let refused = Router::new(&RouteTable::new(twice));
                assert!(refused.is_err(), "seed {seed}: {shape:?} twice");
                continue;
            }
            shapes.push(shape);
            routes.push(route);
        }
        let router = Router::new(&RouteTable::new(routes.clone()))
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        for _ in 0..100 {
            let path = random.path();
            let asked = match path.strip_suffix('/') {
                Some("") | None => path.as_str(),
                Some(path) => path,
            };
            for method in METHODS.into_iter().chain([Method::HEAD]) {
                let get = match method {
                    Method::HEAD => Method::GET,
                    ref method => method.clone(),
                };
                let expected = best(&routes, &get, asked);
                match (router.find(&method, &path), expected) {
                    (Lookup::Route(answer), Some((index, values))) => {
                        let given: Vec<_> =
                            answer.parameters.iter().map(|(_, value)| *value).collect();
                        assert_eq!(
                            (answer.index, given),
                            (index, values),
                            "seed {seed}: {method} {path} among {routes:#?}"
                        );
                        found += 1;
                    }
                    (Lookup::OtherMethods(methods), None) => {
                        let expected = METHODS
                            .iter()
                            .filter(|method| best(&routes, method, asked).is_some());
                        let listed = methods.iter().filter(|method| **method != Method::HEAD);
                        assert!(
                            expected.eq(listed),
                            "seed {seed}: {path} has {methods:?} among {routes:#?}"
                        );
                        other += 1;
                    }
                    (Lookup::Nothing, None) => {
                        let any = METHODS
                            .iter()
                            .any(|method| best(&routes, method, asked).is_some());
                        assert!(!any, "seed {seed}: {path} is something among {routes:#?}");
                    }
                    (answer, expected) => panic!(
                        "seed {seed}: {method} {path} is {answer:?} and not {expected:?} among {routes:#?}"
                    ),
                }
            }
        }
    }
    println!("{found} paths found, {other} with other methods, {collisions} collisions");
    assert!(found > 1_000 && other > 1_000 && collisions > 100);
}
