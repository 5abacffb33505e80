//! Sessions, in cookies and in the database.

use serde_json::json;
use velocious::prelude::*;
use velocious::testing::{TestApp, TestResponse};

pub mod routes {
    velocious::routes! {
        get whoami => sessions::whoami;
        post sign_in => sessions::sign_in;
        post sign_out => sessions::sign_out;
        post raise => sessions::raise;
        post fill => sessions::fill;
        get peek => sessions::peek;
    }
}

pub mod controllers {
    use super::*;

    pub struct SessionsController;

    #[controller]
    impl SessionsController {
        pub async fn whoami(ctx: Context) -> Result<Response> {
            let session = ctx.session();
            ctx.render_json(&(
                session.get::<i64>("user_id"),
                session.get::<String>("cart"),
                session.id(),
            ))
        }

        pub async fn sign_in(ctx: Context) -> Result<Response> {
            let session = ctx.session();
            session.reset()?;
            session.set("user_id", 17)?;
            ctx.render_json("in")
        }

        pub async fn sign_out(ctx: Context) -> Result<Response> {
            ctx.session().end();
            ctx.render_json("out")
        }

        pub async fn raise(ctx: Context) -> Result<Response> {
            ctx.session().renew()?;
            ctx.render_json("raised")
        }

        pub async fn fill(ctx: Context) -> Result<Response> {
            let letters = ctx.request().query_string().parse()?;
            ctx.session().set("cart", "x".repeat(letters))?;
            ctx.render_json("filled")
        }

        /// Asks for nothing that is not there.
        pub async fn peek(ctx: Context) -> Result<Response> {
            ctx.session().remove("nothing");
            ctx.render_json(&ctx.session().get::<i64>("cart"))
        }
    }
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes())
}

/// Runs a test with each store.
fn with_each_store(test: impl AsyncFn(TestApp, &str)) {
    for store in ["cookie", "database"] {
        TestApp::run_with(application(), &[("session.store", store)], async |app| {
            test(app, store).await
        });
    }
}

/// The cookie of the session, as a thief would copy it.
fn cookie(response: &TestResponse) -> Option<String> {
    let header = response
        .headers("set-cookie")
        .find(|header| header.starts_with("shop_session="))?;
    header.split(';').next().map(str::to_owned)
}

async fn id(app: &TestApp) -> Option<String> {
    let answer = app.get("/whoami").await.json();
    answer[2].as_str().map(str::to_owned)
}

#[test]
fn values_last_from_request_to_request() {
    with_each_store(async |app, store| {
        app.get("/whoami")
            .await
            .assert_json(&json!([null, null, null]));
        let signed_in = app.post("/sign_in").await;
        let header = signed_in
            .headers("set-cookie")
            .next()
            .expect("a cookie")
            .to_owned();
        assert!(
            header.starts_with("shop_session=enc:v2:"),
            "{store}: {header}"
        );
        assert!(
            header.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
            "{store}: {header}"
        );
        let answer = app.get("/whoami").await;
        assert_eq!(answer.json()[0], 17, "{store}");
        assert_eq!(
            answer.headers("set-cookie").count(),
            0,
            "{store}: nothing has changed"
        );
        app.post("/fill?3").await;
        let answer = app.get("/whoami").await.json();
        assert_eq!(
            (&answer[0], &answer[1]),
            (&json!(17), &json!("xxx")),
            "{store}"
        );
    });
}

#[test]
fn a_visitor_who_is_not_remembered_gets_no_cookie() {
    with_each_store(async |app, store| {
        let peeked = app.get("/peek").await;
        assert_eq!(peeked.headers("set-cookie").count(), 0, "{store}");
    });
}

#[test]
fn signing_in_changes_the_id_and_signing_out_ends_it() {
    with_each_store(async |app, store| {
        let planted = cookie(&app.post("/fill?1").await).expect("a cookie");
        let before = id(&app).await;
        app.post("/sign_in").await;
        let inside = id(&app).await;
        assert!(
            before.is_some() && inside.is_some() && before != inside,
            "{store}"
        );
        assert_eq!(
            app.get("/whoami").await.json()[1],
            json!(null),
            "{store}: what was planted is gone"
        );
        let copied = cookie(&app.post("/raise").await).expect("a cookie");
        assert_ne!(id(&app).await, inside, "{store}");
        assert_eq!(
            app.get("/whoami").await.json()[0],
            17,
            "{store}: what was kept is there"
        );
        let out = app.post("/sign_out").await;
        let ended = out
            .headers("set-cookie")
            .next()
            .expect("a cookie")
            .to_owned();
        assert!(
            ended.starts_with("shop_session=; Path=/; Max-Age=0"),
            "{store}: {ended}"
        );
        assert_eq!(id(&app).await, None, "{store}");
        for stolen in [planted, copied] {
            let answer = app.get("/whoami").header("cookie", stolen).await;
            assert_eq!(
                answer.json(),
                json!([null, null, null]),
                "{store}: the old id is dead"
            );
        }
        if store == "database" {
            let rows = app
                .db()
                .rows_sql("SELECT 1 FROM velocious_sessions", [], &[])
                .await;
            assert_eq!(rows.expect("rows").len(), 0);
        }
    });
}

#[test]
fn two_hundred_sessions_that_were_left_open_no_door() {
    with_each_store(async |app, store| {
        let (mut ids, mut dead) = (std::collections::HashSet::new(), Vec::new());
        for _ in 0..200 {
            app.forget_cookies();
            dead.push(cookie(&app.post("/fill?1").await).expect("a cookie"));
            ids.insert(id(&app).await.expect("an id"));
            dead.push(cookie(&app.post("/sign_in").await).expect("a cookie"));
            ids.insert(id(&app).await.expect("an id"));
            app.post("/sign_out").await;
        }
        assert_eq!(ids.len(), 400, "{store}");
        for dead in dead {
            app.forget_cookies();
            let answer = app.get("/whoami").header("cookie", dead).await;
            assert_eq!(answer.json(), json!([null, null, null]), "{store}");
        }
    });
}

#[test]
fn the_table_holds_no_key_to_a_session() {
    TestApp::run_with(
        application(),
        &[("session.store", "database")],
        async |app| {
            app.post("/sign_in").await;
            let id = id(&app).await.expect("an id");
            let columns = [velocious::value::ValueKind::Text; 2];
            let rows = app
                .db()
                .rows_sql("SELECT id, data FROM velocious_sessions", [], &columns)
                .await
                .expect("rows");
            assert_eq!(rows.len(), 1);
            assert!(!format!("{rows:?}").contains(&id));
        },
    );
}

#[test]
fn a_session_that_is_too_large_is_an_error_and_not_a_loss() {
    TestApp::run_with(
        application(),
        &[("session.store", "database")],
        async |app| {
            app.post("/sign_in").await;
            app.post("/fill?70000").await.assert_status(500);
            let answer = app.get("/whoami").await.json();
            assert_eq!((&answer[0], &answer[1]), (&json!(17), &json!(null)));
            app.post("/fill?60000").await.assert_status(200);
        },
    );
    TestApp::run(application(), async |app| {
        app.post("/sign_in").await;
        app.post("/fill?5000").await.assert_status(500);
        assert_eq!(app.get("/whoami").await.json()[0], 17);
    });
}

#[test]
fn a_forged_session_is_none() {
    with_each_store(async |app, store| {
        let cookie = cookie(&app.post("/sign_in").await).expect("a cookie");
        for forged in [
            "shop_session={\"id\":\"1\",\"at\":99999999999,\"values\":{\"user_id\":1}}".to_owned(),
            cookie.replace("shop_session=", "shop_session=x"),
            cookie[..cookie.len() - 4].to_owned(),
        ] {
            let answer = app.get("/whoami").header("cookie", forged).await;
            assert_eq!(answer.json(), json!([null, null, null]), "{store}");
        }
    });
}
