//! The page with the form for a new account.

use velocious::view::{Markup, form_for, html};

use crate::config::routes::paths;
use crate::models::Account;

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
