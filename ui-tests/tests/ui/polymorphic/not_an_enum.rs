use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Polymorphic)]
struct Subject {
    task: Task,
}

#[derive(Polymorphic)]
enum Nothing {}

#[derive(Polymorphic)]
enum Any<T> {
    One(T),
}

fn main() {}
