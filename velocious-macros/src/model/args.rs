//! A model as written: the struct, its attributes and those of its fields.
//!
//! * [`ModelArgs`] and [`FieldArgs`]: what there is, read and not yet judged.
//! * [`StructOptions`], [`ColumnOptions`], [`RelationOptions`]: every option, with its meaning; those of `#[validate]`
//!   are in [`super::validation`].

use darling::FromMeta;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Ident, Type, Visibility};

use super::password::PasswordOptions;
use super::translation::Translates;
use super::validation::ValidateOptions;
use crate::fault::Faults;
use crate::option::{
    Code, Name, Named, Nested, Options, Switch, Text, TypeName, read_attributes, read_each,
};

/// A struct under `#[derive(Model)]`.
pub(super) struct ModelArgs {
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) options: StructOptions,
    /// Each `#[validate(…)]` on the struct.
    pub(super) validate: Vec<ValidateOptions>,
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
    /// Each `#[validate(…)]`.
    pub(super) validate: Vec<ValidateOptions>,
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
    /// To a record of one model or another.
    BelongsToAny,
    HasOne,
    HasMany,
}

impl RelationKind {
    pub(super) const ALL: [RelationKind; 4] = [
        RelationKind::BelongsTo,
        RelationKind::BelongsToAny,
        RelationKind::HasOne,
        RelationKind::HasMany,
    ];

    /// The names of the attributes, and what they declare without options.
    const ATTRIBUTES: [RelationKind; 3] = [
        RelationKind::BelongsTo,
        RelationKind::HasOne,
        RelationKind::HasMany,
    ];

    /// The attribute that declares it.
    pub(super) fn attribute(self) -> &'static str {
        match self {
            RelationKind::BelongsTo | RelationKind::BelongsToAny => "belongs_to",
            RelationKind::HasOne => "has_one",
            RelationKind::HasMany => "has_many",
        }
    }

    /// The attribute as it is written.
    pub(super) fn written(self) -> &'static str {
        match self {
            RelationKind::BelongsToAny => "belongs_to(polymorphic)",
            other => other.attribute(),
        }
    }

    /// Whether the key is in the model that declares it.
    pub(super) fn is_belonging(self) -> bool {
        matches!(self, RelationKind::BelongsTo | RelationKind::BelongsToAny)
    }

    /// The runtime's function that makes its definition.
    pub(super) fn definition(self) -> &'static str {
        match self {
            RelationKind::BelongsToAny => "belongs_to_any",
            other => other.attribute(),
        }
    }

    /// The type of its field.
    pub(super) fn slot(self) -> &'static str {
        match self {
            RelationKind::BelongsTo => "BelongsTo",
            RelationKind::BelongsToAny => "BelongsToAny",
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
    /// `translates(title, locales(en, de))`: attributes that are stored in another table, once for each language.
    pub(super) translates: Option<Translates>,
    /// `unchecked`: the struct is not compared with `db/schema.json`.
    pub(super) unchecked: Option<Switch>,
    /// `callbacks`: the model has an `impl Callbacks`, which runs when its records are saved or destroyed.
    pub(super) callbacks: Option<Switch>,
}

impl Options for StructOptions {
    const KNOWN: &'static [&'static str] = &["table", "translates", "unchecked", "callbacks"];

    fn elsewhere(word: &str, _: &str) -> Option<String> {
        let (when, what) = word.split_once('_')?;
        let callbacks = [
            "validation",
            "save",
            "create",
            "update",
            "destroy",
            "commit",
            "rollback",
        ];
        (["before", "after"].contains(&when) && callbacks.contains(&what)).then(|| {
            format!(
                "callbacks are written in Rust: say `#[model(callbacks)]`, and write `{word}` as a method in `impl Callbacks`"
            )
        })
    }
}

/// `#[model(…)]` on a field.
#[derive(Debug, Default, FromMeta)]
pub(super) struct ColumnOptions {
    /// `primary_key`: this field is the primary key, instead of the one called `id`.
    pub(super) primary_key: Option<Switch>,
    /// `column = "NAME"`: the column in the database, where it is not called like the field.
    pub(super) column: Option<Text>,
    /// `transient`: the field is not stored.
    pub(super) transient: Option<Switch>,
    /// `default`: `create!` may leave it out, and it is `Default::default()` then.
    pub(super) default: Option<Switch>,
    /// `password`, `password(min = 12)`: the field keeps the digest of a password.
    pub(super) password: Option<Nested<PasswordOptions>>,
}

impl Options for ColumnOptions {
    const KNOWN: &'static [&'static str] =
        &["primary_key", "column", "transient", "default", "password"];
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
    /// `polymorphic`: the other record is of one model or another, by the field `<relationship>_type`.
    pub(super) polymorphic: Option<Switch>,
    /// `as = subject`: the relationship of the other model, to records of one model or another, which this is the other
    /// end of.
    pub(super) as_: Option<Name>,
    /// `scope = |comment| comment.accepted().eq(true)`: what the related records must meet; a closure or the name of
    /// a function.
    pub(super) scope: Option<Code>,
    /// `through = project`: a relationship of this model that leads to the one from which the related records are
    /// reached.
    pub(super) through: Option<Name>,
    /// `source = author`: the relationship of that other model which leads to the records, where it is not called like
    /// the field.
    pub(super) source: Option<Name>,
    /// `source_type = Task`: which records, where `source` leads to records of one model or another.
    pub(super) source_type: Option<TypeName>,
    /// `distinct`: a record to which several ways lead is there once.
    pub(super) distinct: Option<Switch>,
    /// `dependent = destroy`: what becomes of the related records when this one is destroyed: they are destroyed too,
    /// deleted (`delete`), lose their key (`nullify`), or keep this one from being destroyed (`restrict`).
    pub(super) dependent: Option<Name>,
    /// `inverse = project`: the relationship of the related records that leads back; it is loaded with them.
    pub(super) inverse: Option<Name>,
    /// `counter_cache`, `counter_cache = open_tasks`: the field of the other record that counts the records like this
    /// one, without a name `<models>_count`.
    pub(super) counter_cache: Option<Named>,
    /// `touch`, `touch = seen_at`: the other record's `updated_at` is set whenever this one is written, and the field
    /// named, too.
    pub(super) touch: Option<Named>,
}

impl Options for RelationOptions {
    const KNOWN: &'static [&'static str] = &[
        "key",
        "primary_key",
        "polymorphic",
        "as_",
        "scope",
        "through",
        "source",
        "source_type",
        "distinct",
        "dependent",
        "inverse",
        "counter_cache",
        "touch",
    ];
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
            validate: read_each(&input.attrs, "validate", "`#[validate]`", faults),
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
            && relations.iter().any(|relation| name == relation)
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
    for kind in RelationKind::ATTRIBUTES {
        let name = kind.attribute();
        let Some(attribute) = field.attrs.iter().find(|attr| attr.path().is_ident(name)) else {
            continue;
        };
        let options: RelationOptions =
            read_attributes(&field.attrs, name, &format!("`#[{name}]`"), faults);
        relations.push(RelationArgs {
            kind: match (kind, options.polymorphic) {
                (RelationKind::BelongsTo, Some(_)) => RelationKind::BelongsToAny,
                _ => kind,
            },
            word: Ident::new(name, attribute.path().span()),
            options,
        });
    }
    Some(FieldArgs {
        vis: field.vis.clone(),
        ident: field.ident.clone()?,
        ty: field.ty.clone(),
        options: read_attributes(&field.attrs, "model", "`#[model]` on a field", faults),
        relations,
        validate: read_each(&field.attrs, "validate", "`#[validate]`", faults),
    })
}
