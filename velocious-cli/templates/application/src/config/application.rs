//! What the application consists of.

use velocious::prelude::*;

use super::routes;
use crate::views;

/// Puts the parts together.
pub fn application() -> Application {
    velocious::application!()
        .routes(routes::routes())
        .migrations({{crate}}_models::migrations())
        .messages(velocious::messages!())
        .layout(views::layout::application)
        .seeds(seeds)
}

/// The application's first records, created by `velocious db:seed`.
async fn seeds(_app: App) -> Result<()> {
    Ok(())
}
