//! Actions that fail or dawdle on purpose, for the acceptance suite. They exist only where `EXAMPLE_TESTING` is set.

use std::time::Duration;

use velocious::prelude::*;

/// Actions that fail or dawdle on purpose.
pub struct TestingController;

#[controller(before(is_under_test))]
impl TestingController {
    /// GET /testing/panic
    pub async fn panic() -> Result<Response> {
        panic!("the secret recipe is 42")
    }

    /// GET /testing/error
    pub async fn error() -> Result<Response> {
        Err(Error::message("the secret recipe is 42"))
    }

    /// GET /testing/slow
    pub async fn slow() -> Result<&'static str> {
        velocious::actix_web::rt::time::sleep(Duration::from_secs(1)).await;
        Ok("slept")
    }

    async fn is_under_test(ctx: &Context) -> Result<()> {
        match std::env::var_os("EXAMPLE_TESTING") {
            Some(_) => Ok(()),
            None => Err(Error::http(
                404,
                format!("There is no page `{}`.", ctx.request().path()),
            )),
        }
    }
}
