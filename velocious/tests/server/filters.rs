//! What runs around actions: in which order, for which of them, and what it can do.

use std::cell::RefCell;

use serde_json::json;
use velocious::controller::Next;
use velocious::error::{HttpError, NotFound};
use velocious::prelude::*;
use velocious::testing::TestApp;

pub mod routes {
    velocious::routes! {
        get ordered => filtered::ordered;
        get skipped => filtered::skipped;
        get unfiltered => filtered::unfiltered;
        get missing => filtered::missing;
        get teapot => filtered::teapot;
        get odd => filtered::odd;
        get crash => filtered::crash;
        get "/numbers/{id}" => filtered::number as number;
        get deeper => deeper::index as deeper;
    }
}

thread_local! {
    /// What has run, in its order.
    static TRACE: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

fn note(step: &'static str) {
    TRACE.with_borrow_mut(|trace| trace.push(step));
}

fn asks_for(ctx: &Context, word: &str) -> bool {
    ctx.request().query_string() == word
}

pub mod controllers {
    use super::*;

    /// What all others are based on.
    pub struct ApplicationController;

    #[controller(
        before(authenticate),
        around(outer, except(unfiltered)),
        after(finish, except(unfiltered)),
        rescue(not_found_page, anything)
    )]
    impl ApplicationController {
        pub async fn authenticate(ctx: &Context) -> Result<Option<Response>> {
            note("authenticate");
            Ok(asks_for(ctx, "stranger").then(|| Response::Unauthorized().body("who are you?")))
        }

        async fn outer(_: &Context, next: Next<'_>) -> Result<Response> {
            note("outer {");
            let answer = next.run().await;
            note("} outer");
            answer
        }

        async fn finish(_: &Context, response: &mut Response) -> Result<()> {
            note("finish");
            response
                .headers_mut()
                .insert("x-finished".parse()?, "yes".parse()?);
            Ok(())
        }

        async fn not_found_page(ctx: &Context, error: &NotFound) -> Result<Response> {
            note("not_found_page");
            ctx.render_json_with_status(404, &error.to_string())
        }

        async fn anything(ctx: &Context, error: &Error) -> Result<Response> {
            note("anything");
            match error.status() {
                500 => Err(Error::message("the rescue has failed as well")),
                status => ctx.render_json_with_status(status, "anything"),
            }
        }
    }

    /// What a function before actions finds out for them.
    struct Found(&'static str);

    /// A controller between.
    pub struct MiddleController;

    #[controller(base = ApplicationController, before(middle))]
    impl MiddleController {
        async fn middle(ctx: &Context) -> Result<()> {
            note("middle");
            if !asks_for(ctx, "nothing") {
                ctx.assign(Found("a first one"));
                ctx.assign(Found("what was found"));
            }
            Ok(())
        }
    }

    pub struct FilteredController;

    #[controller(
        base = ApplicationController,
        skip(authenticate, only(skipped, unfiltered)),
        before(first, except(unfiltered)),
        after(log, add, except(unfiltered)),
        around(inner, only(ordered)),
        before(second, only(ordered)),
        after(inside, only(ordered)),
        rescue(teapot_page)
    )]
    impl FilteredController {
        pub async fn ordered(ctx: Context) -> Result<Response> {
            note("action");
            if asks_for(&ctx, "fail") {
                return Err(Error::forbidden());
            }
            ctx.render_json("ordered")
        }

        pub async fn skipped(ctx: Context) -> Result<Response> {
            ctx.render_json("skipped")
        }

        pub async fn unfiltered(ctx: Context) -> Result<Response> {
            ctx.render_json("unfiltered")
        }

        pub async fn missing() -> Result<Response> {
            Err(NotFound::new("Task", "id = 7").into())
        }

        pub async fn teapot() -> Result<Response> {
            Err(Error::http(418, "I am a teapot."))
        }

        pub async fn odd() -> Result<Response> {
            Err(Error::message("secret"))
        }

        pub async fn crash() -> Result<Response> {
            panic!("out of luck")
        }

        pub async fn number(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
            ctx.render_json(&id)
        }

        async fn first(ctx: &Context) -> Result<()> {
            note("first");
            match asks_for(ctx, "refuse") {
                true => Err(Error::forbidden()),
                false => Ok(()),
            }
        }

        async fn second(ctx: &Context) -> Result<Option<Response>> {
            note("second");
            Ok(asks_for(ctx, "stop").then(|| Response::Ok().body("stopped")))
        }

        async fn inner(_: &Context, next: Next<'_>) -> Result<Response> {
            note("inner {");
            let answer = next.run().await?;
            note("} inner");
            Ok(answer)
        }

        async fn log(_: &Context, _: &mut Response) {
            note("log");
        }

        async fn add(_: &Context, _: &mut Response) -> Result<()> {
            note("add");
            Ok(())
        }

        async fn inside(_: &Context, _: &mut Response) -> Result<()> {
            note("inside");
            Ok(())
        }

        async fn teapot_page(ctx: &Context, error: &HttpError) -> Result<Response> {
            note("teapot_page");
            match error.status {
                418 => ctx.render_json_with_status(418, "short and stout"),
                _ => Err(Error::http(error.status, "handed on")),
            }
        }
    }

    pub struct DeeperController;

    #[controller(base = MiddleController, skip(authenticate))]
    impl DeeperController {
        pub async fn index(ctx: Context) -> Result<Response> {
            assert!(ctx.assigned::<&'static str>().is_none());
            ctx.render_json(&ctx.assigned::<Found>().map(|found| found.0))
        }
    }
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes())
}

/// What ran for a request, and its answer's status.
async fn trace(app: &TestApp, path: &str) -> (u16, String) {
    TRACE.take();
    let status = app.get(path).accept_json().await.status();
    (status, TRACE.take().join(" "))
}

#[test]
fn functions_run_as_they_are_written() {
    TestApp::run(application(), async |app| {
        let (status, ran) = trace(&app, "/ordered").await;
        assert_eq!(status, 200);
        assert_eq!(
            ran,
            "authenticate outer { first inner { second action inside } inner finish log add } outer"
        );
        let answer = app.get("/ordered").await;
        assert_eq!(answer.header("x-finished"), Some("yes"));
    });
}

#[test]
fn a_failure_goes_past_everything_to_a_rescue() {
    TestApp::run(application(), async |app| {
        let failed = (
            403,
            "authenticate outer { first inner { second action } outer teapot_page".into(),
        );
        assert_eq!(trace(&app, "/ordered?fail").await, failed);
        let refused = (403, "authenticate outer { first } outer teapot_page".into());
        assert_eq!(trace(&app, "/ordered?refuse").await, refused);
    });
}

#[test]
fn nothing_runs_after_an_action_that_did_not_run() {
    TestApp::run(application(), async |app| {
        let stranger = (401, "authenticate".into());
        assert_eq!(trace(&app, "/ordered?stranger").await, stranger);
        let stopped = (
            200,
            "authenticate outer { first inner { second } inner } outer".into(),
        );
        assert_eq!(trace(&app, "/ordered?stop").await, stopped);
    });
}

#[test]
fn functions_of_the_base_are_skipped() {
    TestApp::run(application(), async |app| {
        let skipped = (200, "outer { first finish log add } outer".into());
        assert_eq!(trace(&app, "/skipped?stranger").await, skipped);
        assert_eq!(trace(&app, "/unfiltered").await, (200, String::new()));
        let deeper = (200, "outer { middle finish } outer".into());
        assert_eq!(trace(&app, "/deeper?stranger").await, deeper);
    });
}

#[test]
fn what_is_found_out_before_an_action_is_there_for_it_in_its_request_alone() {
    TestApp::run(application(), async |app| {
        let found = app.get("/deeper").await;
        found.assert_json(&json!("what was found"));
        let nothing = app.get("/deeper?nothing").await;
        nothing.assert_json(&json!(null));
    });
}

#[test]
fn errors_are_answered_by_their_type() {
    TestApp::run(application(), async |app| {
        let missing = app.get("/missing").await;
        missing.assert_status(404);
        missing.assert_json(&json!("Couldn't find Task with id = 7"));
        let teapot = app.get("/teapot").await;
        teapot.assert_status(418);
        teapot.assert_json(&json!("short and stout"));
        let (status, ran) = trace(&app, "/odd").await;
        assert_eq!(status, 500);
        assert!(ran.ends_with("anything"), "{ran}");
        // What no extractor can read is an error like every other.
        let (status, ran) = trace(&app, "/numbers/x").await;
        assert_eq!(status, 404);
        assert!(ran.ends_with("teapot_page"), "{ran}");
        app.get("/crash").await.assert_status(500);
    });
}
