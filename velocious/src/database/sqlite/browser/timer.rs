//! The browser's clock: things that happen later.

use std::time::Duration;

use futures_channel::oneshot;
use js_sys::{Function, Reflect, global};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Does `work` after `time`, which a browser takes in milliseconds, and at most 24 days of them.
pub(super) fn after(time: Duration, work: impl FnOnce() + 'static) {
    let milliseconds = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
    let function = Reflect::get(&global(), &"setTimeout".into()).map(JsCast::dyn_into::<Function>);
    let Ok(Ok(set_timeout)) = function else {
        tracing::error!("there is no `setTimeout` here, so nothing that waits is given up");
        return;
    };
    // One more, since a browser may call a moment too early.
    let called = set_timeout.call2(
        &JsValue::UNDEFINED,
        &Closure::once_into_js(work),
        &milliseconds.saturating_add(1).into(),
    );
    if called.is_err() {
        tracing::error!("`setTimeout` failed, so nothing that waits is given up");
    }
}

/// Waits.
pub(super) async fn sleep(time: Duration) {
    let (over, waiting) = oneshot::channel::<()>();
    after(time, move || {
        let _ = over.send(());
    });
    let _ = waiting.await;
}
