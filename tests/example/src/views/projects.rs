//! The pages of projects.

use maud::{Markup, html};
use velocious::prelude::*;
use velocious::query::Page;
use velocious::view::{button_to, form_for, pagination};

use super::tasks;
use crate::config::routes::paths;
use crate::models::{Account, Project, Task};

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

/// Projects as rows, with their account where `with_account`.
pub fn table(projects: &[Project], with_account: bool) -> Result<Markup> {
    Ok(html! {
        div.scroll {
            table {
                thead { tr { th { "Project" } @if with_account { th.wide { "Account" } } th { "Done" } } }
                tbody {
                    @for project in projects {
                        tr {
                            td.name {
                                a href=(paths::project_path(project.id)) { (project.name) }
                                span.under { (project.description) }
                            }
                            @if with_account {
                                @let account = project.account.get()?;
                                td.wide { a href=(paths::account_path(account.id)) { (account.name) } }
                            }
                            td { (progress(project.tasks.get()?)) }
                        }
                    }
                }
            }
        }
    })
}

fn progress(tasks: &[Task]) -> Markup {
    let done = tasks.iter().filter(|task| task.is_done).count();
    html! {
        span.progress {
            progress value=(done) max=(tasks.len().max(1)) {}
            (done) " of " (tasks.len())
        }
    }
}

/// One project with its tasks.
pub fn show(project: &Project, tasks: &[Task]) -> Result<Markup> {
    let account = project.account.get()?;
    Ok(html! {
        div.head {
            div {
                p.crumb { a href=(paths::account_path(account.id)) { (account.name) } }
                h1 { (project.name) }
                p { (project.description) }
            }
            div.actions {
                a.button href=(paths::edit_project_path(project.id)) { "Edit" }
                span.danger { (button_to("Delete", paths::project_path(project.id), "delete")) }
                a.button.primary href=(paths::new_project_task_path(project.id)) { "New task" }
            }
        }
        section.card {
            header { h2 { "Tasks" } (progress(tasks)) }
            @if tasks.is_empty() {
                div.empty { p { "Nothing to do yet." } a.button href=(paths::new_project_task_path(project.id)) { "Add a task" } }
            } @else {
                (tasks::table(tasks, Utc::now().date_naive(), false)?)
            }
        }
    })
}

/// The form for a new project.
pub fn new(project: &Project, accounts: &[Account]) -> Markup {
    html! {
        div.head { h1 { "New project" } }
        (form(project, accounts, paths::projects_path(), "Add project"))
    }
}

/// The form for a project that exists.
pub fn edit(project: &Project, accounts: &[Account]) -> Markup {
    html! {
        div.head { h1 { "Edit project" } }
        (form(project, accounts, paths::project_path(project.id), "Save changes"))
    }
}

fn form(project: &Project, accounts: &[Account], path: String, submit: &str) -> Markup {
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
