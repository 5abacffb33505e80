//! Bytes that are nearly parameters.

use actix_web::test::TestRequest;
use chrono::{DateTime, Utc};
use percent_encoding::{CONTROLS, percent_encode};
use serde::Deserialize;

use super::super::*;
use crate::mutation;

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
        let form = Tree::from_form(bytes);
        if let Ok(query) = std::str::from_utf8(bytes) {
            let query = Tree::from_query(query).map(Node::from).ok();
            let form = Tree::from_form(bytes).map(Node::from).ok();
            assert_eq!(query, form, "a query is read as a form is");
        }
        let Ok(tree) = form else {
            return;
        };
        let node = Node::from(tree);
        let _ = read::read::<Anything>(&node);
        // What others read of it, where the names have no brackets. They take a text, in which bytes that are none by
        // themselves have to be written down, or half a letter is lost before its other half, `%BC`, is read.
        let text = percent_encode(bytes, CONTROLS).to_string();
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
