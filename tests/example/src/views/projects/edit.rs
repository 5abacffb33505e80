//! The page with the form for a project that exists.

use velocious::view::{Markup, html};

use super::form::form;
use crate::config::routes::paths;
use crate::models::{Account, Project};

/// The form for a project that exists.
pub fn edit(project: &Project, accounts: &[Account]) -> Markup {
    html! {
        div.head { h1 { "Edit project" } }
        (form(project, accounts, paths::project_path(project.id), "Save changes"))
    }
}
