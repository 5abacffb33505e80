use maud::{Markup, html};

use super::form::form;
use crate::models::{{imports}};

/// The page with the form for a {{human_lower}} that exists.
pub fn edit({{model}}: &{{Model}}{{declared}}) -> Markup {
    html! {
        div.heading { h1 { "Edit {{human_lower}}" } }
        (form({{model}}{{passed}}))
    }
}
