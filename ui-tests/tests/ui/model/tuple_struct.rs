use velocious::prelude::*;

#[derive(Model)]
struct Comment(i64, String);

fn main() {}
