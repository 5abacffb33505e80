//! A user's picture.

use velocious::view::{Markup, html};

use crate::config::routes::paths;
use crate::models::User;

/// The picture of whoever is signed in, or the first letter of the name.
pub fn picture(user: &User) -> Markup {
    html! {
        @match &user.picture {
            // Another picture has another address, so that none is shown that the browser remembers.
            Some(name) => img.picture src=(paths::profile_picture_path().query(&[("file", name)])) alt="";,
            None => span.picture aria-hidden="true" { (user.name.chars().next().unwrap_or('?')) }
        }
    }
}
