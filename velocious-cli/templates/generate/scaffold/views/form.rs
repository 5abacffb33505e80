use maud::{Markup, html};
use velocious::prelude::*;

use crate::config::routes::paths;
use crate::models::{{imports}};
use crate::views::components::{{components}};

/// The form that makes or changes `{{model}}`, with what is wrong with it.
pub(super) fn form({{model}}: &{{Model}}{{declared}}) -> Markup {
    let (path, submit) = match {{model}}.is_persisted() {
        true => (paths::{{model}}_path({{model}}.id), "Save {{human_lower}}"),
        false => (paths::{{models}}_path(), "Create {{human_lower}}"),
    };
    html! {
        form.form method="post" action=(path) {
            @if {{model}}.is_persisted() { input type="hidden" name="_method" value="patch"; }
            (mistakes({{model}}.errors()))
{{inputs}}
            div.actions {
                button.primary { (submit) }
                a.button href=(paths::{{models}}_path()) { "Cancel" }
            }
        }
    }
}
