use velocious::prelude::*;

#[derive(Clone, Copy, Debug, ModelEnum)]
enum Status {
    Open,
}

#[derive(Model)]
struct Ticket {
    id: i64,
    status: Status,
}

fn main() {}
