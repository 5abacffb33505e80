//! What a field of a relationship holds, without its type.

use std::any::Any;
use std::sync::Arc;

use crate::Result;
use crate::error::{NotFound, NotLoaded};
use crate::model::RelationDefinition;

/// The relationship and what is loaded of it.
///
/// The content is erased on purpose: with concrete types, proving that a model is `Send` walks the whole graph of
/// models and overflows the compiler's recursion limit at a few dozen of them. It is shared, so that a record can be
/// cloned, and copied before it changes where it is shared.
#[derive(Clone, Default)]
pub struct Held {
    relation: Option<&'static RelationDefinition>,
    content: Content,
}

#[derive(Clone, Default)]
enum Content {
    #[default]
    Unloaded,
    Absent,
    Loaded(Arc<dyn Any + Send + Sync>),
}

impl Held {
    pub(super) fn unloaded(relation: &'static RelationDefinition) -> Self {
        Held {
            relation: Some(relation),
            content: Content::Unloaded,
        }
    }

    pub(super) fn is_loaded(&self) -> bool {
        !matches!(self.content, Content::Unloaded)
    }

    pub(super) fn unload(&mut self) {
        self.content = Content::Unloaded;
    }

    /// `None` when the related record is known to be absent.
    ///
    /// # Errors
    /// [`NotLoaded`] when nothing is known.
    pub(super) fn read<T: 'static>(&self) -> Result<Option<&T>> {
        match &self.content {
            Content::Loaded(content) => Ok(content.downcast_ref()),
            Content::Absent => Ok(None),
            Content::Unloaded => Err(self.not_loaded().into()),
        }
    }

    /// The same without an error to make: `None` when nothing is loaded, too.
    pub(super) fn peek<T: 'static>(&self) -> Option<&T> {
        match &self.content {
            Content::Loaded(content) => content.downcast_ref(),
            Content::Absent | Content::Unloaded => None,
        }
    }

    pub(super) fn fill<T: Send + Sync + 'static>(&mut self, content: Option<Arc<T>>) {
        self.content = content.map_or(Content::Absent, |content| Content::Loaded(content));
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
