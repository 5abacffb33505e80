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

/// Whether reading and writing works on every database. Smaller numbers fit into larger ones.
const fn holds(kind: ValueKind, stored: Stored) -> bool {
    use ValueKind::{BigInt, Binary, Bool, Date, Double, Integer, Text, Timestamp};
    match stored {
        Stored::Boolean => matches!(kind, Bool),
        Stored::SmallInt | Stored::Integer => {
            !matches!(kind, Bool | Double | Text | Binary | Timestamp | Date)
        }
        Stored::BigInt => !matches!(
            kind,
            Bool | Integer | Double | Text | Binary | Timestamp | Date
        ),
        Stored::Float | Stored::Double => !matches!(
            kind,
            Bool | Integer | BigInt | Text | Binary | Timestamp | Date
        ),
        Stored::Text => matches!(kind, Text),
        Stored::Binary => matches!(kind, Binary),
        Stored::Date => matches!(kind, Date),
        Stored::DateTime => matches!(kind, Timestamp),
        Stored::Json => !matches!(
            kind,
            Bool | Integer | BigInt | Double | Binary | Timestamp | Date
        ),
        Stored::Decimal | Stored::Uuid | Stored::Time => !matches!(
            kind,
            Bool | Integer | BigInt | Double | Text | Binary | Timestamp | Date
        ),
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
    }
}
