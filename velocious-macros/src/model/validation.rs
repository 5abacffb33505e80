//! The rules of `#[validate]`.
//!
//! * [`validations`]: the validations of one field.

use proc_macro2::Span;
use syn::Ident;
use syn::ext::IdentExt;

use super::args::{FieldArgs, ValidateOptions};
use super::ir::{Outline, Rule, Validation, column_names, position};
use crate::fault::{Faults, unknown};
use crate::option::Count;

/// The rules of one column, as the runtime checks them.
pub(super) fn validations(
    outline: &Outline,
    field: &FieldArgs,
    faults: &mut Faults,
) -> Vec<Validation> {
    let Some(column) = position(outline, &field.name()) else {
        return Vec::new();
    };
    let ValidateOptions {
        presence,
        length,
        uniqueness,
    } = &field.validate;
    let mut rules = Vec::new();
    if presence.is_some() {
        rules.push(Rule::Presence);
    }
    if let Some(length) = length {
        let (minimum, maximum) = (length.options.min, length.options.max);
        length_says_something(minimum, maximum, length.span, faults);
        rules.push(Rule::Length {
            minimum: minimum.map(|count| count.value),
            maximum: maximum.map(|count| count.value),
            span: length.span,
        });
    }
    if let Some(uniqueness) = uniqueness {
        let names = uniqueness.options.scope.as_ref();
        let scope = scope(outline, names.map_or(&[], |names| &names.0), faults);
        rules.push(Rule::Uniqueness { scope });
    }
    rules
        .into_iter()
        .map(|rule| Validation { column, rule })
        .collect()
}

/// A length without a bound, or with bounds that exclude each other, is surely not meant.
fn length_says_something(
    minimum: Option<Count>,
    maximum: Option<Count>,
    span: Span,
    faults: &mut Faults,
) {
    match (minimum, maximum) {
        (None, None) => faults.at_span(
            span,
            "`length` needs a bound: `length(max = 200)`, `length(min = 1)` or both",
        ),
        (Some(least), Some(most)) if least.value > most.value => faults.at_span(
            most.span,
            format!(
                "no text is at least {} and at most {} long; exchange the two",
                least.value, most.value
            ),
        ),
        _ => {}
    }
}

/// Uniqueness is asked of the table, so its scope consists of columns.
fn scope(outline: &Outline, names: &[Ident], faults: &mut Faults) -> Vec<usize> {
    let mut columns = Vec::new();
    for name in names {
        let text = name.unraw().to_string();
        let column = position(outline, &text);
        if column.is_none() {
            let model = format!("`{}`", outline.ident);
            faults.at(
                name,
                unknown(&model, "column", &text, &column_names(outline)),
            );
        }
        columns.extend(column);
    }
    columns
}
