#[derive(Projection)]
#[projection(model = crate::models::Task)]
struct Line {
    id: i64,
    name: String,
    #[projection(from = project.account.name)]
    account_name: Option<String>,
    #[projection(from = comments.id.count())]
    comments: i64,
}
