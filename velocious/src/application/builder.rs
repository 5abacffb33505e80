//! The parts of an application, as its own code names them.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::web::{Data, ServiceConfig};
use maud::Markup;

use super::App;
use super::error_events::{ErrorEvent, ErrorEvents};
use crate::Result;
use crate::controller::{Context, LocalBoxFuture};
use crate::message::{self, Catalogue};
use crate::migration::Migration;
use crate::routing::RouteTable;

/// What stands around the content of every page: the request, the page's title and the content.
pub type Layout = fn(&Context, &str, Markup) -> Markup;

/// Fills an empty database.
pub(crate) type Seeds = Arc<dyn Fn(App) -> LocalBoxFuture<'static, Result<()>> + Send + Sync>;

/// Gives a value to each worker.
pub(crate) type Provide = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;

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
    pub(crate) data: Vec<Provide>,
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
            data: Vec::new(),
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

    /// The messages of the catalogues in `locales/`, what [`messages!`](crate::messages!) yields: for those of validations
    /// and the names of attributes.
    pub fn messages(self, catalogues: &'static [Catalogue]) -> Self {
        message::install(catalogues);
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

    /// Keeps a value for as long as the application runs, such as the client of another service. There is one for all
    /// threads; actions, and services of actix below a `mount` of the routes, take it as an argument.
    ///
    /// ```
    /// use velocious::actix_web::web::Data;
    /// use velocious::prelude::*;
    ///
    /// /// A client of the weather service.
    /// struct Weather {
    ///     key: String,
    /// }
    ///
    /// async fn forecast(ctx: Context, weather: Data<Weather>) -> Result<Response> {
    ///     ctx.render_json(&weather.key.len())
    /// }
    ///
    /// pub fn application() -> Application {
    ///     velocious::application!().data(Weather { key: "…".into() })
    /// }
    /// # let _ = (forecast, application);
    /// ```
    pub fn data<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        let value = Data::new(value);
        self.data.push(Arc::new(move |config| {
            config.app_data(value.clone());
        }));
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
