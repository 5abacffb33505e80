//! What answers the requests of the server proofs.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use velocious::database::Dialect;
use velocious::prelude::*;
use velocious::{Upload, controller};

use crate::tasks::{Meeting, all};

static MARKERS: AtomicUsize = AtomicUsize::new(0);
static EVENTS: AtomicUsize = AtomicUsize::new(0);

/// How an action is to panic, and what it writes before.
#[derive(Deserialize)]
pub struct Crash {
    way: u8,
    number: i64,
}

/// How long an action is to take.
#[derive(Deserialize)]
pub struct Slow {
    milliseconds: u64,
}

/// A file, and whether the action is to panic with it.
#[derive(Deserialize)]
pub struct Uploaded {
    file: Upload,
    panic: Option<bool>,
}

/// The only controller.
pub struct ProofsController;

#[controller]
impl ProofsController {
    /// A short answer.
    pub async fn ping(_: Context) -> &'static str {
        "pong"
    }

    /// What nothing hidden in another request may reach.
    pub async fn marker(_: Context) -> &'static str {
        MARKERS.fetch_add(1, Ordering::Relaxed);
        "the marker was answered"
    }

    /// How often that was reached.
    pub async fn markers(_: Context) -> String {
        MARKERS.load(Ordering::Relaxed).to_string()
    }

    /// Counts the errors that the application is told of from now on.
    pub async fn listen(ctx: Context) -> &'static str {
        static LISTENING: Once = Once::new();
        LISTENING.call_once(|| {
            ctx.app().error_events().on_framework_error(|event| {
                if event.error_type() == "framework-error" {
                    EVENTS.fetch_add(1, Ordering::Relaxed);
                }
            });
        });
        "listening"
    }

    /// How many there were.
    pub async fn events(_: Context) -> String {
        EVENTS.load(Ordering::Relaxed).to_string()
    }

    /// Panics in one of several ways.
    pub async fn crash(ctx: Context, Params(crash): Params<Crash>) -> Result<Response> {
        let insert = format!("INSERT INTO crashes (number) VALUES ({})", crash.number);
        match crash.way {
            0 => panic!("canary"),
            1 => {
                let nothing: Vec<String> = Vec::new();
                let at = usize::from(crash.way);
                Ok(Response::Ok().body(nothing[at].clone()))
            }
            2 => {
                ctx.db()
                    .transaction(async |tx| {
                        tx.execute_sql(&insert, []).await?;
                        panic!("canary in a transaction")
                    })
                    .await
            }
            3 => {
                ctx.db()
                    .transaction(async |tx| {
                        tx.transaction(async |inner| {
                            inner.execute_sql(&insert, []).await?;
                            tokio::time::sleep(Duration::from_millis(1)).await;
                            panic!("canary in two transactions")
                        })
                        .await
                    })
                    .await
            }
            _ => std::panic::panic_any(crash.number),
        }
    }

    /// Begins as many transactions at once as there are connections; how many there were.
    pub async fn connections(ctx: Context) -> Result<String> {
        let db = ctx.db();
        let places = match db.dialect() {
            Dialect::Sqlite => 1,
            _ => ctx.app().config().database.pool,
        };
        // None ends before all have begun: one too few, and the last one never would.
        let meeting = Meeting::of(places);
        let work = (0..places).map(|_| -> Pin<Box<dyn Future<Output = Result<()>>>> {
            Box::pin(async {
                db.transaction(async |tx| {
                    tx.batch("SELECT 1").await?;
                    meeting.wait().await
                })
                .await
            })
        });
        for outcome in all(work).await {
            outcome?;
        }
        Ok(places.to_string())
    }

    /// An answer that takes a while.
    pub async fn slow(_: Context, Params(slow): Params<Slow>) -> &'static str {
        tokio::time::sleep(Duration::from_millis(slow.milliseconds)).await;
        "slow"
    }

    /// What became of a file.
    pub async fn upload(ctx: Context, Params(uploaded): Params<Uploaded>) -> Result<Response> {
        if uploaded.panic == Some(true) {
            panic!("with a file in the hand");
        }
        let file = uploaded.file;
        ctx.render_json(&json!({"name": file.filename(), "size": file.size()}))
    }

    /// An answer without an end.
    pub async fn endless(ctx: Context) -> Result<Response> {
        ctx.stream("application/octet-stream", async |out| {
            loop {
                out.write(vec![0; 16 * 1024]).await?;
            }
        })
    }

    /// The parameters as they were understood.
    pub async fn params(
        ctx: Context,
        Params(params): Params<HashMap<String, Value>>,
    ) -> Result<Response> {
        ctx.render_json(&params)
    }
}
