use velocious::prelude::*;

async fn create(ctx: Context, Params(back_to): Params<String>) -> Result<Response> {
    ctx.redirect(back_to)
}

fn main() {}
