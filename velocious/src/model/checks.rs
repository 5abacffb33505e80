//! What only the compiler can check of a model, as bounds with worded errors; the derive calls these in a constant.

use super::{ForeignKey, Model};
use crate::query::Column;
use crate::value::ColumnType;

/// A `belongs_to` key of type `K` fits the primary key of its target.
pub fn assert_own_key<K: ForeignKey<T::Key>, T: Model>() {}

/// The target of a `has_many` or `has_one` has the key's column, and it fits the owner's primary key.
pub fn assert_their_key<O: Model, T: Model, K: ForeignKey<O::Key>>(
    _key: fn(T::Handle<T>) -> Column<T, K>,
) {
}

/// A field with a `length` validation has a length.
pub fn assert_length<T: HasLength>() {}

/// A column whose values have a length.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` has no length to validate",
    label = "has no length",
    note = "`length` is for text and bytes; remove it from this field"
)]
pub trait HasLength: ColumnType {}

impl HasLength for String {}
impl HasLength for Vec<u8> {}
impl<T: HasLength> HasLength for Option<T> {}
