//! From the configuration as written to values of a type.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::fault::{Fault, Origin};
use super::raw::{RawConfig, RawValue, Setting};

/// Takes values out of a [`RawConfig`] and notes what is wrong with them.
pub(crate) struct Reader {
    raw: RawConfig,
}

impl Reader {
    pub(crate) fn new(raw: RawConfig) -> Self {
        Reader { raw }
    }

    /// Every mistake noted so far, those of the reading included.
    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.raw.faults
    }

    /// Where a key was written, until it is taken.
    pub(crate) fn origin(&self, key: &str) -> Option<&Origin> {
        self.raw.origin(key)
    }

    /// The URLs of further databases.
    pub(crate) fn databases(&mut self) -> Vec<(String, String, Origin)> {
        let mut urls = Vec::new();
        for (identifier, Setting { value, origin }) in std::mem::take(&mut self.raw.databases) {
            match value {
                RawValue::Text(url) if !url.is_empty() => urls.push((identifier, url, origin)),
                value => {
                    let key = format!("databases.{identifier}.url");
                    self.fault(&key, origin, expected("text in quotes", &value));
                }
            }
        }
        urls
    }

    /// A number that may be left out.
    pub(crate) fn optional_integer(
        &mut self,
        key: &str,
        range: RangeInclusive<i64>,
    ) -> Option<i64> {
        let least = *range.start();
        let number = self.integer(key, range, least - 1);
        (number >= least).then_some(number)
    }

    /// Notes a mistake in a value that was of the right type.
    pub(crate) fn fault(&mut self, key: &str, origin: Origin, reason: impl Into<String>) {
        self.raw.faults.push(Fault {
            origin,
            key: key.to_owned(),
            reason: reason.into(),
        });
    }

    /// A text that is not empty, and its place.
    pub(crate) fn text(&mut self, key: &str) -> Option<(String, Origin)> {
        let Setting { value, origin } = self.raw.take(key)?;
        match value {
            RawValue::Text(text) if !text.is_empty() => Some((text, origin)),
            value => {
                self.fault(key, origin, expected("text in quotes", &value));
                None
            }
        }
    }

    /// A whole number in `range`, else `default`.
    pub(crate) fn integer(&mut self, key: &str, range: RangeInclusive<i64>, default: i64) -> i64 {
        let Some(Setting { value, origin }) = self.raw.take(key) else {
            return default;
        };
        let number = match &value {
            RawValue::Integer(number) => Some(*number),
            RawValue::Text(text) if !matches!(origin, Origin::File(..)) => text.trim().parse().ok(),
            _ => None,
        };
        match number {
            Some(number) if range.contains(&number) => number,
            _ => {
                let wanted = match (range.start(), range.end()) {
                    (start, &i64::MAX) => format!("a whole number from {start} on"),
                    (start, end) => format!("a whole number from {start} to {end}"),
                };
                self.fault(key, origin, expected(&wanted, &value));
                default
            }
        }
    }

    /// A whole number of seconds in `range`, else `default`.
    pub(crate) fn seconds(
        &mut self,
        key: &str,
        range: RangeInclusive<i64>,
        default: i64,
    ) -> Duration {
        Duration::from_secs(self.integer(key, range, default).unsigned_abs())
    }

    /// A whole number of milliseconds in `range`, else `default`.
    pub(crate) fn milliseconds(
        &mut self,
        key: &str,
        range: RangeInclusive<i64>,
        default: i64,
    ) -> Duration {
        Duration::from_millis(self.integer(key, range, default).unsigned_abs())
    }

    /// A time, else `default`; `None` for 0, which means that there is no limit.
    ///
    /// `250ms`, `2s`, a number with a point for seconds, a whole number from 1000 on for milliseconds and a smaller one
    /// for seconds.
    pub(crate) fn duration(&mut self, key: &str, default: Duration) -> Option<Duration> {
        let Some(Setting { value, origin }) = self.raw.take(key) else {
            return Some(default);
        };
        let time = match &value {
            RawValue::Integer(number) => duration(&number.to_string()),
            RawValue::Text(text) => duration(text),
            _ => None,
        };
        match time {
            Some(time) => Some(time).filter(|time| !time.is_zero()),
            None => {
                self.fault(
                    key,
                    origin,
                    expected("a time like \"60s\" or \"250ms\"", &value),
                );
                Some(default)
            }
        }
    }

    /// True or false, else `default`.
    pub(crate) fn boolean(&mut self, key: &str, default: bool) -> bool {
        let Some(Setting { value, origin }) = self.raw.take(key) else {
            return default;
        };
        match as_bool(&value, &origin) {
            Some(value) => value,
            None => {
                self.fault(key, origin, expected("`true` or `false`", &value));
                default
            }
        }
    }

    /// One of a few words, else `default`.
    pub(crate) fn one_of<T: Copy>(&mut self, key: &str, words: &[(&str, T)], default: T) -> T {
        let Some(Setting { value, origin }) = self.raw.take(key) else {
            return default;
        };
        let chosen = match &value {
            RawValue::Text(text) => words
                .iter()
                .find(|(word, _)| word.eq_ignore_ascii_case(text)),
            _ => None,
        };
        match chosen {
            Some((_, chosen)) => *chosen,
            None => {
                let words: Vec<_> = words
                    .iter()
                    .map(|(word, _)| format!("\"{word}\""))
                    .collect();
                self.fault(
                    key,
                    origin,
                    expected(&format!("one of {}", words.join(", ")), &value),
                );
                default
            }
        }
    }

    /// A list of texts, separated by commas outside of a file.
    pub(crate) fn list(&mut self, key: &str) -> Vec<(String, Origin)> {
        let Some(Setting { value, origin }) = self.raw.take(key) else {
            return Vec::new();
        };
        let texts: Vec<String> = match value {
            RawValue::List(texts) => texts,
            RawValue::Text(text) if !matches!(origin, Origin::File(..)) => {
                text.split(',').map(|text| text.trim().to_owned()).collect()
            }
            value => {
                self.fault(
                    key,
                    origin,
                    expected("a list of texts, as in `[\"a\", \"b\"]`", &value),
                );
                return Vec::new();
            }
        };
        texts
            .into_iter()
            .map(|text| (text, origin.clone()))
            .collect()
    }

    /// Yes, no, or a text of its own: `None`, `Some(None)`, `Some(Some(text))`.
    pub(crate) fn switch_or_text(&mut self, key: &str, default: bool) -> Option<Option<String>> {
        let Some(Setting { value, origin }) = self.raw.take(key) else {
            return default.then_some(None);
        };
        match (as_bool(&value, &origin), value) {
            (Some(on), _) => on.then_some(None),
            (None, RawValue::Text(text)) => Some(Some(text)),
            (None, value) => {
                self.fault(
                    key,
                    origin,
                    expected("`true`, `false` or text in quotes", &value),
                );
                default.then_some(None)
            }
        }
    }
}

fn duration(text: &str) -> Option<Duration> {
    let text = text.trim().to_ascii_lowercase();
    if let Some(number) = text.strip_suffix("ms") {
        return number.trim().parse().ok().map(Duration::from_millis);
    }
    if let Some(number) = text.strip_suffix('s') {
        let seconds = number.trim().parse().ok()?;
        return Duration::try_from_secs_f64(seconds).ok();
    }
    match text.parse::<u64>() {
        Ok(number) if number >= 1000 => Some(Duration::from_millis(number)),
        Ok(number) => Some(Duration::from_secs(number)),
        Err(_) => Duration::try_from_secs_f64(text.parse().ok()?).ok(),
    }
}

fn as_bool(value: &RawValue, origin: &Origin) -> Option<bool> {
    match value {
        RawValue::Bool(value) => Some(*value),
        RawValue::Text(text) if !matches!(origin, Origin::File(..)) => match text.as_str() {
            "true" | "1" | "yes" | "on" => Some(true),
            "false" | "0" | "no" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn expected(wanted: &str, found: &RawValue) -> String {
    format!("has to be {wanted}, not {found}")
}

impl fmt::Display for RawValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RawValue::Text(text) => write!(f, "\"{text}\""),
            RawValue::Integer(number) => write!(f, "{number}"),
            RawValue::Bool(value) => write!(f, "{value}"),
            RawValue::List(texts) => write!(f, "{texts:?}"),
            RawValue::Other(kind) => write!(f, "a value of the type {kind}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units_or_are_guessed_by_their_size() {
        for (text, milliseconds) in [
            ("250ms", Some(250)),
            ("2s", Some(2_000)),
            ("1.5 s", Some(1_500)),
            ("0.25", Some(250)),
            ("1000", Some(1_000)),
            ("999", Some(999_000)),
            ("0", Some(0)),
            ("2S", Some(2_000)),
            ("-1", None),
            ("soon", None),
            ("", None),
            ("1e300", None),
            ("NaN", None),
        ] {
            let time = duration(text).map(|time| time.as_millis());
            assert_eq!(time, milliseconds, "{text:?}");
        }
    }
}
