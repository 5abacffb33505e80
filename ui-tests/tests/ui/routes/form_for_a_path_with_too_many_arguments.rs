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
    let task = velocious_ui_tests::Task::new();
    let _ = velocious::view::form_for(&task, paths::tasks_path(7), |_| unreachable!());
}

use velocious::prelude::*;
