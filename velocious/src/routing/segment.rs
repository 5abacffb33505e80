//! Arguments of path functions.

use std::borrow::Cow;
use std::fmt::Write;

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::value::Id;

/// What stays as it is in a segment: RFC 3986's unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value that can be one segment of a path: an integer, `&str`, `String`, `bool`, a day, `Uuid`, or a key of one of
/// them.
///
/// Text is percent-encoded, so a slash inside of it does not become a separator.
///
/// ```
/// use velocious::routing::PathSegment;
///
/// let mut path = String::from("/tags/");
/// "a/b ü".push_to(&mut path);
/// assert_eq!(path, "/tags/a%2Fb%20%C3%BC");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a segment of a path",
    label = "not an integer, `&str` or `String`",
    note = "give the path function the record's key, as in `task_path(task.id)`"
)]
pub trait PathSegment {
    /// Appends the encoded segment to `path`.
    fn push_to(&self, path: &mut String);
}

impl PathSegment for str {
    fn push_to(&self, path: &mut String) {
        path.extend(utf8_percent_encode(self, SEGMENT));
    }
}

impl PathSegment for String {
    fn push_to(&self, path: &mut String) {
        self.as_str().push_to(path);
    }
}

impl PathSegment for Cow<'_, str> {
    fn push_to(&self, path: &mut String) {
        str::push_to(self, path);
    }
}

impl<T: PathSegment + ?Sized> PathSegment for &T {
    fn push_to(&self, path: &mut String) {
        T::push_to(self, path);
    }
}

impl<M, K: PathSegment> PathSegment for Id<M, K> {
    fn push_to(&self, path: &mut String) {
        self.as_key().push_to(path);
    }
}

/// Implements [`PathSegment`] for types whose text needs no encoding.
macro_rules! plain_segment {
    ($($type:ty)*) => {
        $(
            impl PathSegment for $type {
                fn push_to(&self, path: &mut String) {
                    // Writing to a `String` does not fail.
                    let _ = write!(path, "{self}");
                }
            }
        )*
    };
}

#[cfg(feature = "uuid")]
plain_segment!(crate::value::Uuid);
plain_segment!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool NaiveDate);

/// A type that a segment of a route can have, as in `get "/tasks/{id: i64}"`: a request whose path has another text there
/// is answered with 404.
///
/// Integers, `String`, `bool`, `NaiveDate` and keys of records are, and any type that says how:
///
/// ```
/// use velocious::routing::{PathSegment, SegmentType};
///
/// /// Two letters, like `en`.
/// pub struct Language(String);
///
/// impl PathSegment for Language {
///     fn push_to(&self, path: &mut String) {
///         self.0.push_to(path);
///     }
/// }
///
/// impl SegmentType for Language {
///     fn accepts(text: &str) -> bool {
///         text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_lowercase())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of a segment",
    label = "not the type of a segment",
    note = "an integer, `String`, `bool` and `NaiveDate` can be; for other types implement `velocious::routing::SegmentType`"
)]
pub trait SegmentType: PathSegment {
    /// Whether `text`, which is decoded, is a value of this type.
    fn accepts(text: &str) -> bool;
}

impl SegmentType for String {
    fn accepts(_: &str) -> bool {
        true
    }
}

impl<M, K: SegmentType> SegmentType for Id<M, K> {
    fn accepts(text: &str) -> bool {
        K::accepts(text)
    }
}

/// Implements [`SegmentType`] for types that say themselves what they can be parsed from.
macro_rules! parsed_segment {
    ($($type:ty)*) => {
        $(
            impl SegmentType for $type {
                fn accepts(text: &str) -> bool {
                    text.parse::<$type>().is_ok()
                }
            }
        )*
    };
}

#[cfg(feature = "uuid")]
parsed_segment!(crate::value::Uuid);
parsed_segment!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool NaiveDate);

/// What a segment of a route has to be.
#[derive(Clone, Copy, Debug)]
pub struct SegmentCheck {
    pub(super) name: &'static str,
    pub(super) of_type: &'static str,
    accepts: fn(&str) -> bool,
}

impl SegmentCheck {
    /// The parameter `name` is a `T`, which the route calls `of_type`.
    pub const fn of<T: SegmentType>(name: &'static str, of_type: &'static str) -> Self {
        SegmentCheck {
            name,
            of_type,
            accepts: T::accepts,
        }
    }

    /// Whether the segment can be `text`, as it stands in a path.
    pub(super) fn accepts(&self, text: &str) -> bool {
        let decoded = percent_decode_str(text).decode_utf8();
        decoded.is_ok_and(|text| (self.accepts)(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(value: impl PathSegment) -> String {
        let mut path = String::new();
        value.push_to(&mut path);
        path
    }

    #[test]
    fn a_type_accepts_what_it_can_be_parsed_from() {
        let check = SegmentCheck::of::<i64>("id", "i64");
        for (text, fits) in [
            ("7", true),
            ("-7", true),
            ("%37", true),
            ("x", false),
            ("", false),
        ] {
            assert_eq!(check.accepts(text), fits, "{text:?}");
        }
        assert!(!check.accepts("9223372036854775808"));
        let check = SegmentCheck::of::<NaiveDate>("day", "NaiveDate");
        assert!(check.accepts("2026-02-28") && !check.accepts("2026-02-29"));
        let check = SegmentCheck::of::<String>("name", "String");
        assert!(check.accepts("a%20b") && !check.accepts("%FF"));
        assert!(SegmentCheck::of::<Id<(), i64>>("id", "Id").accepts("7"));
    }

    #[test]
    fn text_is_encoded_and_numbers_are_not() {
        assert_eq!(segment(-7_i64), "-7");
        assert_eq!(segment("a b"), "a%20b");
        assert_eq!(segment(String::from("50%/?#")), "50%25%2F%3F%23");
        assert_eq!(segment("a-b_c.d~e"), "a-b_c.d~e");
    }
}
