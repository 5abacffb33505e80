//! The server half from outside: what an application sees of it.

#![expect(
    unreachable_pub,
    reason = "routes and controllers are public, as in an application"
)]

mod answers;
#[cfg(feature = "compression")]
mod compression;
mod cookies;
mod cors;
mod errors;
mod everywhere;
mod files;
mod filters;
mod forgery;
mod forms;
mod hosts;
#[cfg(unix)]
mod javascript;
mod limits;
mod locale;
mod messages;
mod permitted;
mod readme;
mod redirects;
#[cfg(feature = "password")]
mod remember;
mod routing;
mod security;
#[cfg(feature = "selectors")]
mod select;
mod session;
mod testing;
mod uploads;
mod view;

/// Where routes look for controllers.
mod controllers {
    pub use crate::answers::controllers::*;
    #[cfg(feature = "compression")]
    pub use crate::compression::controllers::*;
    pub use crate::cookies::controllers::*;
    pub use crate::cors::controllers::*;
    pub use crate::errors::controllers::*;
    pub use crate::everywhere::controllers::*;
    pub use crate::files::controllers::*;
    pub use crate::filters::controllers::*;
    pub use crate::forgery::controllers::*;
    pub use crate::forms::controllers::*;
    pub use crate::hosts::controllers::*;
    #[cfg(unix)]
    pub use crate::javascript::controllers::*;
    pub use crate::limits::controllers::*;
    pub use crate::locale::controllers::*;
    pub use crate::messages::controllers::*;
    pub use crate::permitted::controllers::*;
    pub use crate::readme::controllers::*;
    pub use crate::redirects::controllers::*;
    #[cfg(feature = "password")]
    pub use crate::remember::controllers::*;
    pub use crate::routing::controllers::*;
    pub use crate::security::controllers::*;
    #[cfg(feature = "selectors")]
    pub use crate::select::controllers::*;
    pub use crate::session::controllers::*;
    pub use crate::testing::controllers::*;
    pub use crate::uploads::controllers::*;
}
