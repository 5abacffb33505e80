//! Looking for another record that has a value already.

use super::Subject;
use crate::Result;
use crate::database::Db;
use crate::database::row::Rows;
use crate::model::translation;
use crate::query::select::Select;
use crate::query::{Expression, render};

/// Whether another row has the value. NULL is never taken, as in a unique index.
pub(super) async fn is_taken(
    subject: &Subject<'_>,
    attribute: usize,
    scope: &[usize],
    any_case: bool,
    db: &Db,
) -> Result<bool> {
    let value = subject.value(attribute);
    if value.is_null() {
        return Ok(false);
    }
    let definition = subject.definition;
    let column = |at: usize| {
        let translated = translation::own_column(subject.record, at);
        translated.unwrap_or_else(|| Expression::own(definition.column_name(at)))
    };
    let mut select = Select::new(definition);
    select.conditions.push(match any_case {
        true => Expression::Binary(
            Box::new(lower(column(attribute))),
            " = ",
            Box::new(lower(Expression::Value(value.clone()))),
        ),
        false => Expression::equal(column(attribute), value.clone()),
    });
    let scope = scope
        .iter()
        .map(|at| Expression::equal(column(*at), subject.value(*at).clone()));
    select.conditions.extend(scope);
    let stored = subject.record.state().columns();
    if let Some(key) = stored.get(definition.primary_key) {
        select.conditions.push(Expression::Binary(
            Box::new(column(definition.primary_key)),
            " <> ",
            Box::new(Expression::Value(key.clone())),
        ));
    }
    select.items = vec![column(definition.primary_key)];
    any(select, db).await
}

fn lower(text: Expression) -> Expression {
    Expression::Call {
        function: "LOWER",
        distinct: false,
        arguments: vec![text],
    }
}

/// Whether a query finds a row.
pub(super) async fn any(mut select: Select, db: &Db) -> Result<bool> {
    select.limit = Some(1);
    let statement = render::select(db.dialect(), select);
    let sink = db.fetch(statement, Rows::<()>::new(|_| Ok(()))).await?;
    Ok(!Rows::<()>::collected(sink).is_empty())
}
