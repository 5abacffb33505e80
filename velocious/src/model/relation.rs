//! The fields in which a record keeps its related records: [`BelongsTo`], [`HasOne`], [`HasMany`].
//!
//! Each is unloaded until a preload or a `load_…` fills it, and says so when it is read before. What is inside is
//! type-erased on purpose: with concrete types, proving that a model is `Send` walks the whole graph of models and
//! overflows the compiler's recursion limit at a few dozen of them.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, IgnoredAny};
use serde::ser::{Serialize, Serializer};

use super::definition::RelationDefinition;
use crate::error::{NotFound, NotLoaded};
use crate::{Error, Result};

type Erased = Arc<dyn Any + Send + Sync>;

/// What the three kinds share.
#[derive(Clone, Default)]
struct Slot {
    relation: Option<&'static RelationDefinition>,
    content: Content,
}

#[derive(Clone, Default)]
enum Content {
    #[default]
    Unloaded,
    Absent,
    Loaded(Erased),
}

impl Slot {
    fn unloaded(relation: &'static RelationDefinition) -> Self {
        Slot {
            relation: Some(relation),
            content: Content::Unloaded,
        }
    }

    fn is_loaded(&self) -> bool {
        !matches!(self.content, Content::Unloaded)
    }

    /// `None` when the related record is known to be absent.
    fn read<T: 'static>(&self) -> Result<Option<&T>> {
        match &self.content {
            Content::Loaded(content) => Ok(content.downcast_ref()),
            Content::Absent => Ok(None),
            Content::Unloaded => Err(self.not_loaded().into()),
        }
    }

    fn not_loaded(&self) -> NotLoaded {
        match self.relation {
            Some(relation) => NotLoaded::new(relation.model, relation.name),
            None => NotLoaded::new("this record", "relationship"),
        }
    }

    fn set<T: Send + Sync + 'static>(&mut self, content: Option<Arc<T>>) {
        self.content = content.map_or(Content::Absent, |content| Content::Loaded(content));
    }
}

/// What the three kinds do alike, so that a record with such fields can be cloned, printed, compared and serialized.
macro_rules! relation_field {
    ($name:ident, $content:ty) => {
        impl<T> $name<T> {
            /// An empty field of this relationship, whose errors can name it.
            pub fn unloaded(relation: &'static RelationDefinition) -> Self {
                $name(Slot::unloaded(relation), PhantomData)
            }

            /// Whether a preload or a `load_…` has filled it.
            pub fn is_loaded(&self) -> bool {
                self.0.is_loaded()
            }

            /// The opposite of `is_loaded`, for `#[serde(skip_serializing_if = "…::is_unloaded")]`.
            pub fn is_unloaded(&self) -> bool {
                !self.is_loaded()
            }

            /// Forgets what was loaded.
            pub fn unload(&mut self) {
                self.0.content = Content::Unloaded;
            }
        }

        impl<T> Default for $name<T> {
            fn default() -> Self {
                $name(Slot::default(), PhantomData)
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                $name(self.0.clone(), PhantomData)
            }
        }

        impl<T: fmt::Debug + 'static> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0.read::<$content>() {
                    Ok(content) => content.fmt(f),
                    Err(_) => f.write_str("not loaded"),
                }
            }
        }

        /// Always equal: records compare by their columns.
        impl<T> PartialEq for $name<T> {
            fn eq(&self, _: &Self) -> bool {
                true
            }
        }

        impl<T> Eq for $name<T> {}

        /// What is loaded; `null` when nothing is.
        impl<T: Serialize + 'static> Serialize for $name<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0
                    .read::<$content>()
                    .ok()
                    .flatten()
                    .serialize(serializer)
            }
        }

        /// Whatever is there is ignored: a record read from outside has nothing loaded.
        impl<'de, T> Deserialize<'de> for $name<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                IgnoredAny::deserialize(deserializer).map(|_| Self::default())
            }
        }
    };
}

/// The one record whose key this record holds.
pub struct BelongsTo<T>(Slot, PhantomData<fn() -> T>);

relation_field!(BelongsTo, T);

impl<T: Send + Sync + 'static> BelongsTo<T> {
    /// The related record.
    ///
    /// # Errors
    /// [`NotLoaded`] before a preload; [`NotFound`] when there is none, because the key is NULL or dangles.
    pub fn get(&self) -> Result<&T> {
        self.optional()?.ok_or_else(|| {
            let (model, name) = self
                .0
                .relation
                .map_or(("record", "relationship"), |r| (r.model, r.name));
            Error::from(NotFound::new(model, format!("a `{name}`")))
        })
    }

    /// The related record, or `None` when there is none.
    ///
    /// # Errors
    /// [`NotLoaded`] before a preload.
    pub fn optional(&self) -> Result<Option<&T>> {
        self.0.read()
    }

    /// Fills the field; records with the same parent share it.
    pub fn set(&mut self, record: Option<Arc<T>>) {
        self.0.set(record);
    }
}

/// The one record that holds this record's key.
pub struct HasOne<T>(Slot, PhantomData<fn() -> T>);

relation_field!(HasOne, T);

impl<T: Send + Sync + 'static> HasOne<T> {
    /// The related record, or `None` when there is none.
    ///
    /// # Errors
    /// [`NotLoaded`] before a preload.
    pub fn get(&self) -> Result<Option<&T>> {
        self.0.read()
    }

    /// Fills the field.
    pub fn set(&mut self, record: Option<Arc<T>>) {
        self.0.set(record);
    }
}

/// The records that hold this record's key.
pub struct HasMany<T>(Slot, PhantomData<fn() -> T>);

relation_field!(HasMany, Vec<T>);

impl<T: Send + Sync + 'static> HasMany<T> {
    /// The related records.
    ///
    /// # Errors
    /// [`NotLoaded`] before a preload.
    pub fn get(&self) -> Result<&[T]> {
        Ok(self.0.read::<Vec<T>>()?.map_or(&[], Vec::as_slice))
    }

    /// Fills the field.
    pub fn set(&mut self, records: Vec<T>) {
        self.0.set(Some(Arc::new(records)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unloaded_field_says_so_and_a_loaded_one_is_read() {
        let mut tasks = HasMany::<String>::default();
        assert!(tasks.get().expect_err("nothing is loaded").is_not_loaded());
        assert_eq!(format!("{tasks:?}"), "not loaded");
        tasks.set(vec!["one".into()]);
        assert_eq!(tasks.get().expect("loaded"), ["one"]);
        assert_eq!(
            serde_json::to_string(&tasks).expect("serializes"),
            r#"["one"]"#
        );
        tasks.unload();
        assert!(tasks.is_unloaded());
    }

    #[test]
    fn an_absent_record_is_not_an_unloaded_one() {
        let mut project = BelongsTo::<String>::default();
        project.set(None);
        assert_eq!(project.optional().expect("loaded"), None);
        assert!(project.get().expect_err("there is none").is_not_found());
        project.set(Some(Arc::new("alpha".into())));
        assert_eq!(project.get().expect("there is one"), "alpha");
    }
}
