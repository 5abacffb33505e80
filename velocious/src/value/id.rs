//! Keys that know whose they are.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{ColumnType, Value, ValueKind};
use crate::BoxError;
use crate::database::Cell;

/// The key of a record of the model `M`, which cannot be mistaken for the key of another model's.
///
/// In the database, in JSON and in paths it is the plain key inside, an `i64` unless said otherwise.
///
/// ```
/// use velocious::{prelude::*, value::Id};
///
/// #[derive(Model)]
/// pub struct Project {
///     pub id: Id<Project>,
///     pub name: String,
/// }
///
/// #[derive(Model)]
/// pub struct Task {
///     pub id: Id<Task>,
///     pub project_id: Id<Project>,
///     #[belongs_to]
///     pub project: BelongsTo<Project>,
/// }
///
/// let project = Project { id: Id::new(7), ..Project::new() };
/// let tasks = Task::filter(|task| task.project_id().eq(project.id));
/// # let _ = tasks;
/// assert_eq!(project.id.to_string(), "7");
/// ```
///
/// ```compile_fail
/// # use velocious::{prelude::*, value::Id};
/// # #[derive(Model)]
/// # pub struct Project { pub id: Id<Project> }
/// # #[derive(Model)]
/// # pub struct Task { pub id: Id<Task> }
/// let task = Task::new();
/// Project::filter(|project| project.id().eq(task.id));
/// ```
pub struct Id<M, K = i64>(K, PhantomData<fn() -> M>);

impl<M, K> Id<M, K> {
    /// The key `key` of a record of `M`.
    pub const fn new(key: K) -> Self {
        Id(key, PhantomData)
    }

    /// The plain key.
    pub fn get(self) -> K {
        self.0
    }

    /// The plain key, to look at.
    pub fn as_key(&self) -> &K {
        &self.0
    }
}

impl<M, K> From<K> for Id<M, K> {
    fn from(key: K) -> Self {
        Id::new(key)
    }
}

impl<M: 'static, K: ColumnType> ColumnType for Id<M, K> {
    type Base = Id<M, K>;
    type Nullable = Option<Id<M, K>>;
    const KIND: ValueKind = K::KIND;

    fn to_value(&self) -> Value {
        self.0.to_value()
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        K::from_value(value).map(Id::new)
    }

    #[inline]
    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        K::from_cell(cell).map(Id::new)
    }
}

// Written by hand: a derive would ask the same of the model.

impl<M, K: Clone> Clone for Id<M, K> {
    fn clone(&self) -> Self {
        Id::new(self.0.clone())
    }
}

impl<M, K: Copy> Copy for Id<M, K> {}

impl<M, K: Default> Default for Id<M, K> {
    fn default() -> Self {
        Id::new(K::default())
    }
}

impl<M, K: PartialEq> PartialEq for Id<M, K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<M, K: Eq> Eq for Id<M, K> {}

impl<M, K: PartialOrd> PartialOrd for Id<M, K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

impl<M, K: Ord> Ord for Id<M, K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<M, K: Hash> Hash for Id<M, K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<M, K: fmt::Debug> fmt::Debug for Id<M, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<M, K: fmt::Display> fmt::Display for Id<M, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<M, K: FromStr> FromStr for Id<M, K> {
    type Err = K::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Id::new)
    }
}

impl<M, K: Serialize> Serialize for Id<M, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, M, K: Deserialize<'de>> Deserialize<'de> for Id<M, K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        K::deserialize(deserializer).map(Id::new)
    }
}
