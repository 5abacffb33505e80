//! The data half as an application uses it, on every database.

// In a browser the tests are exported functions.
#[cfg(target_family = "wasm")]
#[macro_use(test)]
extern crate velocious_browser_macros;

mod bulk;
mod callbacks;
#[cfg(feature = "server")]
mod cancellation;
mod column_types;
mod creating;
mod databases;
mod dependents;
mod effects;
mod examples;
mod finders;
mod forum;
mod graph;
mod json_paths;
mod library;
mod locking;
mod migrations;
mod models;
mod opening;
mod own_types;
#[cfg(feature = "password")]
mod passwords;
mod polymorphic;
mod projections;
mod queries;
mod races;
mod records;
mod relationships;
mod rules;
mod schemas;
mod scopes;
mod sql;
mod streams;
mod through;
mod transactions;
mod translations;
mod validations;
#[cfg(all(feature = "decimal", feature = "uuid"))]
mod value_kinds;
mod windows;
