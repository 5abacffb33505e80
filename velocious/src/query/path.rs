//! Paths along relationships, and the handles that walk them.

use std::sync::Arc;

use super::condition::Condition;
use super::expression::Expression;
use crate::model::{Model, RelationDefinition};

/// A path from the root of a query along relationships; the root itself is the empty path. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Path(Option<Arc<Step>>);

#[derive(Debug)]
struct Step {
    before: Path,
    relation: &'static RelationDefinition,
    alias: Option<&'static str>,
}

impl Path {
    /// The root of a query.
    pub fn root() -> Path {
        Path(None)
    }

    /// This path and one relationship further.
    pub fn then(&self, relation: &'static RelationDefinition) -> Path {
        Path(Some(Arc::new(Step {
            before: self.clone(),
            relation,
            alias: None,
        })))
    }

    /// The same path under a name of its own, which makes a join of its own; the root has none.
    pub fn aliased(&self, alias: &'static str) -> Path {
        Path(self.0.as_ref().map(|step| {
            Arc::new(Step {
                before: step.before.clone(),
                relation: step.relation,
                alias: Some(alias),
            })
        }))
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_none()
    }

    /// The relationships from the root on.
    pub fn relations(&self) -> Vec<&'static RelationDefinition> {
        let mut relations = Vec::new();
        let mut at = self;
        while let Some(step) = &at.0 {
            relations.push(step.relation);
            at = &step.before;
        }
        relations.reverse();
        relations
    }

    /// The path without its last relationship, that relationship, and the alias asked for.
    pub(crate) fn last(
        &self,
    ) -> Option<(&Path, &'static RelationDefinition, Option<&'static str>)> {
        self.0
            .as_ref()
            .map(|step| (&step.before, step.relation, step.alias))
    }
}

/// Two paths are one when they go along the same relationships under the same names.
impl PartialEq for Path {
    fn eq(&self, other: &Path) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(a), Some(b)) => {
                Arc::ptr_eq(a, b)
                    || (std::ptr::eq(a.relation, b.relation)
                        && a.alias == b.alias
                        && a.before == b.before)
            }
            _ => false,
        }
    }
}

/// A typed handle: a model as reached from the root of a query. The derive makes one for each model.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relationship",
    label = "not a relationship",
    note = "name one of the model's relationships here, as in `Task::preload(|task| task.project())`"
)]
pub trait RelationPath: Sized {
    /// The model the query starts from.
    type Root: 'static;
    /// The model at the end of the path.
    type Target: Model;

    /// The path.
    fn path(&self) -> &Path;

    /// A handle at the end of a path.
    fn at(path: Path) -> Self;

    /// The same relationship under a name of its own: it is joined once more.
    #[must_use]
    fn aliased(&self, alias: &'static str) -> Self {
        Self::at(self.path().aliased(alias))
    }

    /// Whether any related record meets a condition (SQL's EXISTS).
    fn any(
        &self,
        condition: impl FnOnce(<Self::Target as Model>::Handle<Self::Target>) -> Condition<Self::Target>,
    ) -> Condition<Self::Root> {
        exists(self.path(), Some(condition(root::<Self::Target>())))
    }

    /// Whether no related record meets a condition.
    fn none(
        &self,
        condition: impl FnOnce(<Self::Target as Model>::Handle<Self::Target>) -> Condition<Self::Target>,
    ) -> Condition<Self::Root> {
        self.any(condition).not()
    }

    /// Whether there is any related record.
    fn is_present(&self) -> Condition<Self::Root> {
        exists(self.path(), None::<Condition<Self::Target>>)
    }

    /// Whether there is no related record.
    fn is_absent(&self) -> Condition<Self::Root> {
        self.is_present().not()
    }
}

/// The handle of a model as the root of a query.
pub(crate) fn root<M: Model>() -> M::Handle<M> {
    M::Handle::<M>::at(Path::root())
}

fn exists<R, T>(path: &Path, condition: Option<Condition<T>>) -> Condition<R> {
    let condition = condition.map(|condition| Box::new(condition.into_expression()));
    Condition::new(match path.last() {
        Some((before, relation, _)) => Expression::Exists {
            relation,
            at: before.clone(),
            condition,
        },
        // The root exists by itself.
        None => condition.map_or(Expression::All(Vec::new()), |condition| *condition),
    })
}
