//! The benchmark's endpoints as somebody would write them in Velocious.
//!
//! `models`, `controllers`, `routes` and `view` are what an application has; the driver makes the database, so there are
//! no migrations.

mod controllers;
mod models;
mod routes;
mod view;

fn main() -> std::process::ExitCode {
    velocious::run(velocious::application!().routes(routes::routes()))
}
