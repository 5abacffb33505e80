use velocious::prelude::*;

struct Tag;

#[derive(Projection)]
#[projection(model = Tag)]
struct Line {
    id: i64,
}

fn main() {}
