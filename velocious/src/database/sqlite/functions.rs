//! Functions of SQL that SQLite does not have by itself.

use std::cmp::Ordering;

use diesel::sqlite::SqliteConnection;

use super::connection::Outcome;
use super::failure;
use crate::value::Digits;

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
    // diesel names the right one first.
    .and_then(|()| {
        connection.register_collation("velocious_decimal", |right, left| in_order(left, right))
    })
    .map_err(failure::of)?;
    #[cfg(feature = "decimal")]
    sum::register(connection).map_err(failure::of)?;
    Ok(())
}

/// Which of two decimal numbers is less; text that is none comes before all of them, in its own order.
fn in_order(left: &str, right: &str) -> Ordering {
    let numbers = (Digits::parse(left), Digits::parse(right));
    match numbers {
        (None, None) => left.cmp(right),
        (left, right) => left.cmp(&right),
    }
}

#[cfg(feature = "decimal")]
mod sum {
    use diesel::sql_types::{Nullable, Text};
    use diesel::sqlite::{SqliteAggregateFunction, SqliteConnection};

    use crate::value::{Decimal, Digits};

    #[diesel::declare_sql_function]
    extern "SQL" {
        /// The sum of decimal numbers, to the last digit; `crate::query::render::DECIMAL_SUM` is its name.
        #[aggregate]
        fn velocious_decimal_sum(number: Nullable<Text>) -> Nullable<Text>;
    }

    pub(super) fn register(connection: &mut SqliteConnection) -> diesel::QueryResult<()> {
        velocious_decimal_sum_utils::register_impl::<Sum, _>(connection)
    }

    /// What has been added up; text that is no number makes the sum none.
    #[derive(Default)]
    struct Sum {
        total: Option<Decimal>,
        is_spoilt: bool,
    }

    impl SqliteAggregateFunction<Option<String>> for Sum {
        type Output = Option<String>;

        fn step(&mut self, number: Option<String>) {
            let Some(text) = number else {
                return;
            };
            let total = self.total.unwrap_or_default();
            let number = Digits::parse(&text).and_then(|digits| digits.as_str().parse().ok());
            match number.and_then(|number| total.checked_add(number)) {
                Some(total) => self.total = Some(total),
                None => self.is_spoilt = true,
            }
        }

        fn finalize(sum: Option<Self>) -> Option<String> {
            let sum = sum?;
            if sum.is_spoilt {
                return Some("too many digits to add them up".into());
            }
            sum.total.map(|total| total.to_string())
        }
    }
}
