//! The page to change one's profile.

use velocious::view::{Markup, button_to, form_for, html};

use super::picture;
use crate::config::routes::paths;
use crate::models::User;

/// The forms for a user's data and picture, and the way out.
pub fn edit(user: &User) -> Markup {
    html! {
        div.head { h1 { "Edit your profile" } }
        section.card.form {
            (form_for(user, paths::profile_path(), |form| html! {
                (form.text_field(|user| user.name()).attribute("autocomplete", "name"))
                (form.email_field(|user| user.email()).attribute("autocomplete", "username"))
                div.pair {
                    (form.password().label("New password").attribute("autocomplete", "new-password"))
                    (form.password_confirmation().label("Once more").attribute("autocomplete", "new-password"))
                }
                div.actions {
                    span.primary { (form.submit("Save changes")) }
                    a.button href=(paths::profile_path()) { "Cancel" }
                }
            }))
        }
        section.card.form {
            div.person {
                (picture(user))
                (form_for(user, paths::profile_picture_path(), |form| html! {
                    (form.file_field("picture").attribute("accept", "image/png, image/jpeg, image/webp"))
                    div.actions { (form.submit("Upload")) }
                }))
            }
            @if user.picture.is_some() {
                div.actions.danger { (button_to("Delete the picture", paths::profile_picture_path(), "delete")) }
            }
        }
        section.card.form {
            div.actions.danger { (button_to("Delete my profile", paths::profile_path(), "delete")) }
        }
    }
}
