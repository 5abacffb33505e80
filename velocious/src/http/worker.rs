//! What one worker thread needs to answer requests.

use std::cell::Cell;
use std::rc::Rc;

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Bytes;
use aes_gcm::aead::{OsRng, rand_core::RngCore};

use super::client::KnownHost;
use super::cors::Cors;
use super::headers::USUAL_POLICY;
use super::pending::PendingMigrations;
use super::seal::Seal;
use crate::application::App;
use crate::controller::Action;

/// The name of the header that a request and everything logged about it have in common.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Made once in each thread, before the first request.
pub(crate) struct Worker {
    app: App,
    /// By the index of their route.
    pub(crate) actions: Vec<Action>,
    seal: Seal,
    flash_cookie: String,
    session_cookie: String,
    remember_cookie: String,
    pub(crate) policy: HeaderValue,
    pub(crate) hsts: Option<HeaderValue>,
    pub(super) cors: Option<Cors>,
    pub(super) known_host: KnownHost,
    pub(crate) pending: PendingMigrations,
    /// What the ids of this thread's requests start with, and how many there were.
    id_prefix: String,
    id_count: Cell<u64>,
}

impl Worker {
    /// The actions of `app` for the thread that calls this.
    pub(crate) fn new(app: App) -> Rc<Self> {
        let environment = app.environment();
        // A cookie with this prefix is taken from this very host only, over TLS.
        let prefix = match environment.is_production() {
            true => "__Host-",
            false => "",
        };
        let pending = match environment.is_development() {
            true => PendingMigrations::default(),
            false => PendingMigrations::ignored(),
        };
        let policy = app.content_security_policy().unwrap_or(USUAL_POLICY);
        Rc::new(Worker {
            actions: app.routes().iter().map(|route| (route.action)()).collect(),
            seal: Seal::new(
                &app.config().security.cookie_secret,
                &app.config().security.previous_cookie_secrets,
            ),
            flash_cookie: format!("{prefix}{}_flash", app.name()),
            session_cookie: format!("{prefix}{}_session", app.name()),
            remember_cookie: format!("{prefix}{}_remember", app.name()),
            policy: HeaderValue::from_str(policy).unwrap_or(HeaderValue::from_static(USUAL_POLICY)),
            hsts: app.config().security.hsts.and_then(|hsts| {
                let text = format!("max-age={}; includeSubDomains", hsts.as_secs());
                HeaderValue::try_from(text).ok()
            }),
            cors: Cors::new(&app.config().cors),
            known_host: KnownHost::default(),
            pending,
            id_prefix: format!("{:08x}-", OsRng.next_u32()),
            id_count: Cell::new(0),
            app,
        })
    }

    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    pub(crate) fn seal(&self) -> &Seal {
        &self.seal
    }

    /// The name of the cookie that messages travel in.
    pub(crate) fn flash_cookie(&self) -> &str {
        &self.flash_cookie
    }

    /// The name of the cookie of the session.
    pub(crate) fn session_cookie(&self) -> &str {
        &self.session_cookie
    }

    /// The name of the cookie that remembers who signed in.
    pub(crate) fn remember_cookie(&self) -> &str {
        &self.remember_cookie
    }

    /// The id of a request: the one it came with, else a new one.
    pub(crate) fn request_id(&self, request: &HttpRequest) -> HeaderValue {
        let given = request.headers().get(REQUEST_ID);
        if let Some(id) = given.filter(|id| is_sound_id(id.as_bytes())) {
            return id.clone();
        }
        let count = self.id_count.get().wrapping_add(1);
        self.id_count.set(count);
        let id = numbered(&self.id_prefix, count);
        HeaderValue::from_maybe_shared(id).unwrap_or(HeaderValue::from_static("-"))
    }
}

/// A text with a number behind it, to the base of 16. What `format!` would make, for a tenth of its instructions.
fn numbered(prefix: &str, number: u64) -> Bytes {
    let digits = number.checked_ilog2().unwrap_or(0) / 4 + 1;
    let mut text = Vec::with_capacity(prefix.len() + digits as usize);
    text.extend_from_slice(prefix.as_bytes());
    let digits = (0..digits).rev().map(|place| number >> (4 * place) & 0xf);
    text.extend(digits.map(|digit| b"0123456789abcdef"[digit as usize]));
    text.into()
}

/// Whether an id from outside can stand in a log.
fn is_sound_id(id: &[u8]) -> bool {
    let sound = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    (1..=64).contains(&id.len()) && id.iter().all(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_numbered() {
        for number in [0, 1, 9, 15, 16, 17, 255, 256, 0x1234_5678_9abc, u64::MAX] {
            assert_eq!(numbered("a-", number), format!("a-{number:x}"));
        }
    }

    #[test]
    fn ids_from_outside_cannot_forge_lines_of_the_log() {
        assert!(is_sound_id(b"5f0c2bb0-a4a5_d.5"));
        for id in [&b""[..], b"a b", b"a\nb", b"[x]", &[b'a'; 65]] {
            assert!(!is_sound_id(id), "{id:?}");
        }
    }
}
