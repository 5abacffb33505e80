use velocious::view::{Markup, html};

use crate::models::{{imports}};

/// The page with the form for {{a_human}} that exists.
pub fn edit({{model}}: &{{Model}}{{declared}}) -> Markup {
    html! {
        div.heading { h1 { "Edit {{human_lower}}" } }
        (super::form::form({{model}}{{passed}}))
    }
}
