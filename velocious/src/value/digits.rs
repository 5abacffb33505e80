//! Decimal numbers as their digits.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The farthest that the point is moved: numbers of databases end long before.
const FARTHEST_POINT: usize = 2_000;

/// A decimal number of any size and scale, as the digits a database writes: what [`Value::Decimal`] holds.
///
/// It is compared as a number, so `1.5` equals `1.50`, and keeps the zeros it was written with.
///
/// ```
/// use velocious::value::Digits;
///
/// let price = Digits::parse("0012.50").unwrap();
/// assert_eq!(price.as_str(), "12.50");
/// assert_eq!(Digits::parse("1.25e1"), Some(price));
/// assert!(Digits::parse("12,50").is_none());
/// ```
///
/// [`Value::Decimal`]: super::Value::Decimal
#[derive(Clone)]
pub struct Digits(String);

impl Digits {
    /// Reads a number: maybe a sign, digits with maybe a point among them, maybe an exponent.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = || whole.bytes().chain(fraction.bytes());
        if all().next().is_none() || !all().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (whole, fraction) = moved(whole, fraction, exponent)?;
        let whole = whole.trim_start_matches('0');
        let is_zero = whole.is_empty() && fraction.bytes().all(|digit| digit == b'0');
        let mut digits = String::with_capacity(whole.len() + fraction.len() + 3);
        if is_negative && !is_zero {
            digits.push('-');
        }
        digits.push_str(if whole.is_empty() { "0" } else { whole });
        if !fraction.is_empty() {
            digits.push('.');
            digits.push_str(&fraction);
        }
        Some(Digits(digits))
    }

    /// The number as text, as in `-12.50`: no zeros in front, no exponent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as text.
    pub(crate) fn into_string(self) -> String {
        self.0
    }

    /// The sign, the digits before the point, and those behind it.
    pub(crate) fn parts(&self) -> (bool, &str, &str) {
        let (is_negative, text) = match self.0.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, self.0.as_str()),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        (is_negative, whole, fraction)
    }

    /// The digits that make a difference.
    fn significant(&self) -> (bool, &str, &str) {
        let (is_negative, whole, fraction) = self.parts();
        (is_negative, whole, fraction.trim_end_matches('0'))
    }
}

/// The digits before and behind the point when it is moved to the right, or to the left.
fn moved(whole: &str, fraction: &str, by: i32) -> Option<(String, String)> {
    let (mut whole, mut fraction) = (whole.to_owned(), fraction.to_owned());
    let steps = usize::try_from(by.unsigned_abs()).ok()?;
    if steps > FARTHEST_POINT {
        return None;
    }
    if by > 0 {
        let zeros = steps.saturating_sub(fraction.len());
        fraction.push_str(&"0".repeat(zeros));
        let rest = fraction.split_off(steps);
        whole.push_str(&fraction);
        fraction = rest;
    } else if by < 0 {
        let zeros = steps.saturating_sub(whole.len());
        whole.insert_str(0, &"0".repeat(zeros));
        fraction.insert_str(0, &whole.split_off(whole.len() - steps));
    }
    Some((whole, fraction))
}

impl From<i64> for Digits {
    fn from(number: i64) -> Self {
        Digits(number.to_string())
    }
}

impl PartialEq for Digits {
    fn eq(&self, other: &Self) -> bool {
        self.significant() == other.significant()
    }
}

impl Eq for Digits {}

impl Hash for Digits {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.significant().hash(state);
    }
}

impl PartialOrd for Digits {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Digits {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a_negative, a_whole, a_fraction) = self.significant();
        let (b_negative, b_whole, b_fraction) = other.significant();
        let size = || {
            let by_length = a_whole.len().cmp(&b_whole.len());
            by_length
                .then_with(|| a_whole.cmp(b_whole))
                .then_with(|| a_fraction.cmp(b_fraction))
        };
        match (a_negative, b_negative) {
            (false, false) => size(),
            (true, true) => size().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Digits {
        Digits::parse(text).unwrap_or_else(|| panic!("{text:?} is a number"))
    }

    #[test]
    fn numbers_are_read_in_every_form_that_a_database_writes() {
        for (text, written) in [
            ("0", "0"),
            ("-0.00", "0.00"),
            ("007.10", "7.10"),
            (".5", "0.5"),
            ("5.", "5"),
            ("+1.5", "1.5"),
            ("1.25e2", "125"),
            ("1.25E+4", "12500"),
            ("-1.25e-3", "-0.00125"),
            ("1e0", "1"),
            ("0e5", "0"),
        ] {
            assert_eq!(digits(text).as_str(), written, "{text}");
        }
        for text in [
            "", "-", ".", "1,5", "NaN", "Infinity", "1e", "1e9999", "--1", "1.2.3", "٣",
        ] {
            assert_eq!(Digits::parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_in_the_order_of_numbers() {
        let ordered = [
            "-10", "-9.99", "-0.1", "0", "0.09", "0.1", "1", "1.000001", "9", "10",
        ];
        for (at, text) in ordered.iter().enumerate() {
            for (other_at, other) in ordered.iter().enumerate() {
                assert_eq!(
                    digits(text).cmp(&digits(other)),
                    at.cmp(&other_at),
                    "{text}, {other}"
                );
            }
        }
        assert_eq!(digits("1.50"), digits("1.5"));
        assert_eq!(digits("-0"), digits("0.000"));
    }
}
