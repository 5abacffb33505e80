//! What the JavaScript edition's README shows of routes, controllers, cookies and views, as it is here.

use serde_json::json;
use velocious::http::Cookie;
use velocious::prelude::*;
use velocious::testing::TestApp;
use velocious::view::html;

pub mod routes {
    velocious::routes! {
        resources projects;
        resources tasks {
            get users on member;
        }
        namespace testing {
            post truncate;
            get "another-action";
        }
        get ping;
        namespace cookies {
            post set;
            get read;
        }
    }
}

pub mod controllers {
    use super::*;

    macro_rules! resources {
        ($($controller:ident: $($action:ident)*;)*) => {
            $(
                pub struct $controller;
                #[controller]
                impl $controller {
                    $(pub async fn $action(ctx: Context) -> Result<Response> {
                        answer(&ctx, concat!(stringify!($controller), "#", stringify!($action)))
                    })*
                }
            )*
        };
    }
    resources! {
        ProjectsController: index new create show edit update destroy;
        TasksController: index new create show edit update destroy users;
        RootController: ping;
    }

    fn answer(ctx: &Context, action: &str) -> Result<Response> {
        let parameters = ctx.request().match_info().iter();
        let parameters: Vec<_> = parameters
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        ctx.render_json(&json!([action, parameters.join("&")]))
    }

    pub struct TestingController;

    #[controller]
    impl TestingController {
        pub async fn truncate(ctx: Context) -> Result<Response> {
            ctx.render_json(&json!({"status": "database-truncated"}))
        }

        pub async fn another_action(ctx: Context) -> Result<Response> {
            ctx.render(html! { p { "View for path: " (ctx.request().path()) } })
        }
    }

    pub struct CookiesController;

    #[controller]
    impl CookiesController {
        pub async fn set(ctx: Context) -> Result<Response> {
            ctx.set_cookie(Cookie::new("session_id", "abc 123"));
            ctx.set_cookie(Cookie::new("user_token", "secret").encrypted());
            ctx.render_json(&json!({"status": "set"}))
        }

        pub async fn read(ctx: Context) -> Result<Response> {
            let cookies = ctx.cookies();
            let mut cookies = cookies.iter();
            let session = cookies.find(|(name, _)| name == "session_id");
            let session = session.map(|(_, value)| value.clone());
            assert_eq!(session, ctx.cookie("session_id"));
            ctx.render_json(&json!([session, ctx.encrypted_cookie("user_token")]))
        }
    }
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes())
}

#[test]
fn routes_lead_to_their_actions() {
    TestApp::run(application(), async |app| {
        for (method, path, action, parameters) in [
            ("GET", "/projects", "ProjectsController#index", ""),
            ("POST", "/projects", "ProjectsController#create", ""),
            ("GET", "/projects/new", "ProjectsController#new", ""),
            ("GET", "/projects/7", "ProjectsController#show", "id=7"),
            ("GET", "/projects/7/edit", "ProjectsController#edit", "id=7"),
            ("PATCH", "/projects/7", "ProjectsController#update", "id=7"),
            ("PUT", "/projects/7", "ProjectsController#update", "id=7"),
            (
                "DELETE",
                "/projects/7",
                "ProjectsController#destroy",
                "id=7",
            ),
            (
                "GET",
                "/tasks/5/users",
                "TasksController#users",
                "task_id=5",
            ),
            ("GET", "/ping", "RootController#ping", ""),
        ] {
            let method = method.parse().expect("a method");
            let answer = app.request(method, path).await;
            answer.assert_json(&json!([action, parameters]));
        }
        // A verb is one, and a path ends where it says.
        app.post("/ping").await.assert_status(405);
        app.get("/testing/truncate").await.assert_status(405);
        app.get("/pingpong").await.assert_status(404);
        app.get("/testing").await.assert_status(404);
    });
}

#[test]
fn controllers_answer_json_and_views() {
    TestApp::run(application(), async |app| {
        let truncated = app.post("/testing/truncate").await;
        truncated.assert_json(&json!({"status": "database-truncated"}));
        let kind = truncated.header("content-type");
        assert_eq!(kind, Some("application/json; charset=utf-8"));
        let page = app.get("/testing/another-action").await;
        page.assert_text("<p>View for path: /testing/another-action</p>");
        let kind = page.header("content-type");
        assert_eq!(kind, Some("text/html; charset=utf-8"));
    });
}

#[test]
fn cookies_are_set_and_read() {
    TestApp::run(application(), async |app| {
        let set = app.post("/cookies/set").await;
        let cookies: Vec<_> = set.headers("set-cookie").collect();
        assert_eq!(
            cookies[0],
            "session_id=abc%20123; Path=/; HttpOnly; SameSite=Lax"
        );
        assert!(
            cookies[1].starts_with("user_token=") && !cookies[1].contains("secret"),
            "{cookies:?}"
        );
        let read = app.get("/cookies/read").await;
        read.assert_json(&json!(["abc 123", "secret"]));
    });
}
