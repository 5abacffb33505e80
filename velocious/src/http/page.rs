//! The frame of the framework's own pages.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::controller::Response;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6472; --paper: #fff; --line: #e3e6ea; --mark: #b3261e; --fine: #1e7a3c; --band: #f6f7f9 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaee; --soft: #a2abb8; --paper: #14181f; --line: #2b323d; --mark: #ff8a80; --fine: #7bd88f; --band: #1b2029 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 3rem 1.5rem }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .5rem }
h2 { font-size: 1.05rem; margin: 2.2rem 0 .6rem }
p { margin: .4rem 0 }
.status { color: var(--mark); font-weight: 600; margin: 0 }
.fine { color: var(--fine) }
.soft { color: var(--soft) }
code, pre, td { font: .9rem/1.5 ui-monospace, monospace }
pre { background: var(--band); border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; margin: .6rem 0; overflow-x: auto; white-space: pre-wrap }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto }
th { text-align: left; font-weight: 600; color: var(--soft); padding: .35rem 1.2rem .35rem 0 }
td { border-top: 1px solid var(--line); padding: .35rem 1.2rem .35rem 0; vertical-align: top }
td:first-child { white-space: nowrap }
mark { background: none; color: var(--mark); font-weight: 600 }
";

/// These pages hold their style, and nothing else may be loaded by them.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// A page of the framework's own.
pub(crate) fn page(status: StatusCode, title: &str, content: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (content) } }
        }
    };
    let mut response = Response::with_body(status, BoxBody::new(page.into_string()));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A table with a heading for each column.
pub(crate) fn table<const N: usize>(
    headings: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Markup {
    html! {
        table {
            tr { @for heading in headings { th { (heading) } } }
            @for row in rows { tr { @for cell in row { td { (cell) } } } }
        }
    }
}
