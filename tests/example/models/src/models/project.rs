//! What the tasks belong to.

use serde::Serialize;
use velocious::prelude::*;

use super::{Account, Task};

/// A piece of work for an account.
#[derive(Clone, Debug, Model, Serialize)]
pub struct Project {
    pub id: i64,
    pub account_id: i64,
    #[validate(presence, length(max = 100), uniqueness(scope = account_id))]
    pub name: String,
    pub description: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to]
    #[serde(skip_serializing_if = "BelongsTo::is_unloaded")]
    pub account: BelongsTo<Account>,
    #[has_many]
    #[serde(skip_serializing_if = "HasMany::is_unloaded")]
    pub tasks: HasMany<Task>,

    #[serde(skip)]
    pub record: RecordState,
}
