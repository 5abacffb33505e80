use serde::{{serde}};
use velocious::prelude::*;

use crate::config::routes::paths;
use crate::models::{{imports}};
use crate::views;

/// What a form or a client sends about {{a_human}}.
#[derive(Deserialize)]
pub struct {{Model}}Params {
{{default}}
    {{model}}: {{Model}}Fields,
}

/// What may be set from outside; whatever else is sent is ignored.
#[derive({{derives}})]
struct {{Model}}Fields {{fields}}

impl From<{{Model}}Fields> for {{Model}}Changes {
    fn from({{argument}}: {{Model}}Fields) -> Self {
        {{changes}}
    }
}

pub struct {{Models}}Controller;

#[controller]
impl {{Models}}Controller {
    /// GET /{{models}}
    pub async fn index(ctx: Context) -> Result<Response> {
        let query = {{Model}}::order(|{{model}}| {{model}}.id().desc()){{preloads}};
        let page = query.paginate(ctx.db(), ctx.page()).await?;
        if ctx.wants_json() {
            return ctx.render_json(&page.records);
        }
        ctx.render(views::{{models}}::index(&page)?)
    }

    /// GET /{{models}}/{id}
    pub async fn show(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let {{model}} = {{find}};
        if ctx.wants_json() {
            return ctx.render_json(&{{model}});
        }
        ctx.render(views::{{models}}::show(&{{model}})?)
    }

    /// GET /{{models}}/new
    pub async fn new(ctx: Context) -> Result<Response> {
        ctx.render(views::{{models}}::new(&{{new}}{{loaded}}))
    }

    /// GET /{{models}}/{id}/edit
    pub async fn edit(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let {{model}} = {{Model}}::find(ctx.db(), id).await?;
        ctx.render(views::{{models}}::edit(&{{model}}{{loaded}}))
    }

    /// POST /{{models}}
    pub async fn create(ctx: Context, params: FormParams<{{Model}}Params>) -> Result<Response> {
        let mut {{model}} = {{new}};
        params.assign_to(&mut {{model}}, |params| params.{{model}});
        match {{model}}.save(ctx.db()).await {
            Ok(()) if ctx.wants_json() => ctx.render_json_with_status(201, &{{model}}),
            Ok(()) => {
                ctx.flash().notice("{{human}} was created.");
                ctx.redirect(paths::{{model}}_path({{model}}.id))
            }
            Err(error) if error.is_invalid() => {
                {{load}}
                ctx.invalid({{model}}.errors(), || views::{{models}}::new(&{{model}}{{borrowed}}))
            }
            Err(error) => Err(error),
        }
    }

    /// PATCH /{{models}}/{id}
    pub async fn update(
        ctx: Context,
        Path(id): Path<i64>,
        params: FormParams<{{Model}}Params>,
    ) -> Result<Response> {
        let mut {{model}} = {{Model}}::find(ctx.db(), id).await?;
        params.assign_to(&mut {{model}}, |params| params.{{model}});
        match {{model}}.save(ctx.db()).await {
            Ok(()) if ctx.wants_json() => ctx.render_json(&{{model}}),
            Ok(()) => {
                ctx.flash().notice("{{human}} was saved.");
                ctx.redirect(paths::{{model}}_path({{model}}.id))
            }
            Err(error) if error.is_invalid() => {
                {{load}}
                ctx.invalid({{model}}.errors(), || views::{{models}}::edit(&{{model}}{{borrowed}}))
            }
            Err(error) => Err(error),
        }
    }

    /// DELETE /{{models}}/{id}
    pub async fn destroy(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let mut {{model}} = {{Model}}::find(ctx.db(), id).await?;
        {{model}}.destroy(ctx.db()).await?;
        if ctx.wants_json() {
            return Ok(Response::NoContent().finish());
        }
        ctx.flash().notice("{{human}} was destroyed.");
        ctx.redirect(paths::{{list}}_path())
    }
}
{{blank}}
{{choices}}
{{sent}}
