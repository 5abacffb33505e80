//! `#[validate(…)]` as written: every option, with its meaning.

use darling::FromMeta;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Expr, Meta, RangeLimits};

use crate::option::{Count, Name, Names, Nested, Number, Options, Switch, Text, YesNo, misfit};

/// One `#[validate(…)]`: rules, and when they must hold.
#[derive(Clone, Debug, Default, FromMeta)]
pub(in crate::model) struct ValidateOptions {
    /// `presence`: neither absent nor blank.
    pub(super) presence: Option<Nested<RuleOptions>>,
    /// `absence`: absent or blank.
    pub(super) absence: Option<Nested<RuleOptions>>,
    /// `length(min = 1, max = 200)`: how many characters the text may have.
    pub(super) length: Option<Nested<LengthOptions>>,
    /// `format(with = r"^[a-z]+$")`: what the text looks like.
    pub(super) format: Option<Nested<FormatOptions>>,
    /// `inclusion(in = ["draft", "open"])`: which values there are.
    pub(super) inclusion: Option<Nested<ListOptions>>,
    /// `exclusion(in = ["admin"])`: which values are taken by somebody else.
    pub(super) exclusion: Option<Nested<ListOptions>>,
    /// `numericality(greater_than = 0)`: which numbers there are.
    pub(super) numericality: Option<Nested<NumericalityOptions>>,
    /// `comparison(greater_than = starts_on)`: how it compares with another field.
    pub(super) comparison: Option<Nested<ComparisonOptions>>,
    /// `acceptance`: true.
    pub(super) acceptance: Option<Nested<RuleOptions>>,
    /// `confirmation`: the same as in the field `<name>_confirmation`.
    pub(super) confirmation: Option<Nested<ConfirmationOptions>>,
    /// `uniqueness`: no other record has the same value; `uniqueness(scope = project_id)`: no other record with
    /// the same project.
    pub(super) uniqueness: Option<Nested<UniquenessOptions>>,
    /// `associated`: the related records are valid themselves.
    pub(super) associated: Option<Nested<RuleOptions>>,
    /// `custom = check_name`: what a function `fn check_name(&self, errors: &mut Errors)` says.
    pub(super) custom: Option<Names>,
    /// `custom_async = check_quota`: what a function
    /// `async fn check_quota(&self, db: &Db, errors: &mut Errors) -> Result<()>` says.
    pub(super) custom_async: Option<Names>,

    /// `on = create`: when the rules must hold.
    pub(super) on: Option<Name>,
    /// `if = is_published`: where the rules must hold, as a function `fn is_published(&self) -> bool` says.
    #[darling(rename = "if")]
    pub(super) when: Option<Names>,
    /// `unless = is_draft`: where they need not.
    pub(super) unless: Option<Names>,
    /// `message = "…"`: what is said, without the field's name.
    pub(super) message: Option<Text>,
    /// `allow_blank`: what is blank is left alone.
    pub(super) allow_blank: Option<Switch>,
}

impl Options for ValidateOptions {
    const KNOWN: &'static [&'static str] = &[
        "presence",
        "absence",
        "length",
        "format",
        "inclusion",
        "exclusion",
        "numericality",
        "comparison",
        "acceptance",
        "confirmation",
        "uniqueness",
        "associated",
        "custom",
        "custom_async",
        "on",
        "if",
        "unless",
        "message",
        "allow_blank",
    ];
}

/// What stands beside the rules, not within one.
fn beside(word: &str, place: &str) -> Option<String> {
    let (option, rule) = match word {
        "on" => ("on = create", place),
        "if" => ("if = …", place),
        "unless" => ("unless = …", place),
        "allow_blank" => ("allow_blank", place),
        _ => return None,
    };
    let rule = rule.trim_matches('`');
    Some(format!(
        "`{word}` stands beside the rule: `#[validate({rule}, {option})]`"
    ))
}

/// A rule that has nothing else to say: `presence(message = "…")`.
#[derive(Clone, Debug, Default, FromMeta)]
pub(super) struct RuleOptions {
    /// What is said when it does not hold, without the field's name.
    pub(super) message: Option<Text>,
}

impl Options for RuleOptions {
    const KNOWN: &'static [&'static str] = &["message"];

    fn elsewhere(word: &str, place: &str) -> Option<String> {
        beside(word, place)
    }
}

/// `length(…)`.
#[derive(Clone, Debug, Default, FromMeta)]
pub(super) struct LengthOptions {
    /// `min = 1`: the fewest characters.
    pub(super) min: Option<Count>,
    /// `max = 200`: the most characters.
    pub(super) max: Option<Count>,
    /// `exactly = 5`: just so many.
    pub(super) exactly: Option<Count>,
    pub(super) message: Option<Text>,
}

impl Options for LengthOptions {
    const KNOWN: &'static [&'static str] = &["min", "max", "exactly", "message"];

    fn elsewhere(word: &str, place: &str) -> Option<String> {
        beside(word, place)
    }
}

/// `format(…)`.
#[derive(Clone, Debug, Default, FromMeta)]
pub(super) struct FormatOptions {
    /// `with = r"^[a-z]+$"`: a regular expression that matches.
    pub(super) with: Option<Text>,
    /// `without = r"\s"`: one that does not.
    pub(super) without: Option<Text>,
    pub(super) message: Option<Text>,
}

impl Options for FormatOptions {
    const KNOWN: &'static [&'static str] = &["with", "without", "message"];

    fn elsewhere(word: &str, place: &str) -> Option<String> {
        beside(word, place)
    }
}

/// `inclusion(…)` and `exclusion(…)`.
#[derive(Clone, Debug, Default, FromMeta)]
pub(super) struct ListOptions {
    /// `in = ["draft", "open"]` or `in = 1..=5`.
    #[darling(rename = "in")]
    pub(super) values: Option<Values>,
    pub(super) message: Option<Text>,
}

impl Options for ListOptions {
    const KNOWN: &'static [&'static str] = &["in", "message"];

    fn elsewhere(word: &str, place: &str) -> Option<String> {
        beside(word, place)
    }
}

/// Values to choose from.
#[derive(Clone, Debug)]
pub(in crate::model) enum Values {
    Each(Vec<Expr>),
    Range(Box<[Expr; 2]>),
}

impl FromMeta for Values {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let value = match meta {
            Meta::NameValue(pair) => Some(&pair.value),
            _ => None,
        };
        match value {
            Some(Expr::Array(array)) if !array.elems.is_empty() => {
                Ok(Values::Each(array.elems.iter().cloned().collect()))
            }
            Some(Expr::Range(range)) if matches!(range.limits, RangeLimits::Closed(_)) => {
                match (&range.start, &range.end) {
                    (Some(start), Some(end)) => Ok(Values::Range(Box::new([
                        (**start).clone(),
                        (**end).clone(),
                    ]))),
                    _ => Err(range_has_ends(value.span())),
                }
            }
            Some(Expr::Range(range)) => Err(range_has_ends(range.span())),
            _ => Err(misfit(
                meta,
                "takes a list of values, or a range with both its ends: {}",
                " = [\"draft\", \"open\"]",
            )),
        }
    }
}

fn range_has_ends(at: Span) -> darling::Error {
    darling::Error::custom("a range of values has both its ends: `in = 1..=5`").with_span(&at)
}

/// `numericality(…)`.
#[derive(Clone, Debug, Default, FromMeta)]
pub(super) struct NumericalityOptions {
    pub(super) greater_than: Option<Number>,
    pub(super) greater_than_or_equal: Option<Number>,
    pub(super) less_than: Option<Number>,
    pub(super) less_than_or_equal: Option<Number>,
    pub(super) equal_to: Option<Number>,
    pub(super) other_than: Option<Number>,
    /// `only_integer`: no fraction.
    pub(super) only_integer: Option<Switch>,
    pub(super) odd: Option<Switch>,
    pub(super) even: Option<Switch>,
    pub(super) message: Option<Text>,
}

impl Options for NumericalityOptions {
    const KNOWN: &'static [&'static str] = &[
        "greater_than",
        "greater_than_or_equal",
        "less_than",
        "less_than_or_equal",
        "equal_to",
        "other_than",
        "only_integer",
        "odd",
        "even",
        "message",
    ];

    fn elsewhere(word: &str, place: &str) -> Option<String> {
        beside(word, place)
    }
}

/// `comparison(…)`: each option names a field.
#[derive(Clone, Debug, Default, FromMeta)]
pub(super) struct ComparisonOptions {
    pub(super) greater_than: Option<Name>,
    pub(super) greater_than_or_equal: Option<Name>,
    pub(super) less_than: Option<Name>,
    pub(super) less_than_or_equal: Option<Name>,
    pub(super) equal_to: Option<Name>,
    pub(super) other_than: Option<Name>,
    pub(super) message: Option<Text>,
}

impl Options for ComparisonOptions {
    const KNOWN: &'static [&'static str] = &[
        "greater_than",
        "greater_than_or_equal",
        "less_than",
        "less_than_or_equal",
        "equal_to",
        "other_than",
        "message",
    ];

    fn elsewhere(word: &str, place: &str) -> Option<String> {
        beside(word, place)
    }
}

/// `confirmation(…)`.
#[derive(Clone, Debug, Default, FromMeta)]
pub(super) struct ConfirmationOptions {
    /// `with = email_again`: the field it was typed into again.
    pub(super) with: Option<Name>,
    pub(super) message: Option<Text>,
}

impl Options for ConfirmationOptions {
    const KNOWN: &'static [&'static str] = &["with", "message"];

    fn elsewhere(word: &str, place: &str) -> Option<String> {
        beside(word, place)
    }
}

/// `uniqueness(…)`.
#[derive(Clone, Debug, Default, FromMeta)]
pub(super) struct UniquenessOptions {
    /// `scope = project_id` or `scope(project_id, kind)`: the fields within whose values this one is unique.
    pub(super) scope: Option<Names>,
    /// `case_sensitive = false`: texts that differ in the case of letters only are the same.
    pub(super) case_sensitive: Option<YesNo>,
    pub(super) message: Option<Text>,
}

impl Options for UniquenessOptions {
    const KNOWN: &'static [&'static str] = &["scope", "case_sensitive", "message"];

    fn elsewhere(word: &str, place: &str) -> Option<String> {
        beside(word, place)
    }
}
