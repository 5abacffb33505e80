//! Paths that lead out of the controllers: redirects, and services of actix.

use syn::LitStr;

use super::args::{MountArgs, RedirectArgs, Verb};
use super::ir::{Declaration, Destination, Mount, Redirect, Route};
use super::pattern::Pattern;
use super::scope::{Scope, parameters_differ, place_pattern};
use crate::fault::{Faults, unknown};

/// What a redirect can be answered with. The last two keep the method, so that they redirect every one.
const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

impl Scope<'_> {
    /// Adds the routes of a redirect. It has no path function: nobody is to link there.
    pub(super) fn redirect(&self, args: &RedirectArgs, all: &mut Declaration, faults: &mut Faults) {
        let at = args.from.span();
        if self.resource.is_some() {
            faults.at_span(
                at,
                "`redirect` stands outside of resources; write its whole path there",
            );
            return;
        }
        let Some(from) = place_pattern(&args.from, faults) else {
            return;
        };
        let pattern = self.pattern.join(&from);
        parameters_differ(&pattern, at, faults);
        let status = self.status_of(args, faults);
        if !is_sound_address(&args.to, &pattern, faults) {
            return;
        }
        let verbs: &[Verb] = match status {
            307 | 308 => &Verb::ALL,
            _ => &[Verb::Get],
        };
        for verb in verbs {
            all.routes.push(Route {
                verb: *verb,
                pattern: pattern.clone(),
                name: String::new(),
                destination: Destination::Redirect(Redirect {
                    to: args.to.value(),
                    status,
                    is_checked: !args.is_file && args.to.value().starts_with('/'),
                    at: args.to.span(),
                }),
                at,
            });
        }
    }

    fn status_of(&self, args: &RedirectArgs, faults: &mut Faults) -> u16 {
        let usual = STATUSES[0];
        let Some(status) = &args.status else {
            return usual;
        };
        let number = status.base10_parse().ok();
        number
            .filter(|number| STATUSES.contains(number))
            .unwrap_or_else(|| {
                faults.at(
                    status,
                    format!("`{status}` redirects nobody; there is 301, 302, 303, 307 and 308"),
                );
                usual
            })
    }

    /// Adds services of actix, which answer everything below their path.
    pub(super) fn mount(&self, args: &MountArgs, all: &mut Declaration, faults: &mut Faults) {
        let at = args.place.span();
        if self.resource.is_some() {
            faults.at_span(
                at,
                "`mount` stands outside of resources; write its whole path there",
            );
            return;
        }
        let Some(place) = place_pattern(&args.place, faults) else {
            return;
        };
        let pattern = self.pattern.join(&place);
        if pattern.parameters().next().is_some() {
            faults.at_span(
                at,
                format!("`{pattern}` has a parameter, which a mount cannot have; the services can take one"),
            );
            return;
        }
        if pattern.segments().is_empty() {
            faults.at_span(
                at,
                "services at `/` would answer everything; mount them below a path like `/api`",
            );
            return;
        }
        all.mounts.push(Mount {
            pattern,
            services: args.services.clone(),
            at,
        });
    }
}

/// Where a redirect leads is a path or an address, made of parameters that the path has.
fn is_sound_address(to: &LitStr, from: &Pattern, faults: &mut Faults) -> bool {
    let address = to.value();
    let local = address.starts_with('/') && !address.starts_with("//");
    if !local && !address.starts_with("https://") && !address.starts_with("http://") {
        faults.at(
            to,
            "a redirect leads to a path like `/new`, or to an address with its `https://`",
        );
        return false;
    }
    if address == from.path() {
        faults.at(
            to,
            format!("`{from}` leads to itself; change one of the two"),
        );
        return false;
    }
    let known: Vec<_> = from.parameters().collect();
    let named = address.split('{').skip(1);
    for name in named.map(|rest| rest.split('}').next().unwrap_or(rest)) {
        if !known.contains(&name) {
            faults.at(to, unknown(&format!("`{from}`"), "parameter", name, &known));
            return false;
        }
    }
    true
}
