//! Forms with files.

use serde::Deserialize;
use serde_json::json;
use velocious::Upload;
use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::testing::TestApp;
use velocious::view::form_for;

pub mod routes {
    velocious::routes! {
        post uploads => uploads::create;
        patch "/uploads/{id}" => uploads::update as upload;
        post keep => uploads::keep;
        post album => uploads::album;
        get form => uploads::form;
    }
}

pub mod controllers {
    use super::*;

    #[derive(Deserialize)]
    pub struct UploadParams {
        picture: PictureFields,
    }

    #[derive(Deserialize)]
    pub struct PictureFields {
        title: String,
        file: Option<Upload>,
        #[serde(default)]
        pages: Vec<Upload>,
    }

    #[derive(Deserialize)]
    pub struct Kept {
        file: Upload,
        target: String,
    }

    #[derive(Model)]
    pub struct Picture {
        id: i64,
        title: String,
        record: RecordState,
    }

    pub struct UploadsController;

    #[controller]
    impl UploadsController {
        pub async fn create(
            ctx: Context,
            Params(params): Params<UploadParams>,
        ) -> Result<Response> {
            let picture = params.picture;
            let mut file = json!(null);
            if let Some(upload) = &picture.file {
                let bytes = upload.bytes().await?;
                file = json!({
                    "name": upload.filename(),
                    "field": upload.field_name(),
                    "type": upload.content_type(),
                    "size": upload.size(),
                    "sum": bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>(),
                    "path": upload.path(),
                });
            }
            let pages: Vec<_> = picture.pages.iter().map(Upload::size).collect();
            ctx.render_json(&json!({"title": picture.title, "file": file, "pages": pages}))
        }

        pub async fn update(
            ctx: Context,
            Path(id): Path<i64>,
            Params(params): Params<UploadParams>,
        ) -> Result<Response> {
            ctx.render_json(&json!([
                id,
                params.picture.title,
                params.picture.file.map(|file| file.size())
            ]))
        }

        pub async fn keep(ctx: Context, Params(kept): Params<Kept>) -> Result<Response> {
            kept.file.save_to(kept.target).await?;
            ctx.render_json("kept")
        }

        /// Which of the pages are kept on the disk.
        pub async fn album(ctx: Context, Params(album): Params<PictureFields>) -> Result<Response> {
            let pages = album.pages.iter();
            let on_disk: Vec<_> = pages.map(|page| page.path().is_some()).collect();
            ctx.render_json(&on_disk)
        }

        pub async fn form(ctx: Context) -> Result<Response> {
            ctx.render(form_for(&Picture::new(), RoutePath::raw("/uploads"), |form| {
                velocious::view::html! { (form.text_field(|picture| picture.title())) (form.file_field("file")) }
            }))
        }
    }
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes())
}

fn large() -> TestSettings {
    &[("server.upload_limit_bytes", "10000000")]
}

type TestSettings = &'static [(&'static str, &'static str)];

#[test]
fn files_arrive_beside_texts() {
    TestApp::run(application(), async |app| {
        let answer = app
            .post("/uploads")
            .part("picture[title]", "Ünder")
            .file(
                "picture[file]",
                "../../a \"b\".png",
                "image/png",
                [0, 1, 2, 255],
            )
            .file("picture[pages][]", "1", "text/plain", "one")
            .file("picture[pages][]", "2", "text/plain", "three")
            .await;
        answer.assert_status(200).assert_json(&json!({
            "title": "Ünder",
            "file": {"name": "a %22b%22.png", "field": "picture[file]", "type": "image/png", "size": 4, "sum": 258, "path": null},
            "pages": [3, 5],
        }));
    });
}

#[test]
fn a_field_in_which_no_file_was_chosen_is_none() {
    TestApp::run(application(), async |app| {
        let answer = app
            .post("/uploads")
            .part("picture[title]", "T")
            .file("picture[file]", "", "application/octet-stream", "")
            .await;
        assert_eq!(answer.assert_status(200).json()["file"], json!(null));
        // A file of no length is one, all the same.
        let answer = app
            .post("/uploads")
            .part("picture[title]", "T")
            .file("picture[file]", "a", "text/plain", "")
            .await;
        assert_eq!(answer.json()["file"]["size"], 0);
    });
}

#[test]
fn a_text_is_no_file_and_a_file_no_text() {
    TestApp::run(application(), async |app| {
        let answer = app
            .post("/uploads")
            .accept_json()
            .file("picture[title]", "a", "text/plain", "x")
            .part("picture[file]", "x")
            .await;
        assert_eq!(
            answer.assert_status(422).json()["errors"],
            json!({
                "picture.file": ["has to be a file, not \"x\""],
                "picture.title": ["has to be text, not a file"],
            })
        );
        let missing = app.post("/keep").accept_json().part("target", "x").await;
        assert_eq!(
            missing.assert_status(422).json()["errors"],
            json!({"file": ["is missing"]})
        );
    });
}

#[test]
fn a_form_with_files_names_its_method_and_its_token() {
    TestApp::run(application(), async |app| {
        let answer = app
            .post("/uploads/7")
            .part("_method", "patch")
            .part("picture[title]", "T")
            .file("picture[file]", "a", "text/plain", "abc")
            .await;
        answer.assert_status(200).assert_json(&json!([7, "T", 3]));
        app.get("/form").await.assert_text(
            "<form action=\"/uploads\" method=\"post\" enctype=\"multipart/form-data\">",
        );
    });
}

#[test]
fn large_files_go_through_the_disk_and_leave_nothing_there() {
    TestApp::run_with(application(), large(), async |app| {
        let content = vec![1_u8; 5_000_000];
        let send = || {
            app.post("/uploads").part("picture[title]", "T").file(
                "picture[file]",
                "a",
                "text/plain",
                &content,
            )
        };
        let answer = send().await.assert_status(200).json();
        assert_eq!(
            (&answer["file"]["size"], &answer["file"]["sum"]),
            (&json!(5_000_000), &json!(5_000_000))
        );
        let path = answer["file"]["path"]
            .as_str()
            .expect("a temporary file")
            .to_owned();
        assert!(
            !std::path::Path::new(&path).exists(),
            "{path} is left behind"
        );
        let folder = std::env::temp_dir().join(format!("velocious-kept-{}", std::process::id()));
        // Folders are made on the way.
        let kept = folder.join("one/two");
        let target = kept.display().to_string();
        app.post("/keep")
            .part("target", &target)
            .file("file", "a", "text/plain", &content)
            .await
            .assert_status(200);
        assert_eq!(std::fs::metadata(&kept).expect("a file").len(), 5_000_000);
        let below_a_file = kept.join("three").display().to_string();
        let failed = app
            .post("/keep")
            .part("target", &below_a_file)
            .file("file", "a", "text/plain", "x")
            .await;
        failed.assert_status(500);
        std::fs::remove_dir_all(folder).expect("a folder to remove");
    });
}

#[test]
fn many_small_files_do_not_fill_the_memory() {
    let settings: TestSettings = &[("server.upload_limit_bytes", "20000000")];
    TestApp::run_with(application(), settings, async |app| {
        let page = vec![0; 2 * 1024 * 1024];
        let mut album = app.post("/album").part("title", "T");
        for _ in 0..5 {
            album = album.file("pages[]", "a", "image/png", &page);
        }
        let small = album.file("pages[]", "b", "image/png", "small").await;
        // Four of 2 MiB are the 8 MiB that there is room for.
        small
            .assert_status(200)
            .assert_json(&json!([false, false, false, false, true, true]));
    });
}

#[test]
fn every_size_has_a_limit() {
    TestApp::run(application(), async |app| {
        let long = vec![b'x'; 2 * 1024 * 1024 + 1];
        let answer = app
            .post("/uploads")
            .file("picture[file]", "a", "text/plain", &long)
            .await;
        answer.assert_status(413);
        let mut many = app.post("/uploads");
        for _ in 0..4097 {
            many = many.part("a[]", "");
        }
        many.await
            .assert_status(400)
            .assert_text("more than 4096 parameters");
    });
    TestApp::run_with(application(), large(), async |app| {
        let long = "x".repeat(2 * 1024 * 1024 + 1);
        app.post("/uploads")
            .part("picture[title]", &long)
            .await
            .assert_status(413);
    });
}

#[test]
fn malformed_forms_are_400() {
    TestApp::run(application(), async |app| {
        let kind = "multipart/form-data; boundary=x";
        for (kind, body) in [
            (
                kind,
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb",
            ),
            (kind, "nothing of the kind"),
            (kind, "--x\r\n\r\nb\r\n--x--\r\n"),
            (
                kind,
                "--x\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x--\r\n",
            ),
            (
                kind,
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\u{0}\r\n--x",
            ),
            ("multipart/form-data", "--x--"),
        ] {
            let answer = app.post("/uploads").body(kind, body).await;
            answer.assert_status(400);
        }
        let binary = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xFF\r\n--x--\r\n";
        app.post("/uploads")
            .body(kind, binary.as_slice())
            .await
            .assert_status(400);
        // What a browser appends is no mistake.
        let whole = "--x\r\nContent-Disposition: form-data; name=\"picture[title]\"\r\n\r\nb\r\n--x--\r\n\r\n";
        app.post("/uploads")
            .body(kind, whole)
            .await
            .assert_status(200);
    });
}
