//! Tests of an application: requests in process, on a database in memory.
//!
//! * [`TestApp`]: the application under test; [`TestRequest`]: a request on its way; [`TestResponse`]: its answer.

mod app;
mod jar;
mod request;
mod response;

pub use app::TestApp;
pub use request::TestRequest;
pub use response::TestResponse;
