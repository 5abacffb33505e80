//! A projection as meant: [`Declaration`], and the rules that make one.

use syn::{Ident, Path, Type};

use super::args::{ColumnPath, ProjectionArgs};
use crate::fault::Faults;

/// A projection.
pub(super) struct Declaration {
    pub(super) ident: Ident,
    pub(super) model: Path,
    pub(super) fields: Vec<Field>,
}

/// One of its fields and the column it holds.
pub(super) struct Field {
    pub(super) ident: Ident,
    pub(super) ty: Type,
    pub(super) column: ColumnPath,
}

/// What can be said of a projection even when a rule is broken; nothing when nobody knows its model.
pub(super) fn check(args: ProjectionArgs, faults: &mut Faults) -> Option<Declaration> {
    let fields = args.fields.into_iter().map(|field| Field {
        column: match field.options.from {
            Some(column) => column,
            None => ColumnPath::own(&field.ident),
        },
        ident: field.ident,
        ty: field.ty,
    });
    let fields: Vec<_> = fields.collect();
    if fields.is_empty() && faults.is_empty() {
        faults.at(
            &args.ident,
            "a projection without a field selects nothing; add a field for each column",
        );
    }
    let Some(model) = args.options.model else {
        model_is_named(&args.ident, faults);
        return None;
    };
    Some(Declaration {
        ident: args.ident,
        model: model.0,
        fields,
    })
}

/// The columns and their types are the model's, so it has to be named.
fn model_is_named(ident: &Ident, faults: &mut Faults) {
    if faults.is_empty() {
        faults.at(
            ident,
            format!(
                "nobody knows whose columns `{ident}` holds; write `#[projection(model = …)]` above it"
            ),
        );
    }
}
