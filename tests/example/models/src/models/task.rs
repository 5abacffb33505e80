//! What is to be done.

use serde::Serialize;
use velocious::prelude::*;

use super::Project;

/// One thing to do in a project.
#[derive(Clone, Debug, Model, Serialize)]
pub struct Task {
    pub id: i64,
    pub project_id: i64,
    #[validate(presence, length(max = 200))]
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

impl Task {
    /// Whether it should have been done before `today`.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        !self.is_done && self.due_on.is_some_and(|due| due < today)
    }
}
