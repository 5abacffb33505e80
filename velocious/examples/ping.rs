//! The smallest application, with what the macros would write spelt out.

use std::process::ExitCode;

use velocious::__private::{Action, Filters, Method, Route, RouteTable, action};
use velocious::{Context, Response, Result};

fn main() -> ExitCode {
    velocious::run(
        velocious::application!().routes(RouteTable::new(vec![Route::new(
            Method::GET,
            "/ping",
            "ping",
            ping_action,
        )])),
    )
}

async fn ping(_: Context) -> Result<Response> {
    Ok(Response::Ok().body("pong"))
}

fn ping_action() -> Action {
    action("RootController", "ping", Filters::NONE, ping)
}
