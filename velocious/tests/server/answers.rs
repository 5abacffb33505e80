//! The ways to answer: by format, with files, and while the answer is being made.

use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::json;
use velocious::controller::Event;
use velocious::prelude::*;
use velocious::testing::TestApp;
use velocious::view::html;

pub mod routes {
    velocious::routes! {
        get formats => sent::formats;
        get export => sent::export;
        get cut => sent::cut;
        get crash => sent::crash;
        get news => sent::news;
        get current => sent::current;
        match [get, post] "/download/{*name}" => sent::download as download;
        get report => sent::report;
    }
}

pub mod controllers {
    use super::*;

    pub struct SentController;

    #[controller]
    impl SentController {
        pub async fn formats(ctx: Context) -> Result<Response> {
            let names = ["a", "b"];
            ctx.respond_to()
                .html(async || ctx.render(html! { p { (names.len()) } }))
                .json(async || ctx.render_json(&names))
                .format("text/csv", async || {
                    Ok(Response::Ok().content_type("text/csv").body("a,b"))
                })
                .await
        }

        pub async fn export(ctx: Context) -> Result<Response> {
            ctx.stream("text/csv", async |out| {
                for number in 0..50_000 {
                    out.write(format!("{number}\n")).await?;
                }
                Ok(())
            })
        }

        pub async fn cut(ctx: Context) -> Result<Response> {
            ctx.stream("text/plain", async |out| {
                out.write("a part").await?;
                Err(Error::message("no more"))
            })
        }

        pub async fn crash(ctx: Context) -> Result<Response> {
            ctx.stream("text/plain", async |_| panic!("in a stream"))
        }

        pub async fn news(ctx: Context) -> Result<Response> {
            ctx.server_sent_events(async |events| {
                let last = events.last_id().unwrap_or("none").to_owned();
                events.send(last).await?;
                events
                    .send(Event::json(&json!({"a": 1}))?.named("numbers").id("7"))
                    .await
            })
        }

        pub async fn current(ctx: Context) -> Result<Response> {
            ctx.stream("text/plain", async |out| {
                tokio::task::yield_now().await;
                let connected = Db::current().is_ok();
                out.write(connected.to_string()).await
            })
        }

        pub async fn download(ctx: Context, Path(name): Path<String>) -> Result<Response> {
            ctx.send_file(name).within(folder()).await
        }

        pub async fn report(ctx: Context) -> Result<Response> {
            let path = folder().join("a.txt");
            ctx.send_file(path)
                .filename("Übersicht.csv")
                .content_type("text/csv")
                .inline()
                .await
        }
    }
}

/// A folder of files, beside one that nobody is to have.
fn folder() -> PathBuf {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let root = std::env::temp_dir().join(format!("velocious-answers-{}", std::process::id()));
        // One of an earlier process of the same id may have been left behind.
        let _ = std::fs::remove_dir_all(&root);
        let folder = root.join("files");
        std::fs::create_dir_all(folder.join("deep")).expect("a folder");
        std::fs::write(root.join("secret.txt"), "secret").expect("a file");
        std::fs::write(folder.join("a.txt"), "0123456789").expect("a file");
        std::fs::write(folder.join("deep/big.bin"), vec![7; 300_000]).expect("a file");
        std::fs::write(folder.join("empty.txt"), "").expect("a file");
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret.txt", folder.join("link.txt")).expect("a link");
        folder
    });
    FOLDER.clone()
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes())
}

#[test]
fn the_header_accept_chooses_the_format() {
    TestApp::run(application(), async |app| {
        let get = |accept: &str| app.get("/formats").header("accept", accept);
        let page = get("text/html").await;
        page.assert_text("<p>2</p>");
        assert_eq!(page.header("vary"), Some("accept"));
        get("application/json")
            .await
            .assert_json(&json!(["a", "b"]));
        get("text/csv, */*;q=0.1").await.assert_text("a,b");
        let none = get("image/png").await;
        none.assert_status(406)
            .assert_text("This can be had as text/html, application/json, text/csv only.");
        assert_eq!(none.header("vary"), Some("accept"));
    });
}

#[test]
fn an_answer_is_made_while_it_is_sent() {
    TestApp::run(application(), async |app| {
        let export = app.get("/export").await;
        export.assert_status(200);
        assert_eq!(
            export.header("content-type"),
            Some("text/csv; charset=utf-8")
        );
        assert_eq!(export.text().lines().count(), 50_000);
        assert!(export.text().ends_with("\n49999\n"));
        app.get("/current").await.assert_text("true");
    });
}

#[test]
fn events_are_what_browsers_listen_to() {
    TestApp::run(application(), async |app| {
        let news = app.get("/news").header("last-event-id", "6").await;
        assert_eq!(news.header("content-type"), Some("text/event-stream"));
        assert_eq!(news.header("cache-control"), Some("no-cache"));
        assert_eq!(
            news.text(),
            "data: 6\n\nevent: numbers\nid: 7\ndata: {\"a\":1}\n\n"
        );
    });
}

#[test]
fn files_are_sent_whole_or_in_ranges() {
    TestApp::run(application(), async |app| {
        let whole = app.get("/download/a.txt").await;
        whole.assert_status(200).assert_text("0123456789");
        assert_eq!(
            whole.header("content-disposition"),
            Some("attachment; filename=\"a.txt\"")
        );
        assert_eq!(whole.header("accept-ranges"), Some("bytes"));
        let etag = whole.header("etag").expect("a tag").to_owned();
        let modified = whole.header("last-modified").expect("a time").to_owned();
        let get = |headers: &[(&str, &str)]| {
            let mut request = app.get("/download/a.txt");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request
        };
        let part = get(&[("range", "bytes=2-4")]).await;
        part.assert_status(206);
        assert_eq!(part.text(), "234");
        assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
        let none = get(&[("range", "bytes=10-")]).await;
        none.assert_status(416);
        assert_eq!(none.header("content-range"), Some("bytes */10"));
        get(&[("if-none-match", &etag)]).await.assert_status(304);
        get(&[("if-modified-since", &modified)])
            .await
            .assert_status(304);
        get(&[("if-match", "\"other\"")]).await.assert_status(412);
        get(&[("if-match", &etag)]).await.assert_status(200);
        let same = get(&[("range", "bytes=0-0"), ("if-range", &etag)]).await;
        same.assert_status(206);
        let other = get(&[("range", "bytes=0-0"), ("if-range", "\"other\"")]).await;
        other.assert_status(200);
        let big = app
            .get("/download/deep/big.bin")
            .header("range", "bytes=-100000")
            .await;
        big.assert_status(206);
        assert_eq!(big.bytes(), vec![7; 100_000]);
        app.get("/download/empty.txt")
            .await
            .assert_status(200)
            .assert_text("");
        app.post("/download/a.txt").await.assert_status(200);
        let report = app.get("/report").await;
        assert_eq!(
            report.header("content-type"),
            Some("text/csv; charset=utf-8")
        );
        assert_eq!(
            report.header("content-disposition"),
            Some("inline; filename=\"_bersicht.csv\"; filename*=UTF-8''%C3%9Cbersicht.csv")
        );
    });
}

#[test]
fn no_file_outside_of_the_folder_is_sent() {
    TestApp::run(application(), async |app| {
        for path in [
            "/download/../secret.txt",
            "/download/..%2Fsecret.txt",
            "/download/deep/..%2F..%2Fsecret.txt",
            "/download/link.txt",
            "/download/%2Fetc%2Fpasswd",
            "/download//etc/passwd",
            "/download/deep",
            "/download/nothing.txt",
            "/download/a.txt%00",
        ] {
            app.get(path).await.assert_status(404);
        }
    });
}
