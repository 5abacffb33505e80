#[controller(
    before(authenticate, except(index)),
    before(ApplicationController::log),
    before(load, only(show, edit))
)]
/// Tasks, over HTTP.
impl TasksController {
    const PER_PAGE: u64 = 20;

    /// All of them.
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render(Task::page(ctx.page()).per_page(Self::PER_PAGE).load(ctx.db()).await?)
    }

    pub async fn new(ctx: Context) -> Result<Response> {
        ctx.render(())
    }

    pub async fn show(ctx: Context, Path(id): Path<i64>) -> Result<Json<Task>> {
        Ok(Json(Task::find(ctx.db(), id).await?))
    }

    #[cfg(feature = "editing")]
    pub async fn edit(ctx: Context) -> Result<Response> {
        ctx.render(())
    }

    async fn authenticate(ctx: &Context) -> Result<()> {
        Ok(())
    }

    pub(crate) async fn load(ctx: &Context) -> Result<Option<Response>> {
        Ok(None)
    }

    fn helper(&self) {}
}
