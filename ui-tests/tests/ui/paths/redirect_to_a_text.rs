use velocious::prelude::*;

async fn create(ctx: Context) -> Result<Response> {
    ctx.redirect("/tsks")
}

fn main() {}
