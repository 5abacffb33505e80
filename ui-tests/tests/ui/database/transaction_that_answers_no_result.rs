use velocious::prelude::*;

fn main() {
    let _ = async |db: &Db| db.transaction(async |tx| tx.is_in_transaction()).await;
}
