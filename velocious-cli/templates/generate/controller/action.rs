    /// GET /{{controller}}/{{action}}
    pub async fn {{action}}(ctx: Context) -> Result<Response> {
        ctx.render(views::{{controller}}::{{action}}())
    }
