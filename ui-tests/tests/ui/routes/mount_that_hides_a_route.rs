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

fn services(_: &mut velocious::actix_web::web::ServiceConfig) {}

velocious::routes! {
    mount "/tasks" => crate::services;
    resources tasks only(index, show);
}

fn main() {}
