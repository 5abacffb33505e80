use velocious::view::{Markup, html};

use crate::models::{{imports}};

/// The page with the form for a new {{human_lower}}.
pub fn new({{model}}: &{{Model}}{{declared}}) -> Markup {
    html! {
        div.heading { h1 { "New {{human_lower}}" } }
        (super::form::form({{model}}{{passed}}))
    }
}
