//! Encrypted texts in cookies.
//!
//! * `enc:v2:<iv>.<tag>.<data>`: our own. AES-256-GCM; the name of the cookie is authenticated with it, and the time
//!   it expires at is the first eight bytes of the data, so a value neither works under another name nor too long.
//! * `enc:v1:<s|j>.<iv>.<tag>.<data>`: that of the JavaScript framework, which is read and not written.
//!
//! All parts are base64 without padding.

use std::time::{SystemTime, UNIX_EPOCH};

use aes_gcm::aead::{AeadInPlace, KeyInit, OsRng, rand_core::RngCore};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use sha2::{Digest, Sha256};

use super::base64;
use crate::config::Secret;

const OWN: &str = "enc:v2:";
const FOREIGN: &str = "enc:v1:";

/// The keys that cookies are encrypted with.
pub(crate) struct Seal {
    own: Aes256Gcm,
    foreign: Aes256Gcm,
}

impl Seal {
    /// The keys that belong to a secret.
    pub(crate) fn new(secret: &Secret) -> Self {
        let secret = secret.expose().as_bytes();
        let own = Sha256::new()
            .chain_update(b"velocious cookie v2\0")
            .chain_update(secret);
        Seal {
            own: Aes256Gcm::new(&own.finalize()),
            foreign: Aes256Gcm::new(&Sha256::digest(secret)),
        }
    }

    /// Encrypts `value` for the cookie `name`; `expires` is the time, in seconds since 1970, from which it counts no
    /// longer. `None` when the system has no random numbers.
    pub(crate) fn seal(&self, name: &str, value: &str, expires: Option<u64>) -> Option<String> {
        let mut nonce = [0; 12];
        OsRng.try_fill_bytes(&mut nonce).ok()?;
        let mut data = expires.unwrap_or(u64::MAX).to_be_bytes().to_vec();
        data.extend_from_slice(value.as_bytes());
        let tag = self
            .own
            .encrypt_in_place_detached(Nonce::from_slice(&nonce), name.as_bytes(), &mut data)
            .ok()?;
        let [nonce, tag, data] = [&nonce[..], &tag[..], &data[..]].map(base64::encode);
        Some(format!("{OWN}{nonce}.{tag}.{data}"))
    }

    /// Decrypts the value of the cookie `name`; `None` when it is plain, forged, of another cookie or too old.
    pub(crate) fn open(&self, name: &str, text: &str) -> Option<String> {
        if let Some(parts) = text.strip_prefix(FOREIGN) {
            let (kind, parts) = parts.split_once('.')?;
            let text = String::from_utf8(decrypt(&self.foreign, b"", parts)?).ok()?;
            return (kind == "s" || kind == "j").then_some(text);
        }
        let data = decrypt(&self.own, name.as_bytes(), text.strip_prefix(OWN)?)?;
        let (expires, value) = data.split_first_chunk()?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        let fresh = u64::from_be_bytes(*expires) > now;
        fresh.then(|| String::from_utf8(value.to_vec()).ok())?
    }
}

fn decrypt(cipher: &Aes256Gcm, name: &[u8], parts: &str) -> Option<Vec<u8>> {
    let mut parts = parts.split('.').map(base64::decode);
    let (nonce, tag, mut data) = (parts.next()??, parts.next()??, parts.next()??);
    if nonce.len() != 12 || tag.len() != 16 || parts.next().is_some() {
        return None;
    }
    let (nonce, tag) = (Nonce::from_slice(&nonce), Tag::from_slice(&tag));
    cipher
        .decrypt_in_place_detached(nonce, name, &mut data, tag)
        .ok()?;
    Some(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal() -> Seal {
        Seal::new(&Secret::new("a secret"))
    }

    #[test]
    fn a_value_comes_back_under_its_own_name_only() {
        let sealed = seal()
            .seal("session", "Ada ü", None)
            .expect("random numbers");
        assert!(
            sealed.starts_with("enc:v2:") && !sealed.contains("Ada"),
            "{sealed}"
        );
        assert_eq!(seal().open("session", &sealed).as_deref(), Some("Ada ü"));
        assert_eq!(seal().open("flash", &sealed), None);
        assert_eq!(
            Seal::new(&Secret::new("another")).open("session", &sealed),
            None
        );
    }

    #[test]
    fn nothing_but_what_was_sealed_is_opened() {
        let sealed = seal()
            .seal("session", "admin=0", None)
            .expect("random numbers");
        for at in "enc:v2:".len()..sealed.len() {
            let mut forged = sealed.clone().into_bytes();
            forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(forged).expect("ASCII");
            // The last letter of a part may hold bits that decode to nothing.
            if base64_parts(&forged) != base64_parts(&sealed) {
                assert_eq!(seal().open("session", &forged), None, "{forged}");
            }
        }
        for text in [
            "admin=1",
            "",
            "enc:v2:",
            "enc:v2:a.b.c",
            "enc:v1:s.a.b.c",
            "enc:v3:AAAA",
        ] {
            assert_eq!(seal().open("session", text), None, "{text}");
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
        let one = seal().seal("session", "x", None);
        assert_ne!(one, seal().seal("session", "x", None));
    }

    #[test]
    fn an_expired_value_counts_no_longer() {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970")
            .as_secs();
        let old = seal()
            .seal("session", "x", Some(now - 1))
            .expect("random numbers");
        assert_eq!(seal().open("session", &old), None);
        let fresh = seal()
            .seal("session", "x", Some(now + 60))
            .expect("random numbers");
        assert_eq!(seal().open("session", &fresh).as_deref(), Some("x"));
    }

    #[test]
    fn values_of_the_javascript_framework_are_read() {
        // Made by Node's `crypto` with the key SHA-256("cookie-secret").
        let seal = Seal::new(&Secret::new("cookie-secret"));
        assert_eq!(seal.open("any", NODE_TEXT).as_deref(), Some("user-17 ü"));
        assert_eq!(seal.open("any", NODE_JSON).as_deref(), Some(r#"{"id":17}"#));
    }

    const NODE_TEXT: &str = "enc:v1:s.0gv6nXlVtSl_b6jo.C2rny9M911Ig0kx_-AbgLA.HBrEwZQliC8tSg";
    const NODE_JSON: &str = "enc:v1:j.imbCuoFoAAcHW-lt.63JPyv2wSTb_xgTsBmgaDg.GW1Jyxc357Tv";
}
