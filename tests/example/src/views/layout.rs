//! What surrounds every page.

use velocious::prelude::*;
use velocious::view::{DOCTYPE, Markup, flash_messages, html, stylesheet_tag};

use super::profiles::picture;
use crate::config::routes::paths;
use crate::models::User;

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
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
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
                        (whoever(ctx))
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

/// Who is signed in, or the ways to be.
fn whoever(ctx: &Context) -> Markup {
    html! {
        nav.user aria-label="You" {
            @match ctx.assigned::<User>() {
                Some(user) => a href=(paths::profile_path()) { (picture(&user)) (user.name) },
                None => {
                    a href=(paths::new_session_path()) { "Sign in" }
                    a href=(paths::new_profile_path()) { "Sign up" }
                }
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
