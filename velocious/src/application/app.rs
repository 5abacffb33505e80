//! The application once it has booted.

use std::fmt;
use std::sync::Arc;

use super::Application;
use super::builder::Configure;
use crate::Result;
use crate::routing::RouteTable;
use crate::routing::router::Router;

/// A booted application. Cheap to clone, shared by all threads.
#[derive(Clone)]
pub struct App(Arc<Booted>);

struct Booted {
    name: &'static str,
    routes: RouteTable,
    router: Router,
    configure: Vec<Configure>,
}

impl App {
    /// Boots `application`.
    ///
    /// # Errors
    /// When two routes collide.
    pub(crate) async fn boot(application: Application) -> Result<Self> {
        let router = Router::new(&application.routes)?;
        Ok(App(Arc::new(Booted {
            name: application.name,
            routes: application.routes,
            router,
            configure: application.configure,
        })))
    }

    /// The application's name: that of its crate.
    pub fn name(&self) -> &str {
        self.0.name
    }

    /// The routes.
    pub fn routes(&self) -> &RouteTable {
        &self.0.routes
    }

    pub(crate) fn router(&self) -> &Router {
        &self.0.router
    }

    pub(crate) fn configure(&self) -> &[Configure] {
        &self.0.configure
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("name", &self.0.name)
            .finish_non_exhaustive()
    }
}
