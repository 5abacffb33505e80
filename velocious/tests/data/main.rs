//! The data half as an application uses it, on a database in memory.

mod bulk;
mod finders;
mod forum;
mod models;
mod polymorphic;
mod projections;
mod queries;
mod records;
mod relationships;
mod rules;
mod scopes;
mod sql;
mod through;
mod validations;
