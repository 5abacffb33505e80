//! Requests to `{{Models}}Controller`.

use {{crate}}::application;
{{imports}}
use velocious::testing::TestApp;

#[velocious::test]
async fn {{a_model}}_is_created_shown_changed_and_destroyed(app: TestApp) {
    app.get("/{{models}}/new").await.assert_status(200);
{{keys}}
    let form = {{pairs}};
    let created = app.post("/{{models}}").form(&form).await;
    let path = created.redirect_path().to_owned();
    let page = app.follow_redirect(&created).await;
    page.assert_status(200);
    page.assert_text("{{human}} was created.");
{{seen}}

    let page = app.get("/{{models}}").await;
    page.assert_status(200);
{{seen}}
{{listed}}

    app.get(format!("{path}/edit")).await.assert_status(200);
{{changes}}
    let saved = app.patch(path.as_str()).form(&{{changed}}).await;
    saved.assert_redirect(&path);

    let destroyed = app.delete(path.as_str()).await;
    destroyed.assert_redirect("/{{models}}");
    app.get(path.as_str()).await.assert_status(404);
}
{{refused}}
{{mistyped}}
{{owners}}
