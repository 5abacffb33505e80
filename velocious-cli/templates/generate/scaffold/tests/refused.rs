
#[velocious::test]
async fn {{a_model}}_without_{{title}}_is_refused(app: TestApp) {
    let form = [("{{model}}[{{title}}]", "")];
    let page = app.post("/{{models}}").form(&form).await;
    page.assert_status(422);
    page.assert_text("can't be blank");

    let request = app.post("/{{models}}").form(&form);
    let answer = request.accept_json().await;
    answer.assert_status(422);
    assert_eq!(answer.json()["errors"]["{{title}}"][0], "can't be blank");
}
