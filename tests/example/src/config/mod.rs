//! What the application consists of, and its routes.

pub mod application;
pub mod routes;
pub mod seeds;
