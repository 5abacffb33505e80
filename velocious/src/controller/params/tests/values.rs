//! What parameters become.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Deserialize;

use super::{FORM, form, json, post, read_with};

#[test]
fn forms_nest_and_their_text_becomes_what_the_type_asks_for() {
    let body = "post[title]=Hi+there&post[stars]=4&post[published]=0&post[published]=1&post[tags][]=a&post[tags][]=b";
    assert_eq!(form(body), Ok(post()));
    let encoded = "post%5Btitle%5D=Hi%20there&post%5Bstars%5D=4&post%5Bpublished%5D=true&post[tags]=a&post[tags]=b";
    assert_eq!(form(encoded), Ok(post()));
    assert_eq!(
        read_with(&[], body, "", ""),
        Ok(post()),
        "the same in a query"
    );
}

#[test]
fn json_is_read_as_it_is() {
    let body =
        r#"{"post":{"title":"Hi there","stars":4,"published":true,"tags":["a","b"],"unknown":{}}}"#;
    assert_eq!(json(body), Ok(post()));
    assert_eq!(
        read_with(
            &[("id", "1")],
            "",
            "application/problem+json; charset=utf-8",
            body
        ),
        Ok(post())
    );
}

#[test]
fn the_path_beats_the_body_beats_the_query() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Three {
        id: i64,
        a: String,
        b: String,
    }
    let read = read_with(&[("id", "7")], "id=1&a=query&b=query", FORM, "id=2&b=body");
    assert_eq!(
        read,
        Ok(Three {
            id: 7,
            a: "query".into(),
            b: "body".into()
        })
    );
}

#[test]
fn an_empty_text_is_nothing_unless_text_is_asked_for() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Optional {
        text: Option<String>,
        number: Option<i64>,
        flag: Option<bool>,
        day: Option<NaiveDate>,
        inner: Inner,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        time: Option<DateTime<Utc>>,
    }
    assert_eq!(
        form("text=&number=&flag=&day=&inner[time]="),
        Ok(Optional {
            text: Some(String::new()),
            number: None,
            flag: None,
            day: None,
            inner: Inner { time: None },
        })
    );
    #[derive(Debug, Deserialize, PartialEq)]
    struct Required {
        number: i64,
    }
    assert_eq!(
        form::<Required>("number="),
        Err("422 Number has to be a whole number, not empty".into())
    );
}

#[test]
fn an_option_of_an_option_tells_empty_from_absent() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Changes {
        number: Option<Option<i64>>,
        day: Option<Option<NaiveDate>>,
        text: Option<Option<String>>,
        plain: Option<i64>,
        any: Option<serde_json::Value>,
    }
    let absent = Changes {
        number: None,
        day: None,
        text: None,
        plain: None,
        any: None,
    };
    assert_eq!(json("{}"), Ok(absent));
    let empty = Changes {
        number: Some(None),
        day: Some(None),
        text: Some(None),
        plain: None,
        any: None,
    };
    let nulls = r#"{"number":null,"day":null,"text":null,"plain":null,"any":null}"#;
    assert_eq!(json(nulls), Ok(empty));
    let sent: Changes = form("number=&day=&text=&plain=").expect("fine");
    assert_eq!(
        (sent.number, sent.day, sent.plain),
        (Some(None), Some(None), None)
    );
    assert_eq!(sent.text, Some(Some(String::new())));
    let sent: Changes = form("number=7&day=2026-02-28&text=x").expect("fine");
    assert_eq!(
        (sent.number, sent.text),
        (Some(Some(7)), Some(Some("x".into())))
    );
    assert_eq!(
        form::<Changes>("number=x&plain=y"),
        Err("422 Number has to be a whole number, not \"x\". Plain has to be a whole number, not \"y\"".into())
    );
}

#[test]
fn times_are_read_as_browsers_send_them() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Times {
        utc: DateTime<Utc>,
        naive: NaiveDateTime,
        day: NaiveDate,
    }
    let times =
        form::<Times>("utc=2026-02-28T10:30&naive=2026-02-28T10:30&day=2026-02-28").expect("times");
    assert_eq!(times.utc.to_rfc3339(), "2026-02-28T10:30:00+00:00");
    assert_eq!(times.naive.to_string(), "2026-02-28 10:30:00");
    assert_eq!(times.day.to_string(), "2026-02-28");
    assert_eq!(
        form::<Times>("utc=soon&naive=2026-02-28T10:30:01&day=28.2.2026"),
        Err("422 Day has to be a date like 2026-02-28, not \"28.2.2026\". Utc has to be a time like 2026-02-28T10:00:00Z, not \"soon\"".into())
    );
}

#[test]
fn lists_come_in_every_shape_browsers_know() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Lists {
        lines: Vec<Line>,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Line {
        name: String,
        count: u8,
    }
    let lines = Lists {
        lines: vec![
            Line {
                name: "a".into(),
                count: 1,
            },
            Line {
                name: "b".into(),
                count: 2,
            },
        ],
    };
    let repeated = "lines[][name]=a&lines[][count]=1&lines[][name]=b&lines[][count]=2";
    assert_eq!(form(repeated), Ok(lines));
    let numbered = "lines[10][name]=b&lines[10][count]=2&lines[2][name]=a&lines[2][count]=1";
    assert_eq!(
        form::<Lists>(numbered).map(|lists| lists.lines[0].name.clone()),
        Ok("a".into())
    );
    assert_eq!(form::<Lists>("lines="), Ok(Lists { lines: Vec::new() }));
}

#[test]
fn names_with_odd_brackets_are_taken_as_they_are() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Odd {
        #[serde(rename = "a[b")]
        open: String,
        #[serde(rename = "[x]")]
        nameless: String,
        #[serde(rename = "c[d]e")]
        trailing: String,
    }
    assert!(form::<Odd>("a[b=1&[x]=2&c[d]e=3").is_ok());
}
