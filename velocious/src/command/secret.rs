//! `secret`: a text that nobody can guess, for `VELOCIOUS_COOKIE_SECRET`.

use std::fmt::Write;

use aes_gcm::aead::{OsRng, rand_core::RngCore};

use super::say;
use crate::{Error, Result};

/// How many random bytes a secret is made of.
const BYTES: usize = 32;

/// Prints another secret each time.
///
/// # Errors
/// When the system has no random numbers.
pub(super) fn print() -> Result<()> {
    say(&generate()?);
    Ok(())
}

/// 256 random bits as hexadecimal digits, which need no quotes anywhere.
fn generate() -> Result<String> {
    let mut bytes = [0_u8; BYTES];
    OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|_| Error::message("the system has no random numbers"))?;
    let mut text = String::with_capacity(2 * BYTES);
    for byte in bytes {
        // Writing to a `String` does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::config::Secret;

    #[test]
    fn a_thousand_secrets_are_a_thousand_strong_ones() {
        let secrets: HashSet<String> = (0..1_000).map(|_| generate().expect("random")).collect();
        assert_eq!(secrets.len(), 1_000);
        for secret in secrets {
            assert_eq!(secret.len(), 64, "{secret}");
            assert_eq!(Secret::new(&secret).weakness(), None, "{secret}");
        }
    }
}
