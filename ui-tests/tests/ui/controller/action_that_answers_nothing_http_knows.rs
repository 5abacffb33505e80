use velocious::prelude::*;

struct TasksController;

#[controller]
impl TasksController {
    pub async fn index(_ctx: Context) -> u32 {
        1
    }
}

fn main() {}
