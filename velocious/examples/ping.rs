//! The smallest application, with what the macros would write spelt out.

use std::process::ExitCode;

use velocious::__private::{Action, Method, Route, RouteTable, action};
use velocious::{Context, Response, Result};

fn main() -> ExitCode {
    velocious::run(
        velocious::application!().routes(RouteTable::new(vec![Route {
            method: Method::GET,
            path: "/ping",
            name: "ping",
            action: ping_action,
        }])),
    )
}

async fn ping(_: Context) -> Result<Response> {
    Ok(Response::Ok().body("pong"))
}

fn ping_action() -> Action {
    action("RootController", "ping", &[], ping)
}
