//! Cookies that an answer sets.

use std::fmt::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use actix_web::http::header::HeaderValue;
use chrono::{DateTime, Utc};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::seal::Seal;

/// What a cookie's value cannot hold, besides controls.
const VALUE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b',')
    .add(b';')
    .add(b'\\');

/// What browsers keep of one cookie, name and value together.
const MAX_LENGTH: usize = 4096;

/// A cookie to set with [`Context::set_cookie`](crate::Context::set_cookie).
///
/// Unless told otherwise it is kept from scripts (`HttpOnly`), from requests of other sites (`SameSite=Lax`), sent
/// for all paths, over TLS only in production, and forgotten when the browser is closed.
///
/// ```
/// use std::time::Duration;
/// use velocious::http::Cookie;
///
/// let cookie = Cookie::new("user_token", "secret")
///     .encrypted()
///     .max_age(Duration::from_secs(14 * 24 * 60 * 60));
/// # let _ = cookie;
/// ```
#[derive(Clone, Debug)]
#[must_use = "a cookie is sent when it is given to `Context::set_cookie`"]
pub struct Cookie {
    pub(crate) name: String,
    value: String,
    protection: Protection,
    /// How long a protected value counts, when that is not how long the browser keeps it.
    validity: Option<Duration>,
    http_only: bool,
    secure: Option<bool>,
    same_site: SameSite,
    path: String,
    domain: Option<String>,
    lifetime: Option<Duration>,
}

/// What a cookie's value is protected against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    Plain,
    Signed,
    Encrypted,
}

/// Which requests of other sites carry a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// None.
    Strict,
    /// Those that follow a link.
    Lax,
    /// All; the cookie is then sent over TLS only.
    None,
}

impl Cookie {
    /// A cookie of this name and value.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Cookie {
            name: name.into(),
            value: value.into(),
            protection: Protection::Plain,
            validity: None,
            http_only: true,
            secure: None,
            same_site: SameSite::Lax,
            path: "/".into(),
            domain: None,
            lifetime: None,
        }
    }

    /// Encrypts the value, so that nobody can read or change it. Read it with
    /// [`Context::encrypted_cookie`](crate::Context::encrypted_cookie).
    pub fn encrypted(mut self) -> Self {
        self.protection = Protection::Encrypted;
        self
    }

    /// Signs the value, so that everybody can read it and nobody can change it. Read it with
    /// [`Context::signed_cookie`](crate::Context::signed_cookie).
    pub fn signed(mut self) -> Self {
        self.protection = Protection::Signed;
        self
    }

    /// Keeps the cookie from scripts, as it is unless [`readable_by_scripts`](Self::readable_by_scripts) was called.
    pub fn http_only(mut self) -> Self {
        self.http_only = true;
        self
    }

    /// Lets scripts of the page read the cookie.
    pub fn readable_by_scripts(mut self) -> Self {
        self.http_only = false;
        self
    }

    /// Whether the cookie is sent over TLS only; in production it is unless this says otherwise.
    pub fn secure(mut self, secure: bool) -> Self {
        self.secure = Some(secure);
        self
    }

    /// Which requests of other sites carry the cookie.
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = same_site;
        self
    }

    /// The paths the cookie is sent for: this one and those below it.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// The domain whose hosts all get the cookie; without one it is the host alone.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// How long the cookie is kept, in whole seconds; without it until the browser is closed.
    pub fn max_age(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// Keeps the cookie as long as browsers allow, which is a little over a year: for what should be remembered
    /// until it is deleted.
    pub fn permanent(self) -> Self {
        self.max_age(Duration::from_secs(400 * 24 * 60 * 60))
    }

    /// How long a protected value counts, whatever the browser keeps.
    pub(crate) fn valid_for(mut self, validity: Duration) -> Self {
        self.validity = Some(validity);
        self
    }

    /// Until when the cookie is kept.
    pub fn expires(self, time: DateTime<Utc>) -> Self {
        let rest = (time - Utc::now()).to_std();
        self.max_age(rest.unwrap_or_default())
    }

    /// A cookie that makes the browser forget the one of this name.
    pub(crate) fn forgotten(name: impl Into<String>) -> Self {
        Cookie::new(name, "").max_age(Duration::ZERO)
    }

    /// Whether browsers keep the cookie once its value is encrypted.
    pub(crate) fn fits(&self) -> bool {
        // Prefix, nonce, tag, time and two dots, all but the first as base64.
        let overhead = "enc:v2:".len() + 16 + 22 + 2;
        let data = (self.value.len() + 8).div_ceil(3) * 4;
        self.name.len() + overhead + data <= MAX_LENGTH
    }

    /// The value of the header `Set-Cookie`.
    ///
    /// # Errors
    /// Why the cookie cannot be set.
    pub(crate) fn header(
        &self,
        seal: &Seal,
        production: bool,
    ) -> Result<HeaderValue, &'static str> {
        let token = |c: char| c.is_ascii_graphic() && !"()<>@,;:\\\"/[]?={}".contains(c);
        let attribute = |text: &str| text.chars().all(|c| (' '..='~').contains(&c) && c != ';');
        let sound = !self.name.is_empty()
            && self.name.chars().all(token)
            && attribute(&self.path)
            && self.domain.as_deref().is_none_or(attribute);
        if !sound {
            return Err("its name, path or domain has letters that no header can have");
        }
        if let Some(fault) = self.prefix_fault(production) {
            return Err(fault);
        }
        let no_numbers = "the system has no random numbers";
        let value = match self.protection {
            Protection::Encrypted => seal
                .encrypt(&self.name, &self.value, self.expiry())
                .ok_or(no_numbers)?,
            Protection::Signed => seal
                .sign(&self.name, &self.value, self.expiry())
                .ok_or(no_numbers)?,
            Protection::Plain => utf8_percent_encode(&self.value, VALUE).to_string(),
        };
        if self.name.len() + value.len() > MAX_LENGTH {
            return Err(
                "it is longer than browsers keep: store the value elsewhere, and its key in the cookie",
            );
        }
        let text = self.text(&value, production);
        HeaderValue::from_str(&text).map_err(|_| "it has letters that no header can have")
    }

    /// Why browsers would drop a cookie whose name promises something.
    fn prefix_fault(&self, production: bool) -> Option<&'static str> {
        let begins = |prefix: &str| {
            let start = self.name.get(..prefix.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        let host_only = self.path == "/" && self.domain.is_none();
        match (begins("__Host-"), begins("__Secure-")) {
            (true, _) if !host_only => Some(
                "its name begins with `__Host-`, so it can have no other path than `/` and no domain",
            ),
            (true, _) | (_, true) if !self.is_secure(production) => Some(
                "its name promises that it is sent over TLS only: say `.secure(true)`, or name it otherwise",
            ),
            _ => None,
        }
    }

    fn is_secure(&self, production: bool) -> bool {
        self.same_site == SameSite::None || self.secure.unwrap_or(production)
    }

    fn text(&self, value: &str, production: bool) -> String {
        let mut text = format!("{}={value}; Path={}", self.name, self.path);
        if let Some(domain) = &self.domain {
            text.push_str("; Domain=");
            text.push_str(domain);
        }
        if let Some(lifetime) = self.lifetime {
            // Writing to a `String` does not fail.
            let _ = write!(text, "; Max-Age={}", lifetime.as_secs());
        }
        if self.http_only {
            text.push_str("; HttpOnly");
        }
        if self.is_secure(production) {
            text.push_str("; Secure");
        }
        text.push_str(match self.same_site {
            SameSite::Strict => "; SameSite=Strict",
            SameSite::Lax => "; SameSite=Lax",
            SameSite::None => "; SameSite=None",
        });
        text
    }

    /// The time at which the value stops to count, in seconds since 1970.
    fn expiry(&self) -> Option<u64> {
        let end = SystemTime::now().checked_add(self.validity.or(self.lifetime)?)?;
        Some(end.duration_since(UNIX_EPOCH).ok()?.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    fn header(cookie: &Cookie, production: bool) -> Option<String> {
        let value = cookie.header(&Seal::new(&Secret::new("secret"), []), production);
        let value = value.ok()?;
        value.to_str().ok().map(str::to_owned)
    }

    #[test]
    fn cookies_are_guarded_unless_told_otherwise() {
        let cookie = Cookie::new("a", "b c;ü%");
        assert_eq!(
            header(&cookie, false).as_deref(),
            Some("a=b%20c%3B%C3%BC%25; Path=/; HttpOnly; SameSite=Lax")
        );
        assert_eq!(
            header(&cookie, true).as_deref(),
            Some("a=b%20c%3B%C3%BC%25; Path=/; HttpOnly; Secure; SameSite=Lax")
        );
        let open = Cookie::new("a", "b")
            .readable_by_scripts()
            .same_site(SameSite::None)
            .path("/admin")
            .domain("shop.example")
            .max_age(Duration::from_secs(60));
        assert_eq!(
            header(&open, false).as_deref(),
            Some("a=b; Path=/admin; Domain=shop.example; Max-Age=60; Secure; SameSite=None")
        );
    }

    #[test]
    fn no_part_can_smuggle_in_another() {
        for cookie in [
            Cookie::new("a; Domain=evil", "b"),
            Cookie::new("", "b"),
            Cookie::new("a", "b").path("/; Secure"),
            Cookie::new("a", "b").domain("x\r\nSet-Cookie: y=z"),
            Cookie::new("long", "x".repeat(5000)),
        ] {
            assert_eq!(header(&cookie, false), None, "{cookie:?}");
        }
        let split = header(&Cookie::new("a", "b\r\nSet-Cookie: c=d"), false).expect("encoded");
        assert!(!split.contains('\n'), "{split}");
    }

    #[test]
    fn a_name_promises_nothing_that_is_not_kept() {
        let host = || Cookie::new("__Host-a", "b");
        assert_eq!(
            header(&host(), true).as_deref(),
            Some("__Host-a=b; Path=/; HttpOnly; Secure; SameSite=Lax")
        );
        assert!(header(&host().secure(true), false).is_some());
        assert!(header(&Cookie::new("__Secure-a", "b").path("/x"), true).is_some());
        for cookie in [
            host().path("/admin"),
            host().domain("shop.example"),
            host().secure(false),
            Cookie::new("__secure-a", "b").secure(false),
        ] {
            assert_eq!(header(&cookie, true), None, "{cookie:?}");
        }
    }

    #[test]
    fn a_signed_value_can_be_read_by_everybody() {
        let text = header(&Cookie::new("a", "plain").signed(), false).expect("a header");
        assert!(text.starts_with("a=sig:v1:"), "{text}");
        let forever = header(&Cookie::new("a", "b").permanent(), false).expect("a header");
        assert!(forever.contains("; Max-Age=34560000;"), "{forever}");
    }

    #[test]
    fn an_encrypted_value_is_read_under_its_name() {
        let seal = Seal::new(&Secret::new("secret"), []);
        let cookie = Cookie::new("a", "b")
            .encrypted()
            .max_age(Duration::from_secs(60));
        let text = header(&cookie, false).expect("a header");
        let value = text
            .split(';')
            .next()
            .and_then(|pair| pair.strip_prefix("a="));
        assert_eq!(
            seal.open("a", value.expect("a value"))
                .map(|opened| opened.value)
                .as_deref(),
            Some("b")
        );
    }
}
