//! Columns of translated attributes: one join for each locale that is asked.

use super::column::{Column, Computed};
use super::expression::Expression;
use super::path::Path;
use crate::locale::{self, Locale};
use crate::model::{Model, translation};

/// The attribute of the `O` at the end of a path, in the current locale, or else in the first of its fallbacks that has
/// a text.
pub fn translated<O: Model, R>(
    path: &Path,
    relation: usize,
    attribute: &'static str,
) -> Column<R, Option<String>, Computed> {
    let relation = &O::definition().relations[relation];
    let locales = locale::chain().into_iter();
    let mut texts: Vec<_> = locales
        .map(|locale| translation::column(path, relation, attribute, locale))
        .collect();
    if texts.len() == 1
        && let Some(text) = texts.pop()
    {
        return Column::of(text);
    }
    Column::of(Expression::Call {
        function: "COALESCE",
        distinct: false,
        arguments: texts.into_iter().map(unless_empty).collect(),
    })
}

/// The attribute of the `O` at the end of a path in one locale.
pub fn translated_in<O: Model, R>(
    path: &Path,
    relation: usize,
    attribute: &'static str,
    locale: impl Into<Locale>,
) -> Column<R, Option<String>, Computed> {
    let relation = &O::definition().relations[relation];
    Column::of(translation::column(
        path,
        relation,
        attribute,
        locale.into(),
    ))
}

/// An empty text, which others may have written, is none.
fn unless_empty(text: Expression) -> Expression {
    let empty = Expression::Raw {
        sql: "''".to_owned(),
        binds: Vec::new(),
    };
    Expression::Call {
        function: "NULLIF",
        distinct: false,
        arguments: vec![text, empty],
    }
}
