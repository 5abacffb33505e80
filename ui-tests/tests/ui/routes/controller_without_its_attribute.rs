mod controllers {
    use velocious::prelude::*;

    pub struct TasksController;

    impl TasksController {
        pub async fn late(ctx: Context) -> Result<Response> {
            ctx.render_json("")
        }
    }
}

velocious::routes! {
    get late => tasks::late;
}

fn main() {}
