//! The data half as an application uses it, on a database in memory.

mod models;
mod queries;
mod records;
mod relationships;
mod sql;
mod validations;
