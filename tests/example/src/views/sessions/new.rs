//! The page to sign in.

use velocious::prelude::*;
use velocious::view::{Markup, form_for, html};

use crate::config::routes::paths;
use crate::config::seeds;
use crate::models::User;

/// The form to sign in, with the address that was typed in before.
pub fn new(ctx: &Context, visitor: &User) -> Markup {
    html! {
        div.head {
            div {
                h1 { "Sign in" }
                p { "New here? " a href=(paths::new_profile_path()) { "Sign up" } "." }
            }
        }
        section.card.form {
            (form_for(visitor, paths::session_path(), |form| html! {
                (form.email_field(|user| user.email()).attribute("autocomplete", "username"))
                (form.password().attribute("autocomplete", "current-password"))
                div.actions {
                    span.primary { (form.submit("Sign in")) }
                }
            }))
        }
        @if ctx.app().environment().is_development() {
            p.hint {
                "This is development: "
                code { (seeds::DEMO_EMAIL) } " signs in with " code { (seeds::DEMO_PASSWORD) } "."
            }
        }
    }
}
