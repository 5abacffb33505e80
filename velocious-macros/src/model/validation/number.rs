//! The rules about numbers, and about two fields that compare.

use proc_macro2::Span;

use super::args::{ComparisonOptions, NumericalityOptions};
use super::rule::{Operator, Rule};
use crate::fault::Faults;
use crate::option::{Name, Number};

/// The rules of one `numericality`.
pub(super) fn numericality(
    options: &NumericalityOptions,
    span: Span,
    faults: &mut Faults,
) -> Vec<Rule> {
    let bounds = [
        (Operator::Greater, options.greater_than),
        (Operator::GreaterOrEqual, options.greater_than_or_equal),
        (Operator::Less, options.less_than),
        (Operator::LessOrEqual, options.less_than_or_equal),
        (Operator::Equal, options.equal_to),
        (Operator::Other, options.other_than),
    ];
    let bounds = bounds.into_iter();
    let bounds: Vec<_> = bounds
        .filter_map(|(operator, bound)| Some((operator, bound?)))
        .collect();
    bounds_leave_room(&bounds, faults);
    if let (Some(_), Some(even)) = (options.odd, options.even) {
        faults.at_span(
            even.0,
            "no number is both odd and even; keep one of the two",
        );
    }
    let mut rules: Vec<_> = bounds
        .into_iter()
        .map(|(operator, bound)| Rule::Number(operator, bound))
        .collect();
    rules.extend(options.only_integer.map(|_| Rule::OnlyInteger));
    rules.extend(options.odd.map(|_| Rule::Odd));
    rules.extend(options.even.map(|_| Rule::Even));
    if rules.is_empty() {
        faults.at_span(
            span,
            "a number is a number by its type; say which ones there are: `numericality(greater_than = 0)`",
        );
    }
    rules
}

/// Bounds that say the same twice, or that no number is between, are surely not meant.
fn bounds_leave_room(bounds: &[(Operator, Number)], faults: &mut Faults) {
    let of = |operators: [Operator; 2]| -> Vec<&(Operator, Number)> {
        let bounds = bounds.iter();
        bounds
            .filter(|(operator, _)| operators.contains(operator))
            .collect()
    };
    let lower = of([Operator::Greater, Operator::GreaterOrEqual]);
    let upper = of([Operator::Less, Operator::LessOrEqual]);
    for (end, same) in [("lower", &lower), ("upper", &upper)] {
        if let [_, (_, again)] = same[..] {
            faults.at_span(
                again.span,
                format!("there is a {end} bound already; keep one"),
            );
        }
    }
    if let (Some((above, low)), Some((below, high))) = (lower.first(), upper.first()) {
        let touches = *above == Operator::GreaterOrEqual && *below == Operator::LessOrEqual;
        if low.value > high.value || (low.value >= high.value && !touches) {
            faults.at_span(
                high.span,
                format!(
                    "no number is above {} and below {}; exchange the two",
                    low.value, high.value
                ),
            );
        }
    }
}

/// The fields that one `comparison` compares with.
pub(super) fn comparisons<'a>(
    options: &'a ComparisonOptions,
    span: Span,
    faults: &mut Faults,
) -> Vec<(Operator, &'a Name)> {
    let fields = [
        (Operator::Greater, &options.greater_than),
        (Operator::GreaterOrEqual, &options.greater_than_or_equal),
        (Operator::Less, &options.less_than),
        (Operator::LessOrEqual, &options.less_than_or_equal),
        (Operator::Equal, &options.equal_to),
        (Operator::Other, &options.other_than),
    ];
    let fields = fields.into_iter();
    let fields: Vec<_> = fields
        .filter_map(|(operator, field)| Some((operator, field.as_ref()?)))
        .collect();
    if fields.is_empty() {
        faults.at_span(
            span,
            "`comparison` needs another field: `comparison(greater_than = starts_on)`; to compare with a number, \
             write `numericality(greater_than = 0)`",
        );
    }
    fields
}
