//! The pages of accounts.

use maud::{Markup, html};
use velocious::prelude::*;
use velocious::query::Page;
use velocious::view::{form_for, pagination};

use super::projects;
use crate::config::routes::paths;
use crate::models::{Account, Project};

/// A page of the list.
pub fn index(page: &Page<Account>) -> Result<Markup> {
    Ok(html! {
        div.head {
            div { h1 { "Accounts" } p { "Whom the projects are for." } }
            div.actions { a.button.primary href=(paths::new_account_path()) { "New account" } }
        }
        section.card {
            @if page.records.is_empty() {
                div.empty { p { "There is no account." } a.button href=(paths::new_account_path()) { "Add one" } }
            } @else {
                div.scroll {
                    table {
                        thead { tr { th { "Account" } th.number { "Projects" } } }
                        tbody {
                            @for account in &page.records {
                                tr {
                                    td { a href=(paths::account_path(account.id)) { (account.name) } }
                                    td.number { (account.projects.get()?.len()) }
                                }
                            }
                        }
                    }
                }
            }
        }
        (pagination(page, paths::accounts_path()))
    })
}

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

/// The form for a new account.
pub fn new(account: &Account) -> Markup {
    html! {
        div.head { h1 { "New account" } }
        section.card.form {
            (form_for(account, paths::accounts_path(), |form| html! {
                (form.text_field(|account| account.name()))
                div.actions {
                    span.primary { (form.submit("Add account")) }
                    a.button href=(paths::accounts_path()) { "Cancel" }
                }
            }))
        }
    }
}
