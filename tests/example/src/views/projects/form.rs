//! The form that makes or changes a project.

use velocious::routing::RoutePath;
use velocious::view::{Markup, form_for, html};

use crate::config::routes::paths;
use crate::models::{Account, Project};

pub(super) fn form(
    project: &Project,
    accounts: &[Account],
    path: RoutePath,
    submit: &str,
) -> Markup {
    let accounts = accounts.iter().map(|account| (account.id, &*account.name));
    html! {
        section.card.form {
            (form_for(project, path, |form| html! {
                (form.text_field(|project| project.name()))
                (form.select(|project| project.account_id(), accounts))
                (form.text_area(|project| project.description()))
                div.actions {
                    span.primary { (form.submit(submit)) }
                    a.button href=(paths::projects_path()) { "Cancel" }
                }
            }))
        }
    }
}
