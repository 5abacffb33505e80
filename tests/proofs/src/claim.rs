//! What a proof says of what it saw.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use velocious::{Error, Result};

/// Whether the program has the machine for itself, so that it can be held to times.
static ALONE: AtomicBool = AtomicBool::new(false);

/// How long the tests wait for what takes milliseconds on a machine that does nothing else.
const FOR_EVER: Duration = Duration::from_secs(120);

/// Holds everything from now on to the times that are promised.
pub fn hold_to_times() {
    ALONE.store(true, Ordering::Relaxed);
}

/// How long something may take: what is promised, for a program that has the machine for itself. The tests run beside
/// others, on any machine, and there only what never ends takes too long.
pub fn limit(promised: Duration) -> Duration {
    match ALONE.load(Ordering::Relaxed) {
        true => promised,
        false => promised.max(FOR_EVER),
    }
}

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
