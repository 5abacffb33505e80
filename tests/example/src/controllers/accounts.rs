//! Accounts: listed, shown, added.

use serde::Deserialize;
use velocious::prelude::*;

use crate::config::routes::paths;
use crate::controllers::ApplicationController;
use crate::models::{Account, Project};
use crate::views;

/// What a form or a client may set.
#[derive(Deserialize)]
pub struct AccountParams {
    account: AccountFields,
}

#[derive(Deserialize)]
struct AccountFields {
    name: String,
}

/// Accounts: listed, shown, added.
pub struct AccountsController;

#[controller(base = ApplicationController, skip(require_user, only(index, show)))]
impl AccountsController {
    /// GET /accounts
    pub async fn index(ctx: Context) -> Result<Response> {
        let query = Account::order(|a| a.name().asc()).preload(|a| a.projects());
        let page = query.per_page(20).paginate(ctx.db(), ctx.page()).await?;
        if ctx.wants_json() {
            return ctx.render_json(&page.records);
        }
        ctx.set_title("Accounts");
        ctx.render(views::accounts::index(&page)?)
    }

    /// GET /accounts/{id}
    pub async fn show(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let account = Account::find(ctx.db(), id).await?;
        if ctx.wants_json() {
            return ctx.render_json(&account);
        }
        let projects = Project::filter(|p| p.account_id().eq(id)).order(|p| p.name().asc());
        let projects = projects.preload(|p| p.tasks()).load(ctx.db()).await?;
        ctx.set_title(&account.name);
        ctx.render(views::accounts::show(&account, &projects)?)
    }

    /// GET /accounts/new
    pub async fn new(ctx: Context) -> Result<Response> {
        ctx.set_title("New account");
        ctx.render(views::accounts::new(&Account::new()))
    }

    /// POST /accounts
    pub async fn create(
        ctx: Context,
        Params(AccountParams { account: fields }): Params<AccountParams>,
    ) -> Result<Response> {
        let mut account = Account {
            name: fields.name,
            ..Account::new()
        };
        match account.save(ctx.db()).await {
            Ok(()) if ctx.wants_json() => ctx.render_json_with_status(201, &account),
            Ok(()) => {
                ctx.flash().notice("The account was added.");
                ctx.redirect(paths::account_path(account.id))
            }
            Err(error) if error.is_invalid() => {
                ctx.set_title("New account");
                ctx.invalid(account.errors(), || views::accounts::new(&account))
            }
            Err(error) => Err(error),
        }
    }
}
