//! What a column is in the database, by `db/schema.json`; the derive asks here whether a field's type can hold it.

use crate::value::{ColumnType, ValueKind};

/// The type of a column in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// True or false.
    Boolean,
    /// 16 bits.
    SmallInt,
    /// 32 bits.
    Integer,
    /// 64 bits.
    BigInt,
    /// Floating point, 32 bits.
    Float,
    /// Floating point, 64 bits.
    Double,
    /// Decimal digits.
    Decimal,
    /// Text of any kind.
    Text,
    /// Bytes.
    Binary,
    /// JSON.
    Json,
    /// A UUID.
    Uuid,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A point in time.
    DateTime,
    /// A type that migrations have no word for; anything may hold it.
    Other,
}

/// A field of type `T` holds a column of this type, and NULL if that can be in it. Both texts are what is said if not.
#[track_caller]
pub const fn fits<T: ColumnType>(
    stored: Stored,
    is_nullable: bool,
    of_another_type: &str,
    nullable: &str,
) {
    assert!(holds(T::KIND, stored), "{}", of_another_type);
    assert!(T::NULLABLE || !is_nullable, "{}", nullable);
}

/// Whether reading and writing works on every database. Smaller numbers fit into larger ones, and JSON is text where
/// there is no type for it.
const fn holds(kind: ValueKind, stored: Stored) -> bool {
    use ValueKind as Kind;
    match stored {
        Stored::Boolean => matches!(kind, Kind::Bool),
        Stored::SmallInt => matches!(
            kind,
            Kind::SmallInt | Kind::Integer | Kind::BigInt | Kind::Decimal
        ),
        Stored::Integer => matches!(kind, Kind::Integer | Kind::BigInt | Kind::Decimal),
        Stored::BigInt => matches!(kind, Kind::BigInt | Kind::Decimal),
        Stored::Float => matches!(kind, Kind::Float | Kind::Double),
        Stored::Double => matches!(kind, Kind::Double),
        Stored::Decimal => matches!(kind, Kind::Decimal),
        Stored::Text | Stored::Json => matches!(kind, Kind::Text | Kind::Json),
        Stored::Binary => matches!(kind, Kind::Binary),
        Stored::Uuid => matches!(kind, Kind::Uuid),
        Stored::Date => matches!(kind, Kind::Date),
        Stored::Time => matches!(kind, Kind::Time),
        Stored::DateTime => matches!(kind, Kind::Timestamp),
        Stored::Other => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_number_fits_into_a_larger_one_and_not_the_other_way_round() {
        assert!(holds(ValueKind::BigInt, Stored::Integer));
        assert!(!holds(ValueKind::Integer, Stored::BigInt));
        assert!(!holds(ValueKind::Text, Stored::Integer));
        assert!(holds(ValueKind::Text, Stored::Json));
        assert!(holds(ValueKind::Bool, Stored::Other));
        assert!(!holds(ValueKind::Text, Stored::Uuid));
        assert!(holds(ValueKind::Uuid, Stored::Uuid));
        assert!(holds(ValueKind::Json, Stored::Text));
        assert!(!holds(ValueKind::Float, Stored::Double));
        assert!(holds(ValueKind::Uuid, Stored::Uuid));
        assert!(holds(ValueKind::Json, Stored::Json));
        assert!(holds(ValueKind::Decimal, Stored::SmallInt));
        assert!(!holds(ValueKind::Double, Stored::Decimal));
        assert!(!holds(ValueKind::SmallInt, Stored::Integer));
    }
}
