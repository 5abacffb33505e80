//! Files of `public/` in pages: stylesheets, scripts, images.

use maud::{Markup, html};

use crate::controller::Context;
use crate::http::asset::{Assets, plain_address};
use crate::http::current;
use crate::http::headers::lets_in;
use crate::http::state::RequestState;

/// The address of a file of `public/`, with the digest of its content: `/logo.png?v=9d41c7f2b80e5a36`.
///
/// A browser keeps what it gets from there for a year without asking, because a file with another content has another
/// address. Without the digest, or with one of another content, it asks each time. In production a digest is made once;
/// elsewhere the file is looked at each time. Addresses with a scheme or a query stay as they are; outside of a request
/// there is no digest.
///
/// A file that is not there is an error of the page, except in production, where it is one of the log.
///
/// ```
/// use velocious::view::asset_path;
///
/// assert_eq!(asset_path("my logo.png"), "/my%20logo.png");
/// assert_eq!(asset_path("https://cdn.example/a.png"), "https://cdn.example/a.png");
/// ```
pub fn asset_path(name: &str) -> String {
    let Some(context) = context() else {
        return plain_address(name);
    };
    let app = context.app();
    let assets: &Assets = app.assets();
    match assets.address(name) {
        Ok(address) => address,
        Err(reason) => {
            if app.environment().is_production() {
                tracing::warn!("{reason}");
            } else {
                let state = RequestState::of(context.request());
                state.missing_asset.borrow_mut().get_or_insert(reason);
            }
            plain_address(name)
        }
    }
}

/// The stylesheet of this name in `public/`.
///
/// ```
/// use velocious::view::stylesheet_tag;
///
/// assert_eq!(
///     stylesheet_tag("application.css").into_string(),
///     r#"<link rel="stylesheet" href="/application.css">"#
/// );
/// ```
///
/// Where the page's `Content-Security-Policy` would not let it in, as one from another site, it gets the page's nonce.
pub fn stylesheet_tag(name: &str) -> Markup {
    let address = asset_path(name);
    html! { link rel="stylesheet" href=(address) nonce=[nonce("style-src", &address)]; }
}

/// The script of this name in `public/`, which runs when the page has been read.
///
/// ```
/// use velocious::view::script_tag;
///
/// assert_eq!(
///     script_tag("application.js").into_string(),
///     r#"<script src="/application.js" defer></script>"#
/// );
/// ```
///
/// Where the page's `Content-Security-Policy` would not let it in, as one from another site, it gets the page's nonce.
pub fn script_tag(name: &str) -> Markup {
    let address = asset_path(name);
    html! { script src=(address) nonce=[nonce("script-src", &address)] defer {} }
}

/// The image of this name in `public/`, and what it says to those who cannot see it: nothing, for mere decoration.
///
/// ```
/// use velocious::view::image_tag;
///
/// assert_eq!(
///     image_tag("logo.svg", "The shop").into_string(),
///     r#"<img src="/logo.svg" alt="The shop">"#
/// );
/// ```
///
/// For more attributes write the tag: `img src=(asset_path("logo.svg")) alt="The shop" width="120";`.
pub fn image_tag(name: &str, alternative: &str) -> Markup {
    html! { img src=(asset_path(name)) alt=(alternative); }
}

fn context() -> Option<Context> {
    Context::of(&current::request()?).ok()
}

/// The page's nonce, for what its policy lets in by that alone.
fn nonce(directive: &str, address: &str) -> Option<String> {
    let context = context()?;
    match lets_in(&context.worker().policy, directive, address) {
        true => None,
        false => context.csp_nonce().ok(),
    }
}
