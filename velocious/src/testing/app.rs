//! The application under test.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use actix_web::body::to_bytes;
use actix_web::dev::{Service as _, ServiceResponse};
use actix_web::http::Method;
use actix_web::test::{TestRequest as ActixRequest, init_service};

use super::jar::Jar;
use super::{TestRequest, TestResponse};
use crate::application::server::actix_app;
use crate::application::{Boot, Given};
use crate::config::Environment;
use crate::controller::LocalBoxFuture;
use crate::{App, Application, Db, Result, logging};

/// An application under test, in the environment `test`, with a migrated database in memory. Cheap to clone.
///
/// Requests go through everything but the network, cookies are kept from one to the next.
///
/// ```
/// use velocious::testing::TestApp;
/// # use velocious::__private::{Action, Filters, Method, Route, action};
/// # use velocious::{Application, Context, Response, Result, RouteTable};
/// # fn ping() -> Action {
/// #     async fn ping(ctx: Context) -> Result<Response> {
/// #         ctx.render_json("pong")
/// #     }
/// #     action("RootController", "ping", Filters::NONE, ping)
/// # }
/// # fn application() -> Application {
/// #     let route = Route::new(Method::GET, "/ping", "ping", ping);
/// #     velocious::application!().routes(RouteTable::new(vec![route]))
/// # }
///
/// // #[test]
/// fn ping_answers() {
///     TestApp::run(application(), async |app| {
///         let response = app.get("/ping").await;
///         response.assert_status(200);
///         assert_eq!(response.json(), "pong");
///     });
/// }
/// # ping_answers();
/// ```
#[derive(Clone)]
pub struct TestApp(Rc<Inside>);

struct Inside {
    app: App,
    service: Service,
    jar: RefCell<Jar>,
}

type Service = Box<dyn Fn(ActixRequest) -> LocalBoxFuture<'static, ServiceResponse>>;

impl TestApp {
    /// Boots `application` and runs `test` with it.
    ///
    /// # Panics
    /// When the application does not boot, which fails the test.
    pub fn run<T>(application: Application, test: impl AsyncFnOnce(TestApp) -> T) -> T {
        Self::run_given(application, Given::by_the_process(), test)
    }

    /// The same with settings other than those of `config/test.toml`, as in `("session.store", "database")`.
    ///
    /// # Panics
    /// When the application does not boot with them, which fails the test.
    pub fn run_with<T>(
        application: Application,
        settings: &[(&'static str, &str)],
        test: impl AsyncFnOnce(TestApp) -> T,
    ) -> T {
        let mut given = Given::by_the_process();
        for (key, value) in settings {
            let setting = (*key, "TestApp::run_with", (*value).to_owned());
            given.overrides.push(setting);
        }
        Self::run_given(application, given, test)
    }

    /// The same in another environment, such as production, which needs a secret and hosts.
    ///
    /// # Panics
    /// When the application does not boot there, which fails the test.
    pub fn run_in<T>(
        environment: Environment,
        application: Application,
        settings: &[(&'static str, &str)],
        test: impl AsyncFnOnce(TestApp) -> T,
    ) -> T {
        let mut given = Given::by_the_process();
        given.environment = Some(environment);
        for (key, value) in settings {
            let setting = (*key, "TestApp::run_in", (*value).to_owned());
            given.overrides.push(setting);
        }
        Self::run_given(application, given, test)
    }

    /// The same in other circumstances.
    pub(crate) fn run_given<T>(
        application: Application,
        given: Given<'_>,
        test: impl AsyncFnOnce(TestApp) -> T,
    ) -> T {
        actix_web::rt::System::new().block_on(async move {
            let app = match booted(application, given).await {
                Ok(app) => app,
                Err(error) => panic!("the application does not boot: {error:?}"),
            };
            let under_test = TestApp(Rc::new(Inside {
                service: service(&app).await,
                app: app.clone(),
                jar: RefCell::default(),
            }));
            let outcome = test(under_test).await;
            app.close().await;
            outcome
        })
    }

    /// The running application.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// Its database.
    pub fn db(&self) -> &Db {
        self.0.app.database()
    }

    /// Asks for a page.
    pub fn get(&self, path: impl Into<String>) -> TestRequest {
        self.request(Method::GET, path)
    }

    /// Asks for the headers of a page.
    pub fn head(&self, path: impl Into<String>) -> TestRequest {
        self.request(Method::HEAD, path)
    }

    /// Creates something.
    pub fn post(&self, path: impl Into<String>) -> TestRequest {
        self.request(Method::POST, path)
    }

    /// Changes something.
    pub fn patch(&self, path: impl Into<String>) -> TestRequest {
        self.request(Method::PATCH, path)
    }

    /// Replaces something.
    pub fn put(&self, path: impl Into<String>) -> TestRequest {
        self.request(Method::PUT, path)
    }

    /// Removes something.
    pub fn delete(&self, path: impl Into<String>) -> TestRequest {
        self.request(Method::DELETE, path)
    }

    /// A request with any method.
    pub fn request(&self, method: Method, path: impl Into<String>) -> TestRequest {
        TestRequest::new(self.clone(), method, path.into())
    }

    /// Goes where a response sends the browser.
    ///
    /// # Panics
    /// When the response is no redirect.
    pub async fn follow_redirect(&self, response: &TestResponse) -> TestResponse {
        self.get(response.redirect_path()).await
    }

    /// Forgets every cookie.
    pub fn forget_cookies(&self) {
        *self.0.jar.borrow_mut() = Jar::default();
    }

    pub(super) fn cookies(&self) -> Option<String> {
        self.0.jar.borrow().header()
    }

    /// Sends a request, and keeps the cookies of the answer.
    pub(super) async fn send(
        &self,
        method: Method,
        path: String,
        request: ActixRequest,
    ) -> TestResponse {
        let answer = (self.0.service)(request).await;
        let (_, response) = answer.into_parts();
        let (head, body) = response.into_parts();
        let body = match method {
            Method::HEAD => Ok(Default::default()),
            _ => to_bytes(body).await,
        };
        let body =
            body.unwrap_or_else(|error| panic!("the body of {method} {path} broke off: {error}"));
        let response = TestResponse::new(
            format!("{method} {path}"),
            head.status(),
            head.headers(),
            body,
        );
        self.0.jar.borrow_mut().keep(response.headers("set-cookie"));
        response
    }
}

impl fmt::Debug for TestApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TestApp").field(&self.0.app).finish()
    }
}

async fn booted(application: Application, mut given: Given<'_>) -> Result<App> {
    given.environment.get_or_insert(Environment::TEST);
    let url = ("database.url", "TestApp", "sqlite::memory:".to_owned());
    given.overrides.push(url);
    let mut boot = Boot::new(application, given)?;
    for url in boot.config.databases.values_mut() {
        *url = "sqlite::memory:".into();
    }
    logging::start(&boot.config.log)?;
    let app = App::open(boot).await?;
    app.migrate().await?;
    Ok(app)
}

async fn service(app: &App) -> Service {
    let service = Rc::new(init_service(actix_app(app.clone())).await);
    Box::new(move |request| {
        let service = service.clone();
        Box::pin(async move {
            let answer = service.call(request.to_request()).await;
            answer.unwrap_or_else(|error| panic!("the service failed: {error}"))
        })
    })
}
