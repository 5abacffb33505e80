
#[velocious::test]
async fn {{a_model}}_with_a_mistyped_{{column}}_is_shown_again(app: TestApp) {
    let form = [("{{model}}[{{column}}]", "mistyped")];
    let page = app.post("/{{models}}").form(&form).await;
    page.assert_status(422);
    page.assert_text("has to be");
    page.assert_text("value=\"mistyped\"");
}
