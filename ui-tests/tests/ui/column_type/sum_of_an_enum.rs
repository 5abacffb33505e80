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
    let sum = async |db: &Db| Ticket::all().sum(db, |ticket| ticket.status()).await;
    let _ = sum;
}
