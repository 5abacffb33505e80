use velocious::prelude::*;
use velocious_ui_tests::Task;

async fn create_it(db: &Db) -> Result<()> {
    create!(db, Task { name: "Write".into(), priority: 1, done: false }).await?;
    Ok(())
}

fn main() {
    let _ = create_it;
}
