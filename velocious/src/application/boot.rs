//! The phase between the parts of an application and the running one: its environment, folder and configuration.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Application;
use crate::config::{Config, Environment, Overrides, Surroundings};
use crate::database::{DatabaseOptions, Reads};
use crate::{Db, Error, Result};

/// An application that knows where and how it is to run, and has opened nothing yet.
pub(crate) struct Boot {
    pub(crate) application: Application,
    pub(crate) environment: Environment,
    pub(crate) root: PathBuf,
    pub(crate) config: Config,
    /// Whether a database that does not exist is created, and its folder too.
    pub(crate) creates_database: bool,
}

/// What the process was given.
pub(crate) struct Given<'a> {
    /// The environment, when it is not for `VELOCIOUS_ENV` to say.
    pub(crate) environment: Option<Environment>,
    /// Looks up an environment variable.
    pub(crate) variable: &'a dyn Fn(&str) -> Option<String>,
    /// What the command line says.
    pub(crate) overrides: Overrides,
}

impl Given<'_> {
    /// The variables of this process, and nothing else.
    pub(crate) fn by_the_process() -> Given<'static> {
        Given {
            environment: None,
            variable: &|name| std::env::var(name).ok(),
            overrides: Vec::new(),
        }
    }
}

impl Boot {
    /// Finds the environment, the folder and the configuration.
    ///
    /// # Errors
    /// When the environment has no valid name, and with every mistake in the configuration.
    pub(crate) fn new(application: Application, given: Given<'_>) -> Result<Self> {
        let (environment, root) = Self::place(&application, &given)?;
        let surroundings = Surroundings {
            application: application.name,
            root: &root,
            environment: &environment,
        };
        let config = Config::load(&surroundings, given.variable, given.overrides)?;
        Ok(Boot {
            application,
            environment,
            root,
            config,
            creates_database: true,
        })
    }
}

impl Boot {
    /// Finds the environment and the folder.
    ///
    /// # Errors
    /// When the environment has no valid name, or the folder is none.
    pub(crate) fn place(
        application: &Application,
        given: &Given<'_>,
    ) -> Result<(Environment, PathBuf)> {
        let environment = match (&given.environment, (given.variable)("VELOCIOUS_ENV")) {
            (Some(environment), _) => environment.clone(),
            (None, Some(name)) if !name.is_empty() => Environment::named(&name)?,
            (None, _) => Environment::DEVELOPMENT,
        };
        let root = root(
            &application.manifest_dir,
            (given.variable)("VELOCIOUS_ROOT"),
        )?;
        Ok((environment, root))
    }

    /// Opens every database, by their names; the paths of files are below the application's folder.
    ///
    /// # Errors
    /// When a URL names no database that this build knows, or a database cannot be opened.
    pub(crate) async fn open_databases(&self) -> Result<BTreeMap<String, Db>> {
        let mut databases = BTreeMap::new();
        for (identifier, options) in self.database_options()? {
            self.make_folder_of(&options)?;
            databases.insert(identifier, Db::open(options).await?);
        }
        Ok(databases)
    }

    /// Every database by its name: `default`, and those of `[databases.…]`.
    ///
    /// # Errors
    /// When a URL names no database that this build knows.
    pub(crate) fn database_options(&self) -> Result<Vec<(String, DatabaseOptions)>> {
        let config = &self.config;
        let default = std::iter::once(("default", &config.database.url));
        let others = config
            .databases
            .iter()
            .map(|(name, url)| (name.as_str(), url));
        let all = default.chain(others);
        all.map(|(name, url)| Ok((name.to_owned(), self.options_of(url)?)))
            .collect()
    }

    fn options_of(&self, url: &str) -> Result<DatabaseOptions> {
        let config = &self.config.database;
        let reads = match config.reads_inline {
            true => Reads::Inline,
            false => Reads::Threads,
        };
        let options = DatabaseOptions::from_url(url)?
            .reads(reads)
            .readers(config.readers)
            .busy_timeout(config.busy_timeout)
            .max_connections(config.pool)
            .checkout_timeout(config.checkout_timeout)
            .idle_timeout(config.idle_timeout)
            .create(self.creates_database);
        let options = match config.statement_timeout {
            Some(timeout) => options.statement_timeout(timeout),
            None => options,
        };
        Ok(options.relative_to(&self.root))
    }

    /// Makes the folder of the database's file, which no driver does.
    ///
    /// # Errors
    /// When it cannot be made.
    fn make_folder_of(&self, options: &DatabaseOptions) -> Result<()> {
        if !self.creates_database {
            return Ok(());
        }
        let Some(folder) = options.path().and_then(Path::parent) else {
            return Ok(());
        };
        std::fs::create_dir_all(folder).map_err(|error| {
            Error::message(format!(
                "cannot make the folder `{}`: {error}",
                folder.display()
            ))
        })
    }
}

/// The application's folder: the one that is given, else the one it was compiled in when that still exists, else the
/// current one.
fn root(manifest_dir: &Path, given: Option<String>) -> Result<PathBuf> {
    if let Some(given) = given.filter(|given| !given.is_empty()) {
        let root = PathBuf::from(&given);
        if !root.is_dir() {
            return Err(Error::message(format!(
                "`{given}` is no folder: set `VELOCIOUS_ROOT` to the application's folder, or unset it"
            )));
        }
        return Ok(root);
    }
    if !manifest_dir.as_os_str().is_empty() && manifest_dir.is_dir() {
        return Ok(manifest_dir.to_owned());
    }
    std::env::current_dir()
        .map_err(|error| Error::message(format!("the current folder cannot be found: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boot(variables: &[(&str, &str)]) -> Result<Boot, String> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let given = Given {
            environment: None,
            variable: &variable,
            overrides: Vec::new(),
        };
        Boot::new(Application::new("shop", "0.0.0", "/nowhere"), given)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn variables_choose_environment_and_folder() {
        let usual = boot(&[]).expect("defaults");
        assert_eq!(usual.environment, Environment::DEVELOPMENT);
        assert_eq!(usual.root, std::env::current_dir().expect("a folder"));
        let chosen = boot(&[("VELOCIOUS_ENV", "test"), ("VELOCIOUS_ROOT", "/")]).expect("fine");
        assert_eq!(
            (chosen.environment, chosen.root),
            (Environment::TEST, PathBuf::from("/"))
        );
    }

    #[test]
    fn a_folder_that_is_none_is_named() {
        let error = boot(&[("VELOCIOUS_ROOT", "/nowhere/at/all")])
            .err()
            .expect("no folder");
        assert!(
            error.starts_with("`/nowhere/at/all` is no folder"),
            "{error}"
        );
        assert!(boot(&[("VELOCIOUS_ENV", "../x")]).is_err());
    }
}
