//! The declared routes of an application.

use std::fmt;

use actix_web::http::Method;

use crate::controller::{Action, HasAction};

/// One line of the table: a method and a path lead to an action.
#[derive(Clone)]
pub struct Route {
    /// The method that is answered.
    pub method: Method,
    /// The pattern, as in `/tasks/{id}`.
    pub path: &'static str,
    /// The path function's name without `_path`, as in `task`; empty when there is none.
    pub name: &'static str,
    /// Makes the action; called once in each worker.
    pub action: fn() -> Action,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let action = (self.action)();
        write!(f, "{} {} => {action:?}", self.method, self.path)
    }
}

/// Every route of an application, in the order of the declarations.
#[derive(Clone, Debug, Default)]
pub struct RouteTable(Vec<Route>);

impl RouteTable {
    /// A table of these routes.
    pub fn new(routes: Vec<Route>) -> Self {
        RouteTable(routes)
    }

    /// The routes, in the order of the declarations.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.0.iter()
    }

    /// How many routes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no route.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Vec<Route>> for RouteTable {
    fn from(routes: Vec<Route>) -> Self {
        RouteTable(routes)
    }
}

/// The action `HASH` of the controller `C`: what [`Route::action`] points to.
///
/// `Name` is a type that is called like the action; it takes part only in the compiler's message when there is no
/// such action.
pub fn endpoint<C: HasAction<HASH, Name>, const HASH: u64, Name>() -> Action {
    C::action()
}
