//! The server half from outside: what an application sees of it.

#![expect(
    unreachable_pub,
    reason = "routes and controllers are public, as in an application"
)]

mod answers;
mod cors;
mod errors;
mod filters;
mod routing;
mod security;
mod session;
mod uploads;
mod view;

/// Where routes look for controllers.
mod controllers {
    pub use crate::answers::controllers::*;
    pub use crate::cors::controllers::*;
    pub use crate::errors::controllers::*;
    pub use crate::filters::controllers::*;
    pub use crate::routing::controllers::*;
    pub use crate::security::controllers::*;
    pub use crate::session::controllers::*;
    pub use crate::uploads::controllers::*;
}
