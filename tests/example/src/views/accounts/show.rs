//! One account.

use velocious::prelude::*;
use velocious::view::{Markup, html};

use crate::config::routes::paths;
use crate::models::{Account, Project};
use crate::views::projects;

/// One account with its projects.
pub fn show(account: &Account, projects: &[Project]) -> Result<Markup> {
    Ok(html! {
        div.head {
            div {
                p.crumb { a href=(paths::accounts_path()) { "Accounts" } }
                h1 { (account.name) }
            }
        }
        section.card {
            header { h2 { "Projects" } }
            @if projects.is_empty() {
                div.empty { "No project yet." }
            } @else {
                (projects::table(projects, false)?)
            }
        }
    })
}
