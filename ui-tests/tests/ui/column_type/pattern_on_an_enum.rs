use velocious::prelude::*;

#[derive(Clone, Copy, Debug, Default, ModelEnum)]
enum Status {
    #[default]
    Open,
    Done,
}

#[derive(Model)]
struct Ticket {
    id: i64,
    status: Status,
    record: RecordState,
}

fn main() {
    let _ = Ticket::filter(|ticket| ticket.status().starts_with("op"));
}
