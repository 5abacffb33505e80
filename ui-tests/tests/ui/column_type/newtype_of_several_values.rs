use velocious::prelude::*;

#[derive(Clone, ColumnType)]
struct Money(i64, String);

fn main() {}
