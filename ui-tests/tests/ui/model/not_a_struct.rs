use velocious::prelude::*;

#[derive(Model)]
enum Status {
    Open,
    Done,
}

fn main() {}
