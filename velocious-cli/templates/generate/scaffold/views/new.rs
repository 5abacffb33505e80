use maud::{Markup, html};

use super::form::form;
use crate::models::{{imports}};

/// The page with the form for a new {{human_lower}}.
pub fn new({{model}}: &{{Model}}{{declared}}) -> Markup {
    html! {
        div.heading { h1 { "New {{human_lower}}" } }
        (form({{model}}{{passed}}))
    }
}
