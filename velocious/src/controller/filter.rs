//! What runs around the actions of a controller: before, after and around them, and when one fails.
//!
//! * [`Filters`]: all of a controller's, as `#[controller]` declares them; [`Step`]: one of them;
//! * [`Next`]: what a function around an action runs the rest with;
//! * [`Rescue`], [`AfterResult`]: what such functions take and return;
//! * `Chain`: those of one action, and how they run.

use std::cell::{Cell, RefCell};

use super::flow::BeforeAction;
use super::{Context, Flow, LocalBoxFuture, Response};
use crate::{Error, Result};

/// A function that runs once an action has answered.
pub type AfterAction = for<'a> fn(&'a Context, &'a mut Response) -> LocalBoxFuture<'a, Result<()>>;

/// A function that an action runs inside of.
pub type AroundAction = for<'a> fn(&'a Context, Next<'a>) -> LocalBoxFuture<'a, Result<Response>>;

/// A function that answers an error of some type; `None` for any other error.
pub type RescueAction =
    for<'a> fn(&'a Context, &'a Error) -> Option<LocalBoxFuture<'a, Result<Response>>>;

/// Everything that runs around the actions of a controller.
#[derive(Debug)]
pub struct Filters {
    /// Those of the controller that this one is based on, which run first.
    pub base: Option<&'static Filters>,
    /// What of the base this controller leaves out.
    pub skips: &'static [Skip],
    /// The controller's own, as written.
    pub steps: &'static [Step],
}

/// A function that runs around some actions, or all.
#[derive(Debug)]
pub struct Step {
    /// The function's name.
    pub name: &'static str,
    /// When it runs.
    pub kind: StepKind,
    /// For which actions.
    pub actions: ActionNames,
}

/// When a function runs.
#[derive(Clone, Copy, Debug)]
pub enum StepKind {
    /// Before the action.
    Before(BeforeAction),
    /// Once the action has answered.
    After(AfterAction),
    /// Around the action, and around everything that is written behind it.
    Around(AroundAction),
    /// When something has failed.
    Rescue(RescueAction),
}

/// A function of the base that does not run for some actions, or all.
#[derive(Debug)]
pub struct Skip {
    /// The function's name.
    pub name: &'static str,
    /// For which actions.
    pub actions: ActionNames,
}

/// Some actions of a controller.
#[derive(Clone, Copy, Debug)]
pub enum ActionNames {
    /// Every one.
    All,
    /// These.
    Only(&'static [&'static str]),
    /// All but these.
    Except(&'static [&'static str]),
}

impl ActionNames {
    fn contains(self, action: &str) -> bool {
        match self {
            ActionNames::All => true,
            ActionNames::Only(names) => names.contains(&action),
            ActionNames::Except(names) => !names.contains(&action),
        }
    }
}

impl Filters {
    /// Nothing at all.
    pub const NONE: &'static Filters = &Filters {
        base: None,
        skips: &[],
        steps: &[],
    };

    /// Whether a function of this name runs here, or in the base: what a `skip` can leave out.
    pub const fn has(&self, name: &str) -> bool {
        let mut index = 0;
        while index < self.steps.len() {
            if is_same(self.steps[index].name, name) {
                return true;
            }
            index += 1;
        }
        match self.base {
            Some(base) => base.has(name),
            None => false,
        }
    }

    /// What runs for `action`: the base's first, but what has failed is shown to the controller's own functions first.
    pub(super) fn of(&'static self, action: &str) -> Steps {
        let mut steps = Steps::default();
        self.gather(action, &mut Vec::new(), &mut steps);
        steps
    }

    fn gather(&'static self, action: &str, skips: &mut Vec<&'static Skip>, steps: &mut Steps) {
        let is_skipped = |step: &Step, skips: &[&Skip]| {
            let mut skips = skips.iter();
            skips.any(|skip| skip.name == step.name && skip.actions.contains(action))
        };
        let own = self.steps.iter();
        let own: Vec<_> = own
            .filter(|step| step.actions.contains(action) && !is_skipped(step, skips))
            .collect();
        for step in &own {
            if let StepKind::Rescue(rescue) = step.kind {
                steps.rescues.push(rescue);
            }
        }
        if let Some(base) = self.base {
            skips.extend(self.skips);
            base.gather(action, skips, steps);
        }
        let others = own.iter().map(|step| step.kind);
        let others = others.filter(|kind| !matches!(kind, StepKind::Rescue(_)));
        steps.kinds.extend(others);
    }
}

/// Whether two names are the same, at compile time.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

/// What runs for one action.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    /// In their order, without rescues.
    kinds: Vec<StepKind>,
    /// The first that takes an error answers it.
    rescues: Vec<RescueAction>,
}

impl Steps {
    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.rescues.is_empty()
    }

    /// Runs everything, and `action` where its turn is.
    pub(super) async fn run(&self, context: Context, action: Act) -> Response {
        let chain = Chain {
            context,
            kinds: &self.kinds,
            action: RefCell::new(Some(action)),
            has_answered: Cell::new(false),
        };
        let error = match chain.run(0).await {
            Ok(response) => return response,
            Err(error) => error,
        };
        for rescue in &self.rescues {
            if let Some(answer) = rescue(&chain.context, &error) {
                return answer.await.unwrap_or_else(Response::from_error);
            }
        }
        Response::from_error(error)
    }
}

/// Calls the action.
pub(super) type Act = Box<dyn FnOnce() -> LocalBoxFuture<'static, Response>>;

/// The functions around one action while it runs.
struct Chain<'a> {
    context: Context,
    kinds: &'a [StepKind],
    /// Taken when it is called.
    action: RefCell<Option<Act>>,
    has_answered: Cell<bool>,
}

impl Chain<'_> {
    /// Runs what is written from `start` on. A function around the rest runs it itself.
    fn run(&self, start: usize) -> LocalBoxFuture<'_, Result<Response>> {
        Box::pin(async move {
            let mut afters = Vec::new();
            let mut inside = None;
            for (index, kind) in self.kinds.iter().enumerate().skip(start) {
                match kind {
                    StepKind::Before(function) => match function(self.context.clone()).await? {
                        Flow::Continue => {}
                        Flow::Stop(response) => return Ok(response),
                    },
                    StepKind::After(function) => afters.push(function),
                    StepKind::Around(function) => {
                        let next = Next {
                            chain: self,
                            start: index + 1,
                        };
                        inside = Some(function(&self.context, next).await?);
                        break;
                    }
                    StepKind::Rescue(_) => {}
                }
            }
            let mut response = match inside {
                Some(response) => response,
                None => self.act().await?,
            };
            if self.has_answered.get() {
                for function in afters {
                    function(&self.context, &mut response).await?;
                }
            }
            Ok(response)
        })
    }

    /// The action's answer, or the error it has failed with.
    async fn act(&self) -> Result<Response> {
        let action = self.action.take();
        let Some(action) = action else {
            return Err(Error::message("an action is called once for each request"));
        };
        let response = action().await;
        let error = response.error();
        if let Some(error) = error.and_then(|error| error.as_error::<Error>()) {
            return Err(error.shared());
        }
        self.has_answered.set(true);
        Ok(response)
    }
}

/// The rest of a request, as a function around an action gets it: the functions behind it, and the action.
///
/// ```
/// use std::time::Instant;
///
/// use velocious::controller::Next;
/// use velocious::prelude::*;
///
/// pub struct TasksController;
///
/// #[controller(around(timed))]
/// impl TasksController {
///     pub async fn index(ctx: Context) -> Result<Response> {
///         ctx.render_json("tasks")
///     }
///
///     async fn timed(_: &Context, next: Next<'_>) -> Result<Response> {
///         let start = Instant::now();
///         let mut response = next.run().await?;
///         let time = start.elapsed().as_millis().to_string();
///         response.headers_mut().insert("x-time".parse()?, time.parse()?);
///         Ok(response)
///     }
/// }
/// ```
#[must_use = "the action does not run unless `next.run()` does"]
pub struct Next<'a> {
    chain: &'a dyn Rest,
    start: usize,
}

impl Next<'_> {
    /// Runs the rest.
    ///
    /// # Errors
    /// What the rest has failed with; handed on with `?`, it is answered as if nothing were around it.
    pub async fn run(self) -> Result<Response> {
        self.chain.run_from(self.start).await
    }
}

impl std::fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Next").finish_non_exhaustive()
    }
}

/// A [`Chain`] without its lifetime, which nobody else needs to hear of.
trait Rest {
    fn run_from(&self, start: usize) -> LocalBoxFuture<'_, Result<Response>>;
}

impl Rest for Chain<'_> {
    fn run_from(&self, start: usize) -> LocalBoxFuture<'_, Result<Response>> {
        self.run(start)
    }
}

/// What a function after an action may return: nothing, or a `Result` of nothing.
#[diagnostic::on_unimplemented(
    message = "a function after an action cannot return `{Self}`",
    label = "neither `()` nor `Result<()>`",
    note = "change the response in its place: `async fn log(ctx: &Context, response: &mut Response) -> Result<()>`"
)]
pub trait AfterResult {
    /// Whether it has failed.
    ///
    /// # Errors
    /// That it has.
    fn into_result(self) -> Result<()>;
}

impl AfterResult for () {
    fn into_result(self) -> Result<()> {
        Ok(())
    }
}

impl AfterResult for Result<()> {
    fn into_result(self) -> Result<()> {
        self
    }
}

/// The result of a function after an action.
///
/// # Errors
/// Those of `result`.
pub fn after<R: AfterResult>(result: R) -> Result<()> {
    result.into_result()
}

/// The result of a function around an action.
///
/// # Errors
/// Those of `result`.
pub fn around(result: Result<Response>) -> Result<Response> {
    result
}

/// A type of errors that a function can rescue: any error, or [`Error`] for all of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no error that can be rescued",
    label = "not an error",
    note = "take a reference to the type of the errors to answer, as in `async fn missing(ctx: &Context, error: &NotFound) -> Result<Response>`"
)]
pub trait Rescue {
    /// The error, if it is of this type.
    fn of(error: &Error) -> Option<&Self>;
}

impl Rescue for Error {
    fn of(error: &Error) -> Option<&Self> {
        Some(error)
    }
}

#[diagnostic::do_not_recommend]
impl<E: std::error::Error + Send + Sync + 'static> Rescue for E {
    fn of(error: &Error) -> Option<&Self> {
        error.downcast_ref()
    }
}

/// The answer of `function` to an error of the type that it takes.
pub fn rescue<'a, E, F, R>(
    context: &'a Context,
    error: &'a Error,
    function: F,
) -> Option<LocalBoxFuture<'a, Result<Response>>>
where
    E: Rescue + 'a,
    F: FnOnce(&'a Context, &'a E) -> R,
    R: Future<Output = Result<Response>> + 'a,
{
    let error = E::of(error)?;
    Some(Box::pin(function(context, error)))
}
