//! Functions of SQL that SQLite does not have by itself.

use diesel::sqlite::SqliteConnection;

use super::connection::Outcome;
use super::failure;

mod declared {
    use diesel::sql_types::{Nullable, Text};

    #[diesel::declare_sql_function]
    extern "SQL" {
        /// Small letters, of all alphabets; `crate::query::pattern::LOWER` is its name.
        fn velocious_lower(text: Nullable<Text>) -> Nullable<Text>;
    }
}

/// Makes the functions known to a connection.
pub(super) fn register(connection: &mut SqliteConnection) -> Outcome<()> {
    declared::velocious_lower_utils::register_impl(connection, |text: Option<String>| {
        text.map(|text| text.to_lowercase())
    })
    .map_err(failure::of)
}
