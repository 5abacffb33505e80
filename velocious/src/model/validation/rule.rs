//! The rules of a model as constant data, which the derive emits.

use std::fmt;
use std::sync::OnceLock;

use regex_lite::Regex;

use crate::value::Value;

/// A rule, what it is about, and when it applies.
#[derive(Debug)]
pub struct Validation {
    /// The position of the attribute: of a column, or behind those, of a field that is not stored.
    pub attribute: usize,
    /// What must hold.
    pub rule: Rule,
    /// When it must hold.
    pub occasion: Occasion,
    /// Which of the model's conditions decides whether it must hold.
    pub guard: Option<usize>,
    /// What is said instead of the rule's own words.
    pub message: Option<&'static str>,
    /// Whether a blank value is left alone.
    pub allows_blank: bool,
}

impl Validation {
    /// A rule for an attribute, on every occasion.
    pub const fn new(attribute: usize, rule: Rule) -> Self {
        Validation {
            attribute,
            rule,
            occasion: Occasion::Any,
            guard: None,
            message: None,
            allows_blank: false,
        }
    }

    /// Only on this occasion.
    pub const fn on(mut self, occasion: Occasion) -> Self {
        self.occasion = occasion;
        self
    }

    /// Only where the model's condition of this number says so.
    pub const fn guarded(mut self, guard: usize) -> Self {
        self.guard = Some(guard);
        self
    }

    /// With words of its own.
    pub const fn saying(mut self, message: &'static str) -> Self {
        self.message = Some(message);
        self
    }

    /// Only for what is not blank.
    pub const fn unless_blank(mut self) -> Self {
        self.allows_blank = true;
        self
    }
}

/// When a rule must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Always.
    Any,
    /// When a new record is written.
    Create,
    /// When a stored record is written.
    Update,
}

/// What must hold for an attribute. What is NULL is left to [`Presence`](Rule::Presence).
#[derive(Debug)]
#[non_exhaustive]
pub enum Rule {
    /// Not NULL and not only white space.
    Presence,
    /// NULL or only white space.
    Absence,
    /// Between so many characters, both ends included.
    Length {
        /// The fewest characters allowed.
        minimum: Option<usize>,
        /// The most characters allowed.
        maximum: Option<usize>,
    },
    /// No other record has this value (together with the values of the columns in `scope`).
    Uniqueness {
        /// Positions of the columns within whose values the value must be unique.
        scope: &'static [usize],
        /// Whether letters that differ in case only are the same.
        any_case: bool,
    },
    /// Text that matches a pattern, or that does not.
    Format {
        /// The pattern; a function, because what is compiled later does not fit into constant data.
        pattern: fn() -> &'static Pattern,
        /// Whether the text has to match.
        matches: bool,
    },
    /// One of some values.
    Inclusion(fn() -> &'static Allowed),
    /// None of some values.
    Exclusion(fn() -> &'static Allowed),
    /// A number that compares with another as it should.
    Number(Operator, Bound),
    /// A whole number.
    OnlyInteger,
    /// A number that two does not divide.
    Odd,
    /// A number that two divides.
    Even,
    /// A value that compares with the one of another attribute as it should.
    Comparison(Operator, usize),
    /// True.
    Acceptance,
    /// The same as the attribute of this position, which was typed in again.
    Confirmation(usize),
    /// The related records that are loaded, by the position of the relationship, are valid themselves.
    Associated(usize),
    /// What a function of the model says, by its number.
    Custom(usize),
}

/// How a value compares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say what they are")]
pub enum Operator {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Equal,
    Other,
}

/// A number to compare with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Double(f64),
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::Integer(number) => number.fmt(f),
            Bound::Double(number) => number.fmt(f),
        }
    }
}

/// A regular expression, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The derive has compiled it already, to see that it can be.
    pub const fn new(source: &'static str) -> Self {
        Pattern {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// Whether a text matches; no text matches what is no regular expression.
    pub(super) fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.source).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// Some values, made when they are first needed.
#[derive(Debug)]
pub struct Allowed {
    make: fn() -> Vec<Value>,
    made: OnceLock<Vec<Value>>,
    /// Whether it is all from the first to the second value, both included.
    is_range: bool,
}

impl Allowed {
    /// Each of the values.
    pub const fn each(make: fn() -> Vec<Value>) -> Self {
        Allowed {
            make,
            made: OnceLock::new(),
            is_range: false,
        }
    }

    /// From the first to the second of two values.
    pub const fn range(make: fn() -> Vec<Value>) -> Self {
        Allowed {
            make,
            made: OnceLock::new(),
            is_range: true,
        }
    }

    pub(super) fn contains(&self, value: &Value) -> bool {
        let values = self.made.get_or_init(self.make);
        match values.as_slice() {
            [first, last] if self.is_range => {
                let compare = super::compare::order;
                compare(value, first).is_some_and(|order| order.is_ge())
                    && compare(value, last).is_some_and(|order| order.is_le())
            }
            values => values.contains(value),
        }
    }
}
