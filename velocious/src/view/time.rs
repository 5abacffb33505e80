//! Dates and times on a page.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use maud::{Markup, html};

/// What can stand in a `<time>` element.
pub trait Moment {
    /// For machines, as in `2026-02-28T10:30:00Z`; `None` when there is no moment.
    fn machine(&self) -> Option<String>;
    /// For people, as in `28 Feb 2026, 10:30`.
    fn human(&self) -> Option<String>;
}

impl Moment for DateTime<Utc> {
    fn machine(&self) -> Option<String> {
        Some(self.format("%Y-%m-%dT%H:%M:%SZ").to_string())
    }

    fn human(&self) -> Option<String> {
        Some(self.format("%-d %b %Y, %H:%M UTC").to_string())
    }
}

impl Moment for NaiveDateTime {
    fn machine(&self) -> Option<String> {
        Some(self.format("%Y-%m-%dT%H:%M:%S").to_string())
    }

    fn human(&self) -> Option<String> {
        Some(self.format("%-d %b %Y, %H:%M").to_string())
    }
}

impl Moment for NaiveDate {
    fn machine(&self) -> Option<String> {
        Some(self.format("%Y-%m-%d").to_string())
    }

    fn human(&self) -> Option<String> {
        Some(self.format("%-d %b %Y").to_string())
    }
}

impl<T: Moment> Moment for Option<T> {
    fn machine(&self) -> Option<String> {
        self.as_ref()?.machine()
    }

    fn human(&self) -> Option<String> {
        self.as_ref()?.human()
    }
}

impl<T: Moment + ?Sized> Moment for &T {
    fn machine(&self) -> Option<String> {
        T::machine(self)
    }

    fn human(&self) -> Option<String> {
        T::human(self)
    }
}

/// A date or time; a dash when there is none.
///
/// ```
/// use velocious::view::time;
///
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 2, 28);
/// assert_eq!(time(day).into_string(), r#"<time datetime="2026-02-28">28 Feb 2026</time>"#);
/// assert_eq!(time(None::<chrono::NaiveDate>).into_string(), "–");
/// ```
pub fn time(moment: impl Moment) -> Markup {
    html! {
        @match (moment.machine(), moment.human()) {
            (Some(machine), Some(human)) => { time datetime=(machine) { (human) } }
            _ => { "–" }
        }
    }
}

/// How long ago something was, or how far ahead it is.
///
/// ```
/// use chrono::{TimeDelta, Utc};
/// use velocious::view::time_ago_in_words;
///
/// assert_eq!(time_ago_in_words(Utc::now() - TimeDelta::minutes(5)), "5 minutes");
/// ```
pub fn time_ago_in_words(moment: DateTime<Utc>) -> String {
    distance_of_time_in_words(Utc::now() - moment)
}

/// A length of time, as people say it.
///
/// ```
/// use chrono::TimeDelta;
/// use velocious::view::distance_of_time_in_words;
///
/// assert_eq!(distance_of_time_in_words(TimeDelta::seconds(20)), "less than a minute");
/// assert_eq!(distance_of_time_in_words(TimeDelta::hours(3)), "about 3 hours");
/// assert_eq!(distance_of_time_in_words(TimeDelta::days(450)), "about 1 year");
/// ```
pub fn distance_of_time_in_words(distance: TimeDelta) -> String {
    const HOUR: u64 = 60;
    const DAY: u64 = 24 * HOUR;
    const MONTH: u64 = 30 * DAY;
    const YEAR: u64 = 365 * DAY;
    let minutes = (distance.num_seconds().unsigned_abs() + 30) / 60;
    let rounded = |unit: u64| (minutes + unit / 2) / unit;
    let count = |number: u64, noun: &str| match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    };
    match minutes {
        0 => "less than a minute".into(),
        1..45 => count(minutes, "minute"),
        45..DAY => format!("about {}", count(rounded(HOUR).max(1), "hour")),
        DAY..MONTH => count(rounded(DAY), "day"),
        MONTH..YEAR => match rounded(MONTH) {
            months @ 1..=2 => format!("about {}", count(months, "month")),
            months => count(months, "month"),
        },
        _ => {
            let years = minutes / YEAR;
            match (minutes % YEAR) * 4 / YEAR {
                0 => format!("about {}", count(years, "year")),
                3 => format!("almost {}", count(years + 1, "year")),
                _ => format!("over {}", count(years, "year")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_said_in_their_largest_unit() {
        for (minutes, words) in [
            (0, "less than a minute"),
            (1, "1 minute"),
            (-44, "44 minutes"),
            (45, "about 1 hour"),
            (90, "about 2 hours"),
            (23 * 60 + 59, "about 24 hours"),
            (24 * 60, "1 day"),
            (36 * 60, "2 days"),
            (29 * 24 * 60, "29 days"),
            (30 * 24 * 60, "about 1 month"),
            (61 * 24 * 60, "about 2 months"),
            (200 * 24 * 60, "7 months"),
            (365 * 24 * 60, "about 1 year"),
            (550 * 24 * 60, "over 1 year"),
            (700 * 24 * 60, "almost 2 years"),
        ] {
            let found = distance_of_time_in_words(TimeDelta::minutes(minutes));
            assert_eq!(found, words, "{minutes} minutes");
        }
    }

    #[test]
    fn times_say_their_zone() {
        let moment = DateTime::from_timestamp(1_772_274_600, 0);
        assert_eq!(
            time(moment).into_string(),
            r#"<time datetime="2026-02-28T10:30:00Z">28 Feb 2026, 10:30 UTC</time>"#
        );
    }
}
