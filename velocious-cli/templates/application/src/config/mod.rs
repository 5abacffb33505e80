//! What the application consists of, and its routes. Settings are in the folder `config` beside `src`.

pub mod application;
pub mod routes;
