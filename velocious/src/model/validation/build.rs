//! Rules in few words: what the derive writes, one line for each.

use super::rule::{Allowed, Bound, Operator, Pattern, Rule, Validation};

/// Not blank.
pub const fn presence(attribute: usize) -> Validation {
    Validation::new(attribute, Rule::Presence)
}

/// Blank.
pub const fn absence(attribute: usize) -> Validation {
    Validation::new(attribute, Rule::Absence)
}

/// True.
pub const fn acceptance(attribute: usize) -> Validation {
    Validation::new(attribute, Rule::Acceptance)
}

/// A whole number.
pub const fn only_integer(attribute: usize) -> Validation {
    Validation::new(attribute, Rule::OnlyInteger)
}

/// An odd number.
pub const fn odd(attribute: usize) -> Validation {
    Validation::new(attribute, Rule::Odd)
}

/// An even number.
pub const fn even(attribute: usize) -> Validation {
    Validation::new(attribute, Rule::Even)
}

/// At least so many characters.
pub const fn shortest(attribute: usize, minimum: usize) -> Validation {
    let (minimum, maximum) = (Some(minimum), None);
    Validation::new(attribute, Rule::Length { minimum, maximum })
}

/// At most so many characters.
pub const fn longest(attribute: usize, maximum: usize) -> Validation {
    let (minimum, maximum) = (None, Some(maximum));
    Validation::new(attribute, Rule::Length { minimum, maximum })
}

/// Between so many characters.
pub const fn length(attribute: usize, minimum: usize, maximum: usize) -> Validation {
    let (minimum, maximum) = (Some(minimum), Some(maximum));
    Validation::new(attribute, Rule::Length { minimum, maximum })
}

/// In no other record.
pub const fn unique(attribute: usize, scope: &'static [usize]) -> Validation {
    let any_case = false;
    Validation::new(attribute, Rule::Uniqueness { scope, any_case })
}

/// In no other record, whatever the case of the letters.
pub const fn unique_in_any_case(attribute: usize, scope: &'static [usize]) -> Validation {
    let any_case = true;
    Validation::new(attribute, Rule::Uniqueness { scope, any_case })
}

/// Text that matches.
pub const fn format(attribute: usize, pattern: fn() -> &'static Pattern) -> Validation {
    let matches = true;
    Validation::new(attribute, Rule::Format { pattern, matches })
}

/// Text that does not match.
pub const fn no_format(attribute: usize, pattern: fn() -> &'static Pattern) -> Validation {
    let matches = false;
    Validation::new(attribute, Rule::Format { pattern, matches })
}

/// One of these.
pub const fn inclusion(attribute: usize, allowed: fn() -> &'static Allowed) -> Validation {
    Validation::new(attribute, Rule::Inclusion(allowed))
}

/// None of these.
pub const fn exclusion(attribute: usize, allowed: fn() -> &'static Allowed) -> Validation {
    Validation::new(attribute, Rule::Exclusion(allowed))
}

/// A number that compares so with a whole number.
pub const fn integer(attribute: usize, operator: Operator, bound: i64) -> Validation {
    Validation::new(attribute, Rule::Number(operator, Bound::Integer(bound)))
}

/// A number that compares so with a number with a fraction.
pub const fn double(attribute: usize, operator: Operator, bound: f64) -> Validation {
    Validation::new(attribute, Rule::Number(operator, Bound::Double(bound)))
}

/// A value that compares so with another attribute's.
pub const fn comparison(attribute: usize, operator: Operator, other: usize) -> Validation {
    Validation::new(attribute, Rule::Comparison(operator, other))
}

/// The same as another attribute, if that is given.
pub const fn confirmation(attribute: usize, other: usize) -> Validation {
    Validation::new(attribute, Rule::Confirmation(other))
}

/// Valid related records.
pub const fn associated(relation: usize) -> Validation {
    Validation::new(0, Rule::Associated(relation))
}

/// What a function of the model says.
pub const fn custom(function: usize) -> Validation {
    Validation::new(0, Rule::Custom(function))
}
