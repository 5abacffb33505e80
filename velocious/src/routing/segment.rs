//! Arguments of path functions.

use std::fmt::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::value::Id;

/// What stays as it is in a segment: RFC 3986's unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value that can be one segment of a path: an integer, `&str`, `String`, `Uuid`, or a key of one of them.
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
plain_segment!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(value: impl PathSegment) -> String {
        let mut path = String::new();
        value.push_to(&mut path);
        path
    }

    #[test]
    fn text_is_encoded_and_numbers_are_not() {
        assert_eq!(segment(-7_i64), "-7");
        assert_eq!(segment("a b"), "a%20b");
        assert_eq!(segment(String::from("50%/?#")), "50%25%2F%3F%23");
        assert_eq!(segment("a-b_c.d~e"), "a-b_c.d~e");
    }
}
