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

        pub async fn create(ctx: Context) -> Result<Response> {
            ctx.render_json("")
        }
    }
}

velocious::routes! {
    resources tasks only(index, show);
    redirect "/old" => "/older";
    redirect "/older" => "/tasks";
}

fn main() {}
