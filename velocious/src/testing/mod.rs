//! Tests of an application: requests in process, on a database in memory.
//!
//! * [`TestCase`](case::TestCase): a test that `#[velocious::test]` declares, its tries and limits; [`TestRetry`];
//! * [`TestApp`]: the application under test; [`TestRequest`]: a request on its way; [`TestResponse`]: its answer;
//! * `Elements`: what a CSS selector finds in an answer (feature `selectors`).

mod app;
pub(crate) mod case;
mod jar;
mod request;
mod response;
#[cfg(feature = "selectors")]
mod select;

pub use app::TestApp;
pub use case::{TestOutcome, TestRetry};
pub use request::TestRequest;
pub use response::TestResponse;
#[cfg(feature = "selectors")]
pub use select::Elements;
