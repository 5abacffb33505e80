//! The rules about the configuration.

use std::time::Duration;

use tracing::level_filters::LevelFilter;

use super::report::Report;
use crate::config::{Config, Network, SessionStore};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const MEGABYTE: usize = 1024 * 1024;

/// Every rule.
const RULES: &[fn(&Config, &mut Report)] = &[
    secret,
    old_secrets,
    hosts,
    origins,
    shared_origins,
    shared_with_all,
    proxies,
    socket,
    transport,
    log,
    sessions,
    sizes,
    times,
];

pub(super) fn check(config: &Config, report: &mut Report) {
    for rule in RULES {
        rule(config, report);
    }
}

/// What anybody can derive is no secret. Production does not start with one that is missing or weak; other environments do.
fn secret(config: &Config, report: &mut Report) {
    let security = &config.security;
    let weakness = match security.cookie_secret_is_derived {
        true => Some("is derived from the application's name, which is no secret"),
        false => security.cookie_secret.weakness(),
    };
    if let Some(weakness) = weakness {
        report.find(
            "secret",
            format!("`security.cookie_secret` {weakness}"),
            "set `VELOCIOUS_COOKIE_SECRET` to what `velocious secret` prints",
        );
    }
}

/// Whoever guesses an old secret makes cookies that are read as long as the secret is listed.
fn old_secrets(config: &Config, report: &mut Report) {
    for secret in &config.security.previous_cookie_secrets {
        if let Some(weakness) = secret.weakness() {
            report.find(
                "old-secrets",
                format!("one of `security.previous_cookie_secrets` {weakness}, and cookies made with it are accepted"),
                "take it out of the list; those who have such cookies sign in again",
            );
        }
    }
}

/// Links in mails begin with the host of the request, so a stranger's host makes them lead to the stranger.
fn hosts(config: &Config, report: &mut Report) {
    for host in &config.security.hosts {
        let is_wide = match host.strip_prefix('.') {
            Some(domain) => !domain.contains('.'),
            None => host == "*",
        };
        if is_wide {
            report.find(
                "hosts",
                format!("`security.hosts` holds \"{host}\", which stands for names that are not yours"),
                "list the names that the application is served under, as in \"shop.example\" or \".shop.example\"",
            );
        }
    }
}

/// Whoever sits in between can put a form into a page that is not encrypted.
fn origins(config: &Config, report: &mut Report) {
    for origin in &config.security.trusted_origins {
        if origin.starts_with("http://") {
            report.find(
                "origins",
                format!("`security.trusted_origins` holds \"{origin}\", whose pages anybody on the way can change"),
                "serve that site over TLS, and write `https://`",
            );
        }
    }
}

/// A page that may send with its visitors' cookies may do all that they may.
fn shared_origins(config: &Config, report: &mut Report) {
    let origins = config.cors.origins.iter();
    let origins = origins.filter(|_| config.cors.credentials);
    for origin in origins {
        if origin.starts_with("http://") {
            report.find(
                "shared-origins",
                format!("`cors.origins` holds \"{origin}\", whose pages anybody on the way can change, and `cors.credentials` lets them act as their visitors"),
                "serve that site over TLS, and write `https://`",
            );
        }
    }
}

/// Where no cookies are sent along, what everybody may read is everybody's anyway; that is for people to judge.
fn shared_with_all(config: &Config, report: &mut Report) {
    if config.cors.origins.iter().any(|origin| origin == "*") {
        report.note("`cors.origins` holds \"*\": pages of every site read what a visitor without cookies can, in a network of your own, too");
    }
}

/// Whoever may connect to the socket is a trusted proxy.
fn socket(config: &Config, report: &mut Report) {
    let server = &config.server;
    let is_trusted = server.trusted_proxies.iter().any(Network::is_unix);
    if server.socket.is_some() && is_trusted && server.socket_mode & 0o006 != 0 {
        report.find(
            "socket",
            format!("`server.socket_mode` is \"{:o}\", so everybody on this machine is a proxy that `unix` in `server.trusted_proxies` trusts", server.socket_mode),
            "leave it out, and put the proxy into the group of the application",
        );
    }
}

/// Whoever is a trusted proxy can pretend to be anybody.
fn proxies(config: &Config, report: &mut Report) {
    for network in &config.server.trusted_proxies {
        if network.is_too_wide() {
            report.find(
                "proxies",
                format!("`server.trusted_proxies` holds {network:?}, among which are strangers who can then pretend to be any client"),
                "list the addresses of the proxies alone, as in \"10.0.0.0/8\"",
            );
        }
    }
}

/// Without it a browser's first request goes out in the clear, with whatever can be read and changed in it.
fn transport(config: &Config, report: &mut Report) {
    match config.security.hsts {
        None => report.find(
            "hsts",
            "`security.hsts_seconds` is 0, so browsers may come without TLS",
            "leave it out, which is a year",
        ),
        Some(time) if time < 180 * DAY => report.find(
            "hsts",
            format!(
                "`security.hsts_seconds` is {}, which browsers soon forget",
                time.as_secs()
            ),
            "raise it to a year, 31536000, once TLS works under every name",
        ),
        Some(_) => {}
    }
}

/// Statements hold what people have written, and secrets that have other names than the log knows.
fn log(config: &Config, report: &mut Report) {
    if config.log.level >= LevelFilter::DEBUG {
        report.find(
            "log",
            format!(
                "`log.level` is \"{}\", which writes down every statement",
                config.log.level
            ),
            "set it to \"info\"",
        );
    }
}

/// A cookie that holds the session counts for whoever has copied it, and only one process knows when it is ended.
fn sessions(config: &Config, report: &mut Report) {
    let session = &config.session;
    if session.store == SessionStore::Cookie && session.lifetime > 90 * DAY {
        report.find(
            "sessions",
            format!(
                "a session that was copied works for {} days, and other processes do not know when it is ended",
                session.lifetime.as_secs() / DAY.as_secs()
            ),
            "lower `session.lifetime_hours`, or set `session.store` to \"database\"",
        );
    }
}

/// What a request may bring has to fit into memory many times.
fn sizes(config: &Config, report: &mut Report) {
    let server = &config.server;
    for (key, size, most) in [
        ("server.body_limit_bytes", server.body_limit, 64 * MEGABYTE),
        (
            "server.upload_limit_bytes",
            server.upload_limit,
            4096 * MEGABYTE,
        ),
    ] {
        if size > most {
            report.find(
                "sizes",
                format!("`{key}` is {size}, of which a few requests fill the machine"),
                format!("lower it to {most} or less"),
            );
        }
    }
}

/// What waits for ever is there for ever, and there is room for so many.
fn times(config: &Config, report: &mut Report) {
    let server = &config.server;
    if server.request_timeout.is_none_or(|time| time > DAY / 24) {
        report.find(
            "times",
            "`server.request_timeout` is off, or more than an hour: slow requests pile up",
            "leave it out, which is 60 seconds, and let single actions take longer with `ctx.set_request_timeout`",
        );
    }
    if server.body_timeout > DAY / 288 {
        report.find(
            "times",
            "`server.body_timeout_seconds` is more than five minutes: slow senders pile up",
            "lower it; a body earns more time by what has arrived of it",
        );
    }
}
