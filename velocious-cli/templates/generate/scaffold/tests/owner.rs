
/// The key of {{a_human}} to refer to.
async fn {{model}}(app: &TestApp) -> i64 {
    let mut {{model}} = {{record}};
    {{model}}.save(app.db()).await.expect("it is valid");
    {{model}}.id
}
