//! [`Translations`].

use std::fmt;
use std::sync::Arc;

use super::held::Held;
use super::slot::{Loader, Related, Slot};
use crate::locale::Locale;
use crate::model::RelationDefinition;
use crate::model::erased::{AnyModel, copied};
use crate::model::translation::{ATTRIBUTES, LOCALE, Translation, TranslationDefinition};
use crate::value::{Value, ValueKind};
use crate::{Error, Result};

/// The translations of a record: rows of another table, one for each locale. They are kept in the record's
/// [`RecordState`](crate::model::RecordState), and are its relationship `translations`.
#[derive(Clone)]
pub struct Translations {
    rows: Rows,
    held: Held,
    /// What was set while the rows were not loaded.
    pending: Vec<Setting>,
    /// Locales that were set though the model has no such translation.
    strangers: Vec<Locale>,
}

/// A text that one attribute is to have in one locale.
#[derive(Clone)]
struct Setting {
    locale: Locale,
    attribute: usize,
    text: Option<String>,
}

/// What takes the type of the rows, in a list of which [`Held`] keeps them.
#[derive(Clone, Copy)]
struct Rows {
    all: fn(&Held) -> Vec<&dyn AnyModel>,
    all_mut: fn(&mut Held) -> Vec<&mut dyn AnyModel>,
    text: for<'a> fn(&'a Held, &str, usize) -> Option<&'a str>,
    add: fn(&mut Held) -> &mut dyn AnyModel,
    drop_empty: fn(&mut Held),
    fill: fn(&mut Held, Option<&mut Related>, &Value),
    loaders: fn() -> &'static [Loader],
}

impl Rows {
    const fn of<T: Translation>() -> Self {
        Rows {
            all: |held| {
                let rows = held.any::<Vec<T>>().into_iter().flatten();
                rows.map(|row| row as &dyn AnyModel).collect()
            },
            all_mut: |held| {
                let rows = held.any_mut::<Vec<T>>(copied_list).into_iter().flatten();
                rows.map(|row| row as &mut dyn AnyModel).collect()
            },
            text: |held, locale, attribute| {
                let mut rows = held.any::<Vec<T>>().into_iter().flatten();
                rows.find(|row| row.locale() == locale)?.text(attribute)
            },
            add: |held| {
                let list = held.list_mut::<T>(|list| copied_list(list));
                list.push(T::new());
                match list.last_mut() {
                    Some(row) => row,
                    None => unreachable!("what was just put here is here"),
                }
            },
            drop_empty: |held| {
                if let Some(list) = held.any_mut::<Vec<T>>(copied_list) {
                    list.retain(|row| says_something(row));
                }
            },
            fill: |held, related, key| {
                let rows = related.and_then(|related| related.all::<T>(key));
                held.fill(Some(rows.unwrap_or_else(|| Arc::new(Vec::new()))));
            },
            loaders: || &const { [Loader::of::<T>()] },
        }
    }
}

#[expect(clippy::ptr_arg, reason = "the list is held as a `Vec`")]
fn copied_list<T: Translation>(list: &Vec<T>) -> Vec<T> {
    list.iter().map(copied).collect()
}

impl Translations {
    /// Those of a record of which nothing is known.
    pub(crate) const fn unknown<T: Translation>() -> Self {
        Translations {
            rows: Rows::of::<T>(),
            held: Held::new(),
            pending: Vec::new(),
            strangers: Vec::new(),
        }
    }

    /// Those of a record: none if it is new, else not loaded.
    pub(crate) fn of(&self, relation: &'static RelationDefinition, is_new: bool) -> Self {
        let mut translations = Translations {
            held: Held::unloaded(relation),
            ..self.clone()
        };
        if is_new {
            let no_key = Value::Null(ValueKind::BigInt);
            (translations.rows.fill)(&mut translations.held, None, &no_key);
        }
        translations
    }

    /// The rows themselves.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub(crate) fn rows<T: Translation>(&self) -> Result<&[T]> {
        Ok(self.held.read::<Vec<T>>()?.map_or(&[], Vec::as_slice))
    }

    /// The text of an attribute in a locale, if there is one that is not blank.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload, unless it was set.
    pub(crate) fn text(&self, locale: &str, attribute: usize) -> Result<Option<&str>> {
        let is_this = |setting: &&Setting| {
            setting.locale.as_str() == locale && setting.attribute == attribute
        };
        if let Some(setting) = self.pending.iter().find(is_this) {
            return Ok(setting.text.as_deref());
        }
        if !self.held.is_loaded() {
            return Err(self.held.not_loaded().into());
        }
        let text = (self.rows.text)(&self.held, locale, attribute);
        Ok(text.filter(|text| !is_blank(text)))
    }

    /// Sets the text of an attribute in a locale; one that is blank is none.
    pub(crate) fn set(
        &mut self,
        definition: &TranslationDefinition,
        locale: Locale,
        attribute: usize,
        text: Option<String>,
    ) {
        if !definition.locales.contains(&locale.as_str()) {
            return self.strangers.push(locale);
        }
        let setting = Setting {
            locale,
            attribute,
            text: text.filter(|text| !is_blank(text)),
        };
        if self.held.is_loaded() {
            return self.put(setting);
        }
        self.pending
            .retain(|known| known.locale != setting.locale || known.attribute != setting.attribute);
        self.pending.push(setting);
        self.held.touch();
    }

    fn put(&mut self, setting: Setting) {
        let Setting {
            locale,
            attribute,
            text,
        } = setting;
        let known = (self.rows.text)(&self.held, locale.as_str(), attribute);
        if known == text.as_deref() {
            return;
        }
        self.held.touch();
        let locale = Value::Text(locale.as_str().to_owned());
        let mut rows = (self.rows.all_mut)(&mut self.held);
        let row = rows.iter().position(|row| row.value(LOCALE) == locale);
        let row = match row {
            Some(row) => rows.swap_remove(row),
            None => (self.rows.add)(&mut self.held),
        };
        let text = text.map_or(Value::Null(ValueKind::Text), Value::Text);
        for (column, value) in [(LOCALE, locale), (ATTRIBUTES + attribute, text)] {
            // The derive has made these columns of text.
            let _ = row.set_value(column, value);
        }
    }

    /// Whether something was set before the rows were loaded.
    pub(crate) fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// What was set before the rows were loaded: locale, attribute and text.
    pub(crate) fn pending(&self) -> impl Iterator<Item = (&Locale, usize, Option<&str>)> {
        let pending = self.pending.iter();
        pending.map(|it| (&it.locale, it.attribute, it.text.as_deref()))
    }

    /// Every row that is loaded or new.
    pub(crate) fn all(&self) -> Vec<&dyn AnyModel> {
        (self.rows.all)(&self.held)
    }

    /// That no locale was set which the model does not have.
    ///
    /// # Errors
    /// When there is one.
    pub(crate) fn check_locales(
        &self,
        model: &str,
        definition: &TranslationDefinition,
    ) -> Result<()> {
        let Some(stranger) = self.strangers.first() else {
            return Ok(());
        };
        let known: Vec<_> = definition
            .locales
            .iter()
            .map(|locale| format!("`{locale}`"))
            .collect();
        Err(Error::message(format!(
            "`{model}` is translated into {}, but a text was set in `{stranger}`: add it to `locales(…)` of `{model}`",
            known.join(", ")
        )))
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Whether a row says nothing.
fn is_empty(row: &dyn AnyModel) -> bool {
    let columns = &row.definition().columns[ATTRIBUTES..];
    let mut attributes = (ATTRIBUTES..).zip(columns);
    attributes.all(|(at, column)| column.kind != ValueKind::Text || row.value(at).is_null())
}

fn says_something(row: &dyn AnyModel) -> bool {
    !is_empty(row)
}

/// A row that says nothing is not among the related records: it is deleted, or never inserted.
impl Slot for Translations {
    fn held(&self) -> &Held {
        &self.held
    }

    fn held_mut(&mut self) -> &mut Held {
        &mut self.held
    }

    fn related(&self) -> Vec<&dyn AnyModel> {
        let mut rows = self.all();
        rows.retain(|row| says_something(*row));
        rows
    }

    fn related_mut(&mut self) -> Vec<&mut dyn AnyModel> {
        let mut rows = (self.rows.all_mut)(&mut self.held);
        rows.retain(|row| says_something(&**row));
        rows
    }

    fn loaders(&self) -> &'static [Loader] {
        (self.rows.loaders)()
    }

    /// What was set before stays set.
    fn fill(&mut self, related: Option<&mut Related>, key: &Value) {
        (self.rows.fill)(&mut self.held, related, key);
        for setting in std::mem::take(&mut self.pending) {
            self.put(setting);
        }
    }

    fn removed(&self) -> Vec<Value> {
        let mut removed = self.all();
        removed.retain(|row| is_empty(*row) && is_stored(*row));
        let keys = removed.into_iter();
        keys.map(|row| row.value(row.definition().primary_key))
            .collect()
    }

    fn has_unsaved(&self) -> bool {
        self.is_pending() || !self.removed().is_empty()
    }

    fn saved(&mut self) {
        (self.rows.drop_empty)(&mut self.held);
        self.held.saved();
    }
}

fn is_stored(row: &dyn AnyModel) -> bool {
    row.as_record()
        .is_some_and(|row| row.state().is_persisted())
}

impl fmt::Debug for Translations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.held.is_loaded() {
            return f.write_str("not loaded");
        }
        let rows = self.all().into_iter();
        let locales = rows.map(|row| row.value(LOCALE));
        f.debug_list().entries(locales).finish()
    }
}
