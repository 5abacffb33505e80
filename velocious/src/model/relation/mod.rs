//! The fields in which a record keeps its related records: [`BelongsTo`], [`BelongsToAny`], [`HasOne`],
//! [`HasMany`].
//!
//! Each is unloaded until a preload or a `load_…` fills it, and says so when it is read before.
//!
//! * `held`: what such a field holds; `slot`: the same as preloading and saving see it, without its type.
//! * `translations`: the same for what stands in another table for each language.
//! * `tie`: how related records refer to their owner.

mod belongs_to;
mod belongs_to_any;
mod has_many;
mod has_one;
mod held;
mod slot;
pub(crate) mod tie;
mod translations;

pub use belongs_to::BelongsTo;
pub use belongs_to_any::BelongsToAny;
pub use has_many::HasMany;
pub use has_one::HasOne;
pub(crate) use held::Erased;
pub use held::Held;
pub(crate) use slot::OwnersKey;
pub use slot::{Loader, Related, Slot};
pub use translations::Translations;

/// What the kinds do alike, so that a record with such fields can be cloned, printed, compared and serialized.
macro_rules! relation_field {
    ($name:ident, $content:ty) => {
        impl<T> $name<T> {
            /// An empty field of this relationship, whose errors can name it.
            pub fn unloaded(relation: &'static crate::model::RelationDefinition) -> Self {
                $name(Held::unloaded(relation), PhantomData)
            }

            /// Whether a preload or a `load_…` has filled it, or it was set.
            pub fn is_loaded(&self) -> bool {
                self.0.is_loaded()
            }

            /// The opposite of `is_loaded`, for `#[serde(skip_serializing_if = "…::is_unloaded")]`.
            pub fn is_unloaded(&self) -> bool {
                !self.is_loaded()
            }

            /// Forgets what was loaded.
            pub fn unload(&mut self) {
                self.0.unload();
            }
        }

        impl<T> Default for $name<T> {
            fn default() -> Self {
                $name(Held::default(), PhantomData)
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
        impl<T: serde::Serialize + 'static> serde::Serialize for $name<T> {
            fn serialize<S: serde::Serializer>(
                &self,
                serializer: S,
            ) -> std::result::Result<S::Ok, S::Error> {
                self.0.peek::<$content>().serialize(serializer)
            }
        }

        /// Whatever is there is ignored: a record read from outside has nothing loaded.
        impl<'de, T> serde::Deserialize<'de> for $name<T> {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> std::result::Result<Self, D::Error> {
                serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self::default())
            }
        }
    };
}

use relation_field;
