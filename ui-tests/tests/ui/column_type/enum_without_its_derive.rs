use velocious::prelude::*;

#[derive(Clone, Copy, Debug, Default)]
enum Status {
    #[default]
    Open,
}

#[derive(Model)]
struct Ticket {
    id: i64,
    status: Status,
}

fn main() {}
