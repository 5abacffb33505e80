//! What the expansions of the macros name, and nothing else. No part of the public interface.

pub use serde;

#[cfg(feature = "server")]
pub use crate::controller::{
    Action, BeforeAction, Controller, HasAction, LocalBoxFuture, action, before,
};
#[cfg(feature = "server")]
pub use crate::routing::{PathSegment, Route, RouteTable, endpoint};
#[cfg(feature = "server")]
pub use actix_web::http::Method;
