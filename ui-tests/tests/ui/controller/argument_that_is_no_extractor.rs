use velocious::prelude::*;

struct TasksController;

#[controller]
impl TasksController {
    pub async fn index(number: u32) -> String {
        number.to_string()
    }
}

fn main() {}
