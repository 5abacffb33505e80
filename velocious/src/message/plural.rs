//! Which form of a message goes with a number.

/// A part of the expression that a catalogue has in its header `Plural-Forms`. [`t!`](crate::t) writes it.
#[doc(hidden)]
#[derive(Debug)]
pub enum Plural {
    Count,
    Number(u64),
    Not(&'static Plural),
    Choose(&'static Plural, &'static Plural, &'static Plural),
    Or(&'static Plural, &'static Plural),
    And(&'static Plural, &'static Plural),
    Equal(&'static Plural, &'static Plural),
    Unequal(&'static Plural, &'static Plural),
    AtMost(&'static Plural, &'static Plural),
    AtLeast(&'static Plural, &'static Plural),
    Less(&'static Plural, &'static Plural),
    More(&'static Plural, &'static Plural),
    Sum(&'static Plural, &'static Plural),
    Difference(&'static Plural, &'static Plural),
    Product(&'static Plural, &'static Plural),
    Quotient(&'static Plural, &'static Plural),
    Remainder(&'static Plural, &'static Plural),
}

impl Plural {
    /// The value for a number, as C has it; what C leaves open, such as a division by zero, is 0.
    pub(crate) fn of(&self, n: u64) -> u64 {
        match self {
            Plural::Count => n,
            Plural::Number(number) => *number,
            Plural::Not(of) => u64::from(of.of(n) == 0),
            Plural::Choose(condition, one, other) => match condition.of(n) {
                0 => other.of(n),
                _ => one.of(n),
            },
            Plural::Or(one, other) => u64::from(one.of(n) != 0 || other.of(n) != 0),
            Plural::And(one, other) => u64::from(one.of(n) != 0 && other.of(n) != 0),
            Plural::Equal(one, other) => u64::from(one.of(n) == other.of(n)),
            Plural::Unequal(one, other) => u64::from(one.of(n) != other.of(n)),
            Plural::AtMost(one, other) => u64::from(one.of(n) <= other.of(n)),
            Plural::AtLeast(one, other) => u64::from(one.of(n) >= other.of(n)),
            Plural::Less(one, other) => u64::from(one.of(n) < other.of(n)),
            Plural::More(one, other) => u64::from(one.of(n) > other.of(n)),
            Plural::Sum(one, other) => one.of(n).wrapping_add(other.of(n)),
            Plural::Difference(one, other) => one.of(n).wrapping_sub(other.of(n)),
            Plural::Product(one, other) => one.of(n).wrapping_mul(other.of(n)),
            Plural::Quotient(one, other) => one.of(n).checked_div(other.of(n)).unwrap_or(0),
            Plural::Remainder(one, other) => one.of(n).checked_rem(other.of(n)).unwrap_or(0),
        }
    }
}
