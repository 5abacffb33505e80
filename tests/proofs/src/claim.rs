//! What a proof says of what it saw.

use velocious::{Error, Result};

/// Fails with a sentence unless something is true.
///
/// # Errors
/// The sentence.
pub fn claim(is_true: bool, otherwise: impl FnOnce() -> String) -> Result<()> {
    match is_true {
        true => Ok(()),
        false => Err(Error::message(otherwise())),
    }
}

/// The greatest of durations but for one in a hundred, in milliseconds.
pub fn p99(mut milliseconds: Vec<f64>) -> f64 {
    milliseconds.sort_by(f64::total_cmp);
    let at = milliseconds.len().saturating_sub(1) * 99 / 100;
    milliseconds.get(at).copied().unwrap_or(0.0)
}
