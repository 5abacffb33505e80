//! `[security]`: what keeps strangers out.

use std::time::Duration;

use super::fault::Origin;
use super::meant::Surroundings;
use super::reader::Reader;
use super::{Environment, Secret};

/// What keeps strangers out.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SecurityConfig {
    /// What cookies are encrypted with. In development and test it is derived from the application's name unless
    /// set; production needs one.
    pub cookie_secret: Secret,
    /// Whether the secret was derived.
    pub cookie_secret_is_derived: bool,
    /// What cookies were encrypted with before: they can still be read, and new ones are made with the secret above.
    pub previous_cookie_secrets: Vec<Secret>,
    /// Other origins whose pages may send forms, as in `https://shop.example`.
    pub trusted_origins: Vec<String>,
    /// The hosts that the application is served under, as in `shop.example`; `.shop.example` stands for all below it
    /// too, and `*` for every one. Production needs them; elsewhere this machine's own names are served as well.
    pub hosts: Vec<String>,
    /// How long browsers are to remember that this host is reached over TLS only; a year in production unless set,
    /// never elsewhere.
    pub hsts: Option<Duration>,
}

/// Reads the section.
pub(super) fn security(reader: &mut Reader, surroundings: &Surroundings<'_>) -> SecurityConfig {
    let written = reader.text("security.cookie_secret");
    let cookie_secret_is_derived = written.is_none();
    let (secret, origin) = written.unwrap_or_else(|| {
        let Surroundings {
            application,
            root,
            environment,
        } = surroundings;
        let secret = format!("{application} {} {environment}", root.display());
        (secret, Origin::Default)
    });
    let cookie_secret = Secret::new(secret);
    if surroundings.environment.is_production() {
        let fault = match cookie_secret_is_derived {
            true => Some("is not set"),
            false => cookie_secret.weakness(),
        };
        if let Some(fault) = fault {
            let cure = "set `VELOCIOUS_COOKIE_SECRET` to what `velocious secret` prints, at least 32 random bytes";
            reader.fault("security.cookie_secret", origin, format!("{fault}: {cure}"));
        }
    }
    let year = if surroundings.environment.is_production() {
        365 * 24 * 60 * 60
    } else {
        0
    };
    let hsts = reader.seconds("security.hsts_seconds", 0..=i64::from(u32::MAX), year);
    SecurityConfig {
        cookie_secret,
        cookie_secret_is_derived,
        previous_cookie_secrets: reader
            .list("security.previous_cookie_secrets")
            .into_iter()
            .map(|(secret, _)| Secret::new(secret))
            .collect(),
        trusted_origins: trusted_origins(reader),
        hosts: hosts(reader, surroundings.environment),
        hsts: Some(hsts).filter(|hsts| !hsts.is_zero()),
    }
}

fn trusted_origins(reader: &mut Reader) -> Vec<String> {
    let mut origins = Vec::new();
    for (text, origin) in reader.list("security.trusted_origins") {
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() && !host.contains('/') => {
                origins.push(text.to_ascii_lowercase());
            }
            _ => reader.fault(
                "security.trusted_origins",
                origin,
                format!("has to hold origins like `https://shop.example`, not \"{text}\""),
            ),
        }
    }
    origins
}

fn hosts(reader: &mut Reader, environment: &Environment) -> Vec<String> {
    let listed = reader.list("security.hosts");
    if listed.is_empty() && environment.is_production() {
        let cure = "set `VELOCIOUS_HOSTS` to the names that the application is served under, as in `shop.example,www.shop.example`";
        reader.fault(
            "security.hosts",
            Origin::Default,
            format!("is not set: {cure}"),
        );
    }
    let mut hosts = Vec::new();
    for (text, origin) in listed {
        let name = text.strip_prefix('.').unwrap_or(&text);
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        // A colon is part of an address of IPv6 only.
        let port = name.contains(':') && !name.starts_with('[');
        if text == "*" || (!name.is_empty() && !port && name.bytes().all(sound)) {
            hosts.push(text.to_ascii_lowercase());
        } else {
            reader.fault(
                "security.hosts",
                origin,
                format!(
                    "has to hold names like `shop.example`, without scheme and port, not \"{text}\""
                ),
            );
        }
    }
    hosts
}
