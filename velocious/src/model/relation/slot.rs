//! A field of a relationship without its type, as preloading and saving see it.

use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::held::{Erased, Held};
use crate::database::{Db, RowRead, RowSink};
use crate::model::erased::{AnyModel, columns_of};
use crate::model::polymorphic::Includes;
use crate::model::{Model, ModelDefinition};
use crate::query::render;
use crate::query::select::Select;
use crate::value::{Value, ValueKind};
use crate::{BoxError, BoxFuture, Result};

/// A `BelongsTo`, `HasOne` or `HasMany`.
pub trait Slot: Send + Sync {
    /// What it holds.
    fn held(&self) -> &Held;

    /// The same, to change.
    fn held_mut(&mut self) -> &mut Held;

    /// The records that it holds, loaded or built.
    fn related(&self) -> Vec<&dyn AnyModel>;

    /// The same, to change.
    fn related_mut(&mut self) -> Vec<&mut dyn AnyModel>;

    /// How the records that it can hold are loaded: one way for each model of which they may be.
    fn loaders(&self) -> &'static [Loader];

    /// Fills the field with the records of `key`, of those that its own loader has brought.
    fn fill(&mut self, related: Option<&mut Related>, key: &Value);

    /// The keys of the records that are to be deleted when the owner is saved.
    fn removed(&self) -> Vec<Value> {
        Vec::new()
    }

    /// Whether there is something to save beside the records that are here.
    fn has_unsaved(&self) -> bool {
        self.held().added().is_some()
    }

    /// Everything here is saved.
    fn saved(&mut self) {
        self.held_mut().saved();
    }
}

/// Runs a query for records of one model.
pub(crate) type Load = fn(&Db, Select, OwnersKey) -> BoxFuture<'_, Result<Related>>;

/// Loads records of one model.
#[derive(Clone, Copy, Debug)]
pub struct Loader {
    pub(crate) target: fn() -> &'static ModelDefinition,
    pub(crate) load: Load,
    /// A new record.
    pub(crate) make: fn() -> Box<dyn AnyModel>,
    /// What the field holds for one record, which is of the model: a copy of its columns.
    pub(crate) copy: fn(&dyn AnyModel) -> Erased,
}

impl Loader {
    pub(crate) const fn of<T: Model>() -> Self {
        Loader {
            target: T::definition,
            load: |db, select, key| load::<T, T>(db, select, key, |record| record),
            make: || Box::new(T::new()),
            copy: |record| Arc::new(columns_of::<T>(record)),
        }
    }

    /// For the variant with a `T` of an enum of models.
    pub const fn of_variant<E: Includes<T>, T: Model>() -> Self {
        Loader {
            target: T::definition,
            load: |db, select, key| load::<T, E>(db, select, key, E::model_mut),
            make: || Box::new(T::new()),
            copy: |record| Arc::new(E::from(columns_of::<T>(record))),
        }
    }
}

/// Where in a row the key is by which a related record is tied to its owner.
#[derive(Clone, Copy, Debug)]
pub(crate) enum OwnersKey {
    /// A column of the record itself.
    Column(usize),
    /// One more column behind those of the record, of this kind.
    Behind(ValueKind),
}

/// Related records and the keys of their owners; inside, a `Vec<T>` until they are grouped.
pub struct Related {
    records: Box<dyn AnyRecords>,
    keys: Vec<Value>,
    grouped: Option<Box<dyn Any + Send>>,
}

impl Related {
    /// Every record, for what is to be loaded below them.
    pub(crate) fn records(&mut self) -> Vec<&mut dyn AnyModel> {
        self.records.models()
    }

    /// Every record with the key of its owner, before any is given away.
    pub(crate) fn with_keys(&mut self) -> impl Iterator<Item = (&Value, &mut dyn AnyModel)> {
        self.keys.iter().zip(self.records.models())
    }

    /// Drops a record that its owner has already.
    pub(crate) fn keep_distinct(&mut self) {
        let mut seen = HashSet::with_capacity(self.keys.len());
        let records = self.records.models();
        let keep: Vec<bool> = records
            .iter()
            .zip(&self.keys)
            .map(|(record, owner)| {
                let key = record.value(record.definition().primary_key);
                seen.insert((owner.clone(), key))
            })
            .collect();
        self.records.keep(&keep);
        let mut keep = keep.iter();
        self.keys.retain(|_| keep.next() == Some(&true));
    }

    /// The records of an owner; owners with the same key share them.
    pub(super) fn all<T: Send + Sync + 'static>(&mut self, key: &Value) -> Option<Arc<Vec<T>>> {
        let group = self.groups::<T>()?.get_mut(key)?;
        if let Group::Loose(records) = group {
            *group = Group::All(Arc::new(std::mem::take(records)));
        }
        match group {
            Group::All(records) => Some(Arc::clone(records)),
            _ => None,
        }
    }

    /// The first record of an owner; owners with the same key share it.
    pub(super) fn first<T: Send + Sync + 'static>(&mut self, key: &Value) -> Option<Arc<T>> {
        let group = self.groups::<T>()?.get_mut(key)?;
        if let Group::Loose(records) = group {
            let first = std::mem::take(records).into_iter().next()?;
            *group = Group::First(Arc::new(first));
        }
        match group {
            Group::First(record) => Some(Arc::clone(record)),
            _ => None,
        }
    }

    fn groups<T: Send + Sync + 'static>(&mut self) -> Option<&mut HashMap<Value, Group<T>>> {
        if self.grouped.is_none() {
            let records = self.records.take();
            let records = *records.downcast::<Vec<T>>().ok()?;
            let mut groups: HashMap<Value, Group<T>> = HashMap::with_capacity(self.keys.len());
            for (key, record) in self.keys.drain(..).zip(records) {
                let group = groups.entry(key).or_insert(Group::Loose(Vec::new()));
                if let Group::Loose(records) = group {
                    records.push(record);
                }
            }
            self.grouped = Some(Box::new(groups));
        }
        self.grouped.as_mut()?.downcast_mut()
    }
}

/// The records of one key: as they came, then all of them or the first one, to be shared.
enum Group<T> {
    Loose(Vec<T>),
    All(Arc<Vec<T>>),
    First(Arc<T>),
}

/// A `Vec<T>` of records, or of what holds one.
trait AnyRecords: Send {
    fn models(&mut self) -> Vec<&mut dyn AnyModel>;
    /// Drops the records whose `true` is missing.
    fn keep(&mut self, keep: &[bool]);
    /// The `Vec<T>` itself; an empty one stays behind.
    fn take(&mut self) -> Box<dyn Any + Send>;
}

struct Records<T> {
    list: Vec<T>,
    model: fn(&mut T) -> &mut dyn AnyModel,
}

impl<T: Send + 'static> AnyRecords for Records<T> {
    fn models(&mut self) -> Vec<&mut dyn AnyModel> {
        self.list.iter_mut().map(self.model).collect()
    }

    fn keep(&mut self, keep: &[bool]) {
        let mut keep = keep.iter();
        self.list.retain(|_| keep.next() == Some(&true));
    }

    fn take(&mut self) -> Box<dyn Any + Send> {
        Box::new(std::mem::take(&mut self.list))
    }
}

/// Loads records of `T` and makes an `H` of each, in which `model` finds it.
fn load<T: Model, H: From<T> + Send + 'static>(
    db: &Db,
    select: Select,
    key: OwnersKey,
    model: fn(&mut H) -> &mut dyn AnyModel,
) -> BoxFuture<'_, Result<Related>> {
    let statement = render::select(db.dialect(), select);
    let rows = Box::new(KeyedRows::<T> {
        key,
        records: Vec::new(),
        keys: Vec::new(),
    });
    Box::pin(async move {
        let sink = db.fetch(statement, rows).await?.into_any();
        let rows = sink.downcast::<KeyedRows<T>>().ok();
        let (records, keys) = rows.map_or_else(Default::default, |rows| (rows.records, rows.keys));
        let list = records.into_iter().map(H::from).collect();
        Ok(Related {
            records: Box::new(Records { list, model }),
            keys,
            grouped: None,
        })
    })
}

/// Decodes records with the keys of their owners.
struct KeyedRows<T> {
    key: OwnersKey,
    records: Vec<T>,
    keys: Vec<Value>,
}

impl<T: Model> RowSink for KeyedRows<T> {
    fn row(&mut self, row: &dyn RowRead) -> Result<bool, BoxError> {
        let record = T::from_row(row, 0)?;
        let key = match self.key {
            OwnersKey::Column(column) => Model::value(&record, column),
            OwnersKey::Behind(kind) => {
                let mut key = Value::Null(kind);
                row.with_cell(T::definition().columns.len(), &mut |cell| {
                    key = Value::from_cell(kind, cell)?;
                    Ok(())
                })?;
                key
            }
        };
        self.records.push(record);
        self.keys.push(key);
        Ok(true)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
