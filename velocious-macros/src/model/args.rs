//! A model as written: the struct, its attributes and those of its fields.
//!
//! * [`ModelArgs`] and [`FieldArgs`]: what there is, read and not yet judged.
//! * [`StructOptions`], [`ColumnOptions`], [`RelationOptions`], [`ValidateOptions`]: every option, with its meaning.

use darling::FromMeta;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Ident, Type, Visibility};

use crate::fault::Faults;
use crate::option::{Code, Count, Name, Names, Nested, Options, Switch, Text, read_attributes};

/// A struct under `#[derive(Model)]`.
pub(super) struct ModelArgs {
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) options: StructOptions,
    pub(super) fields: Vec<FieldArgs>,
}

/// One of its fields.
pub(super) struct FieldArgs {
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) ty: Type,
    /// `#[model(…)]`.
    pub(super) options: ColumnOptions,
    /// `#[belongs_to]` and the like, in the order in which they stand there.
    pub(super) relations: Vec<RelationArgs>,
    /// `#[validate(…)]`.
    pub(super) validate: ValidateOptions,
}

impl FieldArgs {
    /// The field's name as a text, without the `r#` of a keyword.
    pub(super) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }
}

/// A relationship's attribute.
pub(super) struct RelationArgs {
    pub(super) kind: RelationKind,
    /// The attribute's name where it stands.
    pub(super) word: Ident,
    pub(super) options: RelationOptions,
}

/// Which relationship an attribute declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RelationKind {
    BelongsTo,
    HasOne,
    HasMany,
}

impl RelationKind {
    pub(super) const ALL: [RelationKind; 3] = [
        RelationKind::BelongsTo,
        RelationKind::HasOne,
        RelationKind::HasMany,
    ];

    /// The attribute that declares it.
    pub(super) fn attribute(self) -> &'static str {
        match self {
            RelationKind::BelongsTo => "belongs_to",
            RelationKind::HasOne => "has_one",
            RelationKind::HasMany => "has_many",
        }
    }

    /// The type of its field, which is also the name of the runtime's variant.
    pub(super) fn slot(self) -> &'static str {
        match self {
            RelationKind::BelongsTo => "BelongsTo",
            RelationKind::HasOne => "HasOne",
            RelationKind::HasMany => "HasMany",
        }
    }
}

/// `#[model(…)]` on the struct.
#[derive(Debug, Default, FromMeta)]
pub(super) struct StructOptions {
    /// `table = "people"`: the table, where it is not the plural of the model's name.
    pub(super) table: Option<Text>,
}

impl Options for StructOptions {
    const KNOWN: &'static [&'static str] = &["table"];
}

/// `#[model(…)]` on a field.
#[derive(Debug, Default, FromMeta)]
pub(super) struct ColumnOptions {
    /// `primary_key`: this field is the primary key, instead of the one called `id`.
    pub(super) primary_key: Option<Switch>,
    /// `column = "NAME"`: the column in the database, where it is not called like the field.
    pub(super) column: Option<Text>,
}

impl Options for ColumnOptions {
    const KNOWN: &'static [&'static str] = &["primary_key", "column"];
}

/// `#[belongs_to(…)]`, `#[has_one(…)]`, `#[has_many(…)]`.
#[derive(Debug, Default, FromMeta)]
pub(super) struct RelationOptions {
    /// `key = owner_id`: the field that refers to the other record. It stands in this model under `#[belongs_to]`
    /// and in the other one under `#[has_one]` and `#[has_many]`.
    pub(super) key: Option<Name>,
    /// `primary_key = reference`: the field that the key refers to, where it is not the primary key. It stands in the
    /// other model under `#[belongs_to]` and in this one under `#[has_one]` and `#[has_many]`.
    pub(super) primary_key: Option<Name>,
    /// `scope = |comment| comment.accepted().eq(true)`: what the related records must meet; a closure or the name of
    /// a function.
    pub(super) scope: Option<Code>,
    /// `through = project`: a relationship of this model that leads to the one from which the related records are
    /// reached.
    pub(super) through: Option<Name>,
    /// `source = author`: the relationship of that other model which leads to the records, where it is not called like
    /// the field.
    pub(super) source: Option<Name>,
    /// `distinct`: a record to which several ways lead is there once.
    pub(super) distinct: Option<Switch>,
}

impl Options for RelationOptions {
    const KNOWN: &'static [&'static str] = &[
        "key",
        "primary_key",
        "scope",
        "through",
        "source",
        "distinct",
    ];
}

/// `#[validate(…)]`.
#[derive(Debug, Default, FromMeta)]
pub(super) struct ValidateOptions {
    /// `presence`: neither absent nor blank.
    pub(super) presence: Option<Switch>,
    /// `length(min = 1, max = 200)`: how many characters the text may have.
    pub(super) length: Option<Nested<LengthOptions>>,
    /// `uniqueness`: no other record has the same value; `uniqueness(scope = project_id)`: no other record with
    /// the same project.
    pub(super) uniqueness: Option<Nested<UniquenessOptions>>,
}

impl Options for ValidateOptions {
    const KNOWN: &'static [&'static str] = &["presence", "length", "uniqueness"];
}

/// `length(…)`.
#[derive(Debug, Default, FromMeta)]
pub(super) struct LengthOptions {
    /// `min = 1`: the fewest characters.
    pub(super) min: Option<Count>,
    /// `max = 200`: the most characters.
    pub(super) max: Option<Count>,
}

impl Options for LengthOptions {
    const KNOWN: &'static [&'static str] = &["min", "max"];
}

/// `uniqueness(…)`.
#[derive(Debug, Default, FromMeta)]
pub(super) struct UniquenessOptions {
    /// `scope = project_id` or `scope(project_id, kind)`: the fields within whose values this one is unique.
    pub(super) scope: Option<Names>,
}

impl Options for UniquenessOptions {
    const KNOWN: &'static [&'static str] = &["scope"];
}

impl ModelArgs {
    /// Reads the item under `#[derive(Model)]`. What is no struct with named fields has none; what is generic
    /// is nothing, because then not even an empty model can stand for it.
    pub(super) fn read(input: DeriveInput, faults: &mut Faults) -> Option<Self> {
        if !input.generics.params.is_empty() {
            faults.at(
                &input.generics,
                "a model is one table, so it cannot be generic; write one struct for each",
            );
            return None;
        }
        attributes_of_fields(&input, faults);
        Some(ModelArgs {
            options: read_attributes(&input.attrs, "model", "`#[model]` on a struct", faults),
            fields: read_fields(&input, faults),
            vis: input.vis,
            ident: input.ident,
        })
    }
}

/// A derive's attributes are allowed everywhere, and would be ignored here without a word.
fn attributes_of_fields(input: &DeriveInput, faults: &mut Faults) {
    let relations = RelationKind::ALL.map(RelationKind::attribute);
    for attribute in &input.attrs {
        let path = attribute.path();
        if let Some(name) = path.get_ident()
            && (name == "validate" || relations.iter().any(|relation| name == relation))
        {
            faults.at(name, format!("`#[{name}]` goes on a field of the struct"));
        }
    }
}

fn read_fields(input: &DeriveInput, faults: &mut Faults) -> Vec<FieldArgs> {
    let Data::Struct(data) = &input.data else {
        faults.at(
            &input.ident,
            format!(
                "`{}` is not a struct, so it cannot be a model; write a struct with one field for each column",
                input.ident
            ),
        );
        return Vec::new();
    };
    let Fields::Named(fields) = &data.fields else {
        faults.at(
            &input.ident,
            format!(
                "the fields of `{}` have no names, and a column needs one; write `pub struct {} {{ pub id: i64, … }}`",
                input.ident, input.ident
            ),
        );
        return Vec::new();
    };
    fields
        .named
        .iter()
        .filter_map(|field| read_field(field, faults))
        .collect()
}

fn read_field(field: &syn::Field, faults: &mut Faults) -> Option<FieldArgs> {
    let mut relations = Vec::new();
    for kind in RelationKind::ALL {
        let name = kind.attribute();
        let Some(attribute) = field.attrs.iter().find(|attr| attr.path().is_ident(name)) else {
            continue;
        };
        relations.push(RelationArgs {
            kind,
            word: Ident::new(name, attribute.path().span()),
            options: read_attributes(&field.attrs, name, &format!("`#[{name}]`"), faults),
        });
    }
    Some(FieldArgs {
        vis: field.vis.clone(),
        ident: field.ident.clone()?,
        ty: field.ty.clone(),
        options: read_attributes(&field.attrs, "model", "`#[model]` on a field", faults),
        relations,
        validate: read_attributes(&field.attrs, "validate", "`#[validate]`", faults),
    })
}
