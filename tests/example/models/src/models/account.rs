//! Who the projects belong to.

use serde::Serialize;
use velocious::prelude::*;

use super::Project;

/// A customer, a department: whoever projects are done for.
#[derive(Clone, Debug, Model, Serialize)]
pub struct Account {
    pub id: i64,
    #[validate(presence, length(max = 100), uniqueness)]
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[has_many]
    #[serde(skip_serializing_if = "HasMany::is_unloaded")]
    pub projects: HasMany<Project>,

    #[serde(skip)]
    pub record: RecordState,
}
