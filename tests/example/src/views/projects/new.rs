//! The page with the form for a new project.

use velocious::view::{Markup, html};

use super::form::form;
use crate::config::routes::paths;
use crate::models::{Account, Project};

/// The form for a new project.
pub fn new(project: &Project, accounts: &[Account]) -> Markup {
    html! {
        div.head { h1 { "New project" } }
        (form(project, accounts, paths::projects_path(), "Add project"))
    }
}
