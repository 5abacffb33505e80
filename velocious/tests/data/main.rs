//! The data half as an application uses it, on a database in memory.

mod bulk;
mod finders;
mod models;
mod projections;
mod queries;
mod records;
mod relationships;
mod sql;
mod validations;
