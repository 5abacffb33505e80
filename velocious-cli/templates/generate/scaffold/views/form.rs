use velocious::prelude::*;
use velocious::view::{self, Markup, html};

use crate::config::routes::paths;
use crate::models::{{imports}};

/// The form that makes or changes {{a_human}}, with what is wrong with it.
pub(super) fn form({{model}}: &{{Model}}{{declared}}) -> Markup {
    let (path, submit) = match {{model}}.is_persisted() {
        true => (paths::{{model}}_path({{model}}.id), "Save {{human_lower}}"),
        false => (paths::{{list}}_path(), "Create {{human_lower}}"),
    };
{{options}}
    view::form_for({{model}}, path, |form| {
        html! {
            (form.errors())
{{inputs}}
            div.actions {
                (form.submit(submit))
                a.button href=(paths::{{list}}_path()) { "Cancel" }
            }
        }
    })
}
