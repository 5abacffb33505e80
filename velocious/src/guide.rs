//! The pages of the guide, so that their code compiles: each is a doctest.

#[doc = include_str!("../../docs/guide/browser.md")]
mod browser {}

#[doc = include_str!("../../docs/guide/columns.md")]
mod columns {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/controllers.md")]
mod controllers {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/files.md")]
mod files {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/server.md")]
mod server {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/routes.md")]
mod routes {}

#[doc = include_str!("../../docs/guide/databases.md")]
mod databases {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/security.md")]
mod security {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/limits.md")]
mod limits {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/sessions.md")]
mod sessions {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/logging.md")]
mod logging {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/messages.md")]
mod messages {}

#[doc = include_str!("../../docs/guide/migrations.md")]
mod migrations {}

#[doc = include_str!("../../docs/guide/querying.md")]
mod querying {}

#[doc = include_str!("../../docs/guide/records.md")]
mod records {}

#[doc = include_str!("../../docs/guide/relationships.md")]
mod relationships {}

#[cfg(feature = "selectors")]
#[doc = include_str!("../../docs/guide/testing.md")]
mod testing {}

#[doc = include_str!("../../docs/guide/translations.md")]
mod translations {}

#[cfg(feature = "password")]
#[doc = include_str!("../../docs/guide/users.md")]
mod users {}

#[cfg(feature = "server")]
#[doc = include_str!("../../docs/guide/views.md")]
mod views {}

#[doc = include_str!("../../README.md")]
mod readme {}
#[doc = include_str!("../../docs/guide/validations.md")]
mod validations {}
