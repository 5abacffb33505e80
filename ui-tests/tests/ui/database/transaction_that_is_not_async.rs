use velocious::prelude::*;

fn main() {
    let _ = async |db: &Db| db.transaction(|tx| tx.batch("DELETE FROM drafts")).await;
}
