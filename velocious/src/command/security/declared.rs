//! The rules about what an application declares: its routes, and what its pages may load.

use actix_web::http::header::HeaderValue;

use super::report::Report;
use crate::Application;

/// What actions are called that change something.
const CHANGING: &[&str] = &[
    "create", "update", "destroy", "delete", "remove", "sign_out", "log_out", "logout", "signout",
];

/// Every rule.
const RULES: &[fn(&Application, &mut Report)] = &[policy, links];

pub(super) fn check(application: &Application, report: &mut Report) {
    for rule in RULES {
        rule(application, report);
    }
}

/// A policy of one's own replaces the usual one, with everything that the usual one forbids.
fn policy(application: &Application, report: &mut Report) {
    let Some(policy) = &application.content_security_policy else {
        return;
    };
    let cure = "leave `content_security_policy` out, or begin with `default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'`";
    if policy.trim().is_empty() || HeaderValue::from_str(policy).is_err() {
        report.find(
            "policy",
            "the Content-Security-Policy is empty, or cannot be a header",
            cure,
        );
        return;
    }
    let policy = policy.to_ascii_lowercase();
    let sources = |name: &str| {
        policy.split(';').find_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            (words.next() == Some(name)).then(|| words.collect::<Vec<_>>())
        })
    };
    match sources("script-src").or_else(|| sources("default-src")) {
        None => report.find(
            "policy",
            "the Content-Security-Policy lets scripts of every site run: it has neither `script-src` nor `default-src`",
            cure,
        ),
        Some(sources) => {
            for source in sources {
                if ["*", "http:", "https:", "data:", "blob:", "'unsafe-inline'", "'unsafe-eval'"].contains(&source) {
                    report.find(
                        "policy",
                        format!("the Content-Security-Policy lets scripts run from {source}"),
                        "name the sites that scripts come from; a script in the page itself runs with `ctx.csp_nonce()`",
                    );
                }
            }
        }
    }
    for (name, reason) in [
        (
            "frame-ancestors",
            "so that other sites can put the pages into a frame and borrow their visitors' clicks",
        ),
        (
            "base-uri",
            "so that a `<base>` that somebody smuggles in sends every form elsewhere",
        ),
    ] {
        if sources(name).is_none() {
            report.find(
                "policy",
                format!("the Content-Security-Policy has no `{name}`, {reason}"),
                format!("add `{name} 'self'`"),
            );
        }
    }
}

/// A page of another site can send a browser to any address with GET, and nothing refuses that.
fn links(application: &Application, report: &mut Report) {
    for route in application
        .routes
        .iter()
        .filter(|route| route.method.is_safe())
    {
        let action = (route.action)();
        if !action.controller.is_empty() && CHANGING.contains(&action.name) {
            report.find(
                "links",
                format!(
                    "{} {} leads to `{action:?}`, which other sites can then let their visitors do",
                    route.method,
                    route.pattern()
                ),
                "answer POST or DELETE with it, and make the link a `button_to`",
            );
        }
    }
}
