//! Encrypted and signed texts in cookies.
//!
//! * `enc:v2:<nonce>.<tag>.<data>`: encrypted. AES-256-GCM; the name of the cookie is authenticated with it, and the
//!   time it expires at is the first eight bytes of the data, so a value neither works under another name nor too long.
//! * `sig:v1:<nonce>.<tag>.<data>`: signed. The same, but the data can be read by everybody; the tag covers it.
//! * `enc:v1:<s|j>.<iv>.<tag>.<data>`: that of the JavaScript framework, which is read and not written.
//!
//! All parts are base64 without padding. Values are made with the first secret and read with every one, so that a
//! secret can be replaced without throwing everybody out.

use std::time::{SystemTime, UNIX_EPOCH};

use aes_gcm::aead::{AeadInPlace, KeyInit, OsRng, rand_core::RngCore};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use sha2::{Digest, Sha256};

use super::base64;
use crate::config::Secret;

const ENCRYPTED: &str = "enc:v2:";
const SIGNED: &str = "sig:v1:";
const FOREIGN: &str = "enc:v1:";
/// Under which name tokens are signed: no cookie can have it.
const TOKEN: &str = "a token";

/// The keys that cookies are sealed with, the one for new values first.
pub(crate) struct Seal(Vec<Keys>);

/// The keys that belong to one secret.
struct Keys {
    encrypting: Aes256Gcm,
    signing: Aes256Gcm,
    foreign: Aes256Gcm,
}

/// A value that was opened.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) value: String,
    /// Whether a secret made it that is no longer used for new values.
    pub(crate) by_an_old_secret: bool,
}

impl Keys {
    fn new(secret: &Secret) -> Self {
        let secret = secret.expose().as_bytes();
        let derived = |purpose: &[u8]| Sha256::new().chain_update(purpose).chain_update(secret);
        Keys {
            encrypting: Aes256Gcm::new(&derived(b"velocious cookie v2\0").finalize()),
            signing: Aes256Gcm::new(&derived(b"velocious signature v1\0").finalize()),
            foreign: Aes256Gcm::new(&derived(b"").finalize()),
        }
    }
}

impl Seal {
    /// The keys that belong to the secret in use and to those before it.
    pub(crate) fn new<'a>(
        secret: &'a Secret,
        previous: impl IntoIterator<Item = &'a Secret>,
    ) -> Self {
        let secrets = std::iter::once(secret).chain(previous);
        Seal(secrets.map(Keys::new).collect())
    }

    /// Encrypts `value` for the cookie `name`; `expires` is the time, in seconds since 1970, from which it counts no
    /// longer. `None` when the system has no random numbers.
    pub(crate) fn encrypt(&self, name: &str, value: &str, expires: Option<u64>) -> Option<String> {
        let mut data = timed(value, expires);
        let nonce = nonce()?;
        let tag = self.0[0]
            .encrypting
            .encrypt_in_place_detached(Nonce::from_slice(&nonce), name.as_bytes(), &mut data)
            .ok()?;
        Some(text(ENCRYPTED, &nonce, &tag, &data))
    }

    /// Signs `value`, which stays readable, for the cookie `name`; else as [`encrypt`](Self::encrypt).
    pub(crate) fn sign(&self, name: &str, value: &str, expires: Option<u64>) -> Option<String> {
        let data = timed(value, expires);
        let nonce = nonce()?;
        let tag = self.0[0]
            .signing
            .encrypt_in_place_detached(Nonce::from_slice(&nonce), &covered(name, &data), &mut [])
            .ok()?;
        Some(text(SIGNED, &nonce, &tag, &data))
    }

    /// Decrypts the value of the cookie `name`; `None` when it is plain, forged, of another cookie or too old.
    pub(crate) fn open(&self, name: &str, text: &str) -> Option<Opened> {
        if let Some(parts) = text.strip_prefix(FOREIGN) {
            let (kind, parts) = parts.split_once('.')?;
            let parts = Parts::of(parts)?;
            let opened = self.with_each(|keys| parts.decrypt(&keys.foreign, b""))?;
            let opened = opened.text()?;
            return match kind {
                "s" => Some(opened),
                "j" => Some(Opened {
                    value: unquoted(opened.value),
                    ..opened
                }),
                _ => None,
            };
        }
        let parts = Parts::of(text.strip_prefix(ENCRYPTED)?)?;
        let opened = self.with_each(|keys| parts.decrypt(&keys.encrypting, name.as_bytes()))?;
        opened.in_time()?.text()
    }

    /// The value of the signed cookie `name`; `None` when it is plain, forged, of another cookie or too old.
    pub(crate) fn verify(&self, name: &str, text: &str) -> Option<Opened> {
        let mut parts = Parts::of(text.strip_prefix(SIGNED)?)?;
        let covered = covered(name, &parts.data);
        let data = std::mem::take(&mut parts.data);
        let opened = self.with_each(|keys| parts.decrypt(&keys.signing, &covered))?;
        Bytes { data, ..opened }.in_time()?.text()
    }

    /// A text that only this application can make of `subject`, another one each time. `None` when the system has no
    /// random numbers.
    pub(crate) fn token(&self, subject: &str) -> Option<String> {
        let nonce = nonce()?;
        let tag = self.0[0]
            .signing
            .encrypt_in_place_detached(
                Nonce::from_slice(&nonce),
                &covered(TOKEN, subject.as_bytes()),
                &mut [],
            )
            .ok()?;
        Some(base64::encode(&[&nonce[..], &tag[..]].concat()))
    }

    /// Whether `token` was made of `subject`.
    pub(crate) fn is_token_of(&self, token: &str, subject: &str) -> bool {
        let Some(mut nonce) = base64::decode(token).filter(|bytes| bytes.len() == 12 + 16) else {
            return false;
        };
        let tag = nonce.split_off(12);
        let parts = Parts {
            nonce,
            tag,
            data: Vec::new(),
        };
        let covered = covered(TOKEN, subject.as_bytes());
        self.with_each(|keys| parts.decrypt(&keys.signing, &covered))
            .is_some()
    }

    fn with_each(&self, open: impl Fn(&Keys) -> Option<Vec<u8>>) -> Option<Bytes> {
        self.0.iter().enumerate().find_map(|(age, keys)| {
            let by_an_old_secret = age > 0;
            open(keys).map(|data| Bytes {
                data,
                by_an_old_secret,
            })
        })
    }
}

/// JSON as the JavaScript framework hands it out: a text without its quotes, anything else as it is.
fn unquoted(json: String) -> String {
    serde_json::from_str(&json).unwrap_or(json)
}

/// What was opened, before it is known to be in time and text.
struct Bytes {
    data: Vec<u8>,
    by_an_old_secret: bool,
}

impl Bytes {
    /// Without the time in front, when that has not come.
    fn in_time(mut self) -> Option<Self> {
        let expires = u64::from_be_bytes(*self.data.first_chunk()?);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        self.data.drain(..8);
        (expires > now).then_some(self)
    }

    fn text(self) -> Option<Opened> {
        Some(Opened {
            value: String::from_utf8(self.data).ok()?,
            by_an_old_secret: self.by_an_old_secret,
        })
    }
}

fn timed(value: &str, expires: Option<u64>) -> Vec<u8> {
    let mut data = expires.unwrap_or(u64::MAX).to_be_bytes().to_vec();
    data.extend_from_slice(value.as_bytes());
    data
}

/// What a signature covers: no name and value read as another name and value.
fn covered(name: &str, data: &[u8]) -> Vec<u8> {
    [&(name.len() as u64).to_be_bytes(), name.as_bytes(), data].concat()
}

fn nonce() -> Option<[u8; 12]> {
    let mut nonce = [0; 12];
    OsRng.try_fill_bytes(&mut nonce).ok()?;
    Some(nonce)
}

fn text(prefix: &str, nonce: &[u8], tag: &[u8], data: &[u8]) -> String {
    let [nonce, tag, data] = [nonce, tag, data].map(base64::encode);
    format!("{prefix}{nonce}.{tag}.{data}")
}

struct Parts {
    nonce: Vec<u8>,
    tag: Vec<u8>,
    data: Vec<u8>,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(base64::decode);
        let (nonce, tag, data) = (parts.next()??, parts.next()??, parts.next()??);
        let sound = nonce.len() == 12 && tag.len() == 16 && parts.next().is_none();
        sound.then_some(Parts { nonce, tag, data })
    }

    fn decrypt(&self, cipher: &Aes256Gcm, beside: &[u8]) -> Option<Vec<u8>> {
        let mut data = self.data.clone();
        let (nonce, tag) = (Nonce::from_slice(&self.nonce), Tag::from_slice(&self.tag));
        cipher
            .decrypt_in_place_detached(nonce, beside, &mut data, tag)
            .ok()?;
        Some(data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal() -> Seal {
        Seal::new(&Secret::new("a secret"), [])
    }

    fn encrypted(name: &str, value: &str, expires: Option<u64>) -> String {
        let text = seal().encrypt(name, value, expires);
        text.expect("random numbers")
    }

    fn opened(seal: &Seal, name: &str, text: &str) -> Option<String> {
        seal.open(name, text).map(|opened| opened.value)
    }

    fn verified(seal: &Seal, name: &str, text: &str) -> Option<String> {
        seal.verify(name, text).map(|opened| opened.value)
    }

    #[test]
    fn a_value_comes_back_under_its_own_name_only() {
        let sealed = encrypted("session", "Ada ü", None);
        assert!(
            sealed.starts_with("enc:v2:") && !sealed.contains("Ada"),
            "{sealed}"
        );
        assert_eq!(
            opened(&seal(), "session", &sealed).as_deref(),
            Some("Ada ü")
        );
        assert_eq!(opened(&seal(), "flash", &sealed), None);
        let other = Seal::new(&Secret::new("another"), []);
        assert_eq!(opened(&other, "session", &sealed), None);
    }

    #[test]
    fn a_signed_value_is_its_own_name_s_too() {
        let signed = seal().sign("session", "Ada ü", None).expect("random");
        assert_eq!(
            verified(&seal(), "session", &signed).as_deref(),
            Some("Ada ü")
        );
        assert_eq!(verified(&seal(), "flash", &signed), None);
        // One kind of value does not pass for the other.
        assert_eq!(opened(&seal(), "session", &signed), None);
        let relabelled = encrypted("session", "x", None).replace("enc:v2:", "sig:v1:");
        assert_eq!(verified(&seal(), "session", &relabelled), None);
    }

    #[test]
    fn nothing_but_what_was_sealed_is_opened() {
        let signed = seal().sign("session", "admin=0", None).expect("random");
        for sealed in [encrypted("session", "admin=0", None), signed] {
            for at in "enc:v2:".len()..sealed.len() {
                let mut forged = sealed.clone().into_bytes();
                forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
                let forged = String::from_utf8(forged).expect("ASCII");
                // The last letter of a part may hold bits that decode to nothing.
                if base64_parts(&forged) != base64_parts(&sealed) {
                    assert_eq!(opened(&seal(), "session", &forged), None, "{forged}");
                    assert_eq!(verified(&seal(), "session", &forged), None, "{forged}");
                }
            }
        }
        for text in [
            "admin=1",
            "",
            "enc:v2:",
            "enc:v2:a.b.c",
            "enc:v1:s.a.b.c",
            "enc:v3:AAAA",
            "sig:v1:",
            "sig:v1:a.b.c",
        ] {
            assert_eq!(opened(&seal(), "session", text), None, "{text}");
            assert_eq!(verified(&seal(), "session", text), None, "{text}");
        }
    }

    fn base64_parts(text: &str) -> Vec<Option<Vec<u8>>> {
        text["enc:v2:".len()..]
            .split('.')
            .map(base64::decode)
            .collect()
    }

    #[test]
    fn a_value_is_never_sealed_to_the_same_text() {
        seal_times(20_000);
    }

    #[test]
    #[ignore = "takes a minute: a million times"]
    fn a_value_is_never_sealed_to_the_same_text_a_million_times() {
        seal_times(1_000_000);
    }

    fn seal_times(count: usize) {
        let seal = seal();
        let mut nonces = std::collections::HashSet::with_capacity(count);
        for _ in 0..count {
            let text = seal.encrypt("session", "x", None).expect("random numbers");
            let nonce = text["enc:v2:".len()..]
                .split('.')
                .next()
                .map(base64::decode);
            let nonce = nonce
                .flatten()
                .and_then(|nonce| <[u8; 12]>::try_from(nonce).ok());
            assert!(nonces.insert(nonce.expect("a nonce")), "{text}");
        }
    }

    #[test]
    fn an_expired_value_counts_no_longer() {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970")
            .as_secs();
        let old = encrypted("session", "x", Some(now - 1));
        assert_eq!(opened(&seal(), "session", &old), None);
        let fresh = encrypted("session", "x", Some(now + 60));
        assert_eq!(opened(&seal(), "session", &fresh).as_deref(), Some("x"));
        let old = seal().sign("session", "x", Some(now - 1)).expect("random");
        assert_eq!(verified(&seal(), "session", &old), None);
    }

    #[test]
    fn a_secret_can_be_replaced_and_then_dropped() {
        let old = encrypted("session", "x", None);
        let signed = seal().sign("session", "x", None).expect("random");
        let (next, previous) = (Secret::new("the next"), Secret::new("a secret"));
        let rotated = Seal::new(&next, [&previous]);
        let by_old = Some(Opened {
            value: "x".into(),
            by_an_old_secret: true,
        });
        assert_eq!(rotated.open("session", &old), by_old);
        assert_eq!(rotated.verify("session", &signed), by_old);
        let new = rotated.encrypt("session", "x", None).expect("random");
        assert!(!rotated.open("session", &new).expect("new").by_an_old_secret);
        let dropped = Seal::new(&next, []);
        assert_eq!(dropped.open("session", &old), None);
        assert_eq!(dropped.verify("session", &signed), None);
        assert!(dropped.open("session", &new).is_some());
    }

    #[test]
    fn a_token_is_good_for_its_subject_alone() {
        let token = seal().token("session 1").expect("random");
        assert!(seal().is_token_of(&token, "session 1"));
        assert!(!seal().is_token_of(&token, "session 2"));
        assert_ne!(seal().token("session 1").as_ref(), Some(&token));
        let (next, previous) = (Secret::new("the next"), Secret::new("a secret"));
        assert!(Seal::new(&next, [&previous]).is_token_of(&token, "session 1"));
        assert!(!Seal::new(&next, []).is_token_of(&token, "session 1"));
        for text in ["", "x", "AAAA", &token[1..], &format!("{token}AAAA")] {
            assert!(!seal().is_token_of(text, "session 1"), "{text}");
        }
    }

    #[test]
    fn values_of_the_javascript_framework_are_read() {
        // Made by Node's `crypto` with the key SHA-256("cookie-secret").
        let seal = Seal::new(&Secret::new("cookie-secret"), []);
        assert_eq!(
            opened(&seal, "any", NODE_TEXT).as_deref(),
            Some("user-17 ü")
        );
        assert_eq!(
            opened(&seal, "any", NODE_JSON).as_deref(),
            Some(r#"{"id":17}"#)
        );
    }

    const NODE_TEXT: &str = "enc:v1:s.0gv6nXlVtSl_b6jo.C2rny9M911Ig0kx_-AbgLA.HBrEwZQliC8tSg";
    const NODE_JSON: &str = "enc:v1:j.imbCuoFoAAcHW-lt.63JPyv2wSTb_xgTsBmgaDg.GW1Jyxc357Tv";
}
