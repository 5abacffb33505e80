mod views {
    pub mod show {}
}

mod controllers {
    use velocious::prelude::*;

    pub struct TasksController;

    #[controller]
    impl TasksController {
        pub async fn index(ctx: Context) -> Result<Response> {
            ctx.render_json("")
        }
    }
}

velocious::routes! {
    resources tasks only(index, show);
}

fn main() {}
