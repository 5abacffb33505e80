//! What the expansions of the macros name, and nothing else. No part of the public interface.

pub use serde;

pub use crate::database::{Cell, Db, RowRead};
pub use crate::locale::Locale;
pub use crate::message::{
    Catalogue, Message, MessageEntry, MessageText, Plural, counted_message, message,
};
pub use crate::migration::{Migration, Schema, reversed};
pub use crate::model::ForeignKey;
pub use crate::model::changes::{assign, changed};
pub use crate::model::checks::{
    allowed, assert_bool, assert_comparable, assert_destroyed, assert_length, assert_lock_version,
    assert_nullified, assert_number, assert_own_key, assert_text, checked, counter, holds, inverse,
    inverse_any, referred_key, scope, their_key, touched,
};
pub use crate::model::create::{assert_given, create};
pub use crate::model::definition::{
    Dependent, belongs_to, belongs_to_any, column, has_many, has_one,
};
pub use crate::model::erased::{AnyModel, copied};
pub use crate::model::polymorphic::{
    AnyKey, Includes, Polymorphic, assert_any_key, assert_model_name, their_type,
};
pub use crate::model::relation::Loader;
pub use crate::model::stored::{Stored, fits};
pub use crate::model::through::{either, way};
pub use crate::model::translation::{
    Translation, TranslationDefinition, assign_text, assign_text_in, set_text, set_text_in, text,
    text_in, text_value, translation_slot, translation_slot_mut, translations,
};
pub use crate::model::{
    Allowed, AnyRecord, BelongsTo, BelongsToAny, ColumnDefinition, Errors, HasMany, HasOne,
    IntoColumn, Lifecycle, Model, ModelDefinition, Occasion, Operator, Pattern, Record,
    RecordState, RelationDefinition, RunsCallbacks, Slot, Timestamped, loaded,
};
pub use crate::query::{
    AnyHandle, Column, JsonColumn, Path, PreloadPath, Projection, RelationPath, SelectItem,
    projected, related, related_any, root, translated, translated_in, variant,
};
pub use crate::value::parts::*;
pub use crate::value::{ColumnType, ModelEnum, Value, ValueKind};
pub use crate::{BoxError, BoxFuture, Result};

/// Validations, one line for each.
pub mod rule {
    pub use crate::model::validation::build::*;
}

#[cfg(feature = "server")]
pub use crate::controller::{
    Action, ActionNames, Controller, Filters, HasAction, LocalBoxFuture, Skip, Step, StepKind,
    action, after, around, before, rescue,
};
#[cfg(feature = "password")]
pub use crate::password::{
    Password, PasswordColumn, PasswordDigest, PasswordField, PasswordRecord, assign_password,
};
#[cfg(feature = "server")]
pub use crate::routing::{
    Origin, PathSegment, Route, RoutePath, RouteTable, RouteUrl, SegmentCheck, endpoint, redirect,
    route_path,
};
#[cfg(feature = "server")]
pub use crate::testing::case::{TestCase, run_test, run_test_with_application, told};
#[cfg(feature = "server")]
pub use actix_web::http::Method;

/// A column of text that may be NULL.
pub type Text = Option<String>;

/// A translated attribute in a query.
pub type Translated<R> = crate::query::Column<R, Text, crate::query::Computed>;

/// A column of `created_at` and the like.
pub type Time = chrono::DateTime<chrono::Utc>;
