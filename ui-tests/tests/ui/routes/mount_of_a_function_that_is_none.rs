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

fn services(_: u8) {}

velocious::routes! {
    mount "/api" => crate::services;
}

fn main() {}
