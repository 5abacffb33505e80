//! Routes as meant: a flat table.
//!
//! * [`Declaration`]: the table; [`Route`]: a line of it; [`Mount`]: what answers below a path instead of routes;
//!   [`PathFunction`]: what builds a path of it.
//! * [`check`]: the table of the statements, as far as they can be meant, with what is wrong in [`Faults`]. The
//!   statements are walked through in [`super::scope`]; the rules about two routes at once are here.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Ident, Path};

use super::args::{Statement, Verb};
use super::lead::redirects_lead_somewhere;
use super::pattern::Pattern;
use super::scope::Scope;
use crate::fault::Faults;

/// Every route, in the order of the statements.
#[derive(Default)]
pub(super) struct Declaration {
    pub(super) routes: Vec<Route>,
    pub(super) mounts: Vec<Mount>,
    pub(super) functions: Vec<PathFunction>,
}

/// A method and a path that lead somewhere.
pub(super) struct Route {
    pub(super) verb: Verb,
    pub(super) pattern: Pattern,
    /// The path function's name without `_path`; empty when there is none.
    pub(super) name: String,
    pub(super) destination: Destination,
    /// The word that a collision is reported under.
    pub(super) at: Span,
}

/// Where a route leads.
#[derive(Clone)]
pub(super) enum Destination {
    Action(Target),
    Redirect(Redirect),
}

impl Destination {
    /// The action, if it is one.
    pub(super) fn action(&self) -> Option<&Target> {
        match self {
            Destination::Action(target) => Some(target),
            Destination::Redirect(_) => None,
        }
    }
}

/// Another path or address, with the parameters of the route's path in braces.
#[derive(Clone)]
pub(super) struct Redirect {
    pub(super) to: String,
    pub(super) status: u16,
    /// Whether a route has to answer there: not a file, nor another site.
    pub(super) is_checked: bool,
    /// Where the target is written.
    pub(super) at: Span,
}

/// Services of actix below a path without parameters.
pub(super) struct Mount {
    pub(super) pattern: Pattern,
    /// `fn(&mut ServiceConfig)`.
    pub(super) services: Path,
    pub(super) at: Span,
}

/// An action of a controller, each where the user has named it.
#[derive(Clone)]
pub(super) struct Target {
    /// The modules below `crate::controllers`.
    pub(super) modules: Vec<Ident>,
    /// `TasksController`.
    pub(super) controller: Ident,
    pub(super) action: Ident,
}

/// `task_path(id)`.
pub(super) struct PathFunction {
    /// The name without `_path`.
    pub(super) name: String,
    pub(super) pattern: Pattern,
    /// The word it comes from.
    pub(super) at: Span,
}

/// Judges `statements`; what is wrong is noted in `faults` and left out.
pub(super) fn check(statements: &[Statement], faults: &mut Faults) -> Declaration {
    let mut all = Declaration::default();
    Scope::default().walk(statements, &mut all, faults);
    let mut reported = Vec::new();
    distinct_mounts(&all, &mut reported, faults);
    let all = Declaration {
        routes: distinct_routes(all.routes, &mut reported, faults),
        mounts: all.mounts,
        functions: distinct_functions(all.functions, &mut reported, faults),
    };
    // A route may be missing just because something is wrong with it.
    if faults.is_empty() {
        redirects_lead_somewhere(&all, faults);
    }
    all
}

/// Of two routes with the same method and the same shape, one would never be reached.
///
/// `reported` are the places where something has been said; `resources` twice are one mistake, and not eight.
fn distinct_routes(
    routes: Vec<Route>,
    reported: &mut Vec<String>,
    faults: &mut Faults,
) -> Vec<Route> {
    let mut distinct: Vec<Route> = Vec::new();
    let mut positions: HashMap<(Verb, String), usize> = HashMap::new();
    for route in routes {
        let key = (route.verb, route.pattern.shape());
        match positions.get(&key) {
            None => {
                positions.insert(key, distinct.len());
                distinct.push(route);
            }
            Some(_) if reported.contains(&place(route.at)) => {}
            Some(&first) => {
                reported.push(place(route.at));
                faults.at_span(route.at, collision(&distinct[first], &route));
            }
        }
    }
    distinct
}

fn collision(first: &Route, second: &Route) -> String {
    let method = second.verb.method();
    let leads = match &first.destination {
        Destination::Redirect(Redirect { to, .. }) => to.clone(),
        Destination::Action(Target {
            controller, action, ..
        }) => format!("{controller}::{}", action.unraw()),
    };
    format!(
        "`{method} {}` collides with `{method} {}`, which leads to `{leads}`; remove one of the two or change its path",
        second.pattern, first.pattern,
    )
}

/// Services answer everything below their path: what else stands there would never be reached.
fn distinct_mounts(all: &Declaration, reported: &mut Vec<String>, faults: &mut Faults) {
    for (index, mount) in all.mounts.iter().enumerate() {
        let prefix = &mount.pattern;
        let routes = all.routes.iter();
        let routes = routes.map(|route| (&route.pattern, route.at));
        let others = all.mounts.iter().enumerate();
        let others = others
            .filter(|(other, _)| *other != index)
            .map(|(_, other)| (&other.pattern, other.at));
        for (pattern, at) in routes.chain(others) {
            if pattern.is_below(prefix) && !reported.contains(&place(at)) {
                reported.push(place(at));
                faults.at_span(
                    at,
                    format!(
                        "`{pattern}` is never reached, because the services at `{prefix}` answer everything below it; \
                         change one of the two paths"
                    ),
                );
            }
        }
    }
}

/// Spans have no identity of their own.
fn place(span: Span) -> String {
    format!("{span:?}")
}

/// One function builds one path; routes that share the path share it.
fn distinct_functions(
    functions: Vec<PathFunction>,
    reported: &mut Vec<String>,
    faults: &mut Faults,
) -> Vec<PathFunction> {
    let mut distinct: Vec<PathFunction> = Vec::new();
    for function in functions {
        match fault_of_function(&function, &distinct) {
            None if distinct.iter().any(|first| first.name == function.name) => {}
            None => distinct.push(function),
            Some(_) if reported.contains(&place(function.at)) => {}
            Some(fault) => {
                reported.push(place(function.at));
                faults.at_span(function.at, fault);
            }
        }
    }
    distinct
}

fn fault_of_function(function: &PathFunction, others: &[PathFunction]) -> Option<String> {
    let PathFunction { name, pattern, .. } = function;
    if syn::parse_str::<Ident>(&format!("{name}_path")).is_err() {
        return Some(format!(
            "`{name}_path` cannot be the name of a function; give the path another one with `as …`"
        ));
    }
    let other = others
        .iter()
        .find(|other| other.name == *name && other.pattern != *pattern)?;
    Some(format!(
        "`{name}_path` already builds `{}`; give `{pattern}` another name with `as …`",
        other.pattern
    ))
}
