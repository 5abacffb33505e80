//! The tables of a query: one for each path, each with a name of its own, and what ties them together.

use super::expression::Expression;
use super::link::Link;
use super::path::Path;
use super::render::Renderer;
use super::select::JoinKind;
use crate::model::ModelDefinition;
use crate::value::ValueKind;

/// Longest alias that every database keeps apart from others.
const LONGEST_ALIAS: usize = 60;

/// The root of a query or of an EXISTS, and what is joined to it.
pub(super) struct Scope {
    definition: &'static ModelDefinition,
    pub(super) root: String,
    joins: Vec<Joined>,
}

/// One joined table.
struct Joined {
    path: Path,
    /// The table that it is tied to.
    before: Path,
    link: Link,
    alias: String,
    kind: JoinKind,
}

impl Scope {
    /// A table of this name and nothing else.
    pub(super) fn of(definition: &'static ModelDefinition, root: String) -> Self {
        Scope {
            definition,
            root,
            joins: Vec::new(),
        }
    }

    /// Whether a path leads to a table of this query.
    pub(super) fn contains(&self, path: &Path) -> bool {
        path.is_root() || self.joins.iter().any(|joined| joined.path == *path)
    }

    /// The name of the table at the end of a path; every path has been collected before.
    pub(super) fn alias(&self, path: &Path) -> &str {
        self.joins
            .iter()
            .find(|joined| joined.path == *path)
            .map_or(&self.root, |joined| &joined.alias)
    }

    /// The model of the table at the end of a path, and whether a row of it is always there.
    fn table_at(&self, path: &Path) -> (&'static ModelDefinition, bool) {
        match self.joins.iter().find(|joined| joined.path == *path) {
            Some(joined) => (joined.link.target(), joined.kind == JoinKind::Inner),
            None => (self.definition, true),
        }
    }

    /// The kind of a column.
    pub(super) fn kind_of(&self, expression: &Expression) -> Option<ValueKind> {
        match expression {
            Expression::Column(path, name) => self.kind_at(path, name),
            Expression::Cast { to, .. } => Some(*to),
            _ => None,
        }
    }

    /// The kind of a column of the table at the end of a path.
    pub(super) fn kind_at(&self, path: &Path, name: &str) -> Option<ValueKind> {
        let (definition, _) = self.table_at(path);
        let column = definition.columns.get(definition.column(name)?);
        column.map(|column| column.kind)
    }

    /// Whether an expression may be NULL, as far as the models say. What is written by hand is left as it is.
    pub(super) fn may_be_null(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Column(path, name) => {
                let (definition, is_there) = self.table_at(path);
                let column = definition.column(name);
                !is_there || column.is_none_or(|at| definition.columns[at].nullable)
            }
            Expression::Cast { of, .. } => self.may_be_null(of),
            Expression::Call {
                function: "COALESCE",
                arguments,
                ..
            } => arguments.iter().all(|argument| self.may_be_null(argument)),
            Expression::Call { function, .. } => *function != "COUNT",
            Expression::CountAll
            | Expression::Raw { .. }
            | Expression::RawOf { .. }
            | Expression::Exists { .. } => false,
            Expression::Value(value) => value.is_null(),
            _ => true,
        }
    }

    /// Takes in a path and what leads to it.
    pub(super) fn add(&mut self, path: &Path, kind: JoinKind) {
        let Some(step) = path.last() else {
            return;
        };
        if self.joins.iter().any(|joined| joined.path == *path) {
            if kind == JoinKind::Inner {
                self.make_inner(path);
            }
            return;
        }
        self.add(&step.before, kind);
        let mut links = step.links();
        let last = links.pop();
        let mut at = step.before.clone();
        for link in links {
            // What one record leads to is the same table, whoever asks for it.
            let next = match link.is_plain_and_single() {
                true => at.then(link.relation).faceted(link.facet.clone()),
                false => at.through(step.relation, link.clone(), step.alias),
            };
            self.add(&next, kind);
            at = next;
        }
        self.joins.extend(last.map(|link| Joined {
            path: path.clone(),
            before: at,
            link,
            alias: String::new(),
            kind,
        }));
    }

    /// Every join from the root to a known path drops the records that have nothing there.
    fn make_inner(&mut self, path: &Path) {
        let known = self.joins.iter_mut().find(|joined| joined.path == *path);
        if let Some(joined) = known.filter(|joined| joined.kind != JoinKind::Inner) {
            joined.kind = JoinKind::Inner;
            let before = joined.before.clone();
            self.make_inner(&before);
        }
    }
}

impl Renderer {
    /// Gives each join its alias: the names along its path, made distinct.
    pub(super) fn name_joins(&mut self, scope: &mut Scope) {
        for joined in &mut scope.joins {
            let alias = joined.path.alias();
            let wanted = alias.unwrap_or_else(|| joined.path.names().join("_"));
            joined.alias = self.take(&wanted);
        }
    }

    /// A name like `wanted` that nothing else in the statement has.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let short = if wanted.len() <= LONGEST_ALIAS {
            wanted
        } else {
            "joined"
        };
        let mut name = short.to_owned();
        let mut number = 1;
        while self.taken.contains(&name) {
            number += 1;
            name = format!("{short}_{number}");
        }
        self.taken.push(name.clone());
        name
    }

    pub(super) fn joins(&mut self, scope: &Scope) {
        for joined in &scope.joins {
            let before = scope.alias(&joined.before);
            self.join(joined.kind, &joined.link, &joined.alias, before);
        }
    }

    fn join(&mut self, kind: JoinKind, link: &Link, alias: &str, before: &str) {
        self.sql.push(match kind {
            JoinKind::Inner => " INNER JOIN ",
            JoinKind::Left => " LEFT JOIN ",
        });
        self.table(link.target(), alias);
        self.sql.push(" ON ");
        self.tie(link, alias, before);
    }

    fn table(&mut self, definition: &ModelDefinition, alias: &str) {
        self.sql.name(definition.table);
        self.sql.push(" AS ");
        self.sql.name(alias);
    }

    /// What ties the table `alias` at the end of a link to the table `before`.
    fn tie(&mut self, link: &Link, alias: &str, before: &str) {
        self.column(alias, link.their_key());
        self.sql.push(" = ");
        self.column(before, link.relation.own_key());
        if let Some((column, value)) = link.own_type() {
            self.sql.push(" AND ");
            self.column(before, column);
            self.sql.push(" = ");
            self.sql.bind(value);
        }
        for condition in link.conditions() {
            self.sql.push(" AND ");
            self.condition_on(condition, link.target(), alias);
        }
    }

    /// A condition on the one table `alias`. If it reaches further along relationships, which the ON of a join cannot
    /// do, a query of its own asks for the same row.
    fn condition_on(
        &mut self,
        condition: Expression,
        definition: &'static ModelDefinition,
        alias: &str,
    ) {
        if condition.is_about_root() {
            return self.expression(condition, &Scope::of(definition, alias.to_owned()));
        }
        let scope = self.scope_of(definition, definition.table, Some(&condition));
        self.sql.push("EXISTS (SELECT 1 FROM ");
        self.table(definition, &scope.root);
        self.joins(&scope);
        self.sql.push(" WHERE ");
        self.column(&scope.root, definition.key_name());
        self.sql.push(" = ");
        self.column(alias, definition.key_name());
        self.sql.push(" AND ");
        self.expression(condition, &scope);
        self.sql.push(")");
    }

    /// EXISTS over the relationship at the end of `path`. Its rows and joins have names of their own.
    pub(super) fn exists(&mut self, path: &Path, condition: Option<Expression>, outer: &Scope) {
        let Some(step) = path.last() else {
            return;
        };
        let links = step.links();
        let Some(target) = links.last().map(Link::target) else {
            return;
        };
        let scope = self.scope_of(target, step.relation.name, condition.as_ref());
        let aliases: Vec<String> = links
            .iter()
            .enumerate()
            .map(|(at, link)| match at + 1 == links.len() {
                true => scope.root.clone(),
                false => self.take(link.relation.name),
            })
            .collect();
        self.sql.push("EXISTS (SELECT 1 FROM ");
        for (at, (link, alias)) in links.iter().zip(&aliases).enumerate() {
            match at {
                0 => self.table(link.target(), alias),
                _ => self.join(JoinKind::Inner, link, alias, &aliases[at - 1]),
            }
        }
        self.joins(&scope);
        self.sql.push(" WHERE ");
        if let (Some(link), Some(alias)) = (links.first(), aliases.first()) {
            self.tie(link, alias, outer.alias(&step.before));
        }
        if let Some(condition) = condition {
            self.sql.push(" AND ");
            self.expression(condition, &scope);
        }
        self.sql.push(")");
    }

    /// A root called like `wanted`, and the joins that a condition on it needs.
    fn scope_of(
        &mut self,
        definition: &'static ModelDefinition,
        wanted: &str,
        condition: Option<&Expression>,
    ) -> Scope {
        let mut scope = Scope::of(definition, self.take(wanted));
        if let Some(condition) = condition {
            condition.paths(&mut |path| scope.add(path, JoinKind::Left));
        }
        self.name_joins(&mut scope);
        scope
    }
}
