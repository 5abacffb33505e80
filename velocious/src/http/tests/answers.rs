//! What requests are answered with: pages, messages, cookies.

use super::*;

#[test]
fn pages_stand_in_the_layout_and_are_guarded() {
    run(async |app| {
        let page = app.get("/page").await;
        assert_eq!(page.text(), "<title>Things · shop</title><p>content</p>");
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
        assert!(page.header("x-request-id").is_some());
        let named = app.get("/page").header("x-request-id", "abc-1").await;
        assert_eq!(named.header("x-request-id"), Some("abc-1"));
        let forged = app.get("/page").header("x-request-id", "abc 1").await;
        assert_ne!(forged.header("x-request-id"), Some("abc 1"));
    });
}

#[test]
fn messages_survive_one_redirect() {
    run(async |app| {
        let left = app.post("/leave").await;
        left.assert_status(303).assert_redirect("/messages");
        let cookie = left.header("set-cookie").unwrap_or_default();
        assert!(cookie.starts_with("shop_flash=enc:v2:"), "{cookie}");
        assert!(
            cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
            "{cookie}"
        );
        app.get("/ping").await.assert_status(200);
        let page = app.follow_redirect(&left).await;
        page.assert_text(r#"<p class="flash flash-notice" role="status">It's done.</p>"#);
        page.assert_text(r#"<p class="flash flash-alert" role="alert">But &lt;carefully&gt;.</p>"#);
        app.get("/messages").await.assert_no_text("done");
    });
}

#[test]
fn a_redirect_stays_on_this_host() {
    run(async |app| {
        let response = app.get("/away").await;
        response
            .assert_status(500)
            .assert_text("use `redirect_outside` if that is meant");
        assert_eq!(response.header("location"), None);
    });
}

#[test]
fn invalid_records_are_answered_in_kind() {
    run(async |app| {
        app.post("/invalid")
            .await
            .assert_status(422)
            .assert_text("the form");
        let json = app.post("/invalid").accept_json().await;
        json.assert_status(422)
            .assert_json(&json!({"errors": {"name": ["can't be blank"]}}));
        assert_eq!(json.header("vary"), Some("accept"));
    });
}

#[test]
fn cookies_come_back_as_they_were_set() {
    run(async |app| {
        let set = app.get("/set_cookies").await;
        assert_eq!(set.headers("set-cookie").count(), 2);
        assert_eq!(set.header("cache-control"), Some("no-store"));
        app.get("/read_cookies")
            .await
            .assert_json(&json!(["a;b", "secret", null]));
        app.forget_cookies();
        let moved = set
            .headers("set-cookie")
            .find_map(|cookie| cookie.strip_prefix("sealed="));
        let moved = moved
            .and_then(|rest| rest.split(';').next())
            .unwrap_or_default();
        let stolen = app
            .get("/read_cookies")
            .header("cookie", format!("plain={moved}"))
            .await;
        assert_eq!(stolen.json()[2], json!(null), "another name");
    });
}

#[test]
fn forms_of_other_sites_are_refused() {
    run(async |app| {
        let form = app
            .post("/leave")
            .header("sec-fetch-site", "cross-site")
            .await;
        form.assert_status(403).assert_no_text("Location");
        assert_eq!(form.header("set-cookie"), None);
    });
}

#[test]
fn what_runs_before_an_action_can_answer_instead() {
    run(async |app| {
        app.get("/guarded")
            .await
            .assert_status(200)
            .assert_text("pong");
        app.get("/guarded?refuse")
            .await
            .assert_status(403)
            .assert_text("refused");
        app.get("/guarded?fail")
            .await
            .assert_status(401)
            .assert_text("Please sign in.");
    });
}

#[test]
fn health_is_known_without_a_route() {
    run(async |app| {
        app.get("/up").await.assert_status(200).assert_text("up");
        app.app().stop();
        app.get("/up").await.assert_status(503);
    });
}
