use velocious::database::TransactionOptions;
use velocious::prelude::*;

fn main() {
    let names = vec![String::from("Acme")];
    let _ = async |db: &Db| {
        db.transaction_with(TransactionOptions::new().retries(3), async |_tx| {
            std::thread::spawn(move || names.len());
            Ok(())
        })
        .await
    };
}
