use velocious::prelude::*;
use velocious::view::external;

async fn create(ctx: Context) -> Result<Response> {
    ctx.redirect(external("https://example.org"))
}

fn main() {}
