//! What answers the requests of the server proofs.

use std::collections::HashMap;

use serde_json::Value;
use velocious::controller;
use velocious::prelude::*;

/// The only controller.
pub struct ProofsController;

#[controller]
impl ProofsController {
    /// A short answer.
    pub async fn ping(_: Context) -> &'static str {
        "pong"
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
