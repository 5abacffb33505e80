//! What a request's parameters become, and what is said when they do not fit.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::mutation;

/// Status and message, or the parameters, of a request with a body of this content type.
fn read_with<T: DeserializeOwned + 'static>(
    path: &[(&'static str, &'static str)],
    query: &str,
    content_type: &str,
    body: impl Into<Vec<u8>>,
) -> Result<T, String> {
    let mut request = TestRequest::with_uri(&format!("/x?{query}"))
        .method(Method::POST)
        .set_payload(body.into());
    if !content_type.is_empty() {
        request = request.insert_header(("content-type", content_type));
    }
    for (name, text) in path {
        request = request.param(*name, *text);
    }
    let (request, mut payload) = request.to_http_parts();
    let params = Params::<T>::from_request(&request, &mut payload);
    actix_web::rt::System::new()
        .block_on(params)
        .map(|Params(value)| value)
        .map_err(|error| format!("{} {error}", error.status()))
}

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

fn form<T: DeserializeOwned + 'static>(body: &str) -> Result<T, String> {
    read_with(&[], "", FORM, body)
}

fn json<T: DeserializeOwned + 'static>(body: &str) -> Result<T, String> {
    read_with(&[], "", JSON, body)
}

#[derive(Debug, Deserialize, PartialEq)]
struct Nested {
    post: Post,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Post {
    title: String,
    stars: Option<i32>,
    #[serde(default)]
    published: bool,
    #[serde(default)]
    tags: Vec<String>,
}

fn post() -> Nested {
    Nested {
        post: Post {
            title: "Hi there".into(),
            stars: Some(4),
            published: true,
            tags: vec!["a".into(), "b".into()],
        },
    }
}

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
fn a_long_name_is_not_repeated_in_a_message() {
    let name = "n".repeat(5_000);
    let refused = form::<Nested>(&format!("{name}=1&{name}[a]=2")).expect_err("two shapes");
    assert!(refused.len() < 200, "{} letters", refused.len());
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

#[test]
fn type_names_are_short() {
    assert_eq!(short_name("shop::controllers::PostParams"), "PostParams");
    assert_eq!(
        short_name("std::collections::HashMap<a::B, c::D>"),
        "HashMap<a::B, c::D>"
    );
    assert_eq!(short_name("i64"), "i64");
}

/// A shape of everything there is.
#[derive(Debug, Deserialize)]
struct Anything {
    #[serde(rename = "a")]
    _a: Option<String>,
    #[serde(rename = "b")]
    _b: Option<Vec<i64>>,
    #[serde(rename = "c")]
    _c: Option<Option<Box<Anything>>>,
    #[serde(rename = "d")]
    _d: Option<DateTime<Utc>>,
    #[serde(rename = "e")]
    _e: Option<std::collections::BTreeMap<String, f64>>,
    #[serde(rename = "f")]
    _f: Option<Upload>,
}

#[test]
fn a_form_withstands_any_bytes() {
    let examples = [
        "a=1&b[]=2&b[]=3&c[a]=x&c[c][a]=%C3%BC&d=2026-02-28T10:30&e[x]=1.5&e[y]=2",
        "a=&a=2&b[][c]=1&b[][c]=2&=3&&x=y=z&+a+=%20",
    ];
    let words = [
        "[",
        "]",
        "[]",
        "&",
        "=",
        "%",
        "%FF",
        "%00",
        "+",
        "a[b]",
        "%5B",
        "99999999999999999999",
        "NaN",
    ];
    mutation::withstands(&examples, &words, |bytes| {
        let Ok(tree) = Tree::from_form(bytes) else {
            return;
        };
        let node = Node::from(tree);
        let _ = read::read::<Anything>(&node);
        // What others read of it, where the names have no brackets.
        let text = String::from_utf8_lossy(bytes);
        let pairs = actix_web::web::Query::<Vec<(String, String)>>::from_query(&text);
        let Node::Map(map) = &node else {
            panic!("parameters have names")
        };
        for (name, value) in pairs.into_iter().flat_map(|pairs| pairs.into_inner()) {
            let known = Node::Form(value);
            let is_known = match map.get(&name) {
                Some(Node::Repeated(values)) => values.contains(&known),
                found => found == Some(&known),
            };
            assert!(
                is_known || name.contains('['),
                "{name} is {:?}, not {known:?}",
                map.get(&name)
            );
        }
    });
    for worst in [
        "a=1&",
        "a[]=1&",
        "%41",
        "+",
        "&",
        "a[b][c]",
        "[",
        "]",
        "=",
        "a[][b]=1&",
        "%",
    ] {
        mutation::is_linear(
            |length| worst.repeat(length / worst.len()).into_bytes(),
            |bytes| drop(Tree::from_form(bytes)),
        );
    }
    // Names of every kind, as many as there may be, each of them wrong.
    mutation::is_linear(
        |length| {
            (0..length / 64)
                .map(|at| format!("e[{at}]=x&"))
                .collect::<String>()
                .into_bytes()
        },
        |bytes| {
            if let Ok(tree) = Tree::from_form(bytes) {
                let _ = read::read::<Anything>(&tree.into());
            }
        },
    );
}

#[test]
fn json_withstands_any_bytes() {
    let examples = [
        r#"{"a": "x\u00fc\n", "b": [1, -2, 3e2], "c": {"a": null, "c": {"b": []}}, "d": "2026-02-28T10:30:00Z"}"#,
        r#"{"e": {"x": 1.5, "y": -0.0}, "f": true, "a": 18446744073709551615, "a": 1e400}"#,
    ];
    let words = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\ud800",
        "null",
        "1e999",
        "-",
        "18446744073709551616",
    ];
    mutation::withstands(&examples, &words, |bytes| {
        let Ok(tree) = Tree::from_json(bytes) else {
            return;
        };
        let node = Node::from(tree);
        let _ = read::read::<Anything>(&node);
        let ours = serde_json::to_value(&node).expect("what was JSON is JSON");
        let theirs: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        assert_eq!(ours, theirs);
    });
    for worst in ["[", "{\"a\":", "\"\\u00fc", "1,", "\\", "-", "  "] {
        mutation::is_linear(
            |length| format!("{{\"a\":[{}", worst.repeat(length / worst.len())).into_bytes(),
            |bytes| drop(Tree::from_json(bytes)),
        );
    }
}

#[test]
fn a_multipart_form_withstands_any_bytes() {
    let part = "--x\r\nContent-Disposition: form-data; name=\"a[]\"\r\n\r\n1\r\n";
    let file = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\0\r\n\r\n--y\r\n";
    let whole = format!("{part}{file}{part}--x--\r\n");
    let examples = [
        whole.as_str(),
        "--x--",
        "--x\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''%fc\r\n\r\n\r\n--x--\r\n\r\n",
    ];
    let words = [
        "--x",
        "\r\n",
        "\r\n\r\n",
        "--x--\r\n",
        "\"",
        ";",
        "name=",
        "filename=\"",
        "\\",
        "Content-Type: ",
        ":",
        "--",
    ];
    let system = actix_web::rt::System::new();
    let kind = "multipart/form-data; boundary=x";
    let parse = |bytes: &[u8]| {
        let request = TestRequest::default().insert_header(("content-type", kind));
        let (request, mut payload) = request.set_payload(bytes.to_vec()).to_http_parts();
        if let Ok(parts) = system.block_on(parts(&request, &mut payload))
            && let Ok(tree) = Tree::from_parts(&parts)
        {
            let _ = read::read::<Anything>(&tree.into());
        }
    };
    mutation::withstands(&examples, &words, parse);
    for worst in ["\r\n--", "\r\n--y", "x", "\r", "--x", "\r\n--x\r\n"] {
        for opening in [
            "",
            part,
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
        ] {
            mutation::is_linear(
                |length| format!("{opening}{}", worst.repeat(length / worst.len())).into_bytes(),
                parse,
            );
        }
    }
}
