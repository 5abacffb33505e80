//! `[cors]`: which pages of other origins may use the application.

use std::time::Duration;

use super::fault::Origin;
use super::reader::Reader;

/// Which pages of other origins may send requests and read the answers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CorsConfig {
    /// Their origins, as in `https://shop.example`; `https://*.shop.example` stands for all below it, `*` for every page
    /// there is. None unless set.
    pub origins: Vec<String>,
    /// What they may use: these paths and all below them; everything unless set.
    pub paths: Vec<String>,
    /// With which methods; `GET`, `HEAD` and `POST` unless set, `*` for all.
    pub methods: Vec<String>,
    /// With which headers besides those that every page may send; `Content-Type` unless set, `*` for all.
    pub headers: Vec<String>,
    /// Which headers of an answer they may read besides those that every page may read; none unless set.
    pub exposed_headers: Vec<String>,
    /// Whether their requests carry the visitor's cookies; not unless set.
    pub credentials: bool,
    /// How long browsers remember all this; ten minutes unless set.
    pub max_age: Duration,
}

/// Methods that a browser never asks of another origin, or that nobody should.
const FORBIDDEN: &[&str] = &["CONNECT", "TRACE", "TRACK"];

/// Reads the section.
pub(super) fn cors(reader: &mut Reader) -> CorsConfig {
    let mut config = CorsConfig {
        origins: checked(reader, "cors.origins", origin),
        paths: checked(reader, "cors.paths", path),
        methods: checked(reader, "cors.methods", method),
        headers: checked(reader, "cors.headers", header),
        exposed_headers: checked(reader, "cors.exposed_headers", header),
        credentials: false,
        max_age: reader.seconds("cors.max_age_seconds", 0..=86_400, 600),
    };
    let place = reader.origin("cors.credentials").cloned();
    config.credentials = reader.boolean("cors.credentials", false);
    check_credentials(reader, &config, place);
    if config.methods.is_empty() {
        config.methods = ["GET", "HEAD", "POST"].map(str::to_owned).into();
    }
    if config.headers.is_empty() {
        config.headers = vec!["Content-Type".into()];
    }
    config
}

/// With every page's origin and the visitor's cookies, every page could act as its visitor; browsers refuse that, and so
/// do we, before somebody works around it.
fn check_credentials(reader: &mut Reader, config: &CorsConfig, place: Option<Origin>) {
    let lists = [
        ("cors.origins", &config.origins, "the origins"),
        ("cors.methods", &config.methods, "the methods"),
        ("cors.headers", &config.headers, "the headers"),
        (
            "cors.exposed_headers",
            &config.exposed_headers,
            "the headers",
        ),
    ];
    let open = lists
        .into_iter()
        .find(|(_, list, _)| list.iter().any(|text| text == "*"));
    if let (true, Some((key, _, what))) = (config.credentials, open) {
        reader.fault(
            "cors.credentials",
            place.unwrap_or(Origin::Default),
            format!("cannot go with `*` in `{key}`: name {what}, or leave `credentials` out"),
        );
    }
}

/// The texts of a list as `meant` has them; what it has nothing for is a fault that it words.
fn checked(
    reader: &mut Reader,
    key: &'static str,
    meant: fn(&str) -> Result<String, String>,
) -> Vec<String> {
    let mut texts = Vec::new();
    for (text, place) in reader.list(key) {
        match meant(&text) {
            Ok(text) => texts.push(text),
            Err(reason) => reader.fault(key, place, reason),
        }
    }
    texts
}

fn origin(text: &str) -> Result<String, String> {
    if text == "*" {
        return Ok(text.to_owned());
    }
    if text.eq_ignore_ascii_case("null") {
        return Err(
            "cannot hold `null`, which pages from anywhere can make theirs: name origins, or use `*` without `credentials`"
                .into(),
        );
    }
    let wanted = || {
        format!(
            "has to hold origins like `https://shop.example` or `https://*.shop.example`, not \"{text}\""
        )
    };
    let lower = text.to_ascii_lowercase();
    let (scheme, host) = lower.split_once("://").ok_or_else(wanted)?;
    let usual_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return Err(wanted()),
    };
    if let Some(host) = host.strip_suffix(usual_port) {
        return Err(format!(
            "has to hold origins as browsers send them: write `{scheme}://{host}`, without the usual port"
        ));
    }
    let name = host.strip_prefix("*.").unwrap_or(host);
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    match !name.is_empty() && !name.starts_with('.') && name.bytes().all(sound) {
        true => Ok(lower),
        false => Err(wanted()),
    }
}

fn path(text: &str) -> Result<String, String> {
    match text.starts_with('/') && !text.contains(['*', '?', '#', ' ']) {
        true => Ok(text.trim_end_matches('/').to_owned()),
        false => Err(format!(
            "has to hold the beginnings of paths, like `/api`, not \"{text}\""
        )),
    }
}

fn method(text: &str) -> Result<String, String> {
    let upper = text.to_ascii_uppercase();
    let sound = text == "*" || (is_token(text) && !FORBIDDEN.contains(&upper.as_str()));
    sound.then_some(upper).ok_or_else(|| {
        format!("has to hold methods like `GET` and `DELETE`, or `*`, not \"{text}\"")
    })
}

fn header(text: &str) -> Result<String, String> {
    is_token(text).then(|| text.to_owned()).ok_or_else(|| {
        format!("has to hold names of headers like `X-Api-Key`, or `*`, not \"{text}\"")
    })
}

fn is_token(text: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(sound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::raw::RawConfig;

    fn read(settings: &[(&'static str, &str)]) -> (CorsConfig, Vec<String>) {
        let overrides = settings.iter();
        let overrides = overrides.map(|(key, text)| (*key, "test", (*text).to_owned()));
        let mut raw = RawConfig::default();
        raw.override_from_arguments(overrides.collect());
        let mut reader = Reader::new(raw);
        let config = cors(&mut reader);
        let faults = reader.into_faults();
        let faults = faults
            .iter()
            .map(|fault| format!("{} {}", fault.key, fault.reason));
        (config, faults.collect())
    }

    #[test]
    fn nobody_is_let_in_unless_it_is_said() {
        let (config, faults) = read(&[]);
        assert_eq!((config.origins.len(), faults.len()), (0, 0));
        assert_eq!(config.methods, ["GET", "HEAD", "POST"]);
        assert_eq!(config.headers, ["Content-Type"]);
        assert!(!config.credentials);
        let (config, faults) = read(&[
            (
                "cors.origins",
                "https://Shop.example,http://localhost:5173,https://*.shop.example",
            ),
            ("cors.paths", "/api/,/v2"),
            ("cors.methods", "get,DELETE"),
            ("cors.headers", "X-Api-Key"),
            ("cors.credentials", "true"),
            ("cors.max_age_seconds", "0"),
        ]);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(
            config.origins,
            [
                "https://shop.example",
                "http://localhost:5173",
                "https://*.shop.example"
            ]
        );
        assert_eq!(
            (config.paths, config.methods),
            (
                vec!["/api".into(), "/v2".into()],
                vec!["GET".into(), "DELETE".into()]
            )
        );
        assert!(config.credentials && config.max_age.is_zero());
    }

    #[test]
    fn cookies_cannot_go_with_everybody() {
        for (key, what) in [
            ("cors.origins", "origins"),
            ("cors.methods", "methods"),
            ("cors.headers", "headers"),
            ("cors.exposed_headers", "headers"),
        ] {
            let (_, faults) = read(&[(key, "*"), ("cors.credentials", "true")]);
            assert_eq!(
                faults,
                [format!(
                    "cors.credentials cannot go with `*` in `{key}`: name the {what}, or leave `credentials` out"
                )]
            );
            assert_eq!(read(&[(key, "*")]).1, Vec::<String>::new());
        }
    }

    #[test]
    fn what_no_browser_would_send_is_refused_with_its_cure() {
        for (key, text, part) in [
            (
                "cors.origins",
                "shop.example",
                "origins like `https://shop.example`",
            ),
            ("cors.origins", "https://shop.example/", "origins like"),
            ("cors.origins", "https://", "origins like"),
            ("cors.origins", "https://*", "origins like"),
            ("cors.origins", "https://*.", "origins like"),
            ("cors.origins", "https://shop.*", "origins like"),
            ("cors.origins", "file://x", "origins like"),
            ("cors.origins", "null", "cannot hold `null`"),
            (
                "cors.origins",
                "https://shop.example:443",
                "write `https://shop.example`, without",
            ),
            ("cors.paths", "api", "beginnings of paths, like `/api`"),
            ("cors.paths", "/api/*", "beginnings of paths"),
            ("cors.methods", "TRACE", "methods like"),
            ("cors.methods", "GET POST", "methods like"),
            ("cors.headers", "X: y", "names of headers like"),
        ] {
            let (_, faults) = read(&[(key, text)]);
            assert!(
                faults.len() == 1 && faults[0].starts_with(key) && faults[0].contains(part),
                "{text}: {faults:?}"
            );
        }
    }
}
