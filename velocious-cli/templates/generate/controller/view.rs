use velocious::view::{Markup, html};

pub fn {{action}}() -> Markup {
    html! {
        h1 { "{{controller}}#{{action}}" }
        p { "This page is in " code { "src/views/{{controller}}/{{action}}.rs" } "." }
    }
}
