//! What a refusal of the database means in terms of the model.

use super::rule::{Rule, Validation};
use super::{Subject, TAKEN, uniqueness};
use crate::Result;
use crate::database::{DatabaseError, DatabaseErrorKind, Db};
use crate::model::Errors;
use crate::model::definition::{ModelDefinition, RelationKind};
use crate::model::erased::AnyRecord;
use crate::query::Expression;
use crate::query::select::Select;

/// The messages for a value that is taken, or for a record that has to exist and does not. `None` when the refusal
/// means nothing to the model.
pub(in crate::model) async fn refusal(
    record: &dyn AnyRecord,
    error: &DatabaseError,
    db: &Db,
) -> Result<Option<Errors>> {
    let subject = Subject::new(record);
    let errors = match error.kind() {
        DatabaseErrorKind::UniqueViolation => lost_race(&subject, error, db).await?,
        DatabaseErrorKind::ForeignKeyViolation => missing_owners(&subject, db).await?,
        _ => return Ok(None),
    };
    Ok((!errors.is_empty()).then_some(errors))
}

/// Another record was quicker than the lookup: which validation speaks of the columns that the database names, or
/// else, where it names none that the model knows, which value is taken now.
async fn lost_race(subject: &Subject<'_>, error: &DatabaseError, db: &Db) -> Result<Errors> {
    let definition = subject.definition;
    let mut errors = Errors::of(definition.model);
    let mut columns = error.unique_columns().unwrap_or_default();
    // A column that the database computes from others says no more about them than an expression does.
    if columns
        .iter()
        .any(|column| definition.column(column).is_none())
    {
        columns = &[];
    }
    for validation in definition.validations {
        let Rule::Uniqueness { scope, any_case } = &validation.rule else {
            continue;
        };
        let at = validation.attribute;
        let is_taken = match columns {
            [] => uniqueness::is_taken(subject, at, scope, *any_case, db).await?,
            columns => are_these(definition, columns, at, scope),
        };
        if is_taken {
            add(definition, validation, &mut errors);
            break;
        }
    }
    Ok(errors)
}

fn add(definition: &ModelDefinition, validation: &Validation, errors: &mut Errors) {
    let attribute = definition.attribute_name(validation.attribute);
    let text = validation.message.unwrap_or(TAKEN.text);
    errors.add_with(attribute, TAKEN.kind, text, Vec::new());
}

fn are_these(
    definition: &ModelDefinition,
    columns: &[String],
    attribute: usize,
    scope: &[usize],
) -> bool {
    let mut own = std::iter::once(&attribute).chain(scope);
    columns.len() == scope.len() + 1
        && own.all(|at| {
            let name = definition.column_name(*at);
            columns.iter().any(|column| column == name)
        })
}

/// Which of the records that this one belongs to do not exist. Asked only after the foreign key was violated, because
/// that costs a record without fault nothing, and because the database does not say which one it was.
async fn missing_owners(subject: &Subject<'_>, db: &Db) -> Result<Errors> {
    let definition = subject.definition;
    let mut errors = Errors::of(definition.model);
    let belonging = definition
        .relations
        .iter()
        .filter(|relation| relation.kind == RelationKind::BelongsTo);
    for relation in belonging {
        let value = subject.value(relation.own_key);
        if value.is_null() {
            continue;
        }
        // Where the target may be of several models, there is no foreign key to violate.
        let Some(target) = relation.target() else {
            continue;
        };
        let mut select = Select::new(target);
        let key = || Expression::own(relation.their_key());
        select
            .conditions
            .push(Expression::equal(key(), value.clone()));
        select.items = vec![key()];
        if !uniqueness::any(select, db).await? {
            let attribute = definition.attribute_name(relation.own_key);
            errors.add_with(attribute, "existence", "must exist", Vec::new());
        }
    }
    Ok(errors)
}
