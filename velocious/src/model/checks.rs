//! What only the compiler can check of a model, as bounds with worded errors; the derive calls these in a constant.

use std::marker::PhantomData;

use super::{ForeignKey, Model};
use crate::query::{Column, Condition, Expression, root};
use crate::value::ColumnType;

/// A `belongs_to` key of type `K` fits the primary key of its target.
pub fn assert_own_key<K: ForeignKey<T::Key>, T: Model>() {}

/// The column of `T`, the target of a `has_many` or `has_one`, that holds the owner's key of type `O`, and fits it.
pub fn their_key<O, T: Model, K: ForeignKey<O>>(
    key: fn(T::Handle<T>) -> Column<T, K>,
) -> &'static str {
    key(root::<T>()).name()
}

/// A column of `T` that a key refers to.
pub struct Referred<K>(&'static str, PhantomData<fn() -> K>);

/// The column of `T`, the target of a `belongs_to`, that the owner's key refers to.
pub fn referred_key<T: Model, K>(key: fn(T::Handle<T>) -> Column<T, K>) -> Referred<K> {
    Referred(key(root::<T>()).name(), PhantomData)
}

impl<K> Referred<K> {
    /// Checks that the owner's key is of a fitting type.
    #[expect(
        clippy::extra_unused_type_parameters,
        reason = "only the compiler looks at it"
    )]
    pub fn held_as<O: ForeignKey<K>>(self) -> &'static str {
        self.0
    }
}

/// The scope of a relationship to `T`: what its records must meet, rooted at them.
pub fn scope<T: Model>(condition: fn(T::Handle<T>) -> Condition<T>) -> Expression {
    condition(root::<T>()).into_expression()
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
