//! The first page.

use velocious::prelude::*;
use velocious::view::{Markup, html};

use crate::config::routes::paths;
use crate::models::Task;
use crate::views::tasks;

/// How much there is of everything.
pub struct Figures {
    pub open: u64,
    pub overdue: u64,
    pub projects: u64,
    pub accounts: u64,
}

/// The overview: figures, and what is late.
pub fn index(figures: &Figures, urgent: &[Task], today: NaiveDate) -> Result<Markup> {
    let cards = [
        (figures.open, "open tasks", paths::tasks_path(), false),
        (
            figures.overdue,
            "overdue",
            paths::overdue_tasks_path(),
            figures.overdue > 0,
        ),
        (figures.projects, "projects", paths::projects_path(), false),
        (figures.accounts, "accounts", paths::accounts_path(), false),
    ];
    Ok(html! {
        div.head {
            div {
                h1 { "Overview" }
                p { "What is going on today." }
            }
            div.actions { a.button.primary href=(paths::new_task_path()) { "New task" } }
        }
        div.figures {
            @for (number, name, path, late) in &cards {
                a.card.figure.late[*late] href=(path) { b { (number) } span { (name) } }
            }
        }
        section.card {
            header { h2 { "Most urgent" } a href=(paths::overdue_tasks_path()) { "All overdue tasks" } }
            @if urgent.is_empty() {
                div.empty { "Nothing is late. Well done!" }
            } @else {
                (tasks::table(urgent, today, true)?)
            }
        }
    })
}
