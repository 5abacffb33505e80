//! What only the compiler can check of a model, as bounds with worded errors; the derive calls these in a constant.

use std::marker::PhantomData;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::polymorphic::Includes;
use super::{ForeignKey, IntoColumn, Model, Record};
use crate::query::{AnyHandle, Column, Condition, Expression, Path, RelationPath, root};
use crate::value::{ColumnType, Value};
use crate::{BoxFuture, Result};

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

/// The way back from the `T`s of a `has_many` or `has_one` of `O`.
pub fn inverse<O: Model, T: Model, P: RelationPath<Root = T, Target = O>>(
    way: fn(T::Handle<T>) -> P,
) -> Path {
    way(root::<T>()).path().clone()
}

/// The same where the way back may lead to several models, of which `O` is one.
pub fn inverse_any<O: Model, T: Model, H: AnyHandle<Root = T>>(way: fn(T::Handle<T>) -> H) -> Path
where
    H::Any: Includes<O>,
{
    way(root::<T>()).preload_path().clone()
}

/// The column of `T`, the target of a `belongs_to`, that counts the records that belong to it.
pub fn counter<T: Model, K: Counter>(column: fn(T::Handle<T>) -> Column<T, K>) -> &'static str {
    column(root::<T>()).name()
}

/// A column that can count.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot count",
    label = "a column of type `{Self}`",
    note = "make the field that counts an `i32` or an `i64`"
)]
pub trait Counter: ColumnType {}

impl Counter for i32 {}
impl Counter for i64 {}
impl<T: Counter> Counter for Option<T> {}

/// The column of `T`, the target of a `belongs_to`, that says when a record that belongs to it was written.
pub fn touched<T: Model, K: TimeColumn>(column: fn(T::Handle<T>) -> Column<T, K>) -> &'static str {
    column(root::<T>()).name()
}

/// A column that holds a point in time.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` holds no point in time",
    label = "a column of type `{Self}`",
    note = "make the field a `DateTime<Utc>`, or an `Option` of one"
)]
pub trait TimeColumn: ColumnType {}

impl TimeColumn for DateTime<Utc> {}
impl TimeColumn for NaiveDateTime {}
impl<T: TimeColumn> TimeColumn for Option<T> {}

/// A column called `lock_version` counts how often its row was written.
pub fn assert_lock_version<T: LockVersion>() {}

/// A column that can count how often its row was written.
#[diagnostic::on_unimplemented(
    message = "a `lock_version` of type `{Self}` cannot count how often a row was written",
    label = "a `{Self}`",
    note = "make it an `i32` or an `i64`, NOT NULL with the default 0; or call the field otherwise, and name the column with `#[model(column = \"…\")]`"
)]
pub trait LockVersion: ColumnType {}

impl LockVersion for i32 {}
impl LockVersion for i64 {}

/// Records of `T` can be destroyed with what they depend on.
pub fn assert_destroyed<T: Record>() {}

/// The key of records that are to belong to nobody can be NULL.
pub fn assert_nullified<T: Model, K: Nullable>(_: fn(T::Handle<T>) -> Column<T, K>) {}

/// A column that can be NULL.
#[diagnostic::on_unimplemented(
    message = "a key of type `{Self}` cannot be NULL, so the records cannot be left belonging to nobody",
    label = "the key is a `{Self}`",
    note = "make the key's field an `Option<{Self}>`, or say `dependent = destroy`, `delete` or `restrict`"
)]
pub trait Nullable {}

impl<T: ColumnType> Nullable for Option<T> {}

/// A field with a `length` validation has a length.
pub fn assert_length<T: ColumnType>()
where
    T::Base: HasLength,
{
}

/// A field whose rule is about text holds text.
pub fn assert_text<T: ColumnType>()
where
    T::Base: IsText,
{
}

/// A field whose rule is about numbers holds a number.
pub fn assert_number<T: ColumnType>()
where
    T::Base: IsNumber,
{
}

/// A field that is accepted is true or false.
pub fn assert_bool<T: ColumnType>()
where
    T::Base: IsBool,
{
}

/// Two fields that are compared hold values of one type.
pub fn assert_comparable<T: Comparable<U>, U>() {}

/// The values of a list that a field of type `T` is compared with.
pub fn allowed<T, V: IntoColumn<T>, const N: usize>(values: [V; N]) -> Vec<Value> {
    values.iter().map(IntoColumn::column_value).collect()
}

/// What a validating function gives back that has nothing to wait for.
pub fn checked<'a, A: ValidationAnswer>(_: A) -> BoxFuture<'a, Result<()>> {
    Box::pin(std::future::ready(Ok(())))
}

/// What a validating function gives back: nothing.
#[diagnostic::on_unimplemented(
    message = "a validating function gives back nothing, and this one gives back `{Self}`",
    label = "gives back `{Self}`",
    note = "write `fn …(&self, errors: &mut Errors)` and add to `errors` what is wrong; an `async` function is named with `custom_async = …`"
)]
pub trait ValidationAnswer {}

impl ValidationAnswer for () {}

/// What a condition under `if` or `unless` answers.
pub fn holds<A: ConditionAnswer>(answer: A) -> bool {
    answer.holds()
}

/// Yes or no.
#[diagnostic::on_unimplemented(
    message = "a condition answers yes or no, and this one answers `{Self}`",
    label = "answers `{Self}`",
    note = "write `fn …(&self) -> bool`"
)]
pub trait ConditionAnswer {
    /// Whether it is yes.
    fn holds(self) -> bool;
}

impl ConditionAnswer for bool {
    fn holds(self) -> bool {
        self
    }
}

/// A column whose values have a length.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` has no length to validate",
    label = "has no length",
    note = "`length` is for text and bytes; remove it from this field"
)]
pub trait HasLength: ColumnType {}

impl HasLength for String {}
impl HasLength for Vec<u8> {}

/// A column of text.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` is no text",
    label = "this rule is about text",
    note = "`format` and `case_sensitive` are for text; for other values, name a function with `custom = …`"
)]
pub trait IsText: ColumnType {}

impl IsText for String {}

/// A column of numbers.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` is no number",
    label = "this rule is about numbers",
    note = "for text that looks like a number, write `format(with = \"^[0-9]+$\")`"
)]
pub trait IsNumber: ColumnType {}

impl IsNumber for i16 {}
impl IsNumber for i32 {}
impl IsNumber for i64 {}
impl IsNumber for f32 {}
impl IsNumber for f64 {}
#[cfg(feature = "decimal")]
impl IsNumber for crate::value::Decimal {}

/// A column that is true or false.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` cannot be accepted",
    label = "not a `bool`",
    note = "`acceptance` is for a `bool` or an `Option<bool>`"
)]
pub trait IsBool: ColumnType {}

impl IsBool for bool {}

/// A value of type `Self` compares with one of type `U`: the same type, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` cannot be compared with a `{U}`",
    label = "the other field is a `{U}`",
    note = "both fields have to be of the same type, or of an `Option` of it"
)]
pub trait Comparable<U> {}

impl<T: ColumnType> Comparable<T> for T {}
impl<T: ColumnType> Comparable<Option<T>> for T {}
impl<T: ColumnType> Comparable<T> for Option<T> {}
