//! What is said of parameters that do not fit.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::super::*;
use super::{Nested, form, json, read_with};

#[test]
fn every_wrong_field_is_named() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Order {
        number: i32,
        price: f64,
        customer: Customer,
        lines: Vec<i64>,
        kind: Kind,
        due: DateTime<Utc>,
        note: String,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Customer {
        name: String,
        age: u8,
        born: NaiveDate,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Retail,
        Wholesale,
    }
    let body = r#"{"number":"1","price":true,"customer":{"name":5,"age":300,"born":"x"},"lines":[1,"two",3,null],"kind":"retial","due":7}"#;
    let error = json::<Order>(body).expect_err("many mistakes");
    for expected in [
        "Number has to be a whole number from -2147483648 to 2147483647, not \"1\"",
        "Price has to be a number, not true",
        "Customer.name has to be text, not 5",
        "Customer.age has to be a whole number from 0 to 255, not 300",
        "Customer.born has to be a date like 2026-02-28, not \"x\"",
        "Lines.1 has to be a whole number, not \"two\"",
        "Lines.3 has to be a whole number, not null",
        "Kind cannot be `retial`: did you mean `retail`?",
        "Due has to be text, not 7",
    ] {
        assert!(error.contains(expected), "{expected:?} is not in {error:?}");
    }
    assert!(error.starts_with("422 "), "{error}");
}

#[test]
fn every_missing_field_is_named() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Form {
        title: String,
        count: i64,
        nested: Inner,
        optional: Option<i64>,
        last: bool,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        one: i64,
        two: String,
    }
    assert_eq!(
        form::<Form>("nested[one]=x&optional=y"),
        Err("422 Nested.one has to be a whole number, not \"x\". Nested.two is missing. Optional has to be a whole number, not \"y\". Title is missing. Count is missing. Last is missing".into())
    );
    assert_eq!(
        read_with::<Nested>(&[], "", "", ""),
        Err("422 Post is missing".into())
    );
}

#[test]
fn secrets_are_not_repeated_in_messages() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Login {
        password: String,
    }
    assert_eq!(
        json::<Login>(r#"{"password": 1234}"#),
        Err("422 Password has to be text".into())
    );
}

#[test]
fn broken_bodies_are_refused() {
    let error = json::<Nested>(r#"{"post": "#).expect_err("broken");
    assert!(
        error.starts_with("400 The body is malformed JSON: EOF while parsing"),
        "{error}"
    );
    assert_eq!(
        json::<Nested>("[1]"),
        Err("422 The JSON body has to be an object.".into())
    );
    assert_eq!(
        form::<Nested>("a=%FF"),
        Err("400 The form is not UTF-8.".into())
    );
    assert_eq!(
        read_with::<Nested>(&[], "a=%zz", "", ""),
        Err("400 The query has a `%` without two hexadecimal digits.".into())
    );
    assert_eq!(
        form::<Nested>("a=1&a[b]=2"),
        Err("400 The form gives `a[b]` two shapes.".into())
    );
    assert_eq!(
        form::<Nested>("a[]=1&a=2"),
        Err("400 The form gives `a` two shapes.".into())
    );
}

#[test]
fn other_kinds_of_bodies_are_refused() {
    assert_eq!(
        read_with::<Nested>(&[], "", "text/plain", "x"),
        Err("415 The body has to be `application/json`, `application/x-www-form-urlencoded` or `multipart/form-data` in UTF-8, not `text/plain`.".into())
    );
    let error = read_with::<Nested>(&[], "", "", "x").expect_err("no type");
    assert!(
        error.ends_with("and has to say so in `Content-Type`."),
        "{error}"
    );
    let error = read_with::<Nested>(&[], "", "application/json; charset=latin1", "{}")
        .expect_err("no UTF-8");
    assert!(error.starts_with("415 "), "{error}");
}

#[test]
fn a_long_name_is_not_repeated_in_a_message() {
    let name = "n".repeat(5_000);
    let refused = form::<Nested>(&format!("{name}=1&{name}[a]=2")).expect_err("two shapes");
    assert!(refused.len() < 200, "{} letters", refused.len());
}

#[test]
fn type_names_are_short() {
    assert_eq!(short_name("shop::controllers::PostParams"), "PostParams");
    assert_eq!(
        short_name("std::collections::HashMap<a::B, c::D>"),
        "HashMap<a::B, c::D>"
    );
    assert_eq!(short_name("i64"), "i64");
}
