//! Actions: functions of a controller that answer requests.

use std::fmt;

use actix_web::dev::Payload;
use actix_web::{FromRequest, Handler, HttpRequest, Responder};

use super::{BeforeAction, Context, Flow, LocalBoxFuture, Response};

/// A type whose public async functions answer requests; `#[controller]` on its `impl` block implements this.
#[diagnostic::on_unimplemented(
    message = "there is no controller `{Self}`",
    label = "not a controller",
    note = "write `pub struct {Self};` with `#[controller] impl {Self} {{ … }}` in `crate::controllers` and re-export it there, or correct the name"
)]
pub trait Controller {
    /// The controller's name, as in `TasksController`.
    const NAME: &'static str;
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

/// An action with the names it goes by and what runs before it.
pub struct Action {
    /// The controller's name, as in `TasksController`.
    pub controller: &'static str,
    /// The action's name, as in `index`.
    pub name: &'static str,
    handler: Box<dyn Handle>,
}

impl Action {
    /// Runs the before-actions, then the action; whatever fails is kept in the response as its error.
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
        write!(f, "{}#{}", self.controller, self.name)
    }
}

/// Makes an action from a function: what `#[controller]` calls for each of its public async functions.
///
/// `handler` takes extractors and returns a responder; `before` runs first, in order, and may stop it.
pub fn action<H, Args>(
    controller: &'static str,
    name: &'static str,
    before: &'static [BeforeAction],
    handler: H,
) -> Action
where
    H: Handler<Args>,
    Args: Arguments + 'static,
    H::Output: Answer + 'static,
{
    let handler: Box<dyn Handle> = match before {
        [] => Box::new(Direct {
            handler,
            args: std::marker::PhantomData::<fn(Args)>,
        }),
        _ => Box::new(Guarded {
            handler,
            before,
            args: std::marker::PhantomData::<fn(Args)>,
        }),
    };
    Action {
        controller,
        name,
        handler,
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

/// An action that nothing runs before: its future holds no more than the action's own.
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

/// An action with functions that run before it.
struct Guarded<H, Args> {
    handler: H,
    before: &'static [BeforeAction],
    args: std::marker::PhantomData<fn(Args)>,
}

impl<H, Args> Handle for Guarded<H, Args>
where
    H: Handler<Args>,
    Args: FromRequest + 'static,
    H::Output: Responder + 'static,
{
    fn call(&self, request: HttpRequest, payload: Payload) -> LocalBoxFuture<'static, Response> {
        let handler = self.handler.clone();
        let before = self.before;
        Box::pin(async move {
            match run_before(before, &request).await {
                Some(response) => response,
                None => run(handler, request, payload).await,
            }
        })
    }
}

/// The answer of the first before-action that gives or causes one.
async fn run_before(before: &[BeforeAction], request: &HttpRequest) -> Option<Response> {
    let context = match Context::of(request) {
        Ok(context) => context,
        Err(error) => return Some(Response::from_error(error)),
    };
    for step in before {
        match step(context.clone()).await {
            Ok(Flow::Continue) => {}
            Ok(Flow::Stop(response)) => return Some(response),
            Err(error) => return Some(Response::from_error(error)),
        }
    }
    None
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
