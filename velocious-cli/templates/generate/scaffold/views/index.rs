use maud::{Markup, html};
use velocious::prelude::*;

use crate::config::routes::paths;
use crate::models::{{Model}};
use crate::views::components::pagination;

/// A page of the list.
pub fn index(page: &velocious::Page<{{Model}}>) -> Result<Markup> {
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
                                        form method="post" action=(paths::{{model}}_path({{model}}.id)) {
                                            input type="hidden" name="_method" value="delete";
                                            button.danger { "Destroy" }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            (pagination(page, &paths::{{models}}_path()))
        }
    })
}
