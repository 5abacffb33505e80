use velocious::prelude::*;
use velocious::value::Decimal;

#[derive(Model)]
pub struct Invoice {
    pub id: i64,
    pub amount: Decimal,
}

fn main() {
    let _ = Invoice::filter(|invoice| invoice.amount().gt(9.95));
}
