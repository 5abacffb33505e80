use velocious::prelude::*;

#[derive(Clone, ModelEnum)]
enum Status {
    Open,
    Done(NaiveDate),
}

fn main() {}
