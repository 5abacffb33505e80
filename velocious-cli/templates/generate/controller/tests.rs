//! Requests to `{{Controller}}`.

use velocious::testing::TestApp;

{{tests}}
