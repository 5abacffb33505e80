use velocious::prelude::*;

#[derive(Projection)]
struct Line {
    id: i64,
}

fn main() {}
