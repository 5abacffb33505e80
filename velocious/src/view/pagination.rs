//! Links to the other pages of a list.

use maud::{Markup, html};

use crate::query::Page;
use crate::routing::LinkTarget;

/// How many neighbours of the current page are linked on each side.
const NEIGHBOURS: u64 = 2;

/// Links to the other pages of a list at `path`; nothing when there is one page only.
///
/// The first page, the last one and the neighbours of the current one are linked. `path` may have a query already.
pub fn pagination<M>(page: &Page<M>, path: impl LinkTarget) -> Markup {
    let path = path.address();
    let joint = if path.contains('?') { '&' } else { '?' };
    let address = |number: u64| format!("{path}{joint}page={number}");
    if page.pages() == 1 {
        return Markup::default();
    }
    html! {
        nav class="pagination" aria-label="Pages" {
            @if let Some(previous) = page.previous() {
                a rel="prev" href=(address(previous)) { "‹ Previous" }
            }
            @for step in steps(page.number, page.pages()) {
                @match step {
                    Step::Gap => { span class="gap" { "…" } }
                    Step::Page(number) if number == page.number => {
                        span class="current" aria-current="page" { (number) }
                    }
                    Step::Page(number) => { a href=(address(number)) { (number) } }
                }
            }
            @if let Some(next) = page.next() {
                a rel="next" href=(address(next)) { "Next ›" }
            }
        }
    }
}

#[derive(Debug, PartialEq)]
enum Step {
    Page(u64),
    Gap,
}

/// The pages that are shown, with gaps between them.
fn steps(current: u64, pages: u64) -> Vec<Step> {
    let first = current.saturating_sub(NEIGHBOURS).clamp(1, pages);
    let last = current.saturating_add(NEIGHBOURS).min(pages);
    let mut steps = Vec::new();
    if first > 1 {
        steps.push(Step::Page(1));
    }
    if first > 2 {
        steps.push(Step::Gap);
    }
    steps.extend((first..=last).map(Step::Page));
    if last + 1 < pages {
        steps.push(Step::Gap);
    }
    if last < pages {
        steps.push(Step::Page(pages));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(current: u64, pages: u64) -> String {
        let text = |step| match step {
            Step::Page(number) => number.to_string(),
            Step::Gap => "…".into(),
        };
        steps(current, pages)
            .into_iter()
            .map(text)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn ends_and_neighbours_are_linked() {
        assert_eq!(shown(1, 2), "1 2");
        assert_eq!(shown(5, 10), "1 … 3 4 5 6 7 … 10");
        assert_eq!(shown(4, 7), "1 2 3 4 5 6 7");
        assert_eq!(shown(10, 10), "1 … 8 9 10");
        assert_eq!(shown(99, 3), "1 … 3", "a page after the last one");
    }
}
