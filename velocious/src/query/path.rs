//! Paths along relationships, and the handles that walk them.

use std::sync::Arc;

use super::condition::Condition;
use super::expression::Expression;
use super::link::{Link, links};
use crate::locale::Locale;
use crate::model::{Model, RelationDefinition, RelationKind};
use crate::value::Value;

/// A path from the root of a query along relationships; the root itself is the empty path. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Path(Option<Arc<Step>>);

/// The last relationship of a path.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) before: Path,
    pub(crate) relation: &'static RelationDefinition,
    /// Which of the records along it.
    pub(crate) facet: Facet,
    pub(crate) alias: Option<&'static str>,
    /// The only link to take, where `relation` goes through others and this is one of them.
    link: Option<Link>,
}

/// Which of the records along a relationship are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Facet {
    /// All of them.
    #[default]
    Whole,
    /// Those of one model, by its position, where they may be of several.
    Variant(usize),
    /// Those in one language, where they are translations.
    Locale(Locale),
}

impl Step {
    /// What ties the tables along it together; at least one.
    pub(crate) fn links(&self) -> Vec<Link> {
        match &self.link {
            Some(link) => vec![link.clone()],
            None => links(self.relation, &self.facet),
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
        Path::of(Step {
            before: self.clone(),
            relation,
            facet: Facet::Whole,
            alias: None,
            link: None,
        })
    }

    /// This path and one link further, on the way of `relation`, which goes through others; under a name of its own
    /// if the relationship is.
    pub(crate) fn through(
        &self,
        relation: &'static RelationDefinition,
        link: Link,
        alias: Option<&'static str>,
    ) -> Path {
        Path::of(Step {
            before: self.clone(),
            relation,
            facet: Facet::Whole,
            alias,
            link: Some(link),
        })
    }

    /// The same path under a name of its own, which makes a join of its own; the root has none.
    pub fn aliased(&self, alias: &'static str) -> Path {
        self.changed(|step| step.alias = Some(alias))
    }

    /// The same path to some of the records at its end.
    pub(crate) fn faceted(&self, facet: Facet) -> Path {
        self.changed(|step| step.facet = facet)
    }

    fn changed(&self, change: impl FnOnce(&mut Step)) -> Path {
        let Some(step) = &self.0 else {
            return Path::root();
        };
        let mut step = step.as_ref().clone();
        change(&mut step);
        Path::of(step)
    }

    fn of(step: Step) -> Path {
        Path(Some(Arc::new(step)))
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_none()
    }

    /// The name that was asked for; what lies on the way to it is named after it.
    pub(crate) fn alias(&self) -> Option<String> {
        let step = self.last()?;
        let alias = step.alias?;
        Some(match &step.link {
            Some(link) => format!("{alias}_{}", link.relation.name),
            None => alias.to_owned(),
        })
    }

    /// The names along the path, for an alias.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        // The relationship whose links are being taken: named once, before them.
        let mut inside = None;
        for step in self.steps() {
            let relation = step.relation.name;
            if inside.replace(relation) != Some(relation) || step.link.is_none() {
                names.push(relation.to_owned());
            }
            let link = step.link.as_ref().map(|link| link.relation.name);
            names.extend(link.filter(|link| *link != relation).map(str::to_owned));
            match &step.facet {
                Facet::Whole => {}
                Facet::Variant(_) => {
                    let target = step.relation.target_as(&step.facet);
                    names.push(target.model.to_lowercase());
                }
                Facet::Locale(locale) => {
                    names.push(locale.as_str().to_lowercase().replace('-', "_"));
                }
            }
            inside = inside.filter(|_| step.link.is_some());
        }
        names
    }

    /// Whether it may lead from one record to several.
    pub(crate) fn may_repeat(&self) -> bool {
        let is_single = |link: &Link| link.relation.kind == RelationKind::BelongsTo;
        let mut steps = self.steps().into_iter();
        steps.any(|step| !step.links().iter().all(is_single))
    }

    /// The steps from the root on.
    pub(crate) fn steps(&self) -> Vec<&Step> {
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
                        && a.facet == b.facet
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

    /// A condition of raw SQL on the table at the end of the path, which stands in it as `{table}`; each `?` outside of
    /// quotes takes the next of `binds`. What leads there is joined, as for every condition.
    ///
    /// ```
    /// use velocious::prelude::*;
    /// # #[derive(Model)] pub struct Project { pub id: i64, pub name: String, pub record: RecordState }
    /// # #[derive(Model)] pub struct Task { pub id: i64, pub project_id: i64, #[belongs_to] pub project: BelongsTo<Project>, pub record: RecordState }
    ///
    /// # async fn example(db: &Db) -> Result<()> {
    /// let tasks = Task::filter(|t| t.project().sql("length({table}.name) > ?", [3.into()]));
    /// # let _ = tasks.load(db).await?; Ok(()) }
    /// # fn main() {}
    /// ```
    fn sql(
        &self,
        sql: impl Into<String>,
        binds: impl IntoIterator<Item = Value>,
    ) -> Condition<Self::Root> {
        Condition::new(Expression::RawOf {
            path: self.path().clone(),
            sql: format!("({})", sql.into()),
            binds: binds.into_iter().collect(),
        })
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

/// What a query can preload: a relationship, to records of one model or of several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relationship",
    label = "not a relationship",
    note = "name one of the model's relationships here, as in `Task::preload(|task| task.project())`"
)]
pub trait PreloadPath {
    /// The model the query starts from.
    type Root: 'static;

    /// The path.
    #[doc(hidden)]
    fn preload_path(&self) -> &Path;
}

impl<P: RelationPath> PreloadPath for P {
    type Root = P::Root;

    fn preload_path(&self) -> &Path {
        self.path()
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

/// The same for a relationship to records of several models.
pub fn related_any<O: Model, P: AnyHandle>(before: &Path, relation: usize) -> P {
    P::at(before.then(&O::definition().relations[relation]))
}

/// A typed handle: records of several models as reached from the root of a query.
#[diagnostic::on_unimplemented(
    message = "`{Self}` leads to one model, and `as` is for a relationship that may lead to several",
    label = "leads to one model",
    note = "declare that relationship as `#[belongs_to(polymorphic)]`, or remove `as` and name its key with `key = …`"
)]
pub trait AnyHandle: PreloadPath {
    /// The enum of the models.
    type Any;

    /// A handle at the end of a path.
    fn at(path: Path) -> Self;
}

/// The handle of the model at this position among those of which the records at the end of a path may be.
pub fn variant<P: RelationPath>(path: &Path, variant: usize) -> P {
    P::at(path.faceted(Facet::Variant(variant)))
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
