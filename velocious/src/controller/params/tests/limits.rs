//! How many parameters there may be, and how long.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Nested, form, json};

#[test]
fn long_lists_of_options_are_read_in_a_few_rounds() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Rows {
        rows: Vec<Row>,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        count: Option<i64>,
        day: Option<Option<NaiveDate>>,
    }
    let rows = vec![r#"{"count":null,"day":null}"#; 20_000].join(",");
    let read: Rows = json(&format!(r#"{{"rows":[{rows}]}}"#)).expect("fine");
    assert_eq!(read.rows.len(), 20_000);
    let last = Row {
        count: None,
        day: Some(None),
    };
    assert_eq!(read.rows.last(), Some(&last));
    let fields = "rows[][count]=&rows[][day]=&".repeat(1500);
    let read: Rows = form(&fields).expect("fine");
    assert_eq!((read.rows.len(), read.rows.last()), (1500, Some(&last)));
}

#[test]
fn very_long_lists_of_mistakes_end() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Numbers {
        numbers: Vec<i64>,
    }
    let numbers = vec!["true"; 60_000].join(",");
    let error = json::<Numbers>(&format!(r#"{{"numbers":[{numbers}]}}"#)).expect_err("no numbers");
    assert!(
        error.starts_with("422 Numbers.0 has to be a whole number, not true. Numbers.1 "),
        "{}",
        &error[..100]
    );
    assert_eq!(error.matches("has to be").count(), 8);
}

#[test]
fn a_json_body_has_so_many_values_and_no_more() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Numbers {
        numbers: Vec<u8>,
    }

    let body = |count: usize| format!("{{\"numbers\": [{}0]}}", "0,".repeat(count - 1));
    let read = json::<Numbers>(&body(65_535 - 1)).map(|read| read.numbers.len());
    assert_eq!(read, Ok(65_535 - 1));
    let refused = json::<Numbers>(&body(65_536)).expect_err("too many");
    assert_eq!(refused, "400 The body has more than 65536 values.");
    // Brackets are values without a comma.
    let nested = format!(
        "{{\"numbers\": [{}]}}",
        vec!["[[[[[]]]]]"; 20_000].join(",")
    );
    assert!(json::<Numbers>(&nested).is_err_and(|error| error.contains("65536")));
}

#[test]
fn sizes_have_limits() {
    let long = format!("a={}", "x".repeat(3 * 1024 * 1024));
    assert_eq!(
        form::<Nested>(&long),
        Err("413 The body is longer than 2097152 bytes.".into())
    );
    let deep = format!("a{}=1", "[b]".repeat(40));
    assert_eq!(
        form::<Nested>(&deep),
        Err("400 The form nests deeper than 32 levels.".into())
    );
    let many = "a=1&".repeat(5000);
    assert_eq!(
        form::<Nested>(&many),
        Err("400 The form has more than 4096 parameters.".into())
    );
    let deep = format!("{}{}", r#"{"a":"#.repeat(500), "}".repeat(500));
    let error = json::<Nested>(&deep).expect_err("too deep");
    assert!(error.starts_with("400 "), "{error}");
}
