//! The one function every request goes through.

use std::rc::Rc;

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};

use super::panic::CatchPanic;
use super::seal::Seal;
use super::state;
use crate::application::App;
use crate::controller::{Action, Response};
use crate::routing::router::{Found, Lookup};

/// What one worker thread needs to answer requests.
pub(crate) struct Worker {
    app: App,
    /// By the index of their route.
    actions: Vec<Action>,
    seal: Seal,
    flash_cookie: String,
}

impl Worker {
    /// The actions of `app` for the thread that calls this.
    pub(crate) fn new(app: App) -> Rc<Self> {
        let actions = app.routes().iter().map(|route| (route.action)()).collect();
        // A name with this prefix is taken from this very host only, over TLS.
        let prefix = match app.environment().is_production() {
            true => "__Host-",
            false => "",
        };
        Rc::new(Worker {
            actions,
            seal: Seal::new(&app.config().security.cookie_secret),
            flash_cookie: format!("{prefix}{}_flash", app.name()),
            app,
        })
    }

    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    pub(crate) fn seal(&self) -> &Seal {
        &self.seal
    }

    /// The name of the cookie that messages travel in.
    pub(crate) fn flash_cookie(&self) -> &str {
        &self.flash_cookie
    }
}

/// Answers one request.
///
/// # Errors
/// None: whatever goes wrong is a response.
pub(crate) async fn dispatch(
    worker: Rc<Worker>,
    mut request: ServiceRequest,
) -> Result<ServiceResponse, actix_web::Error> {
    let found = match worker
        .app
        .router()
        .find(request.method(), request.match_info().as_str())
    {
        Lookup::Route(found) => owned(found),
        Lookup::OtherMethods(methods) => {
            let response = other_methods(request.method(), &methods);
            return Ok(request.into_response(response));
        }
        Lookup::Nothing => {
            let response = Response::new(StatusCode::NOT_FOUND);
            return Ok(request.into_response(response));
        }
    };
    let (index, parameters) = found;
    for (name, value) in parameters {
        request.match_info_mut().add_static(name, value);
    }
    let (request, payload) = request.into_parts();
    let action = &worker.actions[index];
    let mut response = CatchPanic(action.call(request.clone(), payload))
        .await
        .unwrap_or_else(|panicked| Response::from_error(crate::Error::from(panicked)));
    state::finish(&worker, &request, &mut response);
    Ok(ServiceResponse::new(request, response))
}

/// The parameters as texts of their own, because the request they are part of is about to change.
fn owned(found: Found<'_>) -> (usize, Vec<(&'static str, String)>) {
    let parameters = found
        .parameters
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    (found.index, parameters)
}

/// The answer of a path that has no route for this method: 204 to OPTIONS, else 405.
fn other_methods(method: &Method, methods: &[Method]) -> Response {
    let status = match *method {
        Method::OPTIONS => StatusCode::NO_CONTENT,
        _ => StatusCode::METHOD_NOT_ALLOWED,
    };
    let allow: Vec<&str> = methods
        .iter()
        .map(Method::as_str)
        .chain(["OPTIONS"])
        .collect();
    Response::build(status)
        .insert_header((header::ALLOW, allow.join(", ")))
        .finish()
}

#[cfg(test)]
mod tests {
    use actix_web::dev::fn_service;
    use actix_web::http::{Method, header};
    use actix_web::test::{TestRequest, call_service, init_service, read_body};

    use super::*;
    use crate::application::{Boot, Given};
    use crate::controller::action;
    use crate::routing::{Route, RouteTable};
    use crate::{Application, Context, Path, Result};

    fn ping() -> Action {
        async fn ping(_: Context) -> Result<Response> {
            Ok(Response::Ok().body("pong"))
        }
        action("RootController", "ping", &[], ping)
    }

    fn show() -> Action {
        async fn show(Path((project, name)): Path<(i64, String)>) -> Result<Response> {
            Ok(Response::Ok().body(format!("{project} {name}")))
        }
        action("TasksController", "show", &[], show)
    }

    fn crash() -> Action {
        async fn crash() -> Result<Response> {
            panic!("out of luck")
        }
        action("TasksController", "crash", &[], crash)
    }

    fn route(method: Method, path: &'static str, action: fn() -> Action) -> Route {
        Route {
            method,
            path,
            name: "",
            action,
        }
    }

    /// Status, the header `Allow` and the body of the answer to one request.
    fn answer(method: Method, path: &str) -> (u16, String, String) {
        let routes = RouteTable::new(vec![
            route(Method::GET, "/ping", ping),
            route(Method::GET, "/projects/{project_id}/tasks/{id}", show),
            route(Method::GET, "/crash", crash),
        ]);
        actix_web::rt::System::new().block_on(async {
            let application = Application::new("test", "0.0.0", "").routes(routes);
            let given = Given {
                overrides: vec![("database.url", "test", "sqlite::memory:".into())],
                ..Given::by_the_process()
            };
            let boot = Boot::new(application, given).expect("no mistakes");
            let app = App::open(boot).await.expect("no collision");
            let worker = Worker::new(app);
            let service = init_service(
                actix_web::App::new()
                    .app_data(worker.clone())
                    .default_service(fn_service(move |request| dispatch(worker.clone(), request))),
            )
            .await;
            let request = TestRequest::with_uri(path).method(method).to_request();
            let response = call_service(&service, request).await;
            let allow = response
                .headers()
                .get(header::ALLOW)
                .map(|value| value.to_str().unwrap_or_default().to_owned());
            let status = response.status().as_u16();
            let body = read_body(response).await;
            (
                status,
                allow.unwrap_or_default(),
                String::from_utf8_lossy(&body).into_owned(),
            )
        })
    }

    #[test]
    fn requests_reach_their_action() {
        assert_eq!(
            answer(Method::GET, "/ping"),
            (200, String::new(), "pong".into())
        );
        assert_eq!(answer(Method::GET, "/ping/?a=b").0, 200);
        assert_eq!(answer(Method::GET, "/nowhere").0, 404);
    }

    #[test]
    fn parameters_are_decoded_after_the_path_was_split() {
        assert_eq!(
            answer(Method::GET, "/projects/7/tasks/a%2Fb%20c").2,
            "7 a/b c"
        );
        let (status, _, body) = answer(Method::GET, "/projects/x/tasks/1");
        assert_eq!(status, 404);
        assert_eq!(
            body,
            "There is no such page: `x` as `project_id` is not a whole number."
        );
    }

    #[test]
    fn other_methods_are_refused_with_the_list_of_those_that_work() {
        let (status, allow, _) = answer(Method::DELETE, "/ping");
        assert_eq!((status, allow.as_str()), (405, "GET, HEAD, OPTIONS"));
        let (status, allow, _) = answer(Method::OPTIONS, "/ping");
        assert_eq!((status, allow.as_str()), (204, "GET, HEAD, OPTIONS"));
        assert_eq!(answer(Method::OPTIONS, "/nowhere").0, 404);
    }

    #[test]
    fn a_panic_is_an_answer() {
        let (status, _, body) = answer(Method::GET, "/crash");
        assert_eq!(status, 500);
        assert!(!body.contains("out of luck"), "{body}");
    }
}
