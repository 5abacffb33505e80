use velocious::prelude::*;

#[derive(Model)]
struct Comment<T> {
    id: i64,
    body: T,
}

fn main() {}
