//! What surrounds every page.

use velocious::prelude::*;
use velocious::view::{self, DOCTYPE, Markup, html};

/// The whole document around `content`. `title` is what the action gave to `ctx.set_title`, else the application's name.
pub fn application(ctx: &Context, title: &str, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(ctx.locale()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="icon" type="image/svg+xml" href=(view::asset_path("favicon.svg"));
                (view::stylesheet_tag("application.css"))
            }
            body {
                header.site { a.brand href="/" { "{{human}}" } }
                main {
                    (view::flash_messages(ctx))
                    (content)
                }
            }
        }
    }
}
