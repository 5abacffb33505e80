mod controllers {
    use velocious::prelude::*;

    pub struct TasksController;

    #[controller]
    impl TasksController {
        pub async fn index(ctx: Context) -> Result<Response> {
            ctx.render_json("")
        }

        pub async fn show(ctx: Context) -> Result<Response> {
            ctx.render_json("")
        }
    }
}

velocious::routes! {
    resources tasks only(index, show);
}

fn main() {
    let _ = velocious::view::link_to("Task", paths::tsk_path(7));
}
