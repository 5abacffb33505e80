//! Velocious: a web framework whose macros turn annotated structs into typed queries, routes and jobs.
//!
//! Two halves with a one-way wall between them:
//!
//! * the **data half** ([`model`], [`query`], [`database`], [`mod@migration`]) knows nothing of HTTP and also
//!   compiles for the browser;
//! * the **server half** (feature `server`, on by default) puts an application on actix-web on top of it.
//!
//! Applications start with `use velocious::prelude::*;`.

// In a browser the tests are exported functions.
#[cfg(all(test, target_family = "wasm"))]
#[macro_use(test)]
extern crate velocious_browser_macros;

pub mod database;
pub mod error;
#[cfg(doctest)]
mod guide;
pub mod locale;
pub mod message;
pub mod migration;
pub mod model;
#[cfg(feature = "password")]
pub mod password;
pub mod query;
pub mod value;

#[cfg(feature = "server")]
pub mod application;
#[cfg(feature = "server")]
pub mod command;
#[cfg(feature = "server")]
pub mod config;
#[cfg(feature = "server")]
pub mod controller;
#[cfg(feature = "server")]
pub mod http;
#[cfg(feature = "server")]
mod logging;
#[cfg(all(test, feature = "server"))]
mod mutation;
#[cfg(all(test, feature = "server"))]
mod random;
#[cfg(feature = "server")]
pub mod routing;
#[cfg(feature = "server")]
pub mod testing;
#[cfg(feature = "server")]
pub mod view;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod prelude;

pub use database::Db;
pub use error::{BoxError, Error, Result};
pub use locale::{Locale, with_locale};
pub use model::preload;
#[cfg(feature = "password")]
pub use password::{Password, PasswordDigest};
pub use velocious_macros::{
    ColumnType, Model, ModelEnum, Polymorphic, Projection, create, messages, migration, t,
};

#[cfg(feature = "server")]
pub use self::{
    application::{App, Application},
    command::run,
    controller::{Context, Controller, Flow, FormParams, Params, Path, Response, Upload},
    logging::Logger,
    routing::{Route, RouteTable},
};
#[cfg(feature = "server")]
pub use actix_web::{self, web::Json};
#[cfg(feature = "server")]
pub use velocious_macros::{controller, routes, test, tests};

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
