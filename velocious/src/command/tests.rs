//! The commands about databases, on every database that there is: SQLite always, and the servers that
//! `VELOCIOUS_TEST_POSTGRES_URL` and `VELOCIOUS_TEST_MYSQL_URL` name.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::database;
use crate::application::{Boot, Given};
use crate::migration::{Migration, Schema};
use crate::{App, Application, BoxFuture, Error, Result};

/// Creates a table of its own.
struct Create(u64, &'static str, &'static [&'static str]);

impl Migration for Create {
    fn version(&self) -> u64 {
        self.0
    }

    fn name(&self) -> &'static str {
        self.1
    }

    fn databases(&self) -> &'static [&'static str] {
        self.2
    }

    fn up<'a>(&'a self, m: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
        Box::pin(m.create_table(self.1, |t| t.timestamps()))
    }

    fn down<'a>(&'a self, m: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
        Box::pin(m.drop_table(self.1))
    }
}

const DEFAULT: &[&str] = &["default"];

/// An application with two tables and one more in another database, whose seeds fail as often as is said.
fn application(planted: &Arc<AtomicUsize>, failures: usize) -> Application {
    let (planted, failures) = (planted.clone(), AtomicUsize::new(failures));
    Application::new("shop", "1.0.0", "")
        .migrations(crate::migrations![
            Create(20260101000001, "tags", DEFAULT),
            Create(20260101000002, "labels", DEFAULT),
            Create(20260101000003, "reports", &["reporting"]),
        ])
        .seeds(move |_app| {
            let left = failures.load(Ordering::Relaxed);
            if left > 0 {
                failures.store(left - 1, Ordering::Relaxed);
            } else {
                planted.fetch_add(1, Ordering::Relaxed);
            }
            async move {
                match left {
                    0 => Ok(()),
                    _ => Err(Error::message("killed")),
                }
            }
        })
}

fn boot(root: &Path, application: Application) -> Boot {
    let root = root.display().to_string();
    let given = Given {
        environment: None,
        variable: &|name| (name == "VELOCIOUS_ROOT").then(|| root.clone()),
        overrides: Vec::new(),
    };
    Boot::new(application, given).unwrap_or_else(|error| panic!("{error}"))
}

/// Runs `test` in the folder of an application for each database.
fn on_each(name: &str, test: impl AsyncFn(&Path) -> Result<()>) {
    let id = format!("velocious_command_{name}_{}", std::process::id());
    let server = |variable: &str, is_there: bool| {
        let url = std::env::var(variable).ok().filter(|_| is_there)?;
        let (place, _) = url.rsplit_once('/')?;
        Some(format!("{place}/{id}"))
    };
    let urls = [
        Some("sqlite:db/development.sqlite3".to_owned()),
        server("VELOCIOUS_TEST_POSTGRES_URL", cfg!(feature = "postgres")),
        server("VELOCIOUS_TEST_MYSQL_URL", cfg!(feature = "mysql")),
    ];
    for url in urls.into_iter().flatten() {
        let root: PathBuf = std::env::temp_dir().join(&id);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("config")).expect("a folder");
        let config = format!(
            "[database]\nurl = \"{url}\"\n[databases.reporting]\nurl = \"sqlite:db/reporting.sqlite3\"\n"
        );
        fs::write(root.join("config/development.toml"), config).expect("a file");
        let outcome = actix_web::rt::System::new().block_on(test(&root));
        outcome.unwrap_or_else(|error| panic!("on {url}: {error:?}"));
        fs::remove_dir_all(&root).expect("a folder to remove");
    }
}

#[test]
fn databases_are_made_migrated_written_down_dropped_and_loaded() {
    on_each("load", async |root| {
        let planted = Arc::new(AtomicUsize::new(0));
        let app = App::open(boot(root, application(&planted, 0))).await?;
        database::create(&app).await?;
        database::migrate(&app).await?;
        let schema = fs::read_to_string(root.join("db/schema.json"))?;
        let places = [
            "\"default\"",
            "\"labels\"",
            "\"tags\"",
            "\"reporting\"",
            "\"reports\"",
        ];
        let places = places.map(|name| {
            schema
                .find(name)
                .unwrap_or_else(|| panic!("{name} in {schema}"))
        });
        assert!(places.is_sorted(), "{schema}");
        let structure = fs::read_to_string(root.join("db/structure-default.sql"))?;
        assert!(
            structure.contains("tags") && !structure.contains("reports"),
            "{structure}"
        );
        let reporting = fs::read_to_string(root.join("db/structure-reporting.sql"))?;
        assert!(reporting.contains("('20260101000003')"), "{reporting}");
        assert!(
            app.db_named("reporting")?
                .batch("SELECT 1 FROM reports")
                .await
                .is_ok()
        );
        let error = app
            .db_named("reportign")
            .expect_err("no such database")
            .to_string();
        assert_eq!(
            error,
            "there is no database `reportign`; did you mean `reporting`?"
        );

        database::migrate_to(&app, "default", 20260101000001).await?;
        let fewer = fs::read_to_string(root.join("db/schema.json"))?;
        assert!(
            !fewer.contains("labels") && fewer.contains("reports"),
            "{fewer}"
        );
        database::rollback(&app, "reporting", 1).await?;
        database::migrate(&app).await?;
        database::status(&app).await?;
        app.close().await;
        assert_eq!(fs::read_to_string(root.join("db/schema.json"))?, schema);

        let boot_again = || boot(root, application(&planted, 0));
        let full = database::load(&boot_again())
            .await
            .expect_err("it is not empty")
            .to_string();
        assert!(
            full.contains("is for an empty one: run `db:drop` first"),
            "{full}"
        );
        database::drop_all(&boot_again()).await?;
        database::load(&boot_again()).await?;
        let app = App::open(boot_again()).await?;
        assert_eq!(app.migrator().pending().await?.len(), 0);
        assert_eq!(app.migrator_of("reporting")?.pending().await?.len(), 0);
        database::migrate(&app).await?;
        app.close().await;
        assert_eq!(
            fs::read_to_string(root.join("db/structure-default.sql"))?,
            structure
        );
        assert_eq!(planted.load(Ordering::Relaxed), 0);

        database::drop_all(&boot_again()).await?;
        let app = App::open(boot_again()).await?;
        database::fill(&app).await?;
        app.close().await;
        assert_eq!(planted.load(Ordering::Relaxed), 1);
        database::drop_all(&boot_again()).await?;
        database::drop_all(&boot_again()).await
    });
}

#[test]
fn a_start_that_is_interrupted_before_its_seeds_leaves_them_to_the_next_one() {
    on_each("prepare", async |root| {
        let planted = Arc::new(AtomicUsize::new(0));
        for (failures, expected) in [(1, 0), (0, 1), (0, 1)] {
            let app = App::open(boot(root, application(&planted, failures))).await?;
            assert_eq!(database::prepare(&app).await.is_err(), failures > 0);
            app.close().await;
            assert_eq!(planted.load(Ordering::Relaxed), expected);
        }
        database::drop_all(&boot(root, application(&planted, 0))).await
    });
}

#[test]
fn a_migration_for_a_database_that_there_is_not_is_refused() {
    on_each("unknown", async |root| {
        let planted = Arc::new(AtomicUsize::new(0));
        let archive = crate::migrations![Create(20260101000004, "old_tags", &["archive"])];
        let application = application(&planted, 0).migrations(archive);
        let app = App::open(boot(root, application)).await?;
        let error = database::migrate(&app)
            .await
            .expect_err("no such database")
            .to_string();
        assert_eq!(
            error,
            "the migration `old_tags` has no database to change: there is no database `archive`; add `[databases.archive]` with its `url` to `config/development.toml`"
        );
        app.close().await;
        database::drop_all(&boot(root, self::application(&planted, 0))).await
    });
}
