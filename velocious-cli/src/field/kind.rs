//! The types of fields.

use velocious_naming::nearest;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A short text.
    String,
    /// A long text.
    Text,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    BigInt,
    /// A number with a fraction.
    Double,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// A moment, in UTC.
    DateTime,
    /// Bytes.
    Binary,
    /// The key of another model's record.
    References,
}

/// How a request may spell a type; the first spelling of a kind is the one that messages use.
const SPELLINGS: &[(&str, Kind)] = &[
    ("string", Kind::String),
    ("text", Kind::Text),
    ("integer", Kind::Integer),
    ("bigint", Kind::BigInt),
    ("double", Kind::Double),
    ("float", Kind::Double),
    ("boolean", Kind::Boolean),
    ("date", Kind::Date),
    ("datetime", Kind::DateTime),
    ("binary", Kind::Binary),
    ("references", Kind::References),
    ("belongs_to", Kind::References),
];

/// What people write who come from elsewhere. Not accepted, only understood.
const ELSEWHERE: &[(&str, Kind)] = &[
    ("varchar", Kind::String),
    ("str", Kind::String),
    ("int", Kind::Integer),
    ("i32", Kind::Integer),
    ("number", Kind::Integer),
    ("i64", Kind::BigInt),
    ("long", Kind::BigInt),
    ("decimal", Kind::Double),
    ("real", Kind::Double),
    ("f64", Kind::Double),
    ("bool", Kind::Boolean),
    ("timestamp", Kind::DateTime),
    ("time", Kind::DateTime),
    ("blob", Kind::Binary),
    ("bytes", Kind::Binary),
    ("belongsto", Kind::References),
    ("ref", Kind::References),
];

impl Kind {
    /// The type that a request spells exactly so.
    pub(crate) fn parse(spelling: &str) -> Option<Self> {
        Self::find(SPELLINGS, spelling)
    }

    /// The type that somebody who wrote `spelling` probably wanted.
    pub(crate) fn meant_by(spelling: &str) -> Option<Self> {
        let spelling = spelling.to_lowercase();
        Self::find(SPELLINGS, &spelling)
            .or_else(|| Self::find(ELSEWHERE, &spelling))
            .or_else(|| {
                let known = SPELLINGS.iter().map(|(known, _)| *known);
                Self::parse(nearest(&spelling, known)?)
            })
    }

    fn find(spellings: &[(&str, Self)], spelling: &str) -> Option<Self> {
        spellings
            .iter()
            .find(|(known, _)| *known == spelling)
            .map(|(_, kind)| *kind)
    }

    /// The type in a request.
    pub(crate) fn spelling(self) -> &'static str {
        SPELLINGS
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("string", |(spelling, _)| *spelling)
    }

    /// All types as a request spells them, for messages.
    pub(crate) fn list() -> String {
        SPELLINGS
            .iter()
            .map(|(spelling, _)| *spelling)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The type in a struct, when it is not optional.
    pub(crate) fn rust_type(self) -> &'static str {
        match self {
            Self::String | Self::Text => "String",
            Self::Integer => "i32",
            Self::BigInt | Self::References => "i64",
            Self::Double => "f64",
            Self::Boolean => "bool",
            Self::Date => "NaiveDate",
            Self::DateTime => "DateTime<Utc>",
            Self::Binary => "Vec<u8>",
        }
    }

    /// The method of a migration's table that makes the column.
    pub(crate) fn column_method(self) -> &'static str {
        self.spelling()
    }
}
