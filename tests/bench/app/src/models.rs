//! The models.

use serde::Serialize;
use velocious::prelude::*;

#[derive(Clone, Debug, Model, Serialize)]
pub struct Account {
    pub id: i64,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[serde(skip)]
    pub record: RecordState,
}

#[derive(Clone, Debug, Model, Serialize)]
pub struct Project {
    pub id: i64,
    pub account_id: i64,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to]
    #[serde(skip_serializing_if = "BelongsTo::is_unloaded")]
    pub account: BelongsTo<Account>,

    #[serde(skip)]
    pub record: RecordState,
}

#[derive(Clone, Debug, Model, Serialize)]
pub struct Task {
    pub id: i64,
    pub project_id: i64,
    #[validate(presence, uniqueness)]
    pub name: String,
    pub description: String,
    pub is_done: bool,
    pub due_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to]
    #[serde(skip_serializing_if = "BelongsTo::is_unloaded")]
    pub project: BelongsTo<Project>,

    #[serde(skip)]
    pub record: RecordState,
}
