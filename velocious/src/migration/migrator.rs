//! Running migrations: [`Migrator`].
//!
//! Which ones are to be run is decided here; how one is run, in `step`. Of several programs that migrate at once, one
//! gets in, and the next looks again at what has been done.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as StdError;
use std::fmt;

use super::step::{self, CREATE, Direction};
use super::{Migration, Schema};
use crate::database::Db;
use crate::value::{Value, ValueKind};
use crate::{BoxError, Error, Result};

/// Applies migrations to a database and rolls them back.
///
/// ```
/// use velocious::database::{DatabaseOptions, Db};
/// use velocious::migration::{Migration, Migrator};
///
/// # async fn example(migrations: Vec<Box<dyn Migration>>) -> velocious::Result<()> {
/// let db = Db::open(DatabaseOptions::sqlite("db/development.sqlite3")).await?;
/// for applied in Migrator::new(&db, &migrations).migrate().await? {
///     println!("{} {}", applied.version, applied.name);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Migrator<'a> {
    db: &'a Db,
    migrations: &'a [Box<dyn Migration>],
    identifier: &'a str,
}

/// What [`Migrator::migrate_to`] has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moved {
    /// What was applied, in this order.
    pub applied: Vec<Applied>,
    /// What was rolled back, in this order.
    pub rolled_back: Vec<Applied>,
}

/// A migration that was just applied or rolled back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// Its version.
    pub version: u64,
    /// Its name.
    pub name: &'static str,
}

/// Where a migration stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MigrationStatus {
    /// Its version.
    pub version: u64,
    /// Its name; `None` when the database knows the version and this program does not.
    pub name: Option<&'static str>,
    /// Whether the database has it.
    pub is_applied: bool,
}

impl<'a> Migrator<'a> {
    /// A migrator of `db` by those of the program's `migrations`, in any order, that are for the database `default`.
    pub fn new(db: &'a Db, migrations: &'a [Box<dyn Migration>]) -> Self {
        Migrator {
            db,
            migrations,
            identifier: "default",
        }
    }

    /// The same with the migrations for another database, by the name it has in the configuration.
    pub fn for_database(mut self, identifier: &'a str) -> Self {
        self.identifier = identifier;
        self
    }

    /// The migrations for this database.
    fn migrations(&self) -> impl Iterator<Item = &'a dyn Migration> {
        let all = self.migrations.iter().map(|migration| &**migration);
        let identifier = self.identifier;
        all.filter(move |migration| migration.databases().contains(&identifier))
    }

    /// Applies what comes up to `version` and is not applied, and rolls back what comes after it and is. 0 rolls back
    /// everything.
    ///
    /// # Errors
    /// When there is no such version; else as [`migrate`](Self::migrate) and [`rollback`](Self::rollback).
    pub async fn migrate_to(&self, version: u64) -> Result<Moved> {
        step::refuse_unfinished(self.db).await?;
        let statuses = self.status().await?;
        if version != 0 && !statuses.iter().any(|status| status.version == version) {
            let last = statuses.last().map_or(0, |status| status.version);
            return Err(Error::message(format!(
                "there is no migration of the version {version}: the last one is {last}, and `status` lists all of them"
            )));
        }
        let mut moved = Moved::default();
        let (before, after): (Vec<_>, Vec<_>) = statuses
            .iter()
            .partition(|status| status.version <= version);
        for status in before.iter().filter(|status| !status.is_applied) {
            if let Some(migration) = self.find(status.version) {
                moved
                    .applied
                    .extend(self.run(migration, Direction::Up).await?);
            }
        }
        let after = after.iter().rev().filter(|status| status.is_applied);
        let after: Vec<_> = after
            .map(|status| self.known(status.version))
            .collect::<Result<_>>()?;
        for migration in after {
            moved
                .rolled_back
                .extend(self.run(migration, Direction::Down).await?);
        }
        Ok(moved)
    }

    /// Applies what has not been applied, in the order of the versions; answers what it applied.
    ///
    /// A version that the database has and this program does not is logged, and no error: an older program may meet
    /// a newer database.
    ///
    /// # Errors
    /// A [`MigrationError`] for the first that fails. Those before it stay applied. It leaves nothing behind, except on
    /// MySQL, which commits each change of a schema by itself: nothing is run any more there until somebody has said
    /// that the half that was done is undone.
    pub async fn migrate(&self) -> Result<Vec<Applied>> {
        step::refuse_unfinished(self.db).await?;
        let mut applied = Vec::new();
        for status in self.status().await? {
            match (status.is_applied, self.find(status.version)) {
                (false, Some(migration)) => {
                    applied.extend(self.run(migration, Direction::Up).await?)
                }
                (true, None) => tracing::warn!(
                    version = status.version,
                    "the database has a migration that this program does not know"
                ),
                _ => {}
            }
        }
        if applied.is_empty() && !self.has_table().await? {
            // A program without migrations still leaves a database that has been migrated.
            self.db.batch(CREATE).await?;
        }
        Ok(applied)
    }

    /// Rolls back the last `steps` migrations, newest first; answers which ones. Fewer when there are fewer.
    ///
    /// # Errors
    /// When this program does not know one of them, before anything is rolled back; a [`MigrationError`] for the
    /// first that fails.
    pub async fn rollback(&self, steps: usize) -> Result<Vec<Applied>> {
        step::refuse_unfinished(self.db).await?;
        let mut migrations = Vec::new();
        let statuses = self.status().await?;
        for status in statuses
            .iter()
            .rev()
            .filter(|status| status.is_applied)
            .take(steps)
        {
            migrations.push(self.known(status.version)?);
        }
        let mut rolled_back = Vec::new();
        for migration in migrations {
            rolled_back.extend(self.run(migration, Direction::Down).await?);
        }
        Ok(rolled_back)
    }

    /// Where every migration stands, those that only the database knows included, in the order of the versions.
    ///
    /// # Errors
    /// When two migrations have one version, or the database cannot be asked.
    pub async fn status(&self) -> Result<Vec<MigrationStatus>> {
        let mut names = BTreeMap::new();
        for migration in self.migrations() {
            if let Some(other) = names.insert(migration.version(), migration.name()) {
                return Err(Error::message(format!(
                    "`{other}` and `{}` both have the version {}: give one of them another",
                    migration.name(),
                    migration.version()
                )));
            }
        }
        let applied = self.applied().await?;
        let versions: BTreeSet<u64> = names.keys().chain(&applied).copied().collect();
        let status = |version| MigrationStatus {
            version,
            name: names.get(&version).copied(),
            is_applied: applied.contains(&version),
        };
        Ok(versions.into_iter().map(status).collect())
    }

    /// What [`migrate`](Self::migrate) would apply.
    ///
    /// # Errors
    /// As [`status`](Self::status).
    pub async fn pending(&self) -> Result<Vec<MigrationStatus>> {
        let mut statuses = self.status().await?;
        statuses.retain(|status| !status.is_applied);
        Ok(statuses)
    }

    fn find(&self, version: u64) -> Option<&dyn Migration> {
        self.migrations().find(|one| one.version() == version)
    }

    /// A migration to roll back.
    fn known(&self, version: u64) -> Result<&dyn Migration> {
        self.find(version).ok_or_else(|| {
            Error::message(format!(
                "version {version} is applied, but this program has no migration of that version to roll back: add its file to `migrations!`, or use the program that has it"
            ))
        })
    }

    /// Runs one migration, unless another program has done so meanwhile.
    async fn run(
        &self,
        migration: &dyn Migration,
        direction: Direction,
    ) -> Result<Option<Applied>> {
        let is_done = step::run(self.db, migration, direction).await;
        let is_done = is_done.map_err(|failure| MigrationError {
            version: migration.version(),
            name: migration.name(),
            direction,
            is_undone: failure.is_undone,
            cause: failure.cause.into(),
        })?;
        Ok(is_done.then(|| Applied {
            version: migration.version(),
            name: migration.name(),
        }))
    }

    async fn has_table(&self) -> Result<bool> {
        Schema::new(self.db.clone())
            .table_exists("schema_migrations")
            .await
    }

    /// The versions that the database has.
    async fn applied(&self) -> Result<BTreeSet<u64>> {
        if !self.has_table().await? {
            return Ok(BTreeSet::new());
        }
        let sql = "SELECT version FROM schema_migrations";
        let rows = self.db.rows_sql(sql, [], &[ValueKind::Text]).await?;
        let versions = rows.into_iter().flatten().map(|version| match &version {
            Value::Text(text) => text.parse().map_err(|_| {
                Error::message(format!(
                    "`schema_migrations` holds {version}, which is no version: delete that row"
                ))
            }),
            _ => Err(Error::message(
                "`schema_migrations` holds a row without a version: delete it",
            )),
        });
        versions.collect()
    }
}

impl fmt::Debug for Migrator<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.migrations().map(|migration| migration.name());
        f.debug_list().entries(names).finish()
    }
}

/// A migration that failed. Nothing of it has stayed in the database, except on MySQL, where half of it may have.
#[derive(Debug)]
#[non_exhaustive]
pub struct MigrationError {
    /// Its version.
    pub version: u64,
    /// Its name.
    pub name: &'static str,
    direction: Direction,
    is_undone: bool,
    cause: BoxError,
}

impl fmt::Display for MigrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MigrationError {
            version,
            name,
            cause,
            ..
        } = self;
        match (self.is_undone, self.direction) {
            (true, Direction::Up) => write!(
                f,
                "the migration `{name}` ({version}) failed and was undone: {cause}"
            ),
            (true, Direction::Down) => write!(
                f,
                "the migration `{name}` ({version}) could not be rolled back and is still applied: {cause}"
            ),
            (false, _) => write!(
                f,
                "the migration `{name}` ({version}) failed halfway, and MySQL cannot undo changes of a schema: {}. It failed because of this: {cause}",
                step::REPAIR
            ),
        }
    }
}

impl StdError for MigrationError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.source()
    }
}
