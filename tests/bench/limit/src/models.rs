//! Tables, rows and the two queries of the list.
//!
//! A page's projects come by a second query, not a join: that is the faster of the two on SQLite.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// Rows on one page of the list.
const PER_PAGE: i64 = 20;

diesel::table! {
    projects (id) {
        id -> BigInt,
        account_id -> BigInt,
        name -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    tasks (id) {
        id -> BigInt,
        project_id -> BigInt,
        name -> Text,
        description -> Text,
        is_done -> Bool,
        due_on -> Nullable<Date>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

#[derive(Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = projects, check_for_backend(diesel::sqlite::Sqlite))]
pub(crate) struct Project {
    pub(crate) id: i64,
    account_id: i64,
    pub(crate) name: String,
    #[serde(serialize_with = "utc")]
    created_at: NaiveDateTime,
    #[serde(serialize_with = "utc")]
    updated_at: NaiveDateTime,
}

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = tasks, check_for_backend(diesel::sqlite::Sqlite))]
pub(crate) struct Task {
    pub(crate) id: i64,
    project_id: i64,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) is_done: bool,
    pub(crate) due_on: Option<NaiveDate>,
    #[serde(serialize_with = "utc")]
    created_at: NaiveDateTime,
    #[serde(serialize_with = "utc")]
    updated_at: NaiveDateTime,
}

impl Task {
    pub(crate) fn find(connection: &mut SqliteConnection, id: i64) -> QueryResult<Task> {
        tasks::table
            .find(id)
            .select(Task::as_select())
            .first(connection)
    }
}

pub(crate) struct TaskWithProject {
    pub(crate) task: Task,
    pub(crate) project: Project,
}

impl TaskWithProject {
    /// Page number `page`, counted from 1.
    pub(crate) fn page(
        connection: &mut SqliteConnection,
        page: i64,
    ) -> QueryResult<Vec<TaskWithProject>> {
        let page: Vec<Task> = tasks::table
            .order(tasks::id.asc())
            .limit(PER_PAGE)
            .offset((page.max(1) - 1) * PER_PAGE)
            .select(Task::as_select())
            .load(connection)?;
        let mut keys: Vec<i64> = page.iter().map(|task| task.project_id).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut found: Vec<Project> = projects::table
            .filter(projects::id.eq_any(keys))
            .select(Project::as_select())
            .load(connection)?;
        found.sort_unstable_by_key(|project| project.id);
        page.into_iter()
            .map(|task| {
                let place = found.binary_search_by_key(&task.project_id, |project| project.id);
                let project = found[place.map_err(|_| diesel::result::Error::NotFound)?].clone();
                Ok(TaskWithProject { task, project })
            })
            .collect()
    }
}

/// One flat object, written out because serde's `flatten` costs time.
impl Serialize for TaskWithProject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Task", 9)?;
        object.serialize_field("id", &self.task.id)?;
        object.serialize_field("project_id", &self.task.project_id)?;
        object.serialize_field("name", &self.task.name)?;
        object.serialize_field("description", &self.task.description)?;
        object.serialize_field("is_done", &self.task.is_done)?;
        object.serialize_field("due_on", &self.task.due_on)?;
        object.serialize_field("created_at", &self.task.created_at.and_utc())?;
        object.serialize_field("updated_at", &self.task.updated_at.and_utc())?;
        object.serialize_field("project", &self.project)?;
        object.end()
    }
}

fn utc<S: Serializer>(time: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    time.and_utc().serialize(serializer)
}
