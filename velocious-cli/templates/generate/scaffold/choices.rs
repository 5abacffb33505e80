
/// What the form offers as {{relation}}.
async fn {{targets}}(db: &Db) -> Result<Vec<{{Target}}>> {
    {{Target}}::order(|{{target}}| {{target}}.{{order}}().asc()).load(db).await
}
