//! Controllers: actions, what they take and what they answer.
//!
//! * [`Controller`], [`HasAction`], [`Action`], [`action`]: what `#[controller]` implements and calls;
//! * [`Context`]: the request at hand, and the ways to answer it;
//! * [`Formats`]: answers by `Accept`; [`SendFile`]: files as answers; [`Writer`], [`Events`], [`Event`]: answers that are
//!   made while they are sent;
//! * [`Session`]: what is remembered of a browser; [`Remembered`]: who signed in before it was closed; [`Flash`]: messages that outlive a redirect;
//! * [`Params`]: all parameters, by type; [`FormParams`]: those of a form that is shown again; [`Upload`]: a file among them; [`Path`]: those of the path alone;
//! * [`Flow`], [`IntoFlow`], [`before`]: what runs before an action and may stop it;
//! * [`Next`]: the rest of a request, for what runs around an action; [`Filters`], [`Step`], [`StepKind`], [`Skip`],
//!   [`ActionNames`]: what `#[controller]` declares of all that.
//!
//! Arguments of actions are actix extractors and results are actix responders, so everything written for actix-web
//! works here.

mod action;
mod context;
mod event;
mod filter;
mod flash;
mod flow;
mod format;
mod params;
mod path;
mod redirect;
mod remember;
mod send_file;
mod session;
mod stream;

pub use action::{Action, Answer, Argument, Arguments, Controller, HasAction, action};
pub use context::Context;
pub use event::{Event, Events};
pub use filter::{
    ActionNames, AfterAction, AfterResult, AroundAction, Filters, Next, Rescue, RescueAction, Skip,
    Step, StepKind, after, around, rescue,
};
pub use flash::Flash;
pub use flow::{BeforeAction, Flow, IntoFlow, before};
pub use format::Formats;
pub use params::{FormParams, Params, Upload};
pub use path::Path;
pub use remember::Remembered;
pub use send_file::SendFile;
pub use session::Session;
pub use stream::Writer;

pub(crate) use context::json;
#[cfg(test)]
pub(crate) use params::Tree;
pub(crate) use params::remove_leftovers;
pub(crate) use params::{
    Node, Part, is_multipart, is_well_formed, known_parameters, parts, read_body,
};

/// What an action answers.
pub type Response = actix_web::HttpResponse;

/// A boxed future that stays on its worker's thread.
pub type LocalBoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + 'a>>;
