//! Routes: which action answers which request.
//!
//! * [`Route`] and [`RouteTable`]: what `routes!` yields, printed by the command `routes`;
//! * [`endpoint`]: how a route reaches the action it names;
//! * [`PathSegment`]: what a path function takes as an argument;
//! * `router`: the table made ready for requests, one tree for each method.
//!
//! A request finds its route by method and path. A literal segment beats a parameter, whatever the order of the
//! declarations. HEAD is answered by the action of GET, and OPTIONS by the list of methods. One slash at the end of
//! a path is ignored: `/tasks/` is `/tasks`. Segments are percent-decoded after they have been told apart, so `%2F`
//! is part of a parameter and never a separator.

pub(crate) mod router;
mod segment;
mod table;

pub use segment::PathSegment;
pub use table::{Route, RouteTable, endpoint};
