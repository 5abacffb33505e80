//! A model as meant.
//!
//! * [`Outline`]: what can be said of a struct even when a rule is broken; enough for other code to compile against.
//! * [`Declaration`]: an outline and everything that is only true when no rule is broken.
//! * [`check`]: from what is written to what is meant, through the rules here, in [`super::relation`] and in
//!   [`super::validation`].

use proc_macro2::Span;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Expr, Ident, PathSegment, Type, Visibility};

use super::args::{FieldArgs, ModelArgs, RelationKind};
use super::password::{PasswordColumn, password};
use super::relation::{bond, is_relation, relation};
use super::translation::{self, Translations};
use super::validation::{Validations, validations};
use crate::fault::Faults;

/// The surface of a model: its names and types.
pub(super) struct Outline {
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    /// `TaskHandle`: the handle of queries.
    pub(super) handle: Ident,
    /// `TaskChanges`: the changes to assign.
    pub(super) changes: Ident,
    pub(super) columns: Vec<Column>,
    /// The fields that are not stored.
    pub(super) transients: Vec<Column>,
    pub(super) relations: Vec<Relation>,
    /// The attributes that are stored in another table; the last relationship leads there.
    pub(super) translations: Option<Translations>,
    pub(super) password: Option<PasswordColumn>,
    /// The field of type `RecordState`; without it the model is read-only.
    pub(super) record: Option<Ident>,
    /// Where it says that its records have callbacks.
    pub(super) callbacks: Option<Span>,
    /// Which column is the primary key; none only while there is a mistake about it.
    pub(super) primary_key: Option<usize>,
}

/// A field that is a column.
pub(super) struct Column {
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) ty: Type,
    /// Its name in the database.
    pub(super) name: String,
    /// Whether `create!` may leave it out.
    pub(super) is_optional: bool,
    /// Whether the database fills it where it is left out.
    pub(super) has_default: bool,
}

/// Where a column of a new record gets its value from if nobody gives one.
pub(super) enum Fill {
    Given,
    Framework,
    Database,
}

/// A field that is a relationship.
pub(super) struct Relation {
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) kind: RelationKind,
    /// The model at the other end.
    pub(super) target: Type,
    /// Whether the struct has a field for it; else it is kept in the record's state.
    pub(super) is_field: bool,
}

/// A model without a mistake.
pub(super) struct Declaration {
    pub(super) outline: Outline,
    pub(super) table: String,
    pub(super) primary_key: usize,
    /// One for each of the outline's relations, in their order.
    pub(super) bonds: Vec<Bond>,
    pub(super) validations: Validations,
    pub(super) created_at: Option<usize>,
    pub(super) updated_at: Option<usize>,
    pub(super) lock_version: Option<usize>,
}

/// What ties the two ends of a relationship together.
pub(super) struct Bond {
    pub(super) key: RelationKey,
    /// What the related records must meet: a function from their handle to a condition.
    pub(super) scope: Option<Expr>,
    /// Whether a record to which several ways lead is there once.
    pub(super) distinct: bool,
    /// What becomes of the related records when this one is destroyed.
    pub(super) dependent: Option<Dependent>,
    /// The relationship of the related records that leads back.
    pub(super) inverse: Option<Ident>,
    /// The field of the other record that counts.
    pub(super) counter: Option<Ident>,
    pub(super) touch: Option<Touch>,
}

/// What becomes of the related records when a record is destroyed; the word stands where it was written.
pub(super) struct Dependent {
    pub(super) fate: Fate,
    pub(super) word: Ident,
}

/// What becomes of a record; called like the runtime's variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Destroy,
    Delete,
    Nullify,
    Restrict,
}

/// What is set of the other record whenever this one is written.
pub(super) enum Touch {
    /// `updated_at`, whichever model it is of.
    Updated,
    /// That and this field.
    Column(Ident),
}

/// Where the foreign key of a relationship is.
pub(super) enum RelationKey {
    /// In this model: a column of it. It refers to the primary key of the other model, or to the field named.
    Own { column: usize, to: Option<Ident> },
    /// In this model, together with the name of the other one: two columns of it.
    Any { column: usize, model: usize },
    /// In the other model: a field of that name, which only rustc can look up. The name stands where the mistake
    /// is if there is no such field. It refers to a column of this model.
    Theirs { field: Ident, to: usize },
    /// The same, together with the name of this model.
    As {
        field: Ident,
        model: Ident,
        /// The other end, to records of one model or another.
        relation: Ident,
        to: usize,
    },
    /// In the relationships that are gone through.
    Through {
        /// A relationship of this model.
        first: Ident,
        /// The model it leads to.
        model: Box<Type>,
        /// The relationship that goes on from there, or the two names it may have; only rustc can look them up.
        source: Source,
        /// The variant of the records that are meant, where the source leads to several models.
        variant: Option<Ident>,
    },
}

/// The name of a relationship of another model.
pub(super) enum Source {
    Given(Ident),
    Either(Ident, Ident),
}

/// Judges `args`: the declaration if all is well, otherwise the outline with what is wrong in `faults`.
pub(super) fn check(args: &ModelArgs, faults: &mut Faults) -> Result<Declaration, Box<Outline>> {
    let outline = outline(args, faults);
    for field in &args.fields {
        options_fit_the_role(&outline, field, faults);
    }
    columns_differ(args, &outline, faults);
    callbacks_of_records(&outline, faults);
    let bonds = args
        .fields
        .iter()
        .filter_map(|field| bond(args, &outline, field, faults));
    let mut bonds: Vec<_> = bonds.collect();
    bonds.extend(translation::bond(&outline));
    let validations = validations(args, &outline, faults);
    match outline.primary_key {
        Some(primary_key) if faults.is_empty() => Ok(Declaration {
            table: table(args),
            primary_key,
            bonds,
            validations,
            created_at: position(&outline, "created_at"),
            updated_at: position(&outline, "updated_at"),
            lock_version: position(&outline, "lock_version"),
            outline,
        }),
        _ => Err(Box::new(outline)),
    }
}

fn outline(args: &ModelArgs, faults: &mut Faults) -> Outline {
    let mut outline = Outline {
        vis: args.vis.clone(),
        ident: args.ident.clone(),
        handle: format_ident!("{}Handle", args.ident),
        changes: format_ident!("{}Changes", args.ident),
        columns: Vec::new(),
        transients: Vec::new(),
        relations: Vec::new(),
        translations: None,
        password: None,
        record: None,
        callbacks: args.options.callbacks.map(|switch| switch.0),
        primary_key: None,
    };
    for field in &args.fields {
        if is_relation(field) {
            outline.relations.extend(relation(field, faults));
        } else if is_record_state(field) {
            one_record_state(&mut outline, field, faults);
        } else if field.options.transient.is_some() {
            outline.transients.push(column(field));
        } else {
            outline.columns.push(column(field));
        }
    }
    outline.primary_key = primary_key(args, &outline, faults);
    outline.password = password(args, &outline, faults);
    outline.translations = translation::translations(args, &outline, &table(args), faults);
    if let Some(translations) = &outline.translations {
        let relation = translations.relation(&outline);
        outline.relations.push(relation);
    }
    outline
}

fn column(field: &FieldArgs) -> Column {
    let given = field.options.column.as_ref();
    Column {
        vis: field.vis.clone(),
        ident: field.ident.clone(),
        ty: field.ty.clone(),
        name: given.map_or_else(|| field.name(), |column| column.0.value()),
        is_optional: field.options.default.is_some(),
        has_default: false,
    }
}

/// Looked for in the syntax, like the slots of relationships: a derive cannot wait for rustc's opinion.
fn is_record_state(field: &FieldArgs) -> bool {
    last_segment(&field.ty).is_some_and(|segment| segment.ident == "RecordState")
}

/// The state of a record is one thing; two of them would disagree.
fn one_record_state(outline: &mut Outline, field: &FieldArgs, faults: &mut Faults) {
    let ident = &field.ident;
    match &outline.record {
        None => outline.record = Some(ident.clone()),
        Some(first) => faults.at(
            ident,
            format!("`{first}` already holds the record's state; remove `{ident}`"),
        ),
    }
}

/// A record is found, updated and related by one key: the field marked as such, else the one called `id`.
fn primary_key(args: &ModelArgs, outline: &Outline, faults: &mut Faults) -> Option<usize> {
    let marked: Vec<_> = args
        .fields
        .iter()
        .filter_map(|field| Some((field, field.options.primary_key?)))
        .collect();
    for (_, again) in marked.iter().skip(1) {
        faults.at_span(
            again.0,
            format!(
                "`{}` is already the primary key; a model has one",
                marked[0].0.name()
            ),
        );
    }
    let named = match marked.first() {
        Some((field, _)) => position(outline, &field.name()),
        None => position(outline, "id"),
    };
    // A struct without fields has been complained about already, or is about to lose its braces.
    if named.is_none() && (faults.is_empty() || !args.fields.is_empty()) {
        no_primary_key(args, &marked, faults);
    }
    named
}

fn no_primary_key(
    args: &ModelArgs,
    marked: &[(&FieldArgs, crate::option::Switch)],
    faults: &mut Faults,
) {
    match marked.first() {
        Some((field, mark)) => faults.at_span(
            mark.0,
            format!(
                "`{}` is not a column, so it cannot be the primary key",
                field.name()
            ),
        ),
        None => faults.at(
            &args.ident,
            format!(
                "`{}` has no primary key; add `pub id: i64`, or mark a field with `#[model(primary_key)]`",
                args.ident
            ),
        ),
    }
}

/// A statement that names a column twice is refused by the database.
fn columns_differ(args: &ModelArgs, outline: &Outline, faults: &mut Faults) {
    for field in &args.fields {
        let Some(given) = &field.options.column else {
            continue;
        };
        let other = outline
            .columns
            .iter()
            .find(|column| column.name == given.0.value() && column.ident != field.ident);
        if let Some(other) = other {
            faults.at(
                &given.0,
                format!(
                    "`{}` already is this column; a column has one field",
                    other.ident.unraw()
                ),
            );
        }
    }
}

/// Nothing ever happens to what is only read.
fn callbacks_of_records(outline: &Outline, faults: &mut Faults) {
    if let (Some(span), None) = (outline.callbacks, &outline.record) {
        faults.at_span(
            span,
            format!(
                "`{}` is read-only, so there is nothing to call back about; add `pub record: RecordState`, or remove `callbacks`",
                outline.ident.unraw()
            ),
        );
    }
}

/// What only makes sense for a column is a mistake elsewhere.
fn options_fit_the_role(outline: &Outline, field: &FieldArgs, faults: &mut Faults) {
    let name = field.name();
    if position(outline, &name).is_some() {
        return;
    }
    if let Some(column) = &field.options.column {
        faults.at(
            &column.0,
            format!("`{name}` is not a column, so it has no name in the database; remove `column`"),
        );
    }
    if let Some(transient) = field.options.transient
        && !outline
            .transients
            .iter()
            .any(|known| known.ident == field.ident)
    {
        faults.at_span(
            transient.0,
            format!("`{name}` is never a column; remove `transient`"),
        );
    }
}

/// Keys are counted up, times and versions kept, what is counted starts with nothing; other columns are given, unless
/// they say otherwise.
pub(super) fn fill(declaration: &Declaration, index: usize) -> Fill {
    let column = &declaration.outline.columns[index];
    let name = column.ident.unraw().to_string();
    let counts = name.strip_suffix("_count").is_some_and(|counted| {
        let mut relations = declaration.outline.relations.iter();
        relations.any(|relation| relation.ident.unraw() == counted)
    });
    let is_kept = index == declaration.primary_key
        || [declaration.created_at, declaration.updated_at].contains(&Some(index))
        || name == "lock_version"
        || counts;
    match (is_kept || column.is_optional, column.has_default) {
        (true, _) => Fill::Framework,
        (false, true) => Fill::Database,
        (false, false) => Fill::Given,
    }
}

fn table(args: &ModelArgs) -> String {
    match &args.options.table {
        Some(table) => table.0.value(),
        None => velocious_naming::table_name(&args.ident.unraw().to_string()),
    }
}

pub(super) fn column_names(outline: &Outline) -> Vec<String> {
    let columns = outline.columns.iter();
    columns
        .map(|column| column.ident.unraw().to_string())
        .collect()
}

/// What has a value: the columns, the fields that are not stored, and what is translated.
pub(super) fn attributes(outline: &Outline) -> impl Iterator<Item = &Column> {
    let translations = outline.translations.iter();
    outline
        .columns
        .iter()
        .chain(&outline.transients)
        .chain(translations.flat_map(|translations| &translations.attributes))
}

pub(super) fn attribute_names(outline: &Outline) -> Vec<String> {
    attributes(outline)
        .map(|attribute| attribute.ident.unraw().to_string())
        .collect()
}

/// Which of the fields that have a value is called `name`.
pub(super) fn attribute_position(outline: &Outline, name: &str) -> Option<usize> {
    attributes(outline).position(|attribute| attribute.ident.unraw() == name)
}

pub(super) fn attribute_type(outline: &Outline, attribute: usize) -> Option<&Type> {
    attributes(outline)
        .nth(attribute)
        .map(|attribute| &attribute.ty)
}

/// Which column has the field `name`.
pub(super) fn position(outline: &Outline, name: &str) -> Option<usize> {
    let mut columns = outline.columns.iter();
    columns.position(|column| column.ident.unraw() == name)
}

pub(super) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        _ => None,
    }
}
