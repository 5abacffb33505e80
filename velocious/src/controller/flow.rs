//! What a before-action decides.

use super::{Context, LocalBoxFuture, Response};
use crate::Result;

/// A function that runs before an action, as `#[controller(before(…))]` passes it on.
pub type BeforeAction = fn(Context) -> LocalBoxFuture<'static, Result<Flow>>;

/// Whether a request goes on to its action.
#[derive(Debug)]
pub enum Flow {
    /// The next before-action runs, or the action.
    Continue,
    /// This is the answer; nothing else runs.
    Stop(Response),
}

/// What a before-action may return inside its `Result`: nothing, a response or none, or a [`Flow`].
#[diagnostic::on_unimplemented(
    message = "a before-action cannot return `Result<{Self}>`",
    label = "not `()`, `Option<Response>` or `Flow`",
    note = "return `Result<()>` to go on or fail, or `Result<Option<Response>>` to answer instead of the action"
)]
pub trait IntoFlow {
    /// The decision.
    fn into_flow(self) -> Flow;
}

impl IntoFlow for () {
    fn into_flow(self) -> Flow {
        Flow::Continue
    }
}

impl IntoFlow for Option<Response> {
    fn into_flow(self) -> Flow {
        self.map_or(Flow::Continue, Flow::Stop)
    }
}

impl IntoFlow for Flow {
    fn into_flow(self) -> Flow {
        self
    }
}

/// The result of a before-action as a decision.
///
/// # Errors
/// Those of `result`.
pub fn before<F: IntoFlow>(result: Result<F>) -> Result<Flow> {
    result.map(IntoFlow::into_flow)
}
