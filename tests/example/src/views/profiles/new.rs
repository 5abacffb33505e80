//! The page to sign up.

use velocious::view::{Markup, form_for, html};

use crate::config::routes::paths;
use crate::models::User;

/// The form to sign up.
pub fn new(user: &User) -> Markup {
    html! {
        div.head {
            div {
                h1 { "Sign up" }
                p { "Have you been here before? " a href=(paths::new_session_path()) { "Sign in" } "." }
            }
        }
        section.card.form {
            (form_for(user, paths::profile_path(), |form| html! {
                (form.text_field(|user| user.name()).attribute("autocomplete", "name"))
                (form.email_field(|user| user.email()).attribute("autocomplete", "username"))
                div.pair {
                    (form.password().attribute("autocomplete", "new-password"))
                    (form.password_confirmation().label("Once more").attribute("autocomplete", "new-password"))
                }
                div.actions {
                    span.primary { (form.submit("Sign up")) }
                    a.button href=(paths::root_path()) { "Cancel" }
                }
            }))
        }
    }
}
