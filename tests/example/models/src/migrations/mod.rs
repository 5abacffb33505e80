//! The migrations, oldest first.

mod m20260101120000_create_accounts;
mod m20260101120100_create_projects;
mod m20260101120200_create_tasks;
mod m20260101120300_create_users;

use velocious::prelude::*;

/// All of them.
pub fn migrations() -> Vec<Box<dyn Migration>> {
    velocious::migrations![
        m20260101120000_create_accounts::CreateAccounts,
        m20260101120100_create_projects::CreateProjects,
        m20260101120200_create_tasks::CreateTasks,
        m20260101120300_create_users::CreateUsers,
    ]
}
