//! The application once it has booted.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Boot;
use super::builder::{Configure, Layout, Seeds};
use super::error_events::ErrorEvents;
use crate::config::{Config, Environment, SessionStore};
use crate::http::session;
use crate::migration::{Migration, Migrator};
use crate::routing::RouteTable;
use crate::routing::router::Router;
use crate::{Db, Result};

/// A booted application. Cheap to clone, shared by all threads.
#[derive(Clone)]
pub struct App(Arc<Booted>);

struct Booted {
    name: &'static str,
    version: &'static str,
    environment: Environment,
    root: std::path::PathBuf,
    config: Config,
    db: Db,
    migrations: Vec<Box<dyn Migration>>,
    layout: Option<Layout>,
    seeds: Option<Seeds>,
    content_security_policy: Option<String>,
    routes: RouteTable,
    router: Router,
    configure: Vec<Configure>,
    is_stopping: AtomicBool,
    error_events: ErrorEvents,
}

impl App {
    /// Opens what the application needs.
    ///
    /// # Errors
    /// When two routes collide, or the database cannot be opened.
    pub(crate) async fn open(boot: Boot) -> Result<Self> {
        let db = boot.open_database().await?;
        if boot.config.session.store == SessionStore::Database {
            session::Table(&db).prepare().await?;
        }
        let application = boot.application;
        let router = Router::new(&application.routes)?;
        Ok(App(Arc::new(Booted {
            name: application.name,
            version: application.version,
            environment: boot.environment,
            root: boot.root,
            config: boot.config,
            db,
            migrations: application.migrations,
            layout: application.layout,
            seeds: application.seeds,
            content_security_policy: application.content_security_policy,
            is_stopping: AtomicBool::new(false),
            error_events: application.error_events,
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

    /// The database.
    pub fn db(&self) -> Db {
        self.0.db.clone()
    }

    pub(crate) fn database(&self) -> &Db {
        &self.0.db
    }

    /// Closes the database.
    pub(crate) async fn close(&self) {
        self.0.db.close().await;
    }

    /// What applies the application's migrations to its database.
    pub fn migrator(&self) -> Migrator<'_> {
        Migrator::new(&self.0.db, &self.0.migrations)
    }

    pub(crate) fn layout(&self) -> Option<Layout> {
        self.0.layout
    }

    pub(crate) fn content_security_policy(&self) -> Option<&str> {
        self.0.content_security_policy.as_deref()
    }

    /// Who is told when something goes wrong.
    pub fn error_events(&self) -> &ErrorEvents {
        &self.0.error_events
    }

    /// Whether the server is about to stop.
    pub fn is_stopping(&self) -> bool {
        self.0.is_stopping.load(Ordering::Relaxed)
    }

    /// Lets every answer from now on be the last one of its connection.
    pub(crate) fn stop(&self) {
        self.0.is_stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn seeds(&self) -> Option<&Seeds> {
        self.0.seeds.as_ref()
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
