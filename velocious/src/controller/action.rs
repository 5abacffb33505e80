//! Actions: functions of a controller that answer requests.

use std::fmt;
use std::future::ready;
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, Handler, HttpRequest, Responder};

use super::filter::{Act, Filters, Steps};
use super::{Context, LocalBoxFuture, Response};

/// A type whose public async functions answer requests; `#[controller]` on its `impl` block implements this.
#[diagnostic::on_unimplemented(
    message = "there is no controller `{Self}`",
    label = "not a controller",
    note = "write `pub struct {Self};` with `#[controller] impl {Self} {{ … }}` in `crate::controllers` and re-export it there, or correct the name"
)]
pub trait Controller {
    /// The controller's name, as in `TasksController`.
    const NAME: &'static str;

    /// What runs around its actions, and those of the controllers that are based on it.
    const FILTERS: &'static Filters = Filters::NONE;
}

/// One action of a controller; `#[controller]` implements this once for each public async function.
///
/// `HASH` is the FNV-1a hash, 64 bits, of the action's name. `Name` is free: the route puts a type of the action's
/// name there, so that a message can say it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no action `{Name}`",
    label = "no such action",
    note = "write `pub async fn {Name}(ctx: Context) -> Result<Response>` inside the `#[controller]` block of `{Self}`, correct the name, or leave it out, as in `resources … except({Name})`"
)]
pub trait HasAction<const HASH: u64, Name = ()>: Controller {
    /// The action, ready to be called.
    fn action() -> Action;
}

/// An action with the names it goes by and what runs around it.
pub struct Action {
    /// The controller's name, as in `TasksController`; empty for a redirect.
    pub controller: &'static str,
    /// The action's name, as in `index`; where a redirect leads.
    pub name: &'static str,
    handler: Box<dyn Handle>,
}

impl Action {
    /// Runs the action and what is around it; whatever fails is kept in the response as its error.
    pub(crate) fn call(
        &self,
        request: HttpRequest,
        payload: Payload,
    ) -> LocalBoxFuture<'static, Response> {
        self.handler.call(request, payload)
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.controller {
            "" => write!(f, "redirect to {}", self.name),
            controller => write!(f, "{controller}#{}", self.name),
        }
    }
}

/// Makes an action from a function: what `#[controller]` calls for each of its public async functions.
///
/// `handler` takes extractors and returns a responder; those of `filters` that are for this action run around it.
pub fn action<H, Args>(
    controller: &'static str,
    name: &'static str,
    filters: &'static Filters,
    handler: H,
) -> Action
where
    H: Handler<Args>,
    Args: Arguments + 'static,
    H::Output: Answer + 'static,
{
    let steps = filters.of(name);
    let direct = Direct {
        handler,
        args: std::marker::PhantomData::<fn(Args)>,
    };
    Action {
        controller,
        name,
        handler: match steps.is_empty() {
            true => Box::new(direct),
            false => Box::new(Guarded {
                action: Rc::new(direct),
                steps: Rc::new(steps),
            }),
        },
    }
}

/// What an action can answer with: every responder of actix.
#[diagnostic::on_unimplemented(
    message = "an action cannot answer with `{Self}`",
    label = "not an answer",
    note = "return `Result<Response>`, as from `ctx.render(…)`, or `Result<Json<T>>`, or text"
)]
pub trait Answer: Responder {}

#[diagnostic::do_not_recommend]
impl<T: Responder> Answer for T {}

/// What an action can take: every extractor of actix.
#[diagnostic::on_unimplemented(
    message = "an action cannot take `{Self}` from a request",
    label = "not an extractor",
    note = "take `ctx: Context`, `Path(id): Path<i64>`, or `Params(form): Params<T>` with a `T` that is `Deserialize`"
)]
pub trait Argument: FromRequest {}

#[diagnostic::do_not_recommend]
impl<T: FromRequest> Argument for T {}

/// All that an action takes, as a tuple.
pub trait Arguments: FromRequest {}

macro_rules! arguments {
    ($($name:ident)*) => {
        impl<$($name: Argument + 'static),*> Arguments for ($($name,)*) {}
    };
}

arguments!();
arguments!(A);
arguments!(A B);
arguments!(A B C);
arguments!(A B C D);
arguments!(A B C D E);
arguments!(A B C D E F);
arguments!(A B C D E F G);
arguments!(A B C D E F G H);

/// An action without its types.
trait Handle {
    fn call(&self, request: HttpRequest, payload: Payload) -> LocalBoxFuture<'static, Response>;
}

/// An action that nothing runs around: its future holds no more than the action's own.
struct Direct<H, Args> {
    handler: H,
    args: std::marker::PhantomData<fn(Args)>,
}

impl<H, Args> Handle for Direct<H, Args>
where
    H: Handler<Args>,
    Args: FromRequest + 'static,
    H::Output: Responder + 'static,
{
    fn call(&self, request: HttpRequest, payload: Payload) -> LocalBoxFuture<'static, Response> {
        let handler = self.handler.clone();
        Box::pin(run(handler, request, payload))
    }
}

/// An action with functions that run around it.
struct Guarded {
    action: Rc<dyn Handle>,
    steps: Rc<Steps>,
}

impl Handle for Guarded {
    fn call(&self, request: HttpRequest, payload: Payload) -> LocalBoxFuture<'static, Response> {
        let context = match Context::of(&request) {
            Ok(context) => context,
            Err(error) => return Box::pin(ready(Response::from_error(error))),
        };
        let (action, steps) = (self.action.clone(), self.steps.clone());
        let act: Act = Box::new(move || action.call(request, payload));
        Box::pin(async move { steps.run(context, act).await })
    }
}

async fn run<H, Args>(handler: H, request: HttpRequest, mut payload: Payload) -> Response
where
    H: Handler<Args>,
    Args: FromRequest,
    H::Output: Responder,
{
    match Args::from_request(&request, &mut payload).await {
        Ok(args) => handler
            .call(args)
            .await
            .respond_to(&request)
            .map_into_boxed_body(),
        Err(error) => Response::from_error(error),
    }
}
