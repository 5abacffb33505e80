#[controller(
    base = ApplicationController,
    skip(authenticate, only(index)),
    around(timed),
    after(log, except(index)),
    rescue(missing)
)]
impl NotesController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("notes")
    }

    async fn timed(_: &Context, next: Next<'_>) -> Result<Response> {
        next.run().await
    }

    async fn log(_: &Context, response: &mut Response) -> Result<()> {
        Ok(())
    }

    async fn missing(ctx: &Context, error: &NotFound) -> Result<Response> {
        ctx.render_json(&error.to_string())
    }
}
