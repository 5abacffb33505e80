//! argon2id, and bcrypt for digests that others have made.

use std::sync::{Arc, PoisonError, RwLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use super::{LONGEST, Password};
use crate::{Error, Result};

/// How much work it is to make a digest: never less than 19,456 KiB of memory, two passes and one lane. A digest that
/// was less is made anew when its password is verified next.
///
/// ```
/// velocious::password::Cost::default().memory_kib(65_536).passes(3).install();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
}

const LEAST: Cost = Cost {
    memory_kib: 19_456,
    passes: 2,
};

static COST: RwLock<Cost> = RwLock::new(LEAST);

impl Default for Cost {
    fn default() -> Self {
        LEAST
    }
}

impl Cost {
    /// So much memory, in KiB.
    #[must_use]
    pub fn memory_kib(mut self, memory_kib: u32) -> Self {
        self.memory_kib = memory_kib.max(LEAST.memory_kib);
        self
    }

    /// So many passes over it.
    #[must_use]
    pub fn passes(mut self, passes: u32) -> Self {
        self.passes = passes.max(LEAST.passes);
        self
    }

    /// Makes it the cost of every digest that is made from now on.
    pub fn install(self) {
        *COST.write().unwrap_or_else(PoisonError::into_inner) = self;
    }

    fn installed() -> Cost {
        *COST.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn argon2(self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory_kib, self.passes, 1, None).map_err(unusable)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// Whether a digest was less work.
    fn exceeds(self, digest: &PasswordHash) -> bool {
        let parameter = |name| digest.params.get_decimal(name).unwrap_or(0);
        digest.algorithm != Algorithm::Argon2id.ident()
            || parameter("m") < self.memory_kib
            || parameter("t") < self.passes
    }
}

fn unusable(error: impl std::fmt::Display) -> Error {
    Error::message(format!("no digest of a password can be made: {error}"))
}

/// What is found out about a password and a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) is_right: bool,
    /// Whether the digest is to be made anew.
    pub(super) is_outdated: bool,
}

const WRONG: Verdict = Verdict {
    is_right: false,
    is_outdated: false,
};

/// The digest of a password.
pub(super) fn hash(password: &Password) -> Result<String> {
    if password.expose().len() > LONGEST {
        return Err(Error::message(format!(
            "a password of more than {LONGEST} bytes is not taken"
        )));
    }
    let argon2 = Cost::installed().argon2()?;
    let digest = argon2.hash_password(password.expose().as_bytes());
    Ok(digest.map_err(unusable)?.to_string())
}

/// Whether a password is the one of a digest. It takes as long where there is no digest, or none that can be read.
pub(super) fn verify(password: &Password, digest: &str) -> Verdict {
    if password.expose().len() > LONGEST {
        return WRONG;
    }
    if digest.starts_with("$2") {
        return Verdict {
            is_right: bcrypt::verify(password.expose(), digest).unwrap_or(false),
            is_outdated: true,
        };
    }
    let Ok(known) = PasswordHash::new(digest) else {
        // The verdict does not depend on it.
        let _ = verify_argon2(password, &dummy());
        return WRONG;
    };
    Verdict {
        is_right: verify_argon2(password, digest),
        is_outdated: Cost::installed().exceeds(&known),
    }
}

fn verify_argon2(password: &Password, digest: &str) -> bool {
    let Ok(digest) = PasswordHash::new(digest) else {
        return false;
    };
    let verified = Argon2::default().verify_password(password.expose().as_bytes(), &digest);
    verified.is_ok()
}

/// A digest of the usual cost, of a password that nobody has.
fn dummy() -> Arc<str> {
    static DUMMY: RwLock<Option<(Cost, Arc<str>)>> = RwLock::new(None);
    let cost = Cost::installed();
    let known = DUMMY.read().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, digest)) = known.filter(|(known, _)| *known == cost) {
        return digest;
    }
    let digest: Arc<str> = hash(&Password::from("nobody")).unwrap_or_default().into();
    *DUMMY.write().unwrap_or_else(PoisonError::into_inner) = Some((cost, Arc::clone(&digest)));
    digest
}

/// Makes what [`verify`] needs for somebody who is not known, so that the first of them takes no longer.
#[cfg(not(target_family = "wasm"))]
pub(super) fn prepare() {
    dummy();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_argon2id_of_at_least_the_recommended_cost() {
        let password = Password::from("correct horse battery staple");
        let digest = hash(&password).expect("a digest");
        assert!(
            digest.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{digest}"
        );
        let right = Verdict {
            is_right: true,
            is_outdated: false,
        };
        assert_eq!(verify(&password, &digest), right);
        assert_eq!(verify(&"something else".into(), &digest), WRONG);
        assert_ne!(
            hash(&password).expect("a digest"),
            digest,
            "each has a salt of its own"
        );
        assert_eq!(Cost::default().memory_kib(8).passes(1), Cost::default());
    }

    #[test]
    fn digests_of_others_are_read_and_to_be_made_anew() {
        // Made by the C library, as Node, Rails and Devise write theirs.
        let digest = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
        for variant in ["$2a$", "$2b$", "$2y$"] {
            let digest = digest.replacen("$2b$", variant, 1);
            let verdict = verify(&"correct horse".into(), &digest);
            assert!(verdict.is_right && verdict.is_outdated, "{variant}");
            assert!(!verify(&"wrong horse".into(), &digest).is_right);
        }
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(64, 1, 1, None).expect("parameters"),
        );
        let weak = weak.hash_password(b"correct horse").expect("a digest");
        let verdict = verify(&"correct horse".into(), &weak.to_string());
        assert!(verdict.is_right && verdict.is_outdated);
    }

    #[test]
    fn what_is_no_digest_has_no_password() {
        for digest in ["", "!", "$2b$", "$argon2id$", "plain"] {
            let verdict = verify(&"plain".into(), digest);
            assert!(!verdict.is_right, "{digest:?}");
        }
        let long = "x".repeat(LONGEST + 1);
        assert!(hash(&long.as_str().into()).is_err());
        assert_eq!(verify(&long.into(), "plain"), WRONG);
    }
}
