//! Runs a model's validations on the values of a record.
//!
//! * [`rule`]: the rules; [`build`]: the same in few words, as the derive writes them; `compare`: values among each other.
//! * `refusal`: what the database's refusal of a row means in terms of the model.
//! * `uniqueness`: the lookups.

pub(crate) mod build;
mod compare;
mod refusal;
pub(super) mod rule;
mod uniqueness;

pub(super) use refusal::refusal;

use rule::{Bound, Occasion, Operator, Rule, Validation};

use super::Errors;
use super::definition::ModelDefinition;
use super::erased::AnyRecord;
use crate::database::Db;
use crate::value::Value;
use crate::{BoxFuture, Result};

/// What is wrong with a record.
pub(super) fn check<'a>(record: &'a dyn AnyRecord, db: &'a Db) -> BoxFuture<'a, Result<Errors>> {
    Box::pin(async move {
        let definition = record.definition();
        let mut errors = Errors::of(definition.model);
        if definition.validations.is_empty() {
            return Ok(errors);
        }
        let subject = Subject::new(record);
        for validation in definition.validations {
            if subject.is_concerned(validation) {
                subject.check(validation, db, &mut errors).await?;
            }
        }
        Ok(errors)
    })
}

/// A record under examination.
struct Subject<'a> {
    record: &'a dyn AnyRecord,
    definition: &'static ModelDefinition,
    /// Of its columns and, behind them, of its fields that are not stored.
    values: Vec<Value>,
}

impl<'a> Subject<'a> {
    fn new(record: &'a dyn AnyRecord) -> Self {
        let definition = record.definition();
        let attributes = definition.columns.len() + definition.transients.len();
        Subject {
            record,
            definition,
            values: (0..attributes).map(|at| record.value(at)).collect(),
        }
    }

    fn is_concerned(&self, validation: &Validation) -> bool {
        let is_occasion = match validation.occasion {
            Occasion::Any => true,
            Occasion::Create => self.record.state().is_new(),
            Occasion::Update => !self.record.state().is_new(),
        };
        is_occasion
            && !(validation.allows_blank && self.value(validation.attribute).is_blank())
            && validation
                .guard
                .is_none_or(|guard| self.record.is_guarded(guard))
    }

    fn value(&self, attribute: usize) -> &Value {
        const NOTHING: &Value = &Value::Null(crate::value::ValueKind::Bool);
        self.values.get(attribute).unwrap_or(NOTHING)
    }

    /// Adds what is wrong by one rule.
    async fn check(&self, validation: &Validation, db: &Db, errors: &mut Errors) -> Result<()> {
        let failure = match &validation.rule {
            Rule::Uniqueness { scope, any_case } => {
                uniqueness::is_taken(self, validation.attribute, scope, *any_case, db)
                    .await?
                    .then_some(TAKEN)
            }
            Rule::Associated(relation) => {
                let is_valid = self.are_valid(*relation, db).await?;
                (!is_valid).then_some(Failure::new("associated", "is invalid"))
            }
            Rule::Custom(function) => {
                return self.record.check_custom(*function, db, errors).await;
            }
            rule => self.failure(validation.attribute, rule),
        };
        if let Some(failure) = failure {
            let attribute = match validation.rule {
                // Who typed it in again was mistaken there.
                Rule::Confirmation(with) => self.definition.attribute_name(with),
                Rule::Associated(relation) => self.definition.relation_name(relation),
                _ => self.definition.attribute_name(validation.attribute),
            };
            let text = validation.message.unwrap_or(failure.text);
            errors.add_with(attribute, failure.kind, text, failure.details);
        }
        Ok(())
    }

    /// What is wrong by a rule that needs nothing but the values.
    fn failure(&self, attribute: usize, rule: &Rule) -> Option<Failure> {
        let value = self.value(attribute);
        match rule {
            Rule::Presence if value.is_blank() => {
                return Some(Failure::new("presence", "can't be blank"));
            }
            Rule::Absence if !value.is_blank() => {
                return Some(Failure::new("absence", "must be blank"));
            }
            _ if value.is_null() => return None,
            _ => {}
        }
        let fails = match rule {
            Rule::Length { minimum, maximum } => return length(value, *minimum, *maximum),
            Rule::Number(operator, bound) => return number(value, *operator, *bound),
            Rule::Comparison(operator, with) => return self.comparison(value, *operator, *with),
            Rule::Confirmation(with) => {
                let again = self.value(*with);
                let name = super::errors::attribute_name(
                    self.definition.model,
                    self.definition.attribute_name(attribute),
                );
                return (!again.is_null() && again != value).then(|| {
                    Failure::new("confirmation", "doesn't match %{attribute}")
                        .with("attribute", Value::Text(name))
                });
            }
            Rule::Format { pattern, matches } => match value {
                Value::Text(text) => pattern().matches(text) != *matches,
                _ => false,
            },
            Rule::Inclusion(allowed) => !allowed().contains(value),
            Rule::Exclusion(allowed) => allowed().contains(value),
            Rule::OnlyInteger => !compare::is_whole(value),
            Rule::Odd => compare::is_odd(value) != Some(true),
            Rule::Even => compare::is_odd(value) != Some(false),
            Rule::Acceptance => *value != Value::Bool(true),
            _ => false,
        };
        let (kind, text) = match rule {
            Rule::Format { .. } => ("format", "is invalid"),
            Rule::Inclusion(_) => ("inclusion", "is not included in the list"),
            Rule::Exclusion(_) => ("exclusion", "is reserved"),
            Rule::OnlyInteger => ("only_integer", "must be an integer"),
            Rule::Odd => ("odd", "must be odd"),
            Rule::Even => ("even", "must be even"),
            _ => ("acceptance", "must be accepted"),
        };
        fails.then(|| Failure::new(kind, text).with("value", value.clone()))
    }

    fn comparison(&self, value: &Value, operator: Operator, with: usize) -> Option<Failure> {
        let other = self.value(with);
        let holds = compare::holds(operator, compare::order(value, other)?);
        (!holds).then(|| {
            let (kind, text) = operator_words(operator);
            Failure::new(kind, text).with("count", other.clone())
        })
    }

    /// Whether the loaded records of a relationship are valid; what is not loaded has not been changed either.
    async fn are_valid(&self, relation: usize, db: &Db) -> Result<bool> {
        let Some(slot) = self.record.slot(relation) else {
            return Ok(true);
        };
        let mut all_valid = true;
        for related in slot.related() {
            if let Some(related) = related.as_record() {
                all_valid &= check(related, db).await?.is_empty();
            }
        }
        Ok(all_valid)
    }
}

/// A rule that was not kept.
struct Failure {
    kind: &'static str,
    /// With `%{…}` for each detail.
    text: &'static str,
    details: Vec<(&'static str, Value)>,
}

const TAKEN: Failure = Failure {
    kind: "uniqueness",
    text: "has already been taken",
    details: Vec::new(),
};

impl Failure {
    fn new(kind: &'static str, text: &'static str) -> Self {
        Failure {
            kind,
            text,
            details: Vec::new(),
        }
    }

    fn with(mut self, name: &'static str, value: Value) -> Self {
        self.details.push((name, value));
        self
    }
}

fn length(value: &Value, minimum: Option<usize>, maximum: Option<usize>) -> Option<Failure> {
    let length = match value {
        Value::Text(text) => text.chars().count(),
        Value::Binary(bytes) => bytes.len(),
        _ => return None,
    };
    let (kind, one, many, bound) = match (minimum, maximum) {
        (Some(exactly), Some(most)) if exactly == most && length != exactly => (
            "wrong_length",
            "is the wrong length (should be %{count} character)",
            "is the wrong length (should be %{count} characters)",
            exactly,
        ),
        (Some(minimum), _) if length < minimum => (
            "too_short",
            "is too short (minimum is %{count} character)",
            "is too short (minimum is %{count} characters)",
            minimum,
        ),
        (_, Some(maximum)) if length > maximum => (
            "too_long",
            "is too long (maximum is %{count} character)",
            "is too long (maximum is %{count} characters)",
            maximum,
        ),
        _ => return None,
    };
    let text = if bound == 1 { one } else { many };
    let count = i64::try_from(bound).unwrap_or(i64::MAX);
    Some(Failure::new(kind, text).with("count", Value::BigInt(count)))
}

fn number(value: &Value, operator: Operator, bound: Bound) -> Option<Failure> {
    // What does not compare, like NaN, is neither greater nor less.
    let holds =
        compare::with_bound(value, bound).is_some_and(|order| compare::holds(operator, order));
    (!holds).then(|| {
        let (kind, text) = operator_words(operator);
        let count = match bound {
            Bound::Integer(number) => Value::BigInt(number),
            Bound::Double(number) => Value::Double(number),
        };
        Failure::new(kind, text)
            .with("count", count)
            .with("value", value.clone())
    })
}

fn operator_words(operator: Operator) -> (&'static str, &'static str) {
    match operator {
        Operator::Greater => ("greater_than", "must be greater than %{count}"),
        Operator::GreaterOrEqual => (
            "greater_than_or_equal",
            "must be greater than or equal to %{count}",
        ),
        Operator::Less => ("less_than", "must be less than %{count}"),
        Operator::LessOrEqual => (
            "less_than_or_equal",
            "must be less than or equal to %{count}",
        ),
        Operator::Equal => ("equal_to", "must be equal to %{count}"),
        Operator::Other => ("other_than", "must be other than %{count}"),
    }
}
