//! Who is told when something goes wrong.

use std::sync::{Arc, Mutex};

use velocious::prelude::*;
use velocious::testing::TestApp;

pub mod routes {
    velocious::routes! {
        get crash => failures::crash;
        get broken => failures::broken;
        get refused => failures::refused;
    }
}

pub mod controllers {
    use super::*;

    pub struct FailuresController;

    #[controller]
    impl FailuresController {
        pub async fn crash(_: Context) -> Result<Response> {
            panic!("out of luck")
        }

        pub async fn broken(ctx: Context) -> Result<Response> {
            let number: i64 = "x".parse()?;
            ctx.render_json(&number)
        }

        pub async fn refused(_: Context) -> Result<Response> {
            Err(Error::http(403, "Members only."))
        }
    }
}

type Told = Arc<Mutex<Vec<String>>>;

fn application(told: &Told) -> Application {
    let all = told.clone();
    Application::new("shop", "1.0.0", "/nowhere")
        .routes(routes::routes())
        .on_error(move |event| {
            let context = event.context();
            let line = format!(
                "{} {:?} {} {} {}: {}",
                event.error_type(),
                context.action,
                context.stage,
                context.method,
                context.path,
                event.error()
            );
            all.lock().expect("no panic").push(line);
            assert!(!context.request_id.is_empty());
        })
}

#[test]
fn what_the_server_did_wrong_is_told_with_its_place() {
    let told = Told::default();
    TestApp::run(application(&told), async |app| {
        let framework = told.clone();
        app.app().error_events().on_framework_error(move |_| {
            framework.lock().expect("no panic").push("framework".into());
        });
        app.get("/crash?a=b").await.assert_status(500);
        app.get("/broken").await.assert_status(500);
        app.get("/refused").await.assert_status(403);
        app.get("/nowhere").await.assert_status(404);
    });
    let told = told.lock().expect("no panic");
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(
        told[1].starts_with("framework-error Some(\"FailuresController#crash\") controller-action GET /crash: the action panicked: out of luck"),
        "{told:?}"
    );
    assert_eq!(
        told[3],
        "framework-error Some(\"FailuresController#broken\") controller-action GET /broken: invalid digit found in string"
    );
    assert_eq!(
        (told[0].as_str(), told[2].as_str()),
        ("framework", "framework")
    );
}

#[test]
fn a_listener_that_panics_harms_nobody() {
    let told = Told::default();
    TestApp::run(application(&told), async |app| {
        app.app()
            .error_events()
            .on_error(|_| panic!("in a listener"));
        let heard = told.clone();
        app.app()
            .error_events()
            .on_error(move |_| heard.lock().expect("no panic").push("last".into()));
        app.get("/broken").await.assert_status(500);
    });
    assert_eq!(
        told.lock().expect("no panic").last().map(String::as_str),
        Some("last")
    );
}
