use velocious::prelude::*;
use velocious::view::{self, Markup, html};

use crate::config::routes::paths;
use crate::models::{{Model}};

/// One {{human_lower}}.
pub fn show({{model}}: &{{Model}}) -> Result<Markup> {
    Ok(html! {
        div.heading {
            h1 { {{title}} }
            div.actions {
                a.button href=(paths::edit_{{model}}_path({{model}}.id)) { "Edit" }
                (view::button_to("Destroy", paths::{{model}}_path({{model}}.id), "delete"))
            }
        }
        dl.details {
{{details}}
            dt { "Created at" }
            dd { (view::time({{model}}.created_at)) }
        }
        (view::link_to("All {{human_plural_lower}}", paths::{{list}}_path()))
    })
}
