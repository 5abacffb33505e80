//! One's own profile.

use velocious::view::{Markup, button_to, html, time};

use super::picture;
use crate::config::routes::paths;
use crate::models::User;

/// One's own profile.
pub fn show(user: &User) -> Markup {
    html! {
        div.head {
            div.person {
                (picture(user))
                div { h1 { (user.name) } p { (user.email) } }
            }
            div.actions {
                a.button href=(paths::edit_profile_path()) { "Edit" }
                (button_to("Sign out", paths::session_path(), "delete"))
            }
        }
        section.card {
            div.body {
                dl {
                    dt { "Here since" }
                    dd { (time(user.created_at)) }
                }
            }
        }
    }
}
