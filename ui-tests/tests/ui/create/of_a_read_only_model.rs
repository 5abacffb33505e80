use velocious::prelude::*;
use velocious_ui_tests::TaskName;

async fn create_it(db: &Db) -> Result<()> {
    create!(db, TaskName { name: "Write".into() }).await?;
    Ok(())
}

fn main() {
    let _ = create_it;
}
