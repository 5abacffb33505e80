//! What only the compiler can check of a model, as bounds with worded errors; the derive calls these in a constant.

use super::{ForeignKey, Model};
use crate::query::{Column, root};
use crate::value::ColumnType;

/// A `belongs_to` key of type `K` fits the primary key of its target.
pub fn assert_own_key<K: ForeignKey<T::Key>, T: Model>() {}

/// The column of the target of a `has_many` or `has_one` that holds the owner's key, and fits it.
pub fn their_key<O: Model, T: Model, K: ForeignKey<O::Key>>(
    key: fn(T::Handle<T>) -> Column<T, K>,
) -> &'static str {
    key(root::<T>()).name()
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
