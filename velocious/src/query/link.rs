//! Links: what ties one table to the next along a relationship.
//!
//! A relationship is one link, or, if it goes through another one, as many as that takes.

use super::expression::Expression;
use super::path::{Facet, Path};
use crate::model::translation::LOCALE;
use crate::model::{ModelDefinition, RelationDefinition, RelationKind};
use crate::value::Value;

/// How many links one relationship may take; more can only mean that it goes through itself.
const MOST_LINKS: usize = 64;

/// One table further.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// A relationship that goes through no other one.
    pub(crate) relation: &'static RelationDefinition,
    /// Which of the records along it.
    pub(crate) facet: Facet,
    /// What records at its end must meet: its own scope, and those of the relationships that end there too.
    pub(crate) scopes: Vec<fn() -> Expression>,
}

impl Link {
    pub(crate) fn target(&self) -> &'static ModelDefinition {
        self.relation.target_as(&self.facet)
    }

    /// The column of the target's table that takes part.
    pub(crate) fn their_key(&self) -> &'static str {
        self.relation.their_key_in(self.target())
    }

    /// The column of the owner's table that says of which model the target is, and what it must say.
    pub(crate) fn own_type(&self) -> Option<(&'static str, Value)> {
        let owner = (self.relation.owner)();
        let column = owner.column_name(self.relation.own_type?);
        Some((column, Value::Text(self.target().model.to_owned())))
    }

    /// The conditions on the records at its end, rooted there.
    pub(crate) fn conditions(&self) -> Vec<Expression> {
        let their_type = self.relation.their_type.map(|column| {
            let owner = (self.relation.owner)().model.to_owned();
            Expression::equal(Expression::own(column()), Value::Text(owner))
        });
        let locale = match &self.facet {
            Facet::Locale(locale) => {
                let column = Expression::own(self.target().column_name(LOCALE));
                Some(Expression::equal(column, Value::Text(locale.to_string())))
            }
            _ => None,
        };
        let scopes = self.scopes.iter().map(|scope| scope());
        their_type.into_iter().chain(locale).chain(scopes).collect()
    }

    /// Whether it is just what a path along its own relationship takes, and leads to one record.
    pub(super) fn is_plain_and_single(&self) -> bool {
        self.relation.kind == RelationKind::BelongsTo
            && self.scopes.len() == usize::from(self.relation.scope.is_some())
    }
}

/// Two links are one when they go along the same relationship to the same records.
impl PartialEq for Link {
    fn eq(&self, other: &Link) -> bool {
        std::ptr::eq(self.relation, other.relation)
            && self.facet == other.facet
            && self.scopes.len() == other.scopes.len()
            && self
                .scopes
                .iter()
                .zip(&other.scopes)
                .all(|(one, other)| std::ptr::fn_addr_eq(*one, *other))
    }
}

/// The links of a relationship, of which there is at least one.
pub(crate) fn links(relation: &'static RelationDefinition, facet: &Facet) -> Vec<Link> {
    let mut found = Vec::new();
    collect(relation, facet, &mut found);
    found
}

fn collect(relation: &'static RelationDefinition, facet: &Facet, found: &mut Vec<Link>) {
    match relation.through.filter(|_| found.len() < MOST_LINKS) {
        Some(through) => {
            for step in through().steps() {
                collect(step.relation, &step.facet, found);
            }
            if let Some(last) = found.last_mut() {
                last.scopes.extend(relation.scope);
            }
        }
        None => found.push(Link {
            relation,
            facet: facet.clone(),
            scopes: relation.scope.into_iter().collect(),
        }),
    }
}

/// The first link of a relationship, and the path along the others, rooted at its end: what a query starts from that
/// asks for the related records of many owners.
pub(crate) fn way(relation: &'static RelationDefinition, facet: &Facet) -> (Link, Path) {
    let mut rest = links(relation, facet);
    let first = rest.remove(0);
    let path = rest.into_iter().fold(Path::root(), |path, link| {
        path.through(relation, link, None)
    });
    (first, path)
}
