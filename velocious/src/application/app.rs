//! The application once it has booted.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Boot;
use super::builder::{Layout, Provide, Seeds};
use super::error_events::ErrorEvents;
use crate::config::{Config, Environment, SessionStore};
use crate::http::asset::Assets;
use crate::http::ended::Ended;
use crate::http::session;
use crate::migration::{Applied, Migration, Migrator};
use crate::routing::RouteTable;
use crate::routing::router::Router;
use crate::{Db, Error, Result};

/// A booted application. Cheap to clone, shared by all threads.
#[derive(Clone)]
pub struct App(Arc<Booted>);

struct Booted {
    name: &'static str,
    version: &'static str,
    environment: Environment,
    root: std::path::PathBuf,
    config: Config,
    /// `default`.
    db: Db,
    /// Every database by its name, that one included.
    databases: BTreeMap<String, Db>,
    migrations: Vec<Box<dyn Migration>>,
    layout: Option<Layout>,
    seeds: Option<Seeds>,
    content_security_policy: Option<String>,
    routes: RouteTable,
    router: Router,
    data: Vec<Provide>,
    is_stopping: AtomicBool,
    error_events: ErrorEvents,
    assets: Assets,
    ended: Ended,
}

impl App {
    /// Opens what the application needs.
    ///
    /// # Errors
    /// When two routes collide, or the database cannot be opened.
    pub(crate) async fn open(boot: Boot) -> Result<Self> {
        let databases = boot.open_databases().await?;
        let db = databases.get("default").cloned().ok_or_else(|| {
            Error::message("there is no database `default`: write `[database]` with its `url`")
        })?;
        if boot.config.session.store == SessionStore::Database {
            session::Table(&db).prepare().await?;
        }
        let application = boot.application;
        let router = Router::new(&application.routes)?;
        let assets = Assets::new(&boot.root, boot.environment.is_production());
        Ok(App(Arc::new(Booted {
            name: application.name,
            version: application.version,
            environment: boot.environment,
            root: boot.root,
            config: boot.config,
            db,
            databases,
            migrations: application.migrations,
            layout: application.layout,
            seeds: application.seeds,
            content_security_policy: application.content_security_policy,
            is_stopping: AtomicBool::new(false),
            assets,
            error_events: application.error_events,
            ended: Ended::default(),
            routes: application.routes,
            router,
            data: application.data,
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

    /// A database by the name it has in the configuration, `[databases.reporting]`; `default` is that of `[database]`.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn db_named(&self, identifier: &str) -> Result<Db> {
        self.find_database(identifier).map(|(_, db)| db.clone())
    }

    fn find_database(&self, identifier: &str) -> Result<(&str, &Db)> {
        let databases = &self.0.databases;
        let found = databases.get_key_value(identifier);
        found.map(|(name, db)| (name.as_str(), db)).ok_or_else(|| {
            let cure = match velocious_naming::nearest(identifier, databases.keys()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!(
                    "add `[databases.{identifier}]` with its `url` to `config/{}.toml`",
                    self.0.environment
                ),
            };
            Error::message(format!("there is no database `{identifier}`; {cure}"))
        })
    }

    pub(crate) fn database(&self) -> &Db {
        &self.0.db
    }

    /// Every database by its name.
    pub(crate) fn databases(&self) -> impl Iterator<Item = (&str, &Db)> {
        let databases = self.0.databases.iter();
        databases.map(|(identifier, db)| (identifier.as_str(), db))
    }

    /// Closes the databases.
    pub(crate) async fn close(&self) {
        for db in self.0.databases.values() {
            db.close().await;
        }
    }

    /// What applies the application's migrations to its database.
    pub fn migrator(&self) -> Migrator<'_> {
        Migrator::new(&self.0.db, &self.0.migrations)
    }

    /// The same for a database by its name.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn migrator_of(&self, identifier: &str) -> Result<Migrator<'_>> {
        let (identifier, db) = self.find_database(identifier)?;
        Ok(Migrator::new(db, &self.0.migrations).for_database(identifier))
    }

    /// Applies what is pending to every database.
    ///
    /// # Errors
    /// When a migration is for a database that there is not, or one fails.
    pub(crate) async fn migrate(&self) -> Result<Vec<Applied>> {
        for migration in &self.0.migrations {
            for identifier in migration.databases() {
                self.find_database(identifier).map_err(|error| {
                    Error::message(format!(
                        "the migration `{}` has no database to change: {error}",
                        migration.name()
                    ))
                })?;
            }
        }
        let mut applied = Vec::new();
        for (identifier, _) in self.databases() {
            applied.extend(self.migrator_of(identifier)?.migrate().await?);
        }
        Ok(applied)
    }

    /// The files of `public/`.
    pub(crate) fn assets(&self) -> &Assets {
        &self.0.assets
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

    /// The cookies that were taken back.
    pub(crate) fn ended(&self) -> &Ended {
        &self.0.ended
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

    pub(crate) fn data(&self) -> &[Provide] {
        &self.0.data
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
