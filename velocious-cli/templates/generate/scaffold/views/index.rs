use velocious::prelude::*;
use velocious::view::{self, Markup, html};

use crate::config::routes::paths;
use crate::models::{{Model}};

/// A page of the list.
pub fn index(page: &velocious::query::Page<{{Model}}>) -> Result<Markup> {
    Ok(html! {
        div.heading {
            h1 { "{{human_plural}}" }
            a.button.primary href=(paths::new_{{model}}_path()) { "New {{human_lower}}" }
        }
        @if page.records.is_empty() {
            p.empty { "There are no {{human_plural_lower}} yet." }
        } @else {
            div.sheet {
                table {
                    thead {
                        tr {
{{heads}}
                            th {}
                        }
                    }
                    tbody {
                        @for {{model}} in &page.records {
                            tr {
{{cells}}
                                td {
                                    div.actions {
                                        a.button href=(paths::edit_{{model}}_path({{model}}.id)) { "Edit" }
                                        (view::button_to("Destroy", paths::{{model}}_path({{model}}.id), "delete"))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        (view::pagination(page, paths::{{list}}_path()))
    })
}
