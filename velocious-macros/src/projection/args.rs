//! A projection as written: the struct, its attributes and those of its fields.
//!
//! * [`ProjectionArgs`] and [`FieldArgs`]: what there is, read and not yet judged.
//! * [`ColumnPath`]: where a field's column is.

use darling::FromMeta;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Expr, Fields, Ident, Member, Meta, Type};

use crate::fault::Faults;
use crate::option::{Options, TypeName, misfit, read_attributes};

/// A struct under `#[derive(Projection)]`.
pub(super) struct ProjectionArgs {
    pub(super) ident: Ident,
    pub(super) options: StructOptions,
    pub(super) fields: Vec<FieldArgs>,
}

/// One of its fields.
pub(super) struct FieldArgs {
    pub(super) ident: Ident,
    pub(super) ty: Type,
    pub(super) options: FieldOptions,
}

/// `#[projection(…)]` on the struct.
#[derive(Debug, Default, FromMeta)]
pub(super) struct StructOptions {
    /// `model = Task`: whose columns these are.
    pub(super) model: Option<TypeName>,
}

impl Options for StructOptions {
    const KNOWN: &'static [&'static str] = &["model"];
}

/// `#[projection(…)]` on a field.
#[derive(Debug, Default, FromMeta)]
pub(super) struct FieldOptions {
    /// `from = project.name`: the column, where it is not the model's own of the field's name.
    pub(super) from: Option<ColumnPath>,
}

impl Options for FieldOptions {
    const KNOWN: &'static [&'static str] = &["from"];
}

/// `project.name` or `id.count()`: relationships, then a column, then perhaps what is made of it.
#[derive(Debug)]
pub(super) struct ColumnPath {
    /// Every name, in the order in which they stand there.
    pub(super) names: Vec<Ident>,
}

impl ColumnPath {
    /// The model's own column of a field's name.
    pub(super) fn own(field: &Ident) -> Self {
        ColumnPath {
            names: vec![field.clone()],
        }
    }
}

impl FromMeta for ColumnPath {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let mut names = Vec::new();
        let is_path = match meta {
            Meta::NameValue(pair) => collect(&pair.value, &mut names),
            _ => false,
        };
        match is_path {
            true => Ok(ColumnPath { names }),
            false => Err(misfit(
                meta,
                "takes a column, or a path to one along relationships: {}",
                " = project.name",
            )),
        }
    }
}

/// Appends the names of `a.b.c` or `a.b.c()`; whether it is one of these.
fn collect(path: &Expr, names: &mut Vec<Ident>) -> bool {
    match path {
        Expr::Path(name) if name.attrs.is_empty() && name.qself.is_none() => {
            let name = name.path.get_ident();
            names.extend(name.cloned());
            name.is_some()
        }
        Expr::Field(field) => match &field.member {
            Member::Named(name) if collect(&field.base, names) => {
                names.push(name.clone());
                true
            }
            _ => false,
        },
        Expr::MethodCall(call) if call.args.is_empty() && call.turbofish.is_none() => {
            let is_path = collect(&call.receiver, names);
            names.push(call.method.clone());
            is_path
        }
        _ => false,
    }
}

impl ProjectionArgs {
    /// Reads the item under `#[derive(Projection)]`.
    pub(super) fn read(input: DeriveInput, faults: &mut Faults) -> Option<Self> {
        if !input.generics.params.is_empty() {
            faults.at(
                &input.generics,
                "a projection is one select list, so it cannot be generic; write one struct for each",
            );
            return None;
        }
        Some(ProjectionArgs {
            options: read_attributes(
                &input.attrs,
                "projection",
                "`#[projection]` on a struct",
                faults,
            ),
            fields: read_fields(&input, faults),
            ident: input.ident,
        })
    }
}

fn read_fields(input: &DeriveInput, faults: &mut Faults) -> Vec<FieldArgs> {
    if let Data::Struct(data) = &input.data
        && let Fields::Named(fields) = &data.fields
    {
        let fields = fields.named.iter();
        return fields
            .filter_map(|field| {
                let place = "`#[projection]` on a field";
                Some(FieldArgs {
                    ident: field.ident.clone()?,
                    ty: field.ty.clone(),
                    options: read_attributes(&field.attrs, "projection", place, faults),
                })
            })
            .collect();
    }
    let name = input.ident.unraw();
    faults.at(
        &input.ident,
        format!(
            "a projection has one named field for each column; write `struct {name} {{ id: i64, … }}`"
        ),
    );
    Vec::new()
}
