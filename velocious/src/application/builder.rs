//! The parts of an application, as its own code names them.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::web::ServiceConfig;
use maud::Markup;

use super::App;
use super::error_events::{ErrorEvent, ErrorEvents};
use crate::Result;
use crate::controller::{Context, LocalBoxFuture};
use crate::migration::Migration;
use crate::routing::RouteTable;

/// What stands around the content of every page: the request, the page's title and the content.
pub type Layout = fn(&Context, &str, Markup) -> Markup;

/// Fills an empty database.
pub(crate) type Seeds = Arc<dyn Fn(App) -> LocalBoxFuture<'static, Result<()>> + Send + Sync>;

/// Adds services of the application's own to actix.
pub(crate) type Configure = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;

/// The parts of an application before it boots. Made by [`application!`](crate::application!), given to
/// [`velocious::run`](crate::run).
///
/// ```
/// use velocious::{Application, RouteTable};
///
/// pub fn application() -> Application {
///     velocious::application!().routes(RouteTable::default())
/// }
/// # application();
/// ```
#[must_use = "an application does nothing until it is given to `velocious::run`"]
pub struct Application {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// Where the application was compiled.
    pub(crate) manifest_dir: PathBuf,
    pub(crate) routes: RouteTable,
    pub(crate) migrations: Vec<Box<dyn Migration>>,
    pub(crate) layout: Option<Layout>,
    pub(crate) seeds: Option<Seeds>,
    pub(crate) content_security_policy: Option<String>,
    pub(crate) configure: Vec<Configure>,
    pub(crate) error_events: ErrorEvents,
}

impl Application {
    /// An application without parts: its name and version, and the folder it was compiled in.
    ///
    /// [`application!`](crate::application!) calls this with what Cargo knows.
    pub fn new(name: &'static str, version: &'static str, manifest_dir: &'static str) -> Self {
        Application {
            name,
            version,
            manifest_dir: PathBuf::from(manifest_dir),
            routes: RouteTable::default(),
            migrations: Vec::new(),
            layout: None,
            seeds: None,
            content_security_policy: None,
            configure: Vec::new(),
            error_events: ErrorEvents::default(),
        }
    }

    /// The routes: what `routes!` yields.
    pub fn routes(mut self, routes: RouteTable) -> Self {
        self.routes = routes;
        self
    }

    /// The migrations: what [`migrations!`](crate::migrations) yields, in any order.
    pub fn migrations(mut self, migrations: Vec<Box<dyn Migration>>) -> Self {
        self.migrations = migrations;
        self
    }

    /// What stands around the content of every page.
    pub fn layout(mut self, layout: Layout) -> Self {
        self.layout = Some(layout);
        self
    }

    /// What the command `db:seed` does.
    pub fn seeds<F>(mut self, seeds: impl Fn(App) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<()>> + 'static,
    {
        self.seeds = Some(Arc::new(move |app| Box::pin(seeds(app))));
        self
    }

    /// What pages may load, as the header `Content-Security-Policy` says it. Unless set, pages load files of this
    /// site only, and no script or style stands in the page itself.
    pub fn content_security_policy(mut self, policy: impl Into<String>) -> Self {
        self.content_security_policy = Some(policy.into());
        self
    }

    /// Calls `listener` for whatever goes wrong on the server's side, as
    /// [`ErrorEvents::on_error`] does.
    pub fn on_error(self, listener: impl Fn(&ErrorEvent<'_>) + Send + Sync + 'static) -> Self {
        self.error_events.on_error(listener);
        self
    }

    /// Adds services and data of actix, which are asked before the routes and work as they do in any actix
    /// application. Called once in each worker.
    pub fn configure(
        mut self,
        configure: impl Fn(&mut ServiceConfig) + Send + Sync + 'static,
    ) -> Self {
        self.configure.push(Arc::new(configure));
        self
    }
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Application")
            .field("name", &self.name)
            .field("version", &self.version)
            .field("manifest_dir", &self.manifest_dir)
            .field("routes", &self.routes)
            .finish_non_exhaustive()
    }
}

/// Starts the description of an application, with the name, version and folder of the crate that calls it.
#[macro_export]
macro_rules! application {
    () => {
        $crate::Application::new(
            ::core::env!("CARGO_PKG_NAME"),
            ::core::env!("CARGO_PKG_VERSION"),
            ::core::env!("CARGO_MANIFEST_DIR"),
        )
    };
}
