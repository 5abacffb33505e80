//! Velocious: a web framework whose macros turn annotated structs into typed queries, routes and jobs.
//!
//! Two halves with a one-way wall between them:
//!
//! * the **data half** ([`model`], [`query`], [`database`], [`migration`]) knows nothing of HTTP and also
//!   compiles for the browser;
//! * the **server half** (feature `server`, on by default) puts an application on actix-web on top of it.
//!
//! Applications start with `use velocious::prelude::*;`.

pub mod database;
pub mod error;
pub mod model;
pub mod query;
pub mod value;

pub use database::Db;
pub use error::{BoxError, Error, Result};

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
