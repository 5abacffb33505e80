//! What most files of an application use: `use velocious::prelude::*;`.

#[cfg(feature = "server")]
pub use crate::controller;
pub use crate::migration::{Migration, Schema};
pub use crate::model::{BelongsTo, BelongsToAny, Callbacks, HasMany, HasOne, Model, RecordState};
#[cfg(feature = "password")]
pub use crate::password::PasswordRecord as _;
pub use crate::query::RelationPath as _;
pub use crate::value::{Id, ModelEnum};
#[cfg(feature = "server")]
pub use crate::{App, Application, Context, FormParams, Json, Params, Path, Response};
pub use crate::{ColumnType, Model, ModelEnum, Polymorphic, Projection, create, migration, t};
pub use crate::{Db, Error, Result};
pub use chrono::{DateTime, NaiveDate, Utc};
