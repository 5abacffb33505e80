//! The application once it has booted.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::Boot;
use super::builder::Configure;
use crate::Result;
use crate::config::{Config, Environment};
use crate::routing::RouteTable;
use crate::routing::router::Router;

/// A booted application. Cheap to clone, shared by all threads.
#[derive(Clone)]
pub struct App(Arc<Booted>);

struct Booted {
    name: &'static str,
    version: &'static str,
    environment: Environment,
    root: std::path::PathBuf,
    config: Config,
    routes: RouteTable,
    router: Router,
    configure: Vec<Configure>,
}

impl App {
    /// Opens what the application needs.
    ///
    /// # Errors
    /// When two routes collide.
    pub(crate) async fn open(boot: Boot) -> Result<Self> {
        let application = boot.application;
        let router = Router::new(&application.routes)?;
        Ok(App(Arc::new(Booted {
            name: application.name,
            version: application.version,
            environment: boot.environment,
            root: boot.root,
            config: boot.config,
            routes: application.routes,
            router,
            configure: application.configure,
        })))
    }

    /// The application's name: that of its crate.
    pub fn name(&self) -> &str {
        self.0.name
    }

    /// The application's version: that of its crate.
    pub fn version(&self) -> &str {
        self.0.version
    }

    /// Which environment this is.
    pub fn environment(&self) -> &Environment {
        &self.0.environment
    }

    /// The application's folder.
    pub fn root(&self) -> &Path {
        &self.0.root
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.0.config
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
            .field("environment", &self.0.environment)
            .finish_non_exhaustive()
    }
}
