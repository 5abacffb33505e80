//! What a field of a relationship holds, without its type.

use std::any::Any;
use std::sync::Arc;

use crate::error::{NotFound, NotLoaded};
use crate::model::RelationDefinition;
use crate::value::Value;
use crate::{Error, Result};

/// The relationship and what is loaded or built of it.
///
/// The content is erased on purpose: with concrete types, proving that a model is `Send` walks the whole graph of
/// models and overflows the compiler's recursion limit at a few dozen of them. It is shared, so that a record can be
/// cloned, and copied before it changes where it is shared.
#[derive(Clone, Default)]
pub struct Held {
    relation: Option<&'static RelationDefinition>,
    content: Content,
    /// The key by which related records refer to the owner, once the owner has a row.
    owner: Option<Value>,
    /// Whether records were put here, or given out to be changed, since the owner was last saved.
    is_touched: bool,
    /// The position of the first record of a list that was put here since then.
    added: Option<u32>,
    /// What `added` was when what is here was written, in a transaction that has not ended.
    written: Option<Option<u32>>,
}

/// Whatever a field holds of its type.
pub(crate) type Erased = Arc<dyn Any + Send + Sync>;

#[derive(Clone, Default)]
enum Content {
    #[default]
    Unloaded,
    /// New records only; what the database has is not known.
    Built(Erased),
    Absent,
    Loaded(Erased),
}

impl Held {
    /// A field of which nothing is known.
    pub(super) const fn new() -> Self {
        Held {
            relation: None,
            content: Content::Unloaded,
            owner: None,
            is_touched: false,
            added: None,
            written: None,
        }
    }

    pub(super) fn unloaded(relation: &'static RelationDefinition) -> Self {
        Held {
            relation: Some(relation),
            ..Held::default()
        }
    }

    /// The relationship, if the record was made as one of a model's.
    pub(crate) fn relation(&self) -> Result<&'static RelationDefinition> {
        self.relation.ok_or_else(|| {
            Error::message(
                "this record does not know its relationships: make it with `new()`, or load it from the database",
            )
        })
    }

    pub(crate) fn is_loaded(&self) -> bool {
        matches!(self.content, Content::Absent | Content::Loaded(_))
    }

    pub(crate) fn unload(&mut self) {
        self.content = Content::Unloaded;
        self.saved();
    }

    pub(crate) fn is_touched(&self) -> bool {
        self.is_touched
    }

    pub(crate) fn touch(&mut self) {
        self.is_touched = true;
    }

    /// Everything here is saved.
    pub(crate) fn saved(&mut self) {
        self.is_touched = false;
        self.added = None;
        self.written = None;
    }

    /// Everything here is written, as far as the transaction is committed.
    pub(crate) fn wrote(&mut self) {
        if std::mem::take(&mut self.is_touched) {
            let added = self.added.take();
            self.written.get_or_insert(added);
        }
    }

    /// Whether the end of the transaction decides whether this is saved.
    pub(crate) fn is_undecided(&self) -> bool {
        self.is_touched || self.written.is_some()
    }

    /// The transaction has ended.
    pub(crate) fn settle(&mut self, is_committed: bool) {
        let written = self.written.take();
        if let Some(added) = written.filter(|_| !is_committed) {
            self.is_touched = true;
            self.added = added;
        }
    }

    /// The position of the first record of a list that is not tied to the owner yet.
    pub(crate) fn added(&self) -> Option<usize> {
        self.added.and_then(|added| usize::try_from(added).ok())
    }

    /// Remembers that the records of a list from this position on are added.
    pub(super) fn add_from(&mut self, position: usize) {
        // Fields are many and lists short.
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        self.added.get_or_insert(position);
    }

    /// Whether there is surely no related record.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self.content, Content::Absent)
    }

    /// The key by which related records refer to the owner.
    ///
    /// # Errors
    /// When the owner has no row.
    pub(crate) fn owner(&self) -> Result<&Value> {
        self.owner.as_ref().ok_or_else(|| {
            let (model, relation) = self.names();
            Error::message(format!(
                "this {model} is not saved, so nothing can refer to it: save it before its `{relation}`"
            ))
        })
    }

    pub(crate) fn set_owner(&mut self, key: Value) {
        self.owner = Some(key);
    }

    /// `None` when the related record is known to be absent.
    ///
    /// # Errors
    /// [`NotLoaded`] when nothing is known.
    pub(super) fn read<T: 'static>(&self) -> Result<Option<&T>> {
        match &self.content {
            Content::Loaded(content) => Ok(content.downcast_ref()),
            Content::Absent => Ok(None),
            Content::Unloaded | Content::Built(_) => Err(self.not_loaded().into()),
        }
    }

    /// What is loaded, without an error to make: `None` when nothing is, too.
    pub(super) fn peek<T: 'static>(&self) -> Option<&T> {
        match &self.content {
            Content::Loaded(content) => content.downcast_ref(),
            _ => None,
        }
    }

    /// What is loaded or built.
    pub(super) fn any<T: 'static>(&self) -> Option<&T> {
        match &self.content {
            Content::Loaded(content) | Content::Built(content) => content.downcast_ref(),
            _ => None,
        }
    }

    /// The same, to change; copied by `copy` first if somebody else holds it, too.
    pub(super) fn any_mut<T: Send + Sync + 'static>(
        &mut self,
        copy: impl FnOnce(&T) -> T,
    ) -> Option<&mut T> {
        let (Content::Loaded(content) | Content::Built(content)) = &mut self.content else {
            return None;
        };
        if Arc::get_mut(content).is_none() {
            *content = Arc::new(copy(content.downcast_ref()?));
        }
        Arc::get_mut(content)?.downcast_mut()
    }

    /// What was built while nothing was loaded.
    pub(super) fn built<T: 'static>(&self) -> Option<&T> {
        match &self.content {
            Content::Built(content) => content.downcast_ref(),
            _ => None,
        }
    }

    /// Takes what the database has: nothing of it is to be saved.
    pub(super) fn fill<T: Send + Sync + 'static>(&mut self, content: Option<Arc<T>>) {
        self.content = content.map_or(Content::Absent, |content| Content::Loaded(content));
        self.saved();
    }

    /// The same, of whatever type it is; the field's own loader has made it.
    pub(crate) fn fill_erased(&mut self, content: Erased) {
        self.content = Content::Loaded(content);
        self.saved();
    }

    /// Takes what is to be saved.
    pub(super) fn put<T: Send + Sync + 'static>(&mut self, content: Option<T>) -> Option<&mut T> {
        self.content = match content {
            Some(content) => Content::Loaded(Arc::new(content)),
            None => Content::Absent,
        };
        self.is_touched = true;
        self.added = Some(0);
        match &mut self.content {
            Content::Loaded(content) => Arc::get_mut(content)?.downcast_mut(),
            _ => None,
        }
    }

    /// The list to put records into: what is loaded, or else a list of new ones.
    pub(super) fn list_mut<T: Send + Sync + 'static>(
        &mut self,
        copy: impl FnOnce(&Vec<T>) -> Vec<T>,
    ) -> &mut Vec<T> {
        self.is_touched = true;
        let content = match std::mem::take(&mut self.content) {
            Content::Unloaded => Content::Built(Arc::new(Vec::<T>::new())),
            Content::Absent => Content::Loaded(Arc::new(Vec::<T>::new())),
            known => known,
        };
        self.content = content;
        match self.any_mut(copy) {
            Some(list) => list,
            // The only other type it could be of is one that its own field has not put there.
            None => unreachable!("a list of records holds a list of records"),
        }
    }

    pub(super) fn not_loaded(&self) -> NotLoaded {
        let (model, relation) = self.names();
        NotLoaded::new(model, relation)
    }

    pub(super) fn not_found(&self) -> NotFound {
        let (model, relation) = self.names();
        NotFound::new(model, format!("a `{relation}`"))
    }

    /// The model's name and the relationship's.
    fn names(&self) -> (&'static str, &'static str) {
        self.relation
            .map_or(("this record", "relationship"), |relation| {
                (relation.model(), relation.name)
            })
    }
}
