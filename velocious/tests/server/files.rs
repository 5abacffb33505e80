//! Files of `public/`: which are served, how they are found again, and how they are sent.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use velocious::prelude::*;
use velocious::testing::{TestApp, TestResponse};
use velocious::view::{
    Markup, asset_path, external, html, image_tag, link_to, script_tag, stylesheet_tag,
};

pub mod routes {
    velocious::routes! {
        get page => pictures::show;
        get broken => pictures::broken;
        get other => pictures::other;
    }
}

pub mod controllers {
    use super::*;

    pub struct PicturesController;

    #[controller]
    impl PicturesController {
        pub async fn show(ctx: Context) -> Result<Response> {
            ctx.render(html! {
                (stylesheet_tag("app.css"))
                (script_tag("app.js"))
                (image_tag("docs/a b.svg", "A \"picture\""))
                (link_to("icon", external(asset_path("docs/a b.svg#icon"))))
                (link_to("old", external(asset_path("app.css?old"))))
            })
        }

        pub async fn broken(ctx: Context) -> Result<Response> {
            ctx.render(image_tag("docs/a c.svg", ""))
        }

        pub async fn other(ctx: Context) -> Result<Response> {
            ctx.render(script_tag("https://cdn.example/a.js"))
        }
    }
}

/// A folder that goes away with its test: an application's, with a secret beside `public/`.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("files").replace("::", "-");
        let root = std::env::temp_dir().join(format!("velocious-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let folder = Folder(root);
        for (name, content) in [
            ("secret.txt", "secret"),
            ("public-too/secret.txt", "secret"),
            ("public/app.css", "body { color: black }"),
            ("public/app.js", "start()"),
            ("public/docs/index.html", "<p>docs"),
            ("public/docs/a b.svg", "<svg/>"),
            ("public/.env", "secret"),
            ("public/.git/config", "secret"),
        ] {
            folder.write(name, content);
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    fn run(&self, test: impl AsyncFnOnce(TestApp)) {
        self.run_with(|application| application, test);
    }

    fn run_with(
        &self,
        change: impl FnOnce(Application) -> Application,
        test: impl AsyncFnOnce(TestApp),
    ) {
        let root = self.0.display().to_string().leak();
        let application = Application::new("shop", "1.0.0", root).routes(routes::routes());
        TestApp::run(change(application), test);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Lets a file have been changed some seconds ago.
fn changed(path: &Path, seconds_ago: u64) {
    let file = File::options().write(true).open(path).expect("a file");
    let time = SystemTime::now() - Duration::from_secs(seconds_ago);
    file.set_modified(time).expect("a time");
}

/// What stands in an attribute of a page.
fn attribute<'a>(page: &'a str, before: &str) -> &'a str {
    let (_, rest) = page.split_once(before).expect("the attribute");
    rest.split('"').next().unwrap_or_default()
}

fn keeps(answer: &TestResponse) -> bool {
    match answer.header("cache-control") {
        Some("public, max-age=31536000, immutable") => true,
        Some("public, no-cache") => false,
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_are_served_with_their_type_and_their_tag() {
    let folder = Folder::new();
    folder.write("public/big.bin", vec![7; 700_000]);
    folder.run(async |app| {
        let style = app.get("/app.css").await;
        style
            .assert_status(200)
            .assert_text("body { color: black }");
        assert_eq!(
            style.header("content-type"),
            Some("text/css; charset=utf-8")
        );
        assert_eq!(style.header("vary"), None);
        assert!(!keeps(&style));
        let tag = style.header("etag").expect("a tag");
        let date = style.header("last-modified").expect("a date");
        let known = app.get("/app.css").header("if-none-match", tag).await;
        assert_eq!((known.status(), known.text().len()), (304, 0));
        assert_eq!(known.header("etag"), Some(tag));
        app.get("/app.css")
            .header("if-modified-since", date)
            .await
            .assert_status(304);
        app.get("/app.css")
            .header("if-match", "\"other\"")
            .await
            .assert_status(412);
        let head = app.head("/app.css").await;
        assert_eq!((head.status(), head.header("etag")), (200, Some(tag)));
        app.get("/docs")
            .await
            .assert_status(200)
            .assert_text("<p>docs");
        app.get("/docs/a%20b.svg").await.assert_status(200);
        let big = app.get("/big.bin").await;
        assert_eq!(big.bytes(), vec![7; 700_000]);
        app.post("/app.css").await.assert_status(404);
    });
}

#[test]
fn a_part_of_a_file_is_served() {
    let folder = Folder::new();
    let content: Vec<u8> = (0..700_000_u32)
        .map(|number| (number % 251) as u8)
        .collect();
    folder.write("public/big.bin", &content);
    folder.run(async |app| {
        let whole = app.get("/big.bin").await;
        assert_eq!(whole.header("accept-ranges"), Some("bytes"));
        let tag = whole.header("etag").expect("a tag").to_owned();
        for (range, start, end) in [
            ("bytes=0-9", 0, 9),
            ("bytes=100000-", 100_000, 699_999),
            ("bytes=-5", 699_995, 699_999),
        ] {
            let part = app.get("/big.bin").header("range", range).await;
            part.assert_status(206);
            assert_eq!(part.bytes(), &content[start..=end], "{range}");
            let expected = format!("bytes {start}-{end}/700000");
            assert_eq!(part.header("content-range"), Some(expected.as_str()));
        }
        let after = app.get("/big.bin").header("range", "bytes=700000-").await;
        after.assert_status(416);
        assert_eq!(after.header("content-range"), Some("bytes */700000"));
        for (known, status) in [(tag.as_str(), 206), ("\"other\"", 200)] {
            let part = app.get("/big.bin").header("range", "bytes=0-9");
            part.header("if-range", known).await.assert_status(status);
        }
    });
}

#[test]
fn an_address_with_the_digest_is_kept_until_the_content_changes() {
    let folder = Folder::new();
    folder.run(async |app| {
        let page = app.get("/page").await.assert_status(200).text();
        let style = attribute(&page, "<link rel=\"stylesheet\" href=\"");
        assert!(style.starts_with("/app.css?v="), "{style}");
        let digest = style.strip_prefix("/app.css?v=").expect("a digest");
        assert_eq!(digest.len(), 16);
        assert!(keeps(&app.get(style).await));
        assert!(keeps(&app.get(format!("/app.css?a=b&v={digest}")).await));
        for address in [
            "/app.css",
            "/app.css?v=",
            "/app.css?v=0000000000000000",
            &format!("/app.css?w={digest}"),
            &format!("/app.css?v={digest}0"),
            &format!("/app.js?v={digest}"),
        ] {
            assert!(
                !keeps(app.get(address).await.assert_status(200)),
                "{address}"
            );
        }
        let picture = attribute(&page, "<img src=\"");
        assert!(picture.starts_with("/docs/a%20b.svg?v="), "{picture}");
        assert!(keeps(&app.get(picture).await));
        assert!(page.contains("alt=\"A &quot;picture&quot;\""), "{page}");
        assert!(page.contains(&format!("href=\"{picture}#icon\"")), "{page}");
        assert!(page.contains("href=\"/app.css?old\""), "{page}");
        assert!(page.contains("\" defer></script>"), "{page}");

        folder.write("public/app.css", "body { color: white }");
        assert!(
            !keeps(&app.get(style).await),
            "the old digest, the new content"
        );
        let page = app.get("/page").await.text();
        let new = attribute(&page, "<link rel=\"stylesheet\" href=\"");
        assert_ne!(new, style);
        let kept = app.get(new).await;
        assert!(keeps(kept.assert_text("white")));
    });
}

#[test]
fn a_file_that_is_not_there_is_named_with_its_folder() {
    let folder = Folder::new();
    folder.run(async |app| {
        let public = folder.path("public").display().to_string();
        let page = app.get("/broken").accept_json().await;
        page.assert_status(500);
        let expected =
            format!("there is no file `docs/a c.svg` in `{public}`: did you mean `docs/a b.svg`?");
        assert_eq!(page.json()["causes"][0], expected);
        app.get("/page").await.assert_status(200);
        fs::remove_dir_all(folder.path("public")).expect("a folder");
        let page = app.get("/broken").accept_json().await;
        let cause = page.json()["causes"][0].to_string();
        assert!(
            cause.contains("put the file there, or correct its name"),
            "{cause}"
        );
    });
}

#[test]
fn a_nonce_is_given_where_the_policy_needs_one() {
    let folder = Folder::new();
    folder.run(async |app| {
        let page = app.get("/page").await;
        assert!(!page.text().contains("nonce"), "{}", page.text());
        let other = app.get("/other").await;
        let nonce = attribute(&other.text(), " nonce=\"").to_owned();
        let policy = other.header("content-security-policy").unwrap_or_default();
        assert!(nonce.len() > 20 && policy.contains(&nonce), "{policy}");
        assert!(other.text().contains("src=\"https://cdn.example/a.js\""));
    });
    let strict = |application: Application| {
        application.content_security_policy("script-src 'strict-dynamic'; default-src 'self'")
    };
    folder.run_with(strict, async |app| {
        let page = app.get("/page").await.text();
        assert_eq!(page.matches("nonce=").count(), 1, "{page}");
    });
}

#[test]
fn tags_outside_of_a_request_have_no_digest() {
    let page: Markup = html! { (stylesheet_tag("/app.css")) };
    let expected = r#"<link rel="stylesheet" href="/app.css">"#;
    assert_eq!(page.into_string(), expected);
    assert_eq!(asset_path("//cdn.example/a.js"), "//cdn.example/a.js");
    assert_eq!(asset_path("data:,x"), "data:,x");
}

#[test]
fn a_compressed_file_beside_the_file_is_sent_to_whoever_takes_it() {
    let folder = Folder::new();
    folder.write("public/app.css.br", "as brotli");
    folder.write("public/app.css.zst", "as zstd");
    folder.write("public/app.css.gz", "as gzip");
    folder.write("public/app.js.gz", "as gzip");
    folder.run(async |app| {
        let plain = app.get("/app.css").await;
        let mut tags = vec![plain.header("etag").expect("a tag").to_owned()];
        let date = plain.header("last-modified").map(str::to_owned);
        assert_eq!(plain.header("content-encoding"), None);
        assert_eq!(plain.header("vary"), Some("accept-encoding"));
        for (accepted, text, encoding) in [
            ("gzip, deflate, br, zstd", "as brotli", Some("br")),
            ("gzip, zstd", "as zstd", Some("zstd")),
            ("gzip", "as gzip", Some("gzip")),
            ("br;q=0.1, gzip;q=0.2", "as gzip", Some("gzip")),
            ("br;q=0, identity", "body", None),
            ("deflate", "body", None),
        ] {
            let answer = app
                .get("/app.css")
                .header("accept-encoding", accepted)
                .await;
            answer.assert_status(200).assert_text(text);
            assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
            let kind = answer.header("content-type");
            assert_eq!(kind, Some("text/css; charset=utf-8"));
            assert_eq!(answer.header("vary"), Some("accept-encoding"));
            assert_eq!(answer.header("last-modified").map(str::to_owned), date);
            let tag = answer.header("etag").expect("a tag");
            assert!(!tag.starts_with("W/"), "{tag}");
            tags.push(tag.to_owned());
            // Each has a tag of its own, and knows it again.
            let known = app.get("/app.css").header("accept-encoding", accepted);
            let known = known.header("if-none-match", tag).await;
            known.assert_status(304);
            assert_eq!(known.header("vary"), Some("accept-encoding"));
            let other = app.get("/app.css").header("if-none-match", tag).await;
            let expected = if encoding.is_some() { 200 } else { 304 };
            other.assert_status(expected);
        }
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 4, "{tags:?}");
        let script = app.get("/app.js").header("accept-encoding", "br").await;
        script.assert_text("start()");
        assert_eq!(script.header("vary"), Some("accept-encoding"));
        let head = app.head("/app.css").header("accept-encoding", "br").await;
        assert_eq!(head.header("content-encoding"), Some("br"));
        // The digest is that of the file.
        let page = app.get("/page").await.text();
        let style = attribute(&page, "<link rel=\"stylesheet\" href=\"");
        let kept = app.get(style).header("accept-encoding", "br").await;
        assert!(keeps(kept.assert_text("as brotli")));
        // By its own name it is a file like any other.
        let own = app.get("/app.css.gz").await;
        assert_eq!(own.header("content-type"), Some("application/gzip"));
        assert_eq!(own.header("content-encoding"), None);
    });
}

#[test]
fn a_range_is_one_of_the_encoding_that_it_was_asked_in() {
    let folder = Folder::new();
    folder.write("public/app.css.br", "as brotli");
    folder.run(async |app| {
        let get = || app.get("/app.css").header("range", "bytes=0-3");
        let plain = get().await;
        assert_eq!((plain.status(), plain.text().as_str()), (206, "body"));
        assert_eq!(plain.header("content-encoding"), None);
        let part = get().header("accept-encoding", "br").await;
        assert_eq!((part.status(), part.text().as_str()), (206, "as b"));
        assert_eq!(part.header("content-encoding"), Some("br"));
        assert_eq!(part.header("content-range"), Some("bytes 0-3/9"));
        // The rest of one must never be put after the beginning of the other.
        let tag = part.header("etag").expect("a tag");
        let rest = get().header("if-range", tag).await;
        assert_eq!((rest.status(), rest.text().len()), (200, 21));
        let rest = get()
            .header("if-range", tag)
            .header("accept-encoding", "br")
            .await;
        rest.assert_status(206);
    });
}

#[test]
fn a_compressed_file_that_is_older_than_its_file_is_passed_over() {
    let folder = Folder::new();
    folder.write("public/app.css.br", "as brotli");
    changed(&folder.path("public/app.css"), 60);
    folder.run(async |app| {
        let get = || app.get("/app.css").header("accept-encoding", "br");
        changed(&folder.path("public/app.css.br"), 59);
        get().await.assert_text("as brotli");
        changed(&folder.path("public/app.css.br"), 61);
        let answer = get().await;
        answer.assert_text("body");
        assert_eq!(answer.header("vary"), None);
    });
}

#[test]
fn nothing_outside_of_the_folder_is_served() {
    let folder = Folder::new();
    folder.write("public/app.js.gz/index.html", "a folder");
    #[cfg(unix)]
    {
        let link = |target: &str, name: &str| {
            std::os::unix::fs::symlink(target, folder.path(name)).expect("a link");
        };
        link("../secret.txt", "public/link.txt");
        link("../secret.txt", "public/app.css.br");
        link("../public-too", "public/too");
        link("..", "public/up");
        link("/etc", "public/etc");
        link("app.css", "public/inside.css");
    }
    folder.run(async |app| {
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/docs/../../secret.txt",
            "/..%2fsecret.txt",
            "/..%2Fsecret.txt",
            "/%2e%2e%2fsecret.txt",
            "/docs/..%2f..%2fsecret.txt",
            "/docs/..%5c..%5csecret.txt",
            "//../secret.txt",
            "/./secret.txt",
            "/link.txt",
            "/too/secret.txt",
            "/up/secret.txt",
            "/etc/passwd",
            "/.env",
            "/%2Eenv",
            "/.git/config",
            "/docs/.",
            "/missing.css",
            "/app.css%00.html",
            "/app.css%00",
            "/C:/secret.txt",
        ] {
            let answer = app.get(path).header("accept-encoding", "br").await;
            assert_ne!(answer.text(), "secret", "{path}");
            assert!(
                matches!(answer.status(), 400 | 404),
                "{path}: {}",
                answer.status()
            );
        }
        let style = app.get("/app.css").header("accept-encoding", "br").await;
        style.assert_status(200).assert_text("body");
        let script = app.get("/app.js").header("accept-encoding", "gzip").await;
        script.assert_status(200).assert_text("start()");
        #[cfg(unix)]
        app.get("/inside.css").await.assert_status(200);
        let long = format!("/{}", "a".repeat(5_000));
        app.get(long).await.assert_status(404);
        let deep = "/a".repeat(2_000);
        app.get(deep).await.assert_status(404);
    });
}
