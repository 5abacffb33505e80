//! Decimal numbers of PostgreSQL: groups of four digits.

use diesel::pg::data_types::PgNumeric;

use crate::BoxError;
use crate::value::Digits;

/// How many digits are one group.
const GROUP: usize = 4;

/// A number as PostgreSQL takes it.
///
/// # Errors
/// When it has more digits than a number of PostgreSQL.
pub(super) fn write(number: &Digits) -> Result<PgNumeric, BoxError> {
    let (is_negative, whole, fraction) = number.parts();
    let scale = u16::try_from(fraction.len())?;
    let before = (GROUP - whole.len() % GROUP) % GROUP;
    let behind = (GROUP - fraction.len() % GROUP) % GROUP;
    let digits = [
        "0".repeat(before).as_str(),
        whole,
        fraction,
        "0".repeat(behind).as_str(),
    ]
    .concat();
    let mut groups = Vec::with_capacity(digits.len() / GROUP);
    for group in digits.as_bytes().chunks(GROUP) {
        groups.push(
            group
                .iter()
                .fold(0, |number, digit| number * 10 + i16::from(digit - b'0')),
        );
    }
    let mut weight = i16::try_from((before + whole.len()) / GROUP)? - 1;
    let zeros = groups.iter().take_while(|group| **group == 0).count();
    groups.drain(..zeros);
    weight -= i16::try_from(zeros)?;
    while groups.last() == Some(&0) {
        groups.pop();
    }
    if groups.is_empty() {
        weight = 0;
    }
    Ok(match is_negative {
        true => PgNumeric::Negative {
            weight,
            scale,
            digits: groups,
        },
        false => PgNumeric::Positive {
            weight,
            scale,
            digits: groups,
        },
    })
}

/// The digits of a number of PostgreSQL.
///
/// # Errors
/// When it is no number.
pub(super) fn read(number: &PgNumeric) -> Result<Digits, BoxError> {
    let (sign, weight, scale, digits) = match number {
        PgNumeric::Positive {
            weight,
            scale,
            digits,
        } => ("", *weight, *scale, digits),
        PgNumeric::Negative {
            weight,
            scale,
            digits,
        } => ("-", *weight, *scale, digits),
        PgNumeric::NaN => return Err("NaN is no decimal number".into()),
    };
    let group = |place: i32| {
        let at = usize::try_from(i32::from(weight) - place).ok();
        at.and_then(|at| digits.get(at)).copied().unwrap_or(0)
    };
    let mut text = String::from(sign);
    for place in (0..=i32::from(weight).max(0)).rev() {
        text.push_str(&format!("{:04}", group(place)));
    }
    let scale = usize::from(scale);
    if scale > 0 {
        text.push('.');
        let end = text.len() + scale;
        let mut place = -1;
        while text.len() < end {
            text.push_str(&format!("{:04}", group(place)));
            place -= 1;
        }
        text.truncate(end);
    }
    Digits::parse(&text).ok_or_else(|| format!("{text:?} is no decimal number").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_comes_back_with_every_digit() {
        for text in [
            "0",
            "0.00",
            "1",
            "-1",
            "9999",
            "10000",
            "12345678.90",
            "0.00012",
            "0.00001234",
            "-100000000.000000001",
            "1000000",
            "79228162514264337593543950335.0000000000000000000000000001",
        ] {
            let digits = Digits::parse(text).expect("a number");
            let there = write(&digits).expect("it fits");
            assert_eq!(read(&there).expect("a number").as_str(), text);
        }
    }

    #[test]
    fn groups_of_zeros_at_the_ends_are_left_out() {
        let number = write(&Digits::parse("120000.5").expect("a number"));
        assert_eq!(
            number.expect("it fits"),
            PgNumeric::Positive {
                weight: 1,
                scale: 1,
                digits: vec![12, 0, 5000]
            }
        );
        assert!(read(&PgNumeric::NaN).is_err());
    }
}
