use velocious::prelude::*;

pub struct TasksController;

#[controller]
impl Default for TasksController {
    fn default() -> Self {
        TasksController
    }
}

fn main() {}
