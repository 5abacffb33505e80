//! What surrounds every page.

use maud::{DOCTYPE, Markup, html};
use velocious::prelude::*;

/// The whole document around `content`. `title` is what the action gave to `ctx.set_title`, else the application's name.
pub fn application(ctx: &Context, title: &str, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="icon" type="image/svg+xml" href="/favicon.svg";
                link rel="stylesheet" href="/application.css";
            }
            body {
                header.site {
                    a.brand href="/" { "{{human}}" }
                }
                main {
                    @for (kind, message) in ctx.flash().messages() {
                        p.flash.(kind) role="status" { (message) }
                    }
                    (content)
                }
            }
        }
    }
}
