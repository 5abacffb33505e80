use velocious::prelude::*;
use velocious_ui_tests::Task;

async fn create_it(db: &Db) -> Result<()> {
    create!(db, Task { project_id: 1 }).await?;
    Ok(())
}

fn main() {
    let _ = create_it;
}
