//! The files of a new application.

/// Path and template of each, in the order in which they are shown. Manifests are templates called `Cargo.toml.in`,
/// because Cargo takes a folder with a `Cargo.toml` for a package.
#[rustfmt::skip]
pub(super) const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("../../templates/application/Cargo.toml.in")),
    ("README.md", include_str!("../../templates/application/README.md")),
    (".gitignore", include_str!("../../templates/application/gitignore")),
    ("config/development.toml", include_str!("../../templates/application/config/development.toml")),
    ("config/test.toml", include_str!("../../templates/application/config/test.toml")),
    ("config/production.toml", include_str!("../../templates/application/config/production.toml")),
    ("db/.keep", ""),
    ("locales/.keep", ""),
    ("models/Cargo.toml", include_str!("../../templates/application/models/Cargo.toml.in")),
    ("models/src/lib.rs", include_str!("../../templates/application/models/src/lib.rs")),
    ("models/src/models/mod.rs", include_str!("../../templates/application/models/src/models/mod.rs")),
    ("models/src/migrations/mod.rs", include_str!("../../templates/application/models/src/migrations/mod.rs")),
    ("public/application.css", include_str!("../../templates/application/public/application.css")),
    ("public/favicon.svg", include_str!("../../templates/application/public/favicon.svg")),
    ("src/main.rs", include_str!("../../templates/application/src/main.rs")),
    ("src/lib.rs", include_str!("../../templates/application/src/lib.rs")),
    ("src/config/mod.rs", include_str!("../../templates/application/src/config/mod.rs")),
    ("src/config/application.rs", include_str!("../../templates/application/src/config/application.rs")),
    ("src/config/routes.rs", include_str!("../../templates/application/src/config/routes.rs")),
    ("src/controllers/mod.rs", include_str!("../../templates/application/src/controllers/mod.rs")),
    ("src/views/mod.rs", include_str!("../../templates/application/src/views/mod.rs")),
    ("src/views/layout.rs", include_str!("../../templates/application/src/views/layout.rs")),
    ("tests/requests/main.rs", include_str!("../../templates/application/tests/requests/main.rs")),
];
