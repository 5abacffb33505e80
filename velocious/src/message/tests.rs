//! Messages in the languages of `velocious/locales`. The application's own language is said once for all of them.

use std::fmt::Display;

use super::*;
use crate::locale::{Locales, in_locale};
use crate::model::Errors;
use crate::value::Value;

/// What `t!` would be given here, where the crate has no name yet.
const HELLO: Message = Message {
    context: None,
    id: "Hello %{user_name}",
    plural: None,
    texts: &[
        MessageText {
            locale: "de",
            forms: &["Hallo %{user_name}"],
            rule: &Plural::Number(0),
        },
        MessageText {
            locale: "fr",
            forms: &[],
            rule: &Plural::Number(0),
        },
    ],
};

const TASKS: Message = Message {
    context: None,
    id: "One task",
    plural: Some("%{n} tasks"),
    texts: &[MessageText {
        locale: "de",
        forms: &["Eine Aufgabe", "%{n} Aufgaben"],
        rule: &Plural::Unequal(&Plural::Count, &Plural::Number(1)),
    }],
};

const GERMAN: &[Catalogue] = &[Catalogue {
    locale: "de",
    rule: &Plural::Unequal(&Plural::Count, &Plural::Number(1)),
    entries: &[
        MessageEntry {
            id: "Name",
            context: None,
            forms: &["Bezeichnung"],
        },
        MessageEntry {
            id: "Name",
            context: Some("Dish"),
            forms: &["Gericht"],
        },
        MessageEntry {
            id: "may have %{count} letters",
            context: None,
            forms: &[
                "darf einen Buchstaben haben",
                "darf %{count} Buchstaben haben",
            ],
        },
    ],
}];

#[test]
fn a_message_is_in_the_language_of_the_moment() {
    let hello = |name: &str| message(&HELLO, &[("user_name", &name)]);
    assert_eq!(in_locale("de", || hello("Ada")), "Hallo Ada");
    assert_eq!(in_locale("fr", || hello("Ada")), "Hello Ada");
    assert_eq!(in_locale("it", || hello("Ada")), "Hello Ada");
}

#[test]
fn a_number_chooses_the_form() {
    let tasks = |n: i64| counted_message(&TASKS, n, &[]);
    in_locale("de", || {
        assert_eq!(tasks(1), "Eine Aufgabe");
        assert_eq!(tasks(0), "0 Aufgaben");
        assert_eq!(tasks(-1), "Eine Aufgabe");
    });
    in_locale("it", || {
        assert_eq!(tasks(1), "One task");
        assert_eq!(tasks(7), "7 tasks");
    });
    assert_eq!(u8::MAX.size(), 255);
    assert_eq!(i64::MIN.size(), 1 << 63);
    assert_eq!((&3_usize).size(), 3);
}

#[test]
fn what_is_filled_in_is_not_looked_at_again() {
    let filled = |text: &str, arguments: &[(&str, &dyn Display)]| filled_in(text, arguments);
    assert_eq!(
        filled("%{a}-%{b}-%{a}", &[("a", &"%{b}"), ("b", &1)]),
        "%{b}-1-%{b}"
    );
    assert_eq!(filled("%{x} %{", &[("a", &1)]), "%{x} %{");
    assert_eq!(filled("100 %%{a}%", &[("a", &1)]), "100 %1%");
    assert_eq!(filled("é%{a}é", &[("a", &"ü")]), "éüé");
}

#[test]
fn validations_and_attributes_are_in_the_catalogues_that_are_installed() {
    Locales::new("en").fallbacks("de-AT", ["de"]).install();
    install(GERMAN);
    let errors = |model| {
        let mut errors = Errors::of(model);
        for count in [1_i64, 2] {
            let details = [("count", Value::BigInt(count))];
            errors.add_with("name", "long", "may have %{count} letters", details);
        }
        errors.full_messages()
    };
    in_locale("de-AT", || {
        assert_eq!(
            errors("Dish"),
            [
                "Gericht darf einen Buchstaben haben",
                "Gericht darf 2 Buchstaben haben"
            ]
        );
        assert_eq!(errors("Cook")[0], "Bezeichnung darf einen Buchstaben haben");
        assert_eq!(find("Name"), "Bezeichnung");
        assert_eq!(find("Nothing"), "Nothing");
    });
    in_locale("it", || {
        assert_eq!(errors("Dish")[1], "Name may have 2 letters");
    });
    install(&[]);
}

#[test]
fn rules_are_as_in_c() {
    use Plural::{
        And, AtLeast, AtMost, Choose, Count, Equal, Less, More, Number, Or, Quotient, Remainder,
    };
    const POLISH: &Plural = &Choose(
        &Equal(&Count, &Number(1)),
        &Number(0),
        &Choose(
            &And(
                &And(
                    &AtLeast(&Remainder(&Count, &Number(10)), &Number(2)),
                    &AtMost(&Remainder(&Count, &Number(10)), &Number(4)),
                ),
                &Or(
                    &Less(&Remainder(&Count, &Number(100)), &Number(10)),
                    &AtLeast(&Remainder(&Count, &Number(100)), &Number(20)),
                ),
            ),
            &Number(1),
            &Number(2),
        ),
    );
    let forms = [1, 2, 5, 12, 22, 25, 112].map(|count| POLISH.of(count));
    assert_eq!(forms, [0, 1, 2, 2, 1, 2, 2]);
    const ODD: &Plural = &Plural::Sum(
        &Quotient(&Count, &Number(0)),
        &Plural::Not(&More(
            &Plural::Product(&Count, &Number(2)),
            &Plural::Difference(&Number(9), &Plural::Unequal(&Count, &Number(0))),
        )),
    );
    assert_eq!([4, 5].map(|count| ODD.of(count)), [1, 0]);
}
