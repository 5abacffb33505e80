//! Assertions on pages by CSS selector.

use std::panic::{AssertUnwindSafe, catch_unwind};

use velocious::prelude::*;
use velocious::testing::{TestApp, TestResponse};
use velocious::view::html;

pub mod controllers {
    use super::*;

    pub struct ShelvesController;

    #[controller]
    impl ShelvesController {
        pub async fn index(ctx: Context) -> Result<Response> {
            ctx.render(html! {
                h1 { "Two  " b { "shelves" } }
                table {
                    tr { td.name { "Oak" } td { a href="/shelves/1" { "Show" } } }
                    tr { td.name { "Pine & fir" } td { a href="/shelves/2" { "Show" } } }
                }
                form action="/shelves" { input name="shelf[name]" value="Oak"; }
            })
        }

        pub async fn create(ctx: Context) -> Result<Response> {
            ctx.flash().notice("It was put up.");
            ctx.redirect(routes::paths::moved_path())
        }

        pub async fn moved(ctx: Context) -> Result<Response> {
            ctx.redirect(routes::paths::told_path())
        }

        pub async fn told(ctx: Context) -> Result<Response> {
            ctx.render(velocious::view::flash_messages(&ctx))
        }
    }
}

mod routes {
    velocious::routes! {
        resources shelves only(index, create);
        get moved => shelves::moved;
        get told => shelves::told;

    }
}

fn on_the_page(test: impl AsyncFnOnce(TestResponse)) {
    let application = Application::new("shelves", "1.0.0", "/nowhere").routes(routes::routes());
    TestApp::run(application, async |app| {
        test(app.get("/shelves").await.assert_status(200).clone()).await;
    });
}

/// What a failing assertion says.
fn failure(assertion: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(assertion)).expect_err("it has to fail");
    *payload.downcast::<String>().expect("a message")
}

#[test]
fn elements_are_found_by_selector() {
    on_the_page(async |page| {
        page.assert_select("h1").assert_text("Two shelves");
        page.assert_select("td.name").assert_count(2);
        assert_eq!(page.select("td.name").texts(), ["Oak", "Pine & fir"]);
        assert_eq!(
            page.select("td a").attributes("href"),
            ["/shelves/1", "/shelves/2"]
        );
        let rows = page.assert_select("tr:last-child");
        rows.select("a[href]")
            .assert_count(1)
            .assert_attribute("href", "/shelves/2");
        page.assert_select("input[name='shelf[name]']")
            .assert_attribute("value", "Oak");
        page.assert_no_select("p.error").assert_status(200);
        assert_eq!(page.select("p.error").text(), "");
        assert_eq!(page.select("p").attribute("class"), None);
    });
}

#[test]
fn a_failure_says_what_is_there_instead() {
    on_the_page(async |page| {
        let told = failure(|| _ = page.assert_select("form input[name='shelf[titel]']"));
        assert_eq!(
            told,
            "expected an element `form input[name='shelf[titel]']`, but GET /shelves has these `input`:\n  <input name=\"shelf[name]\" value=\"Oak\">"
        );
        let told = failure(|| _ = page.assert_select("p.notice"));
        assert!(
            told.starts_with(
                "expected an element `p.notice`, but GET /shelves was answered with 200 OK:\n<h1>"
            ),
            "{told}"
        );
        let told = failure(|| _ = page.assert_select("td.name").assert_count(3));
        assert_eq!(
            told,
            "expected 3 × `td.name`, but GET /shelves has 2:\n  <td class=\"name\"> Oak\n  <td class=\"name\"> Pine & fir"
        );
        let told = failure(|| _ = page.assert_select("td a").assert_text("Edit"));
        assert!(told.starts_with("expected `td a` with the text \"Edit\", but GET /shelves has:\n  <a href=\"/shelves/1\"> Show"), "{told}");
        let told = failure(|| _ = page.assert_select("a").assert_attribute("href", "/"));
        assert!(told.starts_with("expected `a` with href=\"/\""), "{told}");
        let told = failure(|| _ = page.assert_no_select("table td"));
        assert!(told.starts_with("did not expect an element `table td`, but GET /shelves has:\n  <td class=\"name\"> Oak"), "{told}");
        let told = failure(|| _ = page.select("form["));
        assert!(told.starts_with("`form[` is no CSS selector: "), "{told}");
    });
}

#[test]
fn redirects_are_followed_to_their_end() {
    let application = Application::new("shelves", "1.0.0", "/nowhere").routes(routes::routes());
    TestApp::run(application, async |app| {
        let page = app.post("/shelves").follow_redirects().await;
        page.assert_status(200);
        page.assert_select("p.flash-notice")
            .assert_text("It was put up.");
    });
}
