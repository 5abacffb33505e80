//! Uuids: their text, and, with the feature `uuid`, as columns and keys.

#[cfg(any(feature = "sqlite", feature = "mysql", test))]
use crate::BoxError;

/// Sixteen bytes as a person writes them: `01890a5d-ac96-774b-bcce-b302099a8057`.
pub(crate) fn uuid_text(bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
        }
    }
    text
}

/// Reads such a text, with or without its dashes, in small or capital letters.
#[cfg(any(feature = "sqlite", feature = "mysql", test))]
pub(crate) fn parse_uuid(text: &[u8]) -> Result<[u8; 16], BoxError> {
    let wrong = || format!("{:?} is no uuid", String::from_utf8_lossy(text));
    let is_dashed = text.len() == 36 && [8, 13, 18, 23].iter().all(|at| text[*at] == b'-');
    if !is_dashed && text.len() != 32 {
        return Err(wrong().into());
    }
    let mut bytes = [0; 16];
    let mut digits = text
        .iter()
        .filter(|byte| !is_dashed || **byte != b'-')
        .map(|byte| {
            char::from(*byte)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        });
    for byte in &mut bytes {
        let mut digit = || digits.next().flatten().ok_or_else(wrong);
        *byte = digit()? << 4 | digit()?;
    }
    match digits.next() {
        None => Ok(bytes),
        Some(_) => Err(wrong().into()),
    }
}

/// A key for a new row: later ones are greater, and nobody else has it. `None` leaves it to the database.
pub(crate) fn new_key() -> Option<[u8; 16]> {
    #[cfg(feature = "uuid")]
    return Some(::uuid::Uuid::now_v7().into_bytes());
    #[cfg(not(feature = "uuid"))]
    None
}

#[cfg(feature = "uuid")]
mod column {
    use ::uuid::Uuid;

    use crate::BoxError;
    use crate::database::Cell;
    use crate::value::column::{null, unexpected};
    use crate::value::{ColumnType, Value, ValueKind};

    impl ColumnType for Uuid {
        type Base = Uuid;
        type Nullable = Option<Uuid>;
        const KIND: ValueKind = ValueKind::Uuid;

        fn to_value(&self) -> Value {
            Value::Uuid(self.into_bytes())
        }

        fn from_value(value: Value) -> Result<Self, BoxError> {
            match value {
                Value::Uuid(bytes) => Ok(Uuid::from_bytes(bytes)),
                other => Err(unexpected(ValueKind::Uuid, &other)),
            }
        }

        #[inline]
        fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
            cell.ok_or_else(null)?.uuid().map(Uuid::from_bytes)
        }
    }

    impl From<Uuid> for Value {
        fn from(value: Uuid) -> Self {
            value.to_value()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_reads_as_it_was_written() {
        let bytes = [
            1, 137, 10, 93, 172, 150, 119, 75, 188, 206, 179, 2, 9, 154, 128, 87,
        ];
        let text = uuid_text(bytes);
        assert_eq!(text, "01890a5d-ac96-774b-bcce-b302099a8057");
        for text in [text.as_str(), "01890A5DAC96774BBCCEB302099A8057"] {
            assert_eq!(parse_uuid(text.as_bytes()).expect("a uuid"), bytes);
        }
    }

    #[test]
    fn what_is_no_uuid_is_refused() {
        for text in [
            "",
            "1",
            "01890a5d-ac96-774b-bcce-b302099a805",
            "01890a5d-ac96-774b-bcce-b302099a805g",
            "01890a5d+ac96-774b-bcce-b302099a8057",
            "01890a5d-ac96-774b-bcce-b302099a8-57",
            "01890a5dac96774bbcceb302099a80é",
        ] {
            assert!(parse_uuid(text.as_bytes()).is_err(), "{text}");
        }
    }
}
