//! Who signed in, remembered after the browser was closed.

use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::testing::{TestApp, TestResponse};
use velocious::{Password, PasswordDigest};

pub mod routes {
    velocious::routes! {
        resource door controller = doors only(show, create, update, destroy);
    }
}

#[derive(Debug, Clone, Model)]
pub struct Guest {
    pub id: i64,
    pub email: String,
    #[model(password)]
    pub encrypted_password: PasswordDigest,
    pub record: RecordState,
}

pub struct CreateGuests;

#[migration(version = 20260101120000)]
impl Migration for CreateGuests {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("guests", |t| {
            t.string("email").null(false);
            t.string("encrypted_password").null(false);
        })
        .await
    }
}

pub mod controllers {
    use super::*;

    pub struct DoorsController;

    #[controller(before(recall, except(create)))]
    impl DoorsController {
        /// The guest's id, where the session or the cookie knows one.
        pub async fn show(ctx: Context) -> Result<Response> {
            ctx.render_json(&ctx.session().get::<i64>("guest_id"))
        }

        pub async fn create(ctx: Context, Params(sent): Params<SignIn>) -> Result<Response> {
            let known = Guest::authenticate(
                ctx.db(),
                |guest| guest.email().eq("ann@example.com"),
                sent.password,
            );
            let Some(guest) = known.await? else {
                return Err(Error::unauthorized());
            };
            ctx.session().reset()?;
            ctx.session().set("guest_id", guest.id)?;
            if sent.remember {
                ctx.remember(guest.id, guest.encrypted_password.expose())?;
            }
            ctx.redirect(RoutePath::raw("/door"))
        }

        pub async fn update(ctx: Context, Params(sent): Params<SignIn>) -> Result<Response> {
            let mut guest =
                Guest::find(ctx.db(), ctx.session().get("guest_id").unwrap_or(0)).await?;
            guest.set_password(sent.password);
            guest.save(ctx.db()).await?;
            ctx.redirect(RoutePath::raw("/door"))
        }

        pub async fn destroy(ctx: Context) -> Result<Response> {
            ctx.session().end();
            ctx.redirect(RoutePath::raw("/door"))
        }

        async fn recall(ctx: &Context) -> Result<()> {
            let session = ctx.session();
            if session.get::<i64>("guest_id").is_some() {
                return Ok(());
            }
            let Some(remembered) = ctx.remembered::<i64>() else {
                return Ok(());
            };
            let guest = Guest::find_by(ctx.db(), |guest| guest.id().eq(remembered.who)).await?;
            match guest {
                Some(guest) if remembered.is_proven_by(guest.encrypted_password.expose()) => {
                    session.reset()?;
                    session.set("guest_id", guest.id)
                }
                _ => {
                    ctx.forget();
                    Ok(())
                }
            }
        }
    }

    #[derive(serde::Deserialize)]
    pub struct SignIn {
        password: Password,
        #[serde(default)]
        remember: bool,
    }
}

/// Runs a test with a guest, with each store of sessions.
fn run(test: impl AsyncFn(TestApp)) {
    for store in ["cookie", "database"] {
        let application = Application::new("shop", "1.0.0", "/nowhere")
            .routes(routes::routes())
            .migrations(velocious::migrations![CreateGuests]);
        TestApp::run_with(application, &[("session.store", store)], async |app| {
            let mut guest = Guest {
                email: "ann@example.com".into(),
                ..Guest::new()
            };
            guest.set_password("correct horse");
            guest.save(app.db()).await.expect("a guest");
            test(app).await;
        });
    }
}

async fn sign_in(app: &TestApp, remember: &str) -> TestResponse {
    let fields = [("password", "correct horse"), ("remember", remember)];
    let response = app.post("/door").form(&fields).await;
    response.assert_redirect("/door");
    response
}

/// The cookie that remembers, as a browser sends it back.
fn remembering(response: &TestResponse) -> Option<String> {
    let mut cookies = response.headers("set-cookie");
    let cookie = cookies.find(|cookie| cookie.starts_with("shop_remember="))?;
    cookie.split(';').next().map(str::to_owned)
}

/// Whom a browser is taken for that has been closed and has this cookie.
async fn opened_again(app: &TestApp, cookie: &str) -> serde_json::Value {
    app.forget_cookies();
    app.get("/door").header("cookie", cookie).await.json()
}

#[test]
fn a_browser_that_was_closed_is_known_again_until_the_password_changes() {
    run(async |app| {
        assert_eq!(remembering(&sign_in(&app, "false").await), None);
        let signed_in = sign_in(&app, "true").await;
        let header = signed_in
            .headers("set-cookie")
            .find(|cookie| cookie.starts_with("shop_remember="));
        let header = header.expect("a cookie");
        assert!(header.starts_with("shop_remember=enc:v2:"), "{header}");
        assert!(
            header.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"),
            "{header}"
        );
        let cookie = remembering(&signed_in).expect("a cookie");
        assert_eq!(opened_again(&app, &cookie).await, 1);
        // The session has begun anew, and goes on without the cookie.
        assert_eq!(app.get("/door").await.json(), 1);
        let changed = [("password", "another horse")];
        app.patch("/door")
            .form(&changed)
            .await
            .assert_redirect("/door");
        app.forget_cookies();
        let answer = app.get("/door").header("cookie", cookie.as_str()).await;
        assert_eq!(answer.json(), serde_json::Value::Null);
        assert_eq!(
            remembering(&answer).as_deref(),
            Some("shop_remember="),
            "it is taken away"
        );
        assert_eq!(opened_again(&app, &cookie).await, serde_json::Value::Null);
    });
}

#[test]
fn signing_out_ends_it() {
    run(async |app| {
        let other = remembering(&sign_in(&app, "true").await).expect("a cookie");
        app.forget_cookies();
        let copied = remembering(&sign_in(&app, "true").await).expect("a cookie");
        let out = app.delete("/door").await;
        assert_eq!(remembering(&out).as_deref(), Some("shop_remember="));
        assert_eq!(app.get("/door").await.json(), serde_json::Value::Null);
        assert_eq!(
            opened_again(&app, &copied).await,
            serde_json::Value::Null,
            "for every copy"
        );
        assert_eq!(
            opened_again(&app, &other).await,
            1,
            "the other browser is known still"
        );
    });
}

#[test]
fn nobody_else_s_cookie_will_do() {
    run(async |app| {
        let cookie = remembering(&sign_in(&app, "true").await).expect("a cookie");
        for forged in [
            "shop_remember=1".to_owned(),
            "shop_remember={\"who\":1,\"proof\":\"\"}".to_owned(),
            cookie.replace("shop_remember=", "shop_remember=x"),
            cookie[..cookie.len() - 4].to_owned(),
            cookie.replace("shop_remember=", "shop_session="),
        ] {
            assert_eq!(
                opened_again(&app, &forged).await,
                serde_json::Value::Null,
                "{forged}"
            );
        }
        // A browser that does not say where a form comes from has no token for it.
        app.forget_cookies();
        let silent = app
            .patch("/door")
            .without_header("sec-fetch-site")
            .header("cookie", cookie);
        silent
            .form(&[("password", "stolen horse")])
            .await
            .assert_status(403);
    });
}
