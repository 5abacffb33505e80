//! The list.

use velocious::prelude::*;
use velocious::query::Page;
use velocious::view::{Markup, html, pagination};

use crate::config::routes::paths;
use crate::models::Account;

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
