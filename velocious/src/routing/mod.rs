//! Routes: which action answers which request.
//!
//! * [`Route`] and [`RouteTable`]: what `routes!` yields, printed by the command `routes`;
//! * [`endpoint`]: how a route reaches the action it names;
//! * [`PathSegment`]: what a path function takes as an argument; [`SegmentType`]: what a route may ask of it;
//! * [`RoutePath`], [`RouteUrl`]: what a path function returns; [`Origin`]: the host that an address begins with;
//! * [`LinkTarget`], [`RedirectTarget`]: what links, forms and redirects lead to; [`External`]: an address elsewhere;
//! * [`Mount`]: services of actix below a path; [`redirect`]: routes that lead to other paths;
//! * `router`: the table made ready for requests.
//!
//! A request finds its route by method and path. A literal segment beats a parameter, and a parameter the rest of a
//! path (`{*rest}`), segment by segment and whatever the order of the declarations. A parameter whose text is not of its
//! type is no match. HEAD is answered by the action of GET, and OPTIONS by the list of methods. One slash at the end of
//! a path is ignored: `/tasks/` is `/tasks`. Segments are percent-decoded after they have been told apart, so `%2F`
//! is part of a parameter and never a separator.

mod path;
#[cfg(test)]
mod proof;
mod query;
mod redirect;
pub(crate) mod router;
mod segment;
mod table;
pub(crate) mod target;

pub use path::{Origin, RoutePath, RouteUrl, route_path};
pub use redirect::redirect;
pub use segment::{PathSegment, SegmentCheck, SegmentType};
pub use table::{Mount, Route, RouteTable, endpoint};
pub use target::{External, LinkTarget, RedirectTarget, external};
