//! Attributes in several languages: each is a column of a table of its own that has one row for each record and locale.
//!
//! * [`TranslationDefinition`]: what the derive knows of them; [`Translation`]: a row of that table.
//! * [`text`] and [`set_text`]: what the record's methods call.
//! * `prepare`: before a record is saved; `changes`: what saving it would change; `column`: for queries.
//!
//! The rows are the relationship `translations`, so that loading, saving and deleting them is what it is for others;
//! see [`Translations`].

use super::bulk::IntoColumn;
use super::erased::AnyRecord;
use super::relation::Translations;
use super::{ModelDefinition, Record, RecordState, RelationDefinition, Slot, preload};
use crate::database::Db;
use crate::locale::{self, Locale};
use crate::query::{Expression, Facet, Path};
use crate::value::{Value, ValueKind};
use crate::{BoxFuture, Error, Result};

/// The column of a translation's locale; before it are its key and its record's.
pub(crate) const LOCALE: usize = 2;

/// The column of a translation's first attribute.
pub(crate) const ATTRIBUTES: usize = 3;

/// The attributes of a model that are translated.
#[derive(Debug)]
pub struct TranslationDefinition {
    /// Their names, as in `title`.
    pub attributes: &'static [&'static str],
    /// The languages that they are translated into.
    pub locales: &'static [&'static str],
    /// The names of each attribute in each locale, as in `title_en`, in this order.
    pub names: &'static [&'static str],
    unknown: Translations,
}

impl TranslationDefinition {
    /// Attributes in locales, with their names in each, which are the columns of a `T`.
    pub const fn of<T: Translation>(
        attributes: &'static [&'static str],
        locales: &'static [&'static str],
        names: &'static [&'static str],
    ) -> Self {
        TranslationDefinition {
            attributes,
            locales,
            names,
            unknown: Translations::unknown::<T>(),
        }
    }

    /// The translations of a record: none if it is new, else not loaded.
    pub(super) fn translations(
        &self,
        relation: &'static RelationDefinition,
        is_new: bool,
    ) -> Translations {
        self.unknown.of(relation, is_new)
    }

    /// The name of an attribute in a locale.
    fn name(&self, attribute: usize, locale: &str) -> Option<&'static str> {
        let locale = self.locales.iter().position(|known| *known == locale)?;
        let name = self.names.get(attribute * self.locales.len() + locale);
        name.copied()
    }
}

/// A row with the texts of one record in one locale.
pub trait Translation: Record {
    /// The locale.
    fn locale(&self) -> &str;

    /// The text of an attribute, by its position.
    fn text(&self, attribute: usize) -> Option<&str>;
}

/// The relationship to a model's translations.
fn of(
    definition: &'static ModelDefinition,
) -> Option<(&'static RelationDefinition, &'static TranslationDefinition)> {
    let mut relations = definition.relations.iter();
    relations.find_map(|relation| Some((relation, relation.translations?)))
}

/// The text of an attribute in the current locale, or else in the first of its fallbacks that has one.
///
/// # Errors
/// [`NotLoaded`](crate::error::NotLoaded) before a preload.
pub fn text<M: Record>(record: &M, attribute: usize) -> Result<Option<&str>> {
    for locale in locale::chain() {
        let text = read(record.record(), M::definition(), attribute, locale.as_str())?;
        if text.is_some() {
            return Ok(text);
        }
    }
    Ok(None)
}

/// The text of an attribute in one locale.
///
/// # Errors
/// [`NotLoaded`](crate::error::NotLoaded) before a preload.
pub fn text_in<M: Record>(
    record: &M,
    attribute: usize,
    locale: impl AsRef<str>,
) -> Result<Option<&str>> {
    read(record.record(), M::definition(), attribute, locale.as_ref())
}

fn read<'a>(
    state: &'a RecordState,
    definition: &'static ModelDefinition,
    attribute: usize,
    locale: &str,
) -> Result<Option<&'a str>> {
    match (state.translations(), of(definition)) {
        (Some(translations), _) => translations.text(locale, attribute),
        (None, Some((relation, _))) if !state.is_new() => Err(not_loaded(relation)),
        _ => Ok(None),
    }
}

fn not_loaded(relation: &RelationDefinition) -> Error {
    crate::error::NotLoaded::new(relation.model(), relation.name).into()
}

/// Sets the text of an attribute in the current locale.
pub fn set_text<M: Record>(
    record: &mut M,
    attribute: usize,
    text: impl IntoColumn<Option<String>>,
) {
    set_text_in(record, attribute, locale::locale(), text);
}

/// Sets the text of an attribute in a locale.
pub fn set_text_in<M: Record>(
    record: &mut M,
    attribute: usize,
    locale: impl Into<Locale>,
    text: impl IntoColumn<Option<String>>,
) {
    let text = match text.column_value() {
        Value::Text(text) => Some(text),
        _ => None,
    };
    let definition = M::definition();
    write(
        record.record_mut(),
        definition,
        attribute,
        locale.into(),
        text,
    );
}

/// [`set_text`], if there is something to set.
pub fn assign_text<M: Record>(record: &mut M, attribute: usize, text: Option<String>) {
    if text.is_some() {
        set_text(record, attribute, text);
    }
}

/// [`set_text_in`], if there is something to set.
pub fn assign_text_in<M: Record>(
    record: &mut M,
    attribute: usize,
    locale: &'static str,
    text: Option<String>,
) {
    if text.is_some() {
        set_text_in(record, attribute, locale, text);
    }
}

fn write(
    state: &mut RecordState,
    definition: &'static ModelDefinition,
    attribute: usize,
    locale: Locale,
    text: Option<String>,
) {
    if let Some((relation, definition)) = of(definition)
        && let Some(translations) = state.translations_mut(relation)
    {
        translations.set(definition, locale, attribute, text);
    }
}

/// Every translation of a record.
///
/// # Errors
/// [`NotLoaded`](crate::error::NotLoaded) before a preload.
pub fn translations<M: Record, T: Translation>(record: &M) -> Result<&[T]> {
    match (record.record().translations(), of(M::definition())) {
        (Some(translations), _) => translations.rows::<T>(),
        (None, Some((relation, _))) if !record.record().is_new() => Err(not_loaded(relation)),
        _ => Ok(&[]),
    }
}

/// The value of an attribute for the rules about it; NULL while nothing is known.
pub fn text_value<M: Record>(record: &M, attribute: usize) -> Value {
    match text(record, attribute) {
        Ok(Some(text)) => Value::Text(text.to_owned()),
        _ => Value::Null(ValueKind::Text),
    }
}

/// The field of the relationship, which is in the record's state.
pub fn translation_slot<M: Record>(record: &M) -> Option<&dyn Slot> {
    match record.record().translations() {
        Some(translations) => Some(translations),
        None => of(M::definition()).map(|(_, definition)| &definition.unknown as &dyn Slot),
    }
}

/// The same, to change.
pub fn translation_slot_mut<M: Record>(record: &mut M) -> Option<&mut dyn Slot> {
    let (relation, _) = of(M::definition())?;
    let translations = record.record_mut().translations_mut(relation)?;
    Some(translations)
}

/// Gets a record's translations ready for validation: loads them if they were set, or a rule is about them.
///
/// # Errors
/// When a locale was set that the model does not have, or the database fails.
pub(super) fn prepare<'a>(
    record: &'a mut dyn AnyRecord,
    db: &'a Db,
) -> Option<BoxFuture<'a, Result<()>>> {
    let model = record.definition();
    let (relation, definition) = of(model)?;
    let has_rules = has_rules(model, definition);
    // A new record knows that it has none, and will remember.
    let translations = record.state_mut().translations_mut(relation)?;
    let checked = translations.check_locales(model.model, definition);
    let needed = translations.is_pending() || has_rules;
    let is_loaded = translations.held().is_loaded();
    Some(Box::pin(async move {
        checked?;
        if needed && !is_loaded {
            preload::load(db, record, relation.index).await?;
        }
        Ok(())
    }))
}

/// Whether a rule is about a translated attribute; those are the last attributes of a model.
fn has_rules(model: &ModelDefinition, definition: &TranslationDefinition) -> bool {
    let first = first_attribute(model, definition);
    let mut rules = model.validations.iter();
    rules.any(|rule| rule.attribute >= first)
}

fn first_attribute(model: &ModelDefinition, definition: &TranslationDefinition) -> usize {
    model.columns.len() + model.transients.len() - definition.attributes.len()
}

/// What saving a record would change of its translations: name, the row's value, the record's.
pub(super) fn changes<M: Record>(record: &M) -> Vec<(&'static str, Value, Value)> {
    let Some((_, definition)) = of(M::definition()) else {
        return Vec::new();
    };
    let translations = record.record().translations();
    translations.map_or_else(Vec::new, |translations| changed(translations, definition))
}

fn changed(
    translations: &Translations,
    definition: &TranslationDefinition,
) -> Vec<(&'static str, Value, Value)> {
    let null = || Value::Null(ValueKind::Text);
    let pending = translations.pending().filter_map(|(locale, at, text)| {
        let text = text.map_or_else(null, |text| Value::Text(text.to_owned()));
        Some((definition.name(at, locale.as_str())?, null(), text))
    });
    let mut changes: Vec<_> = pending.collect();
    for row in translations.all() {
        let Value::Text(locale) = row.value(LOCALE) else {
            continue;
        };
        let stored = row.as_record().map_or(&[][..], |row| row.state().columns());
        for attribute in 0..definition.attributes.len() {
            let column = ATTRIBUTES + attribute;
            let before = stored.get(column).cloned().unwrap_or_else(null);
            let after = row.value(column);
            if before != after
                && let Some(name) = definition.name(attribute, &locale)
            {
                changes.push((name, before, after));
            }
        }
    }
    changes
}

/// The text of an attribute of the records at the end of a path, in one locale.
pub(crate) fn column(
    path: &Path,
    relation: &'static RelationDefinition,
    attribute: &'static str,
    locale: Locale,
) -> Expression {
    let path = path.then(relation).faceted(Facet::Locale(locale));
    Expression::Column(path, attribute)
}

/// The text of a record's own attribute, by its position among all attributes, in the language that it is read in.
pub(super) fn own_column(record: &dyn AnyRecord, attribute: usize) -> Option<Expression> {
    let model = record.definition();
    let (relation, definition) = of(model)?;
    let at = attribute.checked_sub(first_attribute(model, definition))?;
    let name = definition.attributes.get(at)?;
    let has_text = |locale: &Locale| {
        let text = read(record.state(), model, at, locale.as_str());
        text.is_ok_and(|text| text.is_some())
    };
    let locale = locale::chain().into_iter().find(has_text);
    let locale = locale.unwrap_or_else(locale::locale);
    Some(column(&Path::root(), relation, name, locale))
}

/// What a record must meet that has the texts of a new one.
pub(super) fn wanted<M: Record>(record: &M) -> Vec<Expression> {
    let Some((relation, definition)) = of(M::definition()) else {
        return Vec::new();
    };
    let translations = record.record().translations();
    let rows = translations.map_or_else(Vec::new, Translations::all);
    let mut wanted = Vec::new();
    for row in rows {
        let Value::Text(locale) = row.value(LOCALE) else {
            continue;
        };
        for (at, name) in definition.attributes.iter().enumerate() {
            let text = row.value(ATTRIBUTES + at);
            if !text.is_null() {
                let column = column(&Path::root(), relation, name, Locale::from(locale.clone()));
                wanted.push(Expression::equal(column, text));
            }
        }
    }
    wanted
}
