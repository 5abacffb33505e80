//! What the application consists of.

use velocious::Application;

use super::{routes, seeds};
use crate::views;

/// Puts the parts together.
pub fn application() -> Application {
    velocious::application!()
        .routes(routes::routes())
        .migrations(example_models::migrations())
        .layout(views::layout::application)
        .seeds(seeds::sow)
}
