//! What several pages use: pagination, and what forms are made of.

use maud::{Markup, html};
use velocious::model::Errors;
use velocious::prelude::*;

/// Links to the pages before and after `page` of the list at `path`; nothing when one page holds everything.
pub fn pagination<M>(page: &velocious::Page<M>, path: &str) -> Markup {
    html! {
        @if page.pages() > 1 {
            nav.pagination aria-label="Pages" {
                @if let Some(previous) = page.previous() {
                    a.button rel="prev" href={ (path) "?page=" (previous) } { "Previous" }
                }
                span { "Page " (page.number) " of " (page.pages()) }
                @if let Some(next) = page.next() {
                    a.button rel="next" href={ (path) "?page=" (next) } { "Next" }
                }
            }
        }
    }
}

/// How many mistakes keep a form from being saved; nothing when there is none.
pub fn mistakes(errors: &Errors) -> Markup {
    html! {
        @match errors.len() {
            0 => {},
            1 => p.flash.alert role="alert" { "One mistake keeps this from being saved." },
            many => p.flash.alert role="alert" { (many) " mistakes keep this from being saved." },
        }
    }
}

/// What is wrong with one field of a form, for right below it.
pub fn messages(errors: &Errors, field: &str) -> Markup {
    html! {
        @for message in errors.on(field) {
            p.message { (message) }
        }
    }
}

/// What a date field of a form holds: nothing while nobody has chosen one.
pub fn day(day: NaiveDate) -> Option<NaiveDate> {
    (day != NaiveDate::default()).then_some(day)
}

/// What a field for date and time holds, in UTC: nothing while nobody has chosen one.
pub fn moment(time: DateTime<Utc>) -> Option<String> {
    (time != DateTime::UNIX_EPOCH).then(|| time.format("%Y-%m-%dT%H:%M").to_string())
}
