//! Forms that are shown again with what was typed.

use serde::Deserialize;
use serde_json::json;
use velocious::prelude::*;
use velocious::testing::TestApp;
use velocious::view::{Markup, form_for, html};

#[derive(Model)]
struct Novel {
    id: i64,
    #[validate(presence)]
    title: String,
    #[validate(numericality(greater_than = 0))]
    pages: i32,
    price: Option<f64>,
    out_on: Option<NaiveDate>,
    author_id: Option<i64>,
    record: RecordState,
}

#[derive(Deserialize)]
pub struct NovelParams {
    shelf: Option<u8>,
    novel: NovelFields,
}

#[derive(Deserialize)]
struct NovelFields {
    title: Option<String>,
    pages: Option<i32>,
    price: Option<f64>,
    out_on: Option<NaiveDate>,
    author_id: Option<i64>,
}

impl From<NovelFields> for NovelChanges {
    fn from(fields: NovelFields) -> Self {
        NovelChanges {
            title: fields.title,
            pages: fields.pages,
            price: Some(fields.price),
            out_on: Some(fields.out_on),
            author_id: Some(fields.author_id),
        }
    }
}

fn form(novel: &Novel) -> Markup {
    form_for(novel, routes::paths::novels_path(), |form| {
        html! {
            (form.errors())
            (form.text_field(|novel| novel.title()))
            (form.number_field(|novel| novel.pages()))
            (form.number_field(|novel| novel.price()))
            (form.date_field(|novel| novel.out_on()))
            (form.select(|novel| novel.author_id(), [(1, "Ann"), (2, "Bo")]))
        }
    })
}

pub mod routes {
    velocious::routes! { resources novels only(index, create, update); }
}

pub mod controllers {
    use super::*;

    pub struct NovelsController;

    #[controller]
    impl NovelsController {
        pub async fn index(ctx: Context, params: FormParams<NovelParams>) -> Result<Response> {
            let params = params.into_result()?;
            ctx.render_json(&params.shelf)
        }

        pub async fn create(ctx: Context, params: FormParams<NovelParams>) -> Result<Response> {
            let mut novel = Novel::new();
            params.assign_to(&mut novel, |params| params.novel);
            save(ctx, novel).await
        }

        pub async fn update(
            ctx: Context,
            Path(id): Path<i64>,
            params: FormParams<NovelParams>,
        ) -> Result<Response> {
            let mut novel = Novel::find(ctx.db(), id).await?;
            params.assign_to(&mut novel, |params| params.novel);
            save(ctx, novel).await
        }
    }

    async fn save(ctx: Context, mut novel: Novel) -> Result<Response> {
        match novel.save(ctx.db()).await {
            Ok(()) => ctx.redirect(routes::paths::novels_path()),
            Err(error) if error.is_invalid() => ctx.invalid(novel.errors(), || form(&novel)),
            Err(error) => Err(error),
        }
    }
}

struct CreateNovels;

#[migration(version = 20260101120000)]
impl Migration for CreateNovels {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.create_table("novels", |t| {
            t.string("title").null(false);
            t.integer("pages").null(false);
            t.double("price");
            t.date("out_on");
            t.bigint("author_id");
        })
        .await
    }
}

fn application() -> Application {
    Application::new("library", "1.0.0", "/nowhere")
        .routes(routes::routes())
        .migrations(velocious::migrations![CreateNovels])
}

const TYPED: &[(&str, &str)] = &[
    ("novel[title]", "<Kim>"),
    ("novel[pages]", "\"many\""),
    ("novel[price]", "1,50"),
    ("novel[out_on]", "tomorrow"),
    ("novel[author_id]", "2"),
];

#[test]
fn what_was_typed_is_shown_again_with_what_is_wrong_beside_it() {
    TestApp::run(application(), async |app| {
        let page = app.post("/novels").form(TYPED).await;
        page.assert_status(422);
        for (column, text, message) in [
            (
                "pages",
                "&quot;many&quot;",
                "has to be a whole number from -2147483648 to 2147483647, not &quot;&quot;many&quot;&quot;",
            ),
            ("price", "1,50", "has to be a number, not &quot;1,50&quot;"),
            (
                "out_on",
                "tomorrow",
                "has to be a date like 2026-02-28, not &quot;tomorrow&quot;",
            ),
        ] {
            page.assert_text(&format!(
                r#"<input id="novel_{column}" name="novel[{column}]" type="text" value="{text}" aria-invalid="true""#
            ));
            page.assert_text(&format!(
                r#"<p class="error" id="novel_{column}_error">{message}</p>"#
            ));
        }
        // What fits is shown as ever, and the rules about what was typed wrong say nothing.
        page.assert_text(r#"name="novel[title]" type="text" value="&lt;Kim&gt;">"#);
        page.assert_text(r#"<option value="2" selected>Bo</option>"#);
        page.assert_text("<h2>3 errors kept this novel from being saved</h2>");
        page.assert_no_text("greater than");
        assert_eq!(Novel::all().count(app.db()).await.expect("a number"), 0);
    });
}

#[test]
fn other_rules_are_checked_at_the_same_time() {
    TestApp::run(application(), async |app| {
        let typed = [("novel[title]", ""), ("novel[pages]", "x")];
        let page = app.post("/novels").form(&typed).await;
        page.assert_status(422)
            .assert_text(r#"id="novel_title_error">can't be blank"#)
            .assert_text(r#"id="novel_pages_error">has to be a whole number"#);
        let typed = [
            ("shelf", "x"),
            ("novel[title]", "Kim"),
            ("novel[pages]", "1"),
        ];
        let page = app.post("/novels").form(&typed).await;
        page.assert_status(422)
            .assert_text("<li>`shelf` has to be a whole number from 0 to 255");
        let page = app.post("/novels").form(&[("other", "1")]).await;
        page.assert_status(422)
            .assert_text("<li>`novel` is missing</li>");
    });
}

#[test]
fn a_stored_record_is_left_alone_until_everything_fits() {
    TestApp::run(application(), async |app| {
        let fitting = [
            ("novel[title]", "Kim"),
            ("novel[pages]", "300"),
            ("novel[price]", ""),
        ];
        app.post("/novels")
            .form(&fitting)
            .await
            .assert_redirect("/novels");
        let wrong = [("novel[title]", "Other"), ("novel[pages]", "x")];
        app.patch("/novels/1").form(&wrong).await.assert_status(422);
        let stored = Novel::find(app.db(), 1).await.expect("a record");
        assert_eq!((stored.title.as_str(), stored.pages), ("Kim", 300));
        let only_wrong = [("novel[pages]", "x")];
        app.patch("/novels/1")
            .form(&only_wrong)
            .await
            .assert_status(422);
    });
}

#[test]
fn whoever_sends_json_gets_every_field() {
    TestApp::run(application(), async |app| {
        let body = json!({"novel": {"title": 1, "pages": "x", "price": true}});
        let answer = app.post("/novels").json(&body).await;
        answer.assert_status(422);
        let errors = answer.json()["errors"].clone();
        let fields: Vec<_> = errors
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        assert_eq!(fields, ["novel.pages", "novel.price", "novel.title"]);
        let answer = app.post("/novels").form(TYPED).accept_json().await;
        answer.assert_status(422);
        assert_eq!(
            answer.json()["errors"]
                .as_object()
                .expect("an object")
                .len(),
            3
        );
        let answer = app.get("/novels?novel[pages]=x").await;
        answer
            .assert_status(422)
            .assert_text("pages has to be a whole number");
    });
}

#[test]
fn a_record_is_valid_again_when_what_was_refused_is_forgotten() {
    TestApp::run(application(), async |app| {
        let mut novel = Novel {
            title: "Kim".into(),
            pages: 300,
            ..Novel::new()
        };
        novel.record.refuse("pages", "many", "is no number");
        let error = novel.save(app.db()).await.expect_err("it is refused");
        assert!(error.is_invalid());
        assert_eq!(novel.errors().full_messages(), ["Pages is no number"]);
        novel.record.forget_refused();
        novel.save(app.db()).await.expect("it is valid");
    });
}
