//! Runs a model's validations on the values of its columns.

use super::Errors;
use super::definition::{ModelDefinition, RelationKind, Rule, Validation};
use crate::Result;
use crate::database::row::Rows;
use crate::database::{DatabaseError, DatabaseErrorKind, Db};
use crate::query::select::Select;
use crate::query::{Expression, Path, render};
use crate::value::Value;

/// What is wrong with a record whose columns hold `values`; `stored_key` is its row's key, if it has a row.
pub(super) async fn check(
    definition: &'static ModelDefinition,
    values: &[Value],
    stored_key: Option<&Value>,
    db: &Db,
) -> Result<Errors> {
    let mut errors = Errors::default();
    for validation in definition.validations {
        let Some(value) = values.get(validation.column) else {
            continue;
        };
        let attribute = definition.column_name(validation.column);
        match &validation.rule {
            Rule::Presence if value.is_blank() => {
                errors.add(attribute, "presence", "can't be blank")
            }
            Rule::Presence => {}
            Rule::Length { minimum, maximum } => {
                length(&mut errors, attribute, value, *minimum, *maximum)
            }
            Rule::Uniqueness { scope } => {
                if is_taken(definition, validation, scope, values, stored_key, db).await? {
                    errors.add(attribute, "uniqueness", TAKEN);
                }
            }
        }
    }
    Ok(errors)
}

const TAKEN: &str = "has already been taken";

fn length(
    errors: &mut Errors,
    attribute: &str,
    value: &Value,
    minimum: Option<usize>,
    maximum: Option<usize>,
) {
    let length = match value {
        Value::Text(text) => text.chars().count(),
        Value::Binary(bytes) => bytes.len(),
        _ => return,
    };
    let letters = |count: usize| {
        if count == 1 {
            "character"
        } else {
            "characters"
        }
    };
    if let Some(minimum) = minimum.filter(|minimum| length < *minimum) {
        let text = format!("is too short (minimum is {minimum} {})", letters(minimum));
        errors.add(attribute, "too_short", text);
    }
    if let Some(maximum) = maximum.filter(|maximum| length > *maximum) {
        let text = format!("is too long (maximum is {maximum} {})", letters(maximum));
        errors.add(attribute, "too_long", text);
    }
}

/// Whether another row has the value. NULL is never taken, as in a unique index.
async fn is_taken(
    definition: &'static ModelDefinition,
    validation: &Validation,
    scope: &[usize],
    values: &[Value],
    stored_key: Option<&Value>,
    db: &Db,
) -> Result<bool> {
    let value = &values[validation.column];
    if value.is_null() {
        return Ok(false);
    }
    let column = |at: usize| Box::new(Expression::Column(Path::root(), definition.column_name(at)));
    let equal = |at: usize, value: &Value| match value {
        Value::Null(_) => Expression::IsNull {
            of: column(at),
            negated: false,
        },
        value => Expression::Binary(
            column(at),
            " = ",
            Box::new(Expression::Value(value.clone())),
        ),
    };
    let mut select = Select::new(definition);
    select.conditions.push(equal(validation.column, value));
    let scope = scope
        .iter()
        .filter_map(|at| values.get(*at).map(|value| equal(*at, value)));
    select.conditions.extend(scope);
    if let Some(key) = stored_key {
        let key = Box::new(Expression::Value(key.clone()));
        select.conditions.push(Expression::Binary(
            column(definition.primary_key),
            " <> ",
            key,
        ));
    }
    select.items = vec![Expression::Column(Path::root(), definition.key_name())];
    any(select, db).await
}

/// What a refusal of the database means in terms of the model: a value that is taken, a record that has to exist and
/// does not. `None` when it means nothing to the model.
pub(super) async fn refusal(
    definition: &'static ModelDefinition,
    values: &[Value],
    error: &DatabaseError,
    db: &Db,
) -> Result<Option<Errors>> {
    match error.kind() {
        DatabaseErrorKind::UniqueViolation => Ok(lost_race(definition, error)),
        DatabaseErrorKind::ForeignKeyViolation => missing_owners(definition, values, db).await,
        _ => Ok(None),
    }
}

/// Which of the records that this one belongs to do not exist. Asked only after the foreign key was violated, because
/// that costs a record without fault nothing, and because the database does not say which one it was.
async fn missing_owners(
    definition: &'static ModelDefinition,
    values: &[Value],
    db: &Db,
) -> Result<Option<Errors>> {
    let mut errors = Errors::default();
    let belonging = definition
        .relations
        .iter()
        .filter(|relation| relation.kind == RelationKind::BelongsTo);
    for relation in belonging {
        let value = values.get(relation.own_key);
        let Some(value) = value.filter(|value| !value.is_null()) else {
            continue;
        };
        // Where the target may be of several models, there is no foreign key to violate.
        let Some(target) = relation.target() else {
            continue;
        };
        let mut select = Select::new(target);
        let key = || Expression::Column(Path::root(), relation.their_key());
        let value = Box::new(Expression::Value(value.clone()));
        select
            .conditions
            .push(Expression::Binary(Box::new(key()), " = ", value));
        select.items = vec![key()];
        if !any(select, db).await? {
            errors.add(relation.own_key(), "existence", "must exist");
        }
    }
    Ok((!errors.is_empty()).then_some(errors))
}

/// Whether a query finds a row.
async fn any(mut select: Select, db: &Db) -> Result<bool> {
    select.limit = Some(1);
    let statement = render::select(db.dialect(), select);
    let sink = db.fetch(statement, Rows::<()>::new(|_| Ok(()))).await?;
    Ok(!Rows::<()>::collected(sink).is_empty())
}

/// What a unique index's refusal means in terms of the model's uniqueness validations: another record was quicker
/// than the lookup. `None` when no validation speaks of those columns.
fn lost_race(definition: &ModelDefinition, error: &DatabaseError) -> Option<Errors> {
    let columns = error.unique_columns()?;
    let validation = definition.validations.iter().find(|validation| {
        let Rule::Uniqueness { scope } = &validation.rule else {
            return false;
        };
        let own = std::iter::once(&validation.column).chain(*scope);
        columns.len() == scope.len() + 1
            && own
                .map(|at| definition.column_name(*at))
                .all(|name| columns.iter().any(|column| column == name))
    })?;
    let mut errors = Errors::default();
    errors.add(
        definition.column_name(validation.column),
        "uniqueness",
        TAKEN,
    );
    Some(errors)
}
