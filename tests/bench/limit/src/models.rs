//! Tables, rows and how a row of the list becomes JSON.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

diesel::table! {
    accounts (id) {
        id -> BigInt,
        name -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

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
#[diesel(table_name = accounts, check_for_backend(Sqlite, Pg))]
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) name: String,
    #[serde(serialize_with = "utc")]
    created_at: NaiveDateTime,
    #[serde(serialize_with = "utc")]
    updated_at: NaiveDateTime,
}

#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = projects, check_for_backend(Sqlite, Pg))]
pub(crate) struct Project {
    pub(crate) id: i64,
    pub(crate) account_id: i64,
    pub(crate) name: String,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = tasks, check_for_backend(Sqlite, Pg))]
pub(crate) struct Task {
    pub(crate) id: i64,
    pub(crate) project_id: i64,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) is_done: bool,
    pub(crate) due_on: Option<NaiveDate>,
    #[serde(serialize_with = "utc")]
    created_at: NaiveDateTime,
    #[serde(serialize_with = "utc")]
    updated_at: NaiveDateTime,
}

/// What a client sends to make a task.
#[derive(Deserialize)]
pub(crate) struct NewTask {
    pub(crate) project_id: i64,
    pub(crate) name: String,
    pub(crate) description: String,
}

pub(crate) struct ProjectWithAccount {
    pub(crate) project: Project,
    pub(crate) account: Account,
}

pub(crate) struct TaskWithProject {
    pub(crate) task: Task,
    pub(crate) project: ProjectWithAccount,
}

/// One flat object, written out because serde's `flatten` costs time.
impl Serialize for ProjectWithAccount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Project", 6)?;
        object.serialize_field("id", &self.project.id)?;
        object.serialize_field("account_id", &self.project.account_id)?;
        object.serialize_field("name", &self.project.name)?;
        object.serialize_field("created_at", &self.project.created_at.and_utc())?;
        object.serialize_field("updated_at", &self.project.updated_at.and_utc())?;
        object.serialize_field("account", &self.account)?;
        object.end()
    }
}

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
