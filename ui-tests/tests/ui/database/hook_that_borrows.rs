use velocious::prelude::*;

async fn save(db: &Db, name: &str) -> Result<()> {
    db.transaction(async |tx| {
        tx.after_commit(|_db| async {
            println!("{name}");
            Ok(())
        })
        .await;
        Ok(())
    })
    .await
}

fn main() {
    let _ = save;
}
