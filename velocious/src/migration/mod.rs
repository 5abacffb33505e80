//! Migrations: the changes that make a database what the program expects, in order.
//!
//! * [`Migration`]: one change, up and down; [`migrations!`](crate::migrations): the list of a program's.
//! * [`Schema`], [`TableBuilder`], [`ColumnBuilder`], [`AddIndex`], [`AddForeignKey`]: how a change is written.
//! * [`Migrator`]: applies them; [`structure`]: the outcome as SQL; [`describe`]: as data.
//! * `step`: how one is run, alone in the database; `broken`: what is checked at the end.
//! * `translations`: the tables of translated attributes.
//! * `definition`: tables as data; `request`: changes that are awaited; `reverse`: taking back a `change`; `dialect`:
//!   which SQL that is, `sqlite`'s or that of a `server`.
//!
//! ```
//! use velocious::migration::{Migration, Schema};
//! use velocious::{BoxFuture, Result};
//!
//! struct CreateTasks;
//!
//! // `#[migration(version = …)]` lets `up` and `down` be written as `async fn` and adds the rest.
//! impl Migration for CreateTasks {
//!     fn version(&self) -> u64 {
//!         20260101120000
//!     }
//!     fn name(&self) -> &'static str {
//!         "CreateTasks"
//!     }
//!     fn up<'a>(&'a self, m: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
//!         Box::pin(async move {
//!             m.create_table("tasks", |t| {
//!                 t.references("project").foreign_key().null(false);
//!                 t.string("name").max_length(200).null(false);
//!                 t.timestamps();
//!             })
//!             .await?;
//!             m.add_index("tasks", &["project_id", "name"]).unique().await
//!         })
//!     }
//!     fn down<'a>(&'a self, m: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
//!         Box::pin(async move { m.drop_table("tasks").await })
//!     }
//! }
//!
//! let migrations = velocious::migrations![CreateTasks];
//! assert_eq!(migrations[0].version(), 20260101120000);
//! ```

mod broken;
mod definition;
mod description;
mod dialect;
mod migrator;
mod request;
mod reverse;
mod schema;
mod server;
mod sqlite;
mod step;
mod structure;
mod table;
#[cfg(all(test, feature = "sqlite"))]
mod tests;
mod translations;

pub use definition::{DefaultValue, KeyType, OnDelete, OnUpdate};
pub use description::describe;
pub use migrator::{Applied, MigrationError, MigrationStatus, Migrator, Moved};
pub use request::{AddForeignKey, AddIndex};
pub use reverse::reversed;
pub use schema::Schema;
pub use structure::structure;
pub use table::{ColumnBuilder, TableBuilder};

use crate::{BoxFuture, Error, Result};

/// One change of a database. `#[migration(version = …)]` writes the dull part.
pub trait Migration: Send + Sync {
    /// When it was written, as `YYYYMMDDhhmmss`: the order in which migrations are applied, and what the database
    /// remembers.
    fn version(&self) -> u64;

    /// What it is called in messages.
    fn name(&self) -> &'static str;

    /// Makes the change.
    fn up<'a>(&'a self, schema: &'a mut Schema) -> BoxFuture<'a, Result<()>>;

    /// Makes the change in steps that can be taken back by themselves; `#[migration]` makes `up` and `down` of it.
    ///
    /// # Errors
    /// Unless it is written: that there is none.
    fn change<'a>(&'a self, _schema: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
        let text = format!("`{}` has no `change`: write one", self.name());
        Box::pin(async move { Err(Error::message(text)) })
    }

    /// The databases that it is for, by the names they have in the configuration.
    fn databases(&self) -> &'static [&'static str] {
        &["default"]
    }

    /// Undoes it.
    ///
    /// # Errors
    /// Unless it is written: that this change cannot be undone.
    fn down<'a>(&'a self, _schema: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
        let text = format!(
            "`{}` has no `down`: write one, or restore a backup",
            self.name()
        );
        Box::pin(async move { Err(Error::message(text)) })
    }
}

/// The migrations of a program: `velocious::migrations![m20260101120000_create_tasks::CreateTasks]`.
///
/// A `Vec<Box<dyn Migration>>`, in whatever order they are listed; the versions decide which comes first.
#[macro_export]
macro_rules! migrations {
    ($($migration:expr),* $(,)?) => {{
        let migrations: ::std::vec::Vec<::std::boxed::Box<dyn $crate::migration::Migration>> =
            ::std::vec![$(::std::boxed::Box::new($migration)),*];
        migrations
    }};
}
