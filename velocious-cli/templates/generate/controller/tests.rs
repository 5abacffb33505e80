//! Requests to `{{Controller}}`.

use {{crate}}::application;
use velocious::testing::TestApp;

{{tests}}
