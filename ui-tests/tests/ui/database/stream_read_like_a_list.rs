use velocious::prelude::*;
use velocious_ui_tests::Task;

fn print(db: &Db) {
    for task in Task::all().stream(db) {
        println!("{}", task.name);
    }
}

fn main() {
    let _ = print;
}
