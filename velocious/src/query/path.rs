//! Paths along relationships, and the handles that walk them.

use std::sync::Arc;

use super::condition::Condition;
use super::expression::Expression;
use super::link::{Link, links};
use crate::model::{Model, RelationDefinition};

/// A path from the root of a query along relationships; the root itself is the empty path. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Path(Option<Arc<Step>>);

/// The last relationship of a path.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) before: Path,
    pub(crate) relation: &'static RelationDefinition,
    pub(crate) alias: Option<&'static str>,
    /// The only link to take, where `relation` goes through others and this is one of them.
    link: Option<Link>,
}

impl Step {
    /// What ties the tables along it together; at least one.
    pub(crate) fn links(&self) -> Vec<Link> {
        match &self.link {
            Some(link) => vec![link.clone()],
            None => links(self.relation),
        }
    }
}

impl Path {
    /// The root of a query.
    pub fn root() -> Path {
        Path(None)
    }

    /// This path and one relationship further.
    pub fn then(&self, relation: &'static RelationDefinition) -> Path {
        self.step(relation, None, None)
    }

    /// This path and one link further, on the way of `relation`, which goes through others.
    pub(crate) fn through(&self, relation: &'static RelationDefinition, link: Link) -> Path {
        self.step(relation, None, Some(link))
    }

    /// The same path under a name of its own, which makes a join of its own; the root has none.
    pub fn aliased(&self, alias: &'static str) -> Path {
        match &self.0 {
            None => Path::root(),
            Some(step) => step
                .before
                .step(step.relation, Some(alias), step.link.clone()),
        }
    }

    fn step(
        &self,
        relation: &'static RelationDefinition,
        alias: Option<&'static str>,
        link: Option<Link>,
    ) -> Path {
        Path(Some(Arc::new(Step {
            before: self.clone(),
            relation,
            alias,
            link,
        })))
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_none()
    }

    /// The relationships from the root on.
    pub fn relations(&self) -> Vec<&'static RelationDefinition> {
        self.steps().iter().map(|step| step.relation).collect()
    }

    /// The names along the path, for an alias.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        // The relationship whose links are being taken: named once, before them.
        let mut inside = None;
        for step in self.steps() {
            let relation = step.relation.name;
            if inside.replace(relation) != Some(relation) || step.link.is_none() {
                names.push(relation);
            }
            let link = step.link.as_ref().map(|link| link.relation.name);
            names.extend(link.filter(|link| *link != relation));
            inside = inside.filter(|_| step.link.is_some());
        }
        names
    }

    fn steps(&self) -> Vec<&Step> {
        let mut steps = Vec::new();
        let mut at = self;
        while let Some(step) = &at.0 {
            steps.push(step.as_ref());
            at = &step.before;
        }
        steps.reverse();
        steps
    }

    /// The last relationship; none for the root.
    pub(crate) fn last(&self) -> Option<&Step> {
        self.0.as_deref()
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
                        && a.link == b.link
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
pub fn root<M: Model>() -> M::Handle<M> {
    M::Handle::<M>::at(Path::root())
}

/// The handle at the end of the relationship of `O` at this position, `before` being where `O` is.
pub fn related<O: Model, P: RelationPath>(before: &Path, relation: usize) -> P {
    P::at(before.then(&O::definition().relations[relation]))
}

fn exists<R, T>(path: &Path, condition: Option<Condition<T>>) -> Condition<R> {
    let condition = condition.map(|condition| Box::new(condition.into_expression()));
    Condition::new(match path.is_root() {
        false => Expression::Exists {
            path: path.clone(),
            condition,
        },
        // The root exists by itself.
        true => condition.map_or(Expression::All(Vec::new()), |condition| *condition),
    })
}
