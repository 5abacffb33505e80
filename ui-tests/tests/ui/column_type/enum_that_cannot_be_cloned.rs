use velocious::prelude::*;

#[derive(ModelEnum)]
enum Status {
    Open,
}

fn main() {}
