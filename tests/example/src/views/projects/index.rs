//! The list.

use velocious::prelude::*;
use velocious::query::Page;
use velocious::view::{Markup, html, pagination};

use super::table::table;
use crate::config::routes::paths;
use crate::models::Project;

/// A page of the list.
pub fn index(page: &Page<Project>) -> Result<Markup> {
    Ok(html! {
        div.head {
            div { h1 { "Projects" } p { "By name, with what is done of each." } }
            div.actions { a.button.primary href=(paths::new_project_path()) { "New project" } }
        }
        section.card {
            @if page.records.is_empty() {
                div.empty { p { "There is no project." } a.button href=(paths::new_project_path()) { "Add one" } }
            } @else {
                (table(&page.records, true)?)
            }
        }
        (pagination(page, paths::projects_path()))
    })
}
