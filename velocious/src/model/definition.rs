//! What `#[derive(Model)]` knows of a struct, as constant data: the runtime holds every algorithm once.

use super::Model;
use super::polymorphic::Polymorphic;
use super::relation::Loader;
use super::translation::TranslationDefinition;
use super::validation::rule::Validation;
use crate::query::{Expression, Facet, Path};
use crate::value::{ColumnType, ValueKind};

/// A model's table, columns, relationships and rules.
#[derive(Debug)]
pub struct ModelDefinition {
    /// The struct's name, as in `Task`.
    pub model: &'static str,
    /// The table's name, as in `tasks`.
    pub table: &'static str,
    /// Which of `columns` is the primary key.
    pub primary_key: usize,
    /// The columns, in the order of the struct's fields.
    pub columns: &'static [ColumnDefinition],
    /// The relationships, in the order of the struct's fields.
    pub relations: &'static [RelationDefinition],
    /// The names of the fields that are not stored, in their order.
    pub transients: &'static [&'static str],
    /// The validations, in the order in which they were written.
    pub validations: &'static [Validation],
    /// The column that is set when a record is inserted.
    pub created_at: Option<usize>,
    /// The column that is set whenever a record is written.
    pub updated_at: Option<usize>,
}

impl ModelDefinition {
    /// The primary key's name.
    pub fn key_name(&self) -> &'static str {
        self.column_name(self.primary_key)
    }

    /// The name of a column by its position; empty when there is none.
    pub fn column_name(&self, column: usize) -> &'static str {
        self.columns.get(column).map_or("", |column| column.name)
    }

    /// The name of an attribute by its position: of a column's field or, behind those, of a field that is not stored.
    pub fn attribute_name(&self, attribute: usize) -> &'static str {
        match self.columns.get(attribute) {
            Some(column) => column.attribute,
            None => {
                let transient = self.transients.get(attribute - self.columns.len());
                transient.copied().unwrap_or("")
            }
        }
    }

    /// The name of a relationship by its position; empty when there is none.
    pub fn relation_name(&self, relation: usize) -> &'static str {
        self.relations
            .get(relation)
            .map_or("", |relation| relation.name)
    }

    /// The column that counts how often a record was written, so that nobody overwrites what he has not seen.
    pub fn lock_version(&self) -> Option<usize> {
        let mut columns = self.columns.iter();
        columns.position(|column| column.attribute == "lock_version")
    }

    /// The position of a column by its name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// One column.
#[derive(Debug)]
pub struct ColumnDefinition {
    /// Its name in the database.
    pub name: &'static str,
    /// The name of its field.
    pub attribute: &'static str,
    /// Its type.
    pub kind: ValueKind,
    /// Whether the field can hold NULL.
    pub nullable: bool,
    /// Where a new record gets its value from if nobody gives one.
    pub fill: Fill,
}

/// Where a column of a new record gets its value from if nobody gives one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fill {
    /// From nowhere, unless it can be NULL.
    Given,
    /// From the framework, or from `Default`.
    Framework,
    /// From the default it has in the database.
    Database,
}

impl ColumnDefinition {
    /// A column of this name for a field of type `T`.
    pub const fn of<T: ColumnType>(name: &'static str) -> Self {
        ColumnDefinition {
            name,
            attribute: name,
            kind: T::KIND,
            nullable: T::NULLABLE,
            fill: Fill::Given,
        }
    }

    /// The same for a field that is not called like its column.
    pub const fn called(mut self, attribute: &'static str) -> Self {
        self.attribute = attribute;
        self
    }

    /// The same, filled by the framework.
    pub const fn kept(mut self) -> Self {
        self.fill = Fill::Framework;
        self
    }

    /// The same, filled by the database.
    pub const fn defaulted(mut self) -> Self {
        self.fill = Fill::Database;
        self
    }
}

/// A column of this name for a field of type `T`.
pub const fn column<T: ColumnType>(name: &'static str) -> ColumnDefinition {
    ColumnDefinition::of::<T>(name)
}

/// How many records stand at the other end, and on which side the key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RelationKind {
    /// This table holds the key of one other record.
    BelongsTo,
    /// Other records hold this record's key.
    HasMany,
    /// One other record holds this record's key.
    HasOne,
}

/// One relationship.
#[derive(Clone, Copy, Debug)]
pub struct RelationDefinition {
    /// Its name: the field's.
    pub name: &'static str,
    /// Its kind.
    pub kind: RelationKind,
    /// Its position among the owner's relationships.
    pub index: usize,
    /// The position of the owner's column that takes part.
    pub own_key: usize,
    /// The owner's definition; a function, so that models can refer to each other.
    pub owner: fn() -> &'static ModelDefinition,
    target: Target,
    their_key: Option<fn() -> &'static str>,
    /// The position of the owner's column that says of which model the target is, where it may be of several.
    pub(crate) own_type: Option<usize>,
    /// The target's column that says of which model the owner is, where it may be of several.
    pub(crate) their_type: Option<fn() -> &'static str>,
    /// What related records must meet, rooted at them.
    pub(crate) scope: Option<fn() -> Expression>,
    /// The way to the related records, rooted at the owner, where it goes along other relationships.
    pub(crate) through: Option<fn() -> Path>,
    /// Whether a record to which several ways lead is there once.
    pub(crate) is_distinct: bool,
    /// What becomes of the related records when the owner is destroyed.
    pub(crate) dependent: Option<Dependent>,
    /// The way back from the related records.
    pub(crate) inverse: Option<fn() -> Path>,
    /// The target's column that counts its owners.
    pub(crate) counter: Option<fn() -> &'static str>,
    /// Whether the target's `updated_at` is set whenever the owner is written.
    pub(crate) touches: bool,
    /// And which column beside it.
    pub(crate) touched: Option<fn() -> &'static str>,
    /// The attributes that the targets hold, where they are translations.
    pub(crate) translations: Option<&'static TranslationDefinition>,
}

/// What becomes of related records when the record they belong to is destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependent {
    /// They are destroyed, one by one, with what depends on them.
    Destroy,
    /// Their rows are deleted in one statement.
    Delete,
    /// They stay and belong to nobody.
    Nullify,
    /// They keep it from being destroyed.
    Restrict,
}

/// Of which model the records at the other end are.
#[derive(Clone, Copy, Debug)]
enum Target {
    One(Loader),
    Any(fn() -> &'static [Loader]),
}

impl RelationDefinition {
    const fn new<O: Model, T: Model>(
        kind: RelationKind,
        name: &'static str,
        index: usize,
        own_key: usize,
    ) -> Self {
        RelationDefinition {
            name,
            kind,
            index,
            own_key,
            owner: O::definition,
            target: Target::One(Loader::of::<T>()),
            their_key: None,
            own_type: None,
            their_type: None,
            scope: None,
            through: None,
            is_distinct: false,
            dependent: None,
            inverse: None,
            counter: None,
            touches: false,
            touched: None,
            translations: None,
        }
    }

    /// The same by another column of the target.
    pub const fn by(mut self, their_key: fn() -> &'static str) -> Self {
        self.their_key = Some(their_key);
        self
    }

    /// The same for those targets only whose column says that they belong to a record of the owner's model.
    pub const fn typed(mut self, their_type: fn() -> &'static str) -> Self {
        self.their_type = Some(their_type);
        self
    }

    /// The same for those related records only that meet a condition; see [`scope`](super::checks::scope).
    pub const fn scoped(mut self, scope: fn() -> Expression) -> Self {
        self.scope = Some(scope);
        self
    }

    /// The same along other relationships; see [`through`](super::checks::through). The owner's column is then theirs.
    pub const fn through(mut self, path: fn() -> Path) -> Self {
        self.through = Some(path);
        self
    }

    /// The same with each record once for an owner.
    pub const fn distinct(mut self) -> Self {
        self.is_distinct = true;
        self
    }

    /// The same, with what becomes of the related records when the owner is destroyed.
    pub const fn dependent(mut self, dependent: Dependent) -> Self {
        self.dependent = Some(dependent);
        self
    }

    /// The same, with the way back.
    pub const fn inverse(mut self, path: fn() -> Path) -> Self {
        self.inverse = Some(path);
        self
    }

    /// The same, counted in a column of the target.
    pub const fn counted(mut self, column: fn() -> &'static str) -> Self {
        self.counter = Some(column);
        self
    }

    /// The same, and the target's `updated_at` is set whenever the owner is written.
    pub const fn touching(mut self) -> Self {
        self.touches = true;
        self
    }

    /// The same with one more column of the target, or that one.
    pub const fn touching_column(mut self, column: fn() -> &'static str) -> Self {
        self.touches = true;
        self.touched = Some(column);
        self
    }

    /// The same, and the targets are the translations of the owner.
    pub const fn translated(mut self, translations: &'static TranslationDefinition) -> Self {
        self.translations = Some(translations);
        self
    }

    /// Whether writing an owner changes the target, too.
    pub(crate) fn has_effects(&self) -> bool {
        self.counter.is_some() || self.touches
    }

    /// The name of the model that owns it.
    pub fn model(&self) -> &'static str {
        (self.owner)().model
    }

    /// The column of the owner's table that takes part.
    pub fn own_key(&self) -> &'static str {
        (self.owner)().column_name(self.own_key)
    }

    /// The column of the target's table that takes part; empty where the target may be of several models.
    pub fn their_key(&self) -> &'static str {
        self.target().map_or("", |target| self.their_key_in(target))
    }

    /// The column of the table of `target` that takes part.
    pub(crate) fn their_key_in(&self, target: &'static ModelDefinition) -> &'static str {
        match self.their_key {
            Some(their_key) => their_key(),
            None => target.key_name(),
        }
    }

    /// The target's definition; `None` where it may be of several models.
    pub fn target(&self) -> Option<&'static ModelDefinition> {
        match self.target {
            Target::One(loader) => Some((loader.target)()),
            Target::Any(_) => None,
        }
    }

    /// How the targets are loaded and made, where they are of one model.
    pub(crate) fn loader(&self) -> Option<&Loader> {
        match &self.target {
            Target::One(loader) => Some(loader),
            Target::Any(_) => None,
        }
    }

    /// The target's definition, where it may be of several models, by the name of one.
    pub(crate) fn target_called(&self, model: &str) -> Option<&'static ModelDefinition> {
        let Target::Any(targets) = self.target else {
            return None;
        };
        let mut targets = targets().iter().map(|loader| (loader.target)());
        targets.find(|target| target.model == model)
    }

    /// The definition of the target that is meant.
    pub(crate) fn target_as(&self, facet: &Facet) -> &'static ModelDefinition {
        match (self.target, facet) {
            (Target::One(loader), _) => (loader.target)(),
            (Target::Any(targets), Facet::Variant(variant)) => targets()
                .get(*variant)
                .map_or_else(self.owner, |loader| (loader.target)()),
            // A path of a query always says which one it means.
            (Target::Any(_), _) => (self.owner)(),
        }
    }
}

/// The relationship `name` from `O` to the one record, of some model of the enum `E`, whose primary key it holds in its
/// column `own_key`, and whose model's name in its column `own_type`.
pub const fn belongs_to_any<O: Model, E: Polymorphic>(
    name: &'static str,
    index: usize,
    own_key: usize,
    own_type: usize,
) -> RelationDefinition {
    RelationDefinition {
        target: Target::Any(E::variants),
        own_type: Some(own_type),
        ..RelationDefinition::new::<O, O>(RelationKind::BelongsTo, name, index, own_key)
    }
}

macro_rules! relation {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        pub const fn $name<O: Model, T: Model>(
            name: &'static str,
            index: usize,
            own_key: usize,
        ) -> RelationDefinition {
            RelationDefinition::new::<O, T>(RelationKind::$kind, name, index, own_key)
        }
    };
}

relation! {
    /// The relationship `name` from `O` to the one `T` whose primary key it holds in its column `own_key`.
    belongs_to, BelongsTo
}
relation! {
    /// The relationship `name` from `O` to the one `T` that holds its column `own_key`.
    has_one, HasOne
}
relation! {
    /// The relationship `name` from `O` to every `T` that holds its column `own_key`.
    has_many, HasMany
}
