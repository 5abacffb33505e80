//! A point in time, for a browser: the one of the standard library panics there.

use std::ops::Add;
use std::time::Duration;

use js_sys::{Date, Function, Reflect, global};
use wasm_bindgen::JsCast;

/// How long the page had been there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant(Duration);

impl Instant {
    pub(crate) fn now() -> Self {
        // The date, should a browser have nothing better, may jump.
        let milliseconds = steady().unwrap_or_else(Date::now);
        Instant(Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        Self::now().saturating_duration_since(*self)
    }

    pub(crate) fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, time: Duration) -> Instant {
        Instant(self.0.saturating_add(time))
    }
}

/// What `performance.now()` says.
fn steady() -> Option<f64> {
    let performance = Reflect::get(&global(), &"performance".into()).ok()?;
    let now = Reflect::get(&performance, &"now".into()).ok()?;
    let now = now.dyn_into::<Function>().ok()?;
    now.call0(&performance).ok()?.as_f64()
}
