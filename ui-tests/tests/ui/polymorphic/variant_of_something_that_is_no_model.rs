use velocious::prelude::*;
use velocious_ui_tests::Task;

struct Note;

#[derive(Polymorphic)]
enum Subject {
    Task(Task),
    Note(Note),
}

fn main() {}
