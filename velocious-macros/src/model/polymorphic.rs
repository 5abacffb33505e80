//! The rules of relationships to records of several models.
//!
//! * [`options_fit`]: which options make sense where a record may be of one model or another.
//! * [`model_column`]: where the name of that model is; [`other_end`]: the same as seen from there.

use syn::Ident;
use syn::ext::IdentExt;

use super::args::{FieldArgs, ModelArgs, RelationArgs, RelationKind, RelationOptions};
use super::ir::{Outline, RelationKey, position};
use crate::fault::Faults;

/// What only makes sense for one model, or for one side, is a mistake elsewhere.
pub(super) fn options_fit(field: &FieldArgs, relation: &RelationArgs, faults: &mut Faults) {
    let RelationOptions {
        polymorphic,
        as_,
        scope,
        primary_key,
        ..
    } = &relation.options;
    let name = field.name();
    match (relation.kind, polymorphic, as_) {
        (RelationKind::HasOne | RelationKind::HasMany, Some(polymorphic), _) => faults.at_span(
            polymorphic.0,
            "`polymorphic` is for the side that has the key; name the relationship there with `as = …`",
        ),
        (RelationKind::BelongsTo | RelationKind::BelongsToAny, _, Some(other_end)) => faults.at(
            &other_end.0,
            "`as` is for the side that is referred to; here the key refers to others: write `polymorphic`",
        ),
        _ => {}
    }
    if relation.kind != RelationKind::BelongsToAny {
        return;
    }
    if let Some(scope) = scope {
        faults.at(
            &scope.0,
            format!("a scope is about one model, and `{name}` may lead to several; remove `scope`"),
        );
    }
    if let Some(primary_key) = primary_key {
        faults.at(
            &primary_key.0,
            format!(
                "`{name}` refers to the primary key of each of its models; remove `primary_key`"
            ),
        );
    }
}

/// A key that may refer to several models needs to say to which: by convention in the field `<relation>_type`.
pub(super) fn model_column(
    args: &ModelArgs,
    outline: &Outline,
    field: &FieldArgs,
    faults: &mut Faults,
) -> Option<usize> {
    let name = format!("{}_type", field.name());
    let column = position(outline, &name);
    if column.is_none() {
        faults.at(
            &field.ident,
            format!(
                "`{}` needs the name of its model, and `{}` has no field `{name}`; add `pub {name}: String`",
                field.name(),
                args.ident,
            ),
        );
    }
    column
}

/// The two columns of the other model that refer to this one along its relationship `relation`.
pub(super) fn other_end(relation: &Ident, key: Option<&Ident>, to: usize) -> RelationKey {
    let name = relation.unraw();
    let field = |suffix: &str| Ident::new(&format!("{name}_{suffix}"), relation.span());
    RelationKey::As {
        field: key.cloned().unwrap_or_else(|| field("id")),
        model: field("type"),
        relation: relation.clone(),
        to,
    }
}
