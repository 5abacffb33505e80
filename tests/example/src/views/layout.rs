//! What surrounds every page.

use velocious::prelude::*;
use velocious::view::{DOCTYPE, Markup, flash_messages, html, stylesheet_tag};

use crate::config::routes::paths;

/// The page around `content`.
pub fn application(ctx: &Context, title: &str, content: Markup) -> Markup {
    let here = ctx.request().path();
    let links = [
        ("Overview", paths::root_path()),
        ("Tasks", paths::tasks_path()),
        ("Projects", paths::projects_path()),
        ("Accounts", paths::accounts_path()),
    ];
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Tasks for teams" }
                (stylesheet_tag("application.css"))
            }
            body {
                header.site {
                    div.wrap {
                        a.brand href=(paths::root_path()) { i { "✓" } "Tasks for teams" }
                        nav {
                            @for (name, path) in &links {
                                a href=(path) aria-current=[is_current(path, here).then_some("page")] { (name) }
                            }
                        }
                    }
                }
                main {
                    div.wrap {
                        (flash_messages(ctx))
                        (content)
                    }
                }
                footer { div.wrap { "An example application of Velocious" } }
            }
        }
    }
}

fn is_current(path: &str, here: &str) -> bool {
    match path {
        "/" => here == "/",
        _ => {
            here == path
                || here
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.starts_with('/'))
        }
    }
}
