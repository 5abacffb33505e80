//! Dates and times on a page.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_say_their_zone() {
        let moment = DateTime::from_timestamp(1_772_274_600, 0);
        assert_eq!(
            time(moment).into_string(),
            r#"<time datetime="2026-02-28T10:30:00Z">28 Feb 2026, 10:30 UTC</time>"#
        );
    }
}
