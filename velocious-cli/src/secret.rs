//! A text that nobody can guess, for `VELOCIOUS_COOKIE_SECRET`. It is made here and not by the application's binary, so
//! that a server without the application's code can be given one.

use std::fmt::Write;

use crate::failure::{Failure, Outcome};

/// 256 random bits as hexadecimal digits, which need no quotes anywhere.
///
/// # Errors
/// The system has no random numbers.
pub(crate) fn generate() -> Outcome<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::new(format!("the system has no random numbers: {error}")))?;
    let mut text = String::with_capacity(64);
    for byte in bytes {
        // Writing to a `String` does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}
