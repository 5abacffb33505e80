//! Cookies of the JavaScript framework, which an application that moves here still gets: its own code, under Node, writes
//! and reads them.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use velocious::http::Cookie;
use velocious::prelude::*;
use velocious::testing::{TestApp, TestResponse};

pub mod routes {
    velocious::routes! {
        get "/moved" => moved::read as moved;
        post "/moved" => moved::write as write_moved;
    }
}

pub mod controllers {
    use super::*;

    pub struct MovedController;

    #[controller]
    impl MovedController {
        pub async fn read(ctx: Context) -> Result<Response> {
            let name = "a";
            ctx.render_json(&(
                ctx.encrypted_cookie(name),
                ctx.signed_cookie(name),
                ctx.cookie(name),
            ))
        }

        pub async fn write(ctx: Context) -> Result<Response> {
            let text = std::str::from_utf8(TEXT.as_bytes())?;
            ctx.set_cookie(Cookie::new("plain", text));
            ctx.set_cookie(Cookie::new("signed", text).signed());
            ctx.set_cookie(Cookie::new("sealed", text).encrypted());
            ctx.render_json("written")
        }
    }
}

const SECRET: &str = "a secret of both";
const TEXT: &str = "Zoë; a=b, \"c\" 100% \\ 🔑";

/// Runs a test with that secret, unless `VELOCIOUS_TEST_JAVASCRIPT=off` says that there is no Node or no network.
fn run(test: impl AsyncFnOnce(TestApp)) {
    if std::env::var("VELOCIOUS_TEST_JAVASCRIPT").is_ok_and(|value| value == "off") {
        eprintln!("skipped: VELOCIOUS_TEST_JAVASCRIPT is off");
        return;
    }
    let application = Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes());
    TestApp::run_with(application, &[("security.cookie_secret", SECRET)], test);
}

/// What the JavaScript framework makes of `work`.
fn javascript(work: &Value) -> Value {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/javascript");
    let fetched = Command::new(scripts.join("fetch.sh"))
        .output()
        .expect("a script");
    assert!(
        fetched.status.success(),
        "{}(or set `VELOCIOUS_TEST_JAVASCRIPT=off`)",
        String::from_utf8_lossy(&fetched.stderr)
    );
    let folder = String::from_utf8(fetched.stdout).expect("a path");
    let mut node = Command::new("node")
        .arg(scripts.join("cookies.mjs"))
        .arg(folder.trim_end())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut input = node.stdin.take().expect("an input");
    input
        .write_all(work.to_string().as_bytes())
        .expect("it listens");
    drop(input);
    let output = node.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{work}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Headers that the JavaScript framework sets cookies with.
fn written(values: &[Value]) -> Vec<String> {
    let cookies = values
        .iter()
        .map(|value| json!({"name": "a", "value": value}));
    let work = json!({"secret": SECRET, "write": cookies.collect::<Vec<_>>()});
    texts(&javascript(&work)["written"])
}

/// What the JavaScript framework reads.
fn read(secret: &str, headers: &[String]) -> Vec<Value> {
    let answer = javascript(&json!({"secret": secret, "read": headers}));
    answer["read"].as_array().expect("a list").clone()
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list").iter();
    list.map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}

/// What an encrypted cookie holds here.
async fn opened(app: &TestApp, cookie: &str) -> Option<String> {
    let answer = app.get("/moved").header("cookie", cookie).await.json();
    answer[0].as_str().map(str::to_owned)
}

/// The cookie of this name as a browser sends it back.
fn sent_back(response: &TestResponse, name: &str) -> String {
    let mut headers = response
        .headers("set-cookie")
        .map(|header| header.split(';').next().unwrap_or_default());
    let found = headers.find(|header| header.starts_with(&format!("{name}=")));
    found.expect("a cookie").to_owned()
}

#[test]
fn encrypted_values_of_the_javascript_framework_are_read() {
    run(async |app| {
        let long = "x".repeat(2_500);
        let values = [
            (json!("user-17"), "user-17"),
            (json!(TEXT), TEXT),
            (json!(long), &long),
            (
                json!("{\"not\": \"an object\"}"),
                "{\"not\": \"an object\"}",
            ),
            (json!("enc:v1:s.a.b.c"), "enc:v1:s.a.b.c"),
            (
                json!({"id": 17, "name": "Zoë", "tags": ["b", "a"]}),
                r#"{"id":17,"name":"Zoë","tags":["b","a"]}"#,
            ),
            (json!([1, 2.5, null, true]), "[1,2.5,null,true]"),
            (json!(17), "17"),
            (json!(false), "false"),
            (json!(null), "null"),
            (
                json!({"$date": "2026-01-02T03:04:05.678Z"}),
                "2026-01-02T03:04:05.678Z",
            ),
        ];
        let headers = written(&values.clone().map(|(value, _)| value));
        let there = read(SECRET, &headers);
        for (((value, expected), header), there) in values.iter().zip(&headers).zip(&there) {
            assert!(header.starts_with("a=enc%3Av1%3A"), "{header}");
            assert_eq!(there["value"], *expected, "there: {value}");
            assert_eq!(
                opened(&app, header).await.as_deref(),
                Some(*expected),
                "here: {value}"
            );
            // Not every client keeps the escapes.
            let plain = header.replace("%3A", ":");
            assert_eq!(
                opened(&app, &plain).await.as_deref(),
                Some(*expected),
                "here: {value}"
            );
        }
    });
}

#[test]
fn a_thousand_random_values_of_the_javascript_framework_are_read() {
    run(async |app| {
        let answer = javascript(&json!({"secret": SECRET, "random": 1_000}));
        let pairs = answer["random"].as_array().expect("a list");
        assert_eq!(pairs.len(), 1_000);
        for pair in pairs {
            let (header, value) = (pair[0].as_str().expect("a header"), pair[1].as_str());
            assert_eq!(opened(&app, header).await.as_deref(), value, "{header}");
        }
    });
}

#[test]
fn what_was_tampered_with_is_absent_here_and_an_error_there() {
    run(async |app| {
        let header = written(&[json!("user-17")]).remove(0).replace("%3A", ":");
        let start = "a=enc:v1:s.".len();
        let mut forged: Vec<String> = Vec::new();
        for at in start..header.len() {
            let mut letters = header.clone().into_bytes();
            letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
            forged.push(String::from_utf8(letters).expect("ASCII"));
            forged.push(header[..at].to_owned());
        }
        for kind in ["", "x", "S"] {
            forged.push(header.replace(":s.", &format!(":{kind}.")));
        }
        forged.extend(["", ".", "=", " x", ".AAAA"].map(|end| format!("{header}{end}")));
        forged.extend(
            [
                "a=enc:v1:",
                "a=enc:v1:s",
                "a=enc:v1:s...",
                "a=enc:v0:s.a.b.c",
            ]
            .map(str::to_owned),
        );
        let there = read(SECRET, &forged);
        let (mut absent, mut refused) = (0, 0);
        for (forged, there) in forged.iter().zip(there) {
            let here = opened(&app, forged).await;
            if there["failed"] == true {
                refused += 1;
                assert_eq!(here, None, "{forged}");
            }
            match here {
                None => absent += 1,
                // The last letter of a part has bits that stand for nothing.
                Some(value) => assert_eq!(value, "user-17", "{forged}"),
            }
        }
        assert!(
            refused > 100 && absent >= refused,
            "{absent} absent, {refused} refused"
        );
    });
}

#[test]
fn plain_values_and_those_of_another_secret_are_absent() {
    run(async |app| {
        let other =
            javascript(&json!({"secret": "another", "write": [{"name": "a", "value": "user-17"}]}));
        let header = texts(&other["written"]).remove(0);
        assert_eq!(opened(&app, &header).await, None);
        assert_eq!(read(SECRET, &[header])[0]["failed"], true);
        let answer = app.get("/moved").header("cookie", "a=user-17").await;
        assert_eq!(answer.json(), json!([null, null, "user-17"]));
    });
}

#[test]
fn our_plain_values_are_read_there_and_our_sealed_ones_are_not_taken_for_theirs() {
    run(async |app| {
        let response = app.post("/moved").await;
        let names = ["plain", "signed", "sealed"];
        let cookies = names.map(|name| sent_back(&response, name));
        let there = read(SECRET, &cookies);
        assert_eq!(
            there[0],
            json!({"value": TEXT, "encrypted": false, "failed": false})
        );
        // These are bound to a name and a time, which theirs are not: they are texts to them, and no values.
        for (cookie, there) in cookies[1..].iter().zip(&there[1..]) {
            let text = cookie.split_once('=').expect("a value").1;
            assert_eq!(
                *there,
                json!({"value": text, "encrypted": false, "failed": false})
            );
        }
    });
}
