//! Answers that are made shorter on their way.

use std::io::Read;

use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderValue};
use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::testing::{TestApp, TestResponse};
use velocious::view::{button_to, html};

pub mod routes {
    velocious::routes! {
        get long => texts::long;
        post long => texts::long;
        get short => texts::short;
        get tagged => texts::tagged;
        get fixed => texts::fixed;
        get picture => texts::picture;
        get written => texts::written;
        get events => texts::events;
        get empty => texts::empty;
        get huge => texts::huge;
        get form => texts::form;
    }
}

pub mod controllers {
    use super::*;

    pub struct TextsController;

    #[controller]
    impl TextsController {
        pub async fn long(ctx: Context) -> Result<Response> {
            ctx.render_json(&long())
        }

        pub async fn short(ctx: Context) -> Result<Response> {
            ctx.render_json("short")
        }

        pub async fn tagged(ctx: Context) -> Result<Response> {
            let mut response = ctx.render_json(&long())?;
            let etag = HeaderValue::from_static("\"1\"");
            response.headers_mut().insert(ETAG, etag);
            Ok(response)
        }

        pub async fn fixed(ctx: Context) -> Result<Response> {
            let mut response = ctx.render_json(&long())?;
            let value = HeaderValue::from_static("private, no-transform");
            response.headers_mut().insert(CACHE_CONTROL, value);
            Ok(response)
        }

        pub async fn picture(_: Context) -> Result<Response> {
            Ok(Response::Ok().content_type("image/png").body(long()))
        }

        pub async fn written(ctx: Context) -> Result<Response> {
            ctx.stream("text/csv", async |out| {
                for _ in 0..3 {
                    out.write("a,b\n").await?;
                }
                Ok(())
            })
        }

        pub async fn events(ctx: Context) -> Result<Response> {
            ctx.server_sent_events(async |events| events.send(long()).await)
        }

        pub async fn empty(_: Context) -> Result<Response> {
            Ok(Response::NoContent().finish())
        }

        pub async fn huge(_: Context) -> Result<Response> {
            Ok(Response::Ok()
                .content_type("text/plain")
                .body(long().repeat(200)))
        }

        pub async fn form(ctx: Context) -> Result<Response> {
            ctx.session().set("user_id", 1)?;
            ctx.render(html! { (button_to("Send", RoutePath::raw("/long"), "post")) (long()) })
        }
    }
}

fn long() -> String {
    "one text like another, ".repeat(200)
}

fn run(settings: &[(&'static str, &str)], test: impl AsyncFnOnce(TestApp)) {
    let application = Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes());
    TestApp::run_with(application, settings, test);
}

/// The body as a browser reads it.
fn decoded(answer: &TestResponse) -> String {
    let mut text = String::new();
    let bytes = answer.bytes();
    let read = match answer.header("content-encoding") {
        Some("br") => brotli::Decompressor::new(bytes, 4096).read_to_string(&mut text),
        Some("zstd") => zstd::stream::read::Decoder::new(bytes)
            .expect("a decoder")
            .read_to_string(&mut text),
        Some("gzip") => flate2::read::GzDecoder::new(bytes).read_to_string(&mut text),
        other => panic!("{other:?} is no encoding"),
    };
    read.expect("sound");
    text
}

async fn get(app: &TestApp, path: &str, accepted: &str) -> TestResponse {
    app.get(path).header("accept-encoding", accepted).await
}

fn is_plain(answer: &TestResponse) -> bool {
    answer.header("content-encoding").is_none()
}

#[test]
fn answers_are_sent_as_their_request_takes_them() {
    run(&[], async |app| {
        let plain = app.get("/long").await;
        assert!(is_plain(&plain));
        assert_eq!(plain.header("vary"), Some("accept-encoding"));
        for (accepted, encoding) in [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, zstd", "zstd"),
            ("gzip", "gzip"),
            ("br;q=0.5, gzip;q=0.9", "gzip"),
            ("identity;q=0.5, zstd;q=0.6", "zstd"),
        ] {
            let answer = get(&app, "/long", accepted).await;
            assert_eq!(
                answer.header("content-encoding"),
                Some(encoding),
                "{accepted}"
            );
            assert_eq!(answer.header("vary"), Some("accept-encoding"));
            assert_eq!(
                answer.header("content-type"),
                Some("application/json; charset=utf-8")
            );
            assert!(
                answer.bytes().len() < 200,
                "{accepted}: {}",
                answer.bytes().len()
            );
            assert_eq!(decoded(&answer), plain.text());
        }
        for accepted in [
            "identity",
            "deflate",
            "br;q=0",
            "identity;q=1, br;q=0.5",
            "*;q=0",
            "",
        ] {
            let answer = get(&app, "/long", accepted).await;
            assert!(is_plain(&answer), "{accepted}");
            assert_eq!(answer.text(), plain.text());
            assert_eq!(answer.header("vary"), Some("accept-encoding"));
        }
        let posted = app.post("/long").header("accept-encoding", "br").await;
        assert_eq!(decoded(&posted), plain.text());
        let huge = get(&app, "/huge", "gzip").await;
        assert_eq!(decoded(&huge), long().repeat(200));
    });
}

#[test]
fn what_is_not_worth_it_stays_as_it_is() {
    run(&[], async |app| {
        for path in ["/short", "/fixed", "/picture", "/events", "/empty"] {
            let answer = get(&app, path, "gzip, br, zstd").await;
            assert!(is_plain(&answer), "{path}");
            assert_eq!(answer.header("vary"), None, "{path}");
        }
        // Unless it is refused as it is.
        let short = get(&app, "/short", "identity;q=0, gzip").await;
        assert_eq!(decoded(&short), "\"short\"");
    });
}

#[test]
fn a_tag_stands_for_every_encoding() {
    run(&[], async |app| {
        let plain = app.get("/tagged").await;
        assert_eq!(plain.header("etag"), Some("\"1\""));
        let short = get(&app, "/tagged", "zstd").await;
        assert_eq!(short.header("etag"), Some("W/\"1\""));
        let head = app.head("/tagged").header("accept-encoding", "zstd").await;
        assert_eq!(head.header("etag"), Some("W/\"1\""));
        assert_eq!(head.header("content-encoding"), Some("zstd"));
        assert_eq!(head.header("vary"), Some("accept-encoding"));
    });
}

#[test]
fn what_is_made_while_it_is_sent_is_compressed_too() {
    run(&[], async |app| {
        for accepted in ["br", "zstd", "gzip"] {
            let written = get(&app, "/written", accepted).await;
            assert_eq!(written.header("content-encoding"), Some(accepted));
            assert_eq!(decoded(&written), "a,b\na,b\na,b\n");
        }
        assert_eq!(app.get("/written").await.text(), "a,b\na,b\na,b\n");
    });
}

#[test]
fn what_another_site_asks_for_with_cookies_does_not_tell_its_length() {
    let foreign = async |app: &TestApp, site: &str, cookie: bool| {
        let request = app.get("/long").header("accept-encoding", "gzip");
        let request = request.header("sec-fetch-site", site);
        let request = request.header("origin", "https://app.shop.example");
        let answer = match cookie {
            true => request.header("cookie", "a=b").await,
            false => request.await,
        };
        is_plain(&answer)
    };
    run(&[], async |app| {
        assert!(foreign(&app, "cross-site", true).await);
        assert!(foreign(&app, "same-site", true).await);
        assert!(!foreign(&app, "cross-site", false).await);
        assert!(!foreign(&app, "same-origin", true).await);
        assert!(!foreign(&app, "none", true).await);
    });
    // Whoever may read it needs no such trick.
    let shared = [
        ("cors.origins", "https://app.shop.example"),
        ("cors.credentials", "true"),
    ];
    run(&shared, async |app| {
        assert!(!foreign(&app, "same-site", true).await);
    });
    // The token of a form is another one each time.
    run(&[], async |app| {
        let token = |page: &str| {
            let (_, rest) = page
                .split_once("name=\"csrf_token\" value=\"")
                .expect("a token");
            rest.split('"').next().map(str::to_owned)
        };
        app.get("/form").await;
        let first = token(&decoded(&get(&app, "/form", "br").await));
        let second = token(&decoded(&get(&app, "/form", "br").await));
        assert_ne!(first, second);
    });
}

#[test]
fn files_are_compressed_where_nobody_has_done_it_before() {
    let root = std::env::temp_dir().join(format!("velocious-compressed-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(root.join("public")).expect("a folder");
    let write = |name: &str, content: &[u8]| {
        std::fs::write(root.join("public").join(name), content).expect("a file");
    };
    write("app.css", long().as_bytes());
    write("app.js", long().as_bytes());
    write("app.js.gz", b"by hand");
    write("big.txt", long().repeat(200).as_bytes());
    write("logo.png", long().as_bytes());
    let path: &'static str = root.display().to_string().leak();
    TestApp::run(Application::new("shop", "1.0.0", path), async |app| {
        let style = get(&app, "/app.css", "br, gzip").await;
        assert_eq!(decoded(&style), long());
        let tag = style.header("etag").expect("a tag").to_owned();
        assert!(tag.starts_with("W/"), "{tag}");
        assert_eq!(style.header("accept-ranges"), None);
        let known = app
            .get("/app.css")
            .header("accept-encoding", "br")
            .header("if-none-match", &tag);
        let known = known.await;
        assert_eq!(
            (known.status(), known.header("vary")),
            (304, Some("accept-encoding"))
        );
        // A part is one of the file as it is, and only of the version that is meant.
        let part = app
            .get("/app.css")
            .header("accept-encoding", "br")
            .header("range", "bytes=0-2");
        let part = part.await;
        assert_eq!((part.status(), part.text().as_str()), (206, "one"));
        assert!(is_plain(&part));
        let other = app
            .get("/app.css")
            .header("range", "bytes=0-2")
            .header("if-range", &tag);
        other.await.assert_status(200);
        assert_eq!(
            decoded(&get(&app, "/big.txt", "zstd").await),
            long().repeat(200)
        );
        assert_eq!(get(&app, "/app.js", "br, gzip").await.text(), "by hand");
        assert!(is_plain(&get(&app, "/logo.png", "br").await));
    });
    std::fs::remove_dir_all(root).expect("a folder");
}

#[test]
fn it_can_be_turned_off_and_up() {
    run(&[("server.compression", "false")], async |app| {
        let answer = get(&app, "/long", "br").await;
        assert!(is_plain(&answer));
        assert_eq!(answer.header("vary"), None);
    });
    for level in ["1", "9"] {
        run(&[("server.compression_level", level)], async |app| {
            for accepted in ["br", "zstd", "gzip"] {
                assert_eq!(
                    decoded(&get(&app, "/huge", accepted).await),
                    long().repeat(200)
                );
            }
        });
    }
}
