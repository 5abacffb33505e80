//! Whether redirects lead to something that is there.

use super::args::Verb;
use super::ir::{Declaration, Destination, Redirect, Route};
use super::pattern::{Pattern, Segment};
use crate::fault::Faults;

/// Every redirect to a path of the application leads to a route that an action answers, or to services of actix.
///
/// The browser follows most of them with GET; 307 and 308 keep the method, so that there any will do.
pub(super) fn redirects_lead_somewhere(all: &Declaration, faults: &mut Faults) {
    let mut seen = Vec::new();
    for route in &all.routes {
        let Destination::Redirect(redirect) = &route.destination else {
            continue;
        };
        let place = format!("{:?}", redirect.at);
        if redirect.is_checked && !seen.contains(&place) {
            if let Some(fault) = fault_of(route, redirect, all) {
                faults.at_span(redirect.at, fault);
            }
            seen.push(place);
        }
    }
}

fn fault_of(route: &Route, redirect: &Redirect, all: &Declaration) -> Option<String> {
    let goal = Goal::of(redirect, &route.pattern);
    if all.mounts.iter().any(|mount| goal.is_below(&mount.pattern)) {
        return None;
    }
    let there: Vec<_> = all
        .routes
        .iter()
        .filter(|route| goal.leads_to(&route.pattern))
        .collect();
    let keeps_method = matches!(redirect.status, 307 | 308);
    let answering: Vec<_> = there
        .iter()
        .filter(|route| keeps_method || route.verb == Verb::Get)
        .collect();
    let is_answered = |route: &&&Route| route.destination.action().is_some();
    if answering.iter().any(is_answered) {
        return None;
    }
    let path = &goal.path;
    let onwards = answering.iter().find_map(|route| match &route.destination {
        Destination::Redirect(Redirect { to, .. }) => Some(to),
        Destination::Action(_) => None,
    });
    Some(match (onwards, there.first()) {
        (Some(to), _) => format!("`{path}` leads on to `{to}`; lead there at once"),
        (None, Some(other)) => format!(
            "`{path}` answers {} only, and browsers follow this with GET; say `status = 308`, which keeps the method, or \
             lead to another path",
            other.verb.method()
        ),
        (None, None) => nothing_there(path, all),
    })
}

fn nothing_there(path: &str, all: &Declaration) -> String {
    let actions = all.routes.iter();
    let actions = actions.filter(|route| route.destination.action().is_some());
    let known: Vec<_> = actions.map(|route| route.pattern.path()).collect();
    let fault = format!("no route answers `{path}`");
    match velocious_naming::nearest(path, &known) {
        Some(nearest) => format!("{fault}; did you mean `{nearest}`?"),
        None => format!(
            "{fault}; lead to the path of one, or write `public \"{path}\"` if it is a file of `public/`"
        ),
    }
}

/// Where a redirect leads, without query and fragment.
struct Goal<'a> {
    path: String,
    from: &'a Pattern,
}

impl<'a> Goal<'a> {
    fn of(redirect: &Redirect, from: &'a Pattern) -> Self {
        let to = &redirect.to;
        let path = to.split(['?', '#']).next().unwrap_or(to);
        Goal {
            path: path.to_owned(),
            from,
        }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').filter(|word| !word.is_empty())
    }

    /// Whether requests that go there can be for this route.
    fn leads_to(&self, pattern: &Pattern) -> bool {
        let mut segments = pattern.segments().iter();
        for word in self.words() {
            let segment = segments.next();
            match segment {
                Some(Segment::Rest(_)) => return true,
                // The rest of a path is as many segments as it is.
                Some(_) if self.is_rest(word) => return true,
                Some(Segment::Parameter(..)) => {}
                Some(Segment::Fixed(fixed)) if fixed == word => {}
                Some(Segment::Fixed(_)) | None => return false,
            }
        }
        segments.next().is_none()
    }

    fn is_below(&self, mount: &Pattern) -> bool {
        let mut words = self.words();
        let mut segments = mount.segments().iter();
        segments.all(|segment| match (segment, words.next()) {
            (Segment::Fixed(fixed), Some(word)) => fixed == word,
            _ => false,
        })
    }

    /// Whether a word is the parameter that stands for the rest of the redirect's own path.
    fn is_rest(&self, word: &str) -> bool {
        let name = word
            .strip_prefix('{')
            .and_then(|word| word.strip_suffix('}'));
        let rest = self.from.segments().last();
        matches!(rest, Some(Segment::Rest(rest)) if Some(rest.as_str()) == name)
    }
}
