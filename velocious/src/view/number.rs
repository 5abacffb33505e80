//! Numbers as people read them.
//!
//! Each function takes any number and answers text, which `html!` escapes like every other. A number that is none (NaN,
//! or one without end) is shown as it is called.
//!
//! * [`number_with_delimiter`], [`number_with_precision`], [`number_to_percentage`], [`number_to_currency`];
//! * [`number_to_human`]: in thousands and millions; [`number_to_human_size`]: in kilobytes;
//! * [`NumberFormat`]: with other marks than the English ones.

use std::fmt;

/// Anything that is shown as a number: integers, floats, a [`Decimal`](crate::value::Decimal).
pub trait Number {
    /// Its digits, with a point before those of a fraction and a minus before them all: `-1234.5`.
    fn digits(&self) -> String;
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(
            impl Number for $type {
                fn digits(&self) -> String {
                    self.to_string()
                }
            }
        )*
    };
}

numbers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64);
#[cfg(feature = "decimal")]
numbers!(crate::value::Decimal);

impl<T: Number + ?Sized> Number for &T {
    fn digits(&self) -> String {
        T::digits(self)
    }
}

/// How numbers are written: which marks stand in them, and how many digits.
///
/// ```
/// use velocious::view::NumberFormat;
///
/// const GERMAN: NumberFormat = NumberFormat::new().separator(",").delimiter(".");
/// assert_eq!(GERMAN.precision(2).format(1234567.891), "1.234.567,89");
/// assert_eq!(GERMAN.precision(2).unit(" €").after().format(9.5), "9,50 €");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "`format` makes text of a number"]
pub struct NumberFormat {
    separator: &'static str,
    delimiter: &'static str,
    precision: Option<usize>,
    unit: &'static str,
    is_unit_behind: bool,
}

impl Default for NumberFormat {
    fn default() -> Self {
        NumberFormat::new()
    }
}

impl NumberFormat {
    /// As in English, `1,234.5`, with as many digits as there are.
    pub const fn new() -> Self {
        NumberFormat {
            separator: ".",
            delimiter: ",",
            precision: None,
            unit: "",
            is_unit_behind: false,
        }
    }

    /// What stands before the digits of a fraction.
    pub const fn separator(mut self, mark: &'static str) -> Self {
        self.separator = mark;
        self
    }

    /// What stands between groups of three digits.
    pub const fn delimiter(mut self, mark: &'static str) -> Self {
        self.delimiter = mark;
        self
    }

    /// How many digits a fraction has. The last one is rounded, a half away from zero.
    pub const fn precision(mut self, digits: usize) -> Self {
        self.precision = Some(digits);
        self
    }

    /// What stands before the number, as in `$`.
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// The unit stands behind the number.
    pub const fn after(mut self) -> Self {
        self.is_unit_behind = true;
        self
    }

    /// The number as text.
    pub fn format(&self, number: impl Number) -> String {
        let digits = number.digits();
        let Some(mut parts) = Parts::of(&digits) else {
            return digits;
        };
        if let Some(precision) = self.precision {
            parts.round(precision);
        }
        let sign = if parts.is_negative() { "-" } else { "" };
        let mut text = String::with_capacity(digits.len() + 8);
        for (index, digit) in parts.whole.chars().enumerate() {
            if index > 0 && (parts.whole.len() - index) % 3 == 0 {
                text.push_str(self.delimiter);
            }
            text.push(digit);
        }
        if !parts.fraction.is_empty() {
            text.push_str(self.separator);
            text.push_str(&parts.fraction);
        }
        match self.is_unit_behind {
            true => format!("{sign}{text}{}", self.unit),
            false => format!("{sign}{}{text}", self.unit),
        }
    }
}

/// A number in decimal digits.
struct Parts {
    is_below_zero: bool,
    whole: String,
    fraction: String,
}

impl Parts {
    /// `None` for what is no number.
    fn of(digits: &str) -> Option<Self> {
        let (is_below_zero, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (!whole.is_empty() && is_number(whole) && is_number(fraction)).then(|| Parts {
            is_below_zero,
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
        })
    }

    /// Whether a minus belongs before it: not before a zero.
    fn is_negative(&self) -> bool {
        let mut digits = self.whole.bytes().chain(self.fraction.bytes());
        self.is_below_zero && digits.any(|digit| digit != b'0')
    }

    /// Leaves so many digits of the fraction.
    fn round(&mut self, precision: usize) {
        let next = self.fraction.as_bytes().get(precision).copied();
        self.fraction.truncate(precision);
        while self.fraction.len() < precision {
            self.fraction.push('0');
        }
        if next.is_none_or(|digit| digit < b'5') {
            return;
        }
        let mut digits = format!("{}{}", self.whole, self.fraction).into_bytes();
        let mut carries = true;
        for digit in digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                carries = false;
                break;
            }
            *digit = b'0';
        }
        if carries {
            digits.insert(0, b'1');
        }
        let at = digits.len() - precision;
        let text = String::from_utf8_lossy(&digits).into_owned();
        self.whole = text[..at].to_owned();
        self.fraction = text[at..].to_owned();
    }

    /// Drops zeros at the end of the fraction.
    fn shorten(&mut self) {
        let end = self.fraction.trim_end_matches('0').len();
        self.fraction.truncate(end);
    }
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        write!(f, "{sign}{}", self.whole)?;
        match self.fraction.as_str() {
            "" => Ok(()),
            fraction => write!(f, ".{fraction}"),
        }
    }
}

/// With commas between the thousands.
///
/// ```
/// use velocious::view::number_with_delimiter;
///
/// assert_eq!(number_with_delimiter(12_345_678), "12,345,678");
/// assert_eq!(number_with_delimiter(-1234.5), "-1,234.5");
/// ```
pub fn number_with_delimiter(number: impl Number) -> String {
    NumberFormat::new().format(number)
}

/// With so many digits behind the point.
///
/// ```
/// use velocious::view::number_with_precision;
///
/// assert_eq!(number_with_precision(111.2345, 2), "111.23");
/// assert_eq!(number_with_precision(13, 1), "13.0");
/// ```
pub fn number_with_precision(number: impl Number, precision: usize) -> String {
    let format = NumberFormat::new().delimiter("");
    format.precision(precision).format(number)
}

/// Per cent, with so many digits behind the point.
///
/// ```
/// use velocious::view::number_to_percentage;
///
/// assert_eq!(number_to_percentage(99.456, 1), "99.5%");
/// ```
pub fn number_to_percentage(number: impl Number, precision: usize) -> String {
    let format = NumberFormat::new().delimiter("").unit("%").after();
    format.precision(precision).format(number)
}

/// An amount of money, with two digits behind the point and its unit before it. [`NumberFormat`] writes others.
///
/// ```
/// use velocious::view::number_to_currency;
///
/// assert_eq!(number_to_currency(1234567.891, "$"), "$1,234,567.89");
/// assert_eq!(number_to_currency(-0.5, "£"), "-£0.50");
/// ```
pub fn number_to_currency(number: impl Number, unit: &'static str) -> String {
    NumberFormat::new().precision(2).unit(unit).format(number)
}

/// In words from a thousand on, with three digits that count.
///
/// ```
/// use velocious::view::number_to_human;
///
/// assert_eq!(number_to_human(123), "123");
/// assert_eq!(number_to_human(1234), "1.23 Thousand");
/// assert_eq!(number_to_human(489_939_000), "490 Million");
/// ```
pub fn number_to_human(number: impl Number) -> String {
    const UNITS: &[&str] = &[
        "",
        " Thousand",
        " Million",
        " Billion",
        " Trillion",
        " Quadrillion",
    ];
    scaled(&number.digits(), 1000.0, UNITS)
}

/// A number of bytes, in units of 1024, with three digits that count.
///
/// ```
/// use velocious::view::number_to_human_size;
///
/// assert_eq!(number_to_human_size(1), "1 Byte");
/// assert_eq!(number_to_human_size(1023), "1023 Bytes");
/// assert_eq!(number_to_human_size(1_234_567), "1.18 MB");
/// ```
pub fn number_to_human_size(bytes: impl Number) -> String {
    const UNITS: &[&str] = &[" Bytes", " KB", " MB", " GB", " TB", " PB", " EB"];
    match bytes.digits().as_str() {
        "1" => "1 Byte".into(),
        digits => scaled(digits, 1024.0, UNITS),
    }
}

/// As many of the largest unit as there are, with three digits that count.
fn scaled(digits: &str, base: f64, units: &[&str]) -> String {
    let Some(mut number) = digits
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
    else {
        return digits.to_owned();
    };
    let mut unit = 0;
    while number.abs() >= base && unit + 1 < units.len() {
        number /= base;
        unit += 1;
    }
    // What is rounded up to a thousand is one of the next unit.
    if unit + 1 < units.len() && unit > 0 && rounded(number).abs() >= base {
        number /= base;
        unit += 1;
    }
    let shown = match unit {
        0 => number.digits(),
        _ => rounded(number).digits(),
    };
    match Parts::of(&shown) {
        Some(mut parts) => {
            if unit == 0 {
                parts.round(2);
            }
            parts.shorten();
            format!("{parts}{}", units[unit])
        }
        None => format!("{shown}{}", units[unit]),
    }
}

/// With three digits that count; whole from a hundred on.
fn rounded(number: f64) -> f64 {
    let digits = match number.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    let scale = 10_f64.powi(digits);
    (number * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_rounded_as_people_do() {
        let round = |number: f64, precision| number_with_precision(number, precision);
        assert_eq!(round(0.125, 2), "0.13");
        assert_eq!(
            round(1.005, 2),
            "1.01",
            "by its digits, and not by what a float really is"
        );
        assert_eq!(round(9.995, 2), "10.00");
        assert_eq!(round(99.9, 0), "100");
        assert_eq!(round(-0.004, 2), "0.00");
        assert_eq!(round(-0.005, 2), "-0.01");
        assert_eq!(round(1e21, 0), "1000000000000000000000");
    }

    #[test]
    fn groups_of_three_are_told_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (-123_456, "-123,456"),
            (i64::MIN, "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(number_with_delimiter(number), text);
        }
    }

    #[test]
    fn what_is_no_number_is_shown_as_it_is_called() {
        assert_eq!(number_to_currency(f64::NAN, "$"), "NaN");
        assert_eq!(number_with_delimiter(f64::INFINITY), "inf");
        assert_eq!(number_to_human(f64::NEG_INFINITY), "-inf");
        assert_eq!(number_to_human_size(f64::NAN), "NaN");
    }

    #[test]
    fn large_numbers_have_three_digits_that_count() {
        for (number, text) in [
            (0.0, "0"),
            (0.5, "0.5"),
            (999.0, "999"),
            (1000.0, "1 Thousand"),
            (1050.0, "1.05 Thousand"),
            (12_345.0, "12.3 Thousand"),
            (999_999.0, "1 Million"),
            (-1_500_000.0, "-1.5 Million"),
            (2e18, "2000 Quadrillion"),
        ] {
            assert_eq!(number_to_human(number), text);
        }
        for (bytes, text) in [
            (0_u64, "0 Bytes"),
            (1024, "1 KB"),
            (1536, "1.5 KB"),
            (1_048_575, "1 MB"),
            (u64::MAX, "16 EB"),
        ] {
            assert_eq!(number_to_human_size(bytes), text);
        }
    }
}
