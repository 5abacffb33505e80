use maud::{Markup, html};
use velocious::prelude::*;

use crate::config::routes::paths;
use crate::models::{{Model}};

/// One {{human_lower}}.
pub fn show({{model}}: &{{Model}}) -> Result<Markup> {
    Ok(html! {
        div.heading {
            h1 { {{title}} }
            div.actions {
                a.button href=(paths::edit_{{model}}_path({{model}}.id)) { "Edit" }
                form method="post" action=(paths::{{model}}_path({{model}}.id)) {
                    input type="hidden" name="_method" value="delete";
                    button.danger { "Destroy" }
                }
            }
        }
        dl.details {
{{details}}
            dt { "Created at" }
            dd { ({{model}}.created_at.format("%Y-%m-%d %H:%M")) }
        }
        a href=(paths::{{models}}_path()) { "All {{human_plural_lower}}" }
    })
}
