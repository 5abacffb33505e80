use velocious::prelude::*;

#[controller]
struct TasksController;

fn main() {}
