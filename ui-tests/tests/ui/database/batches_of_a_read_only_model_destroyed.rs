use velocious::prelude::*;
use velocious_ui_tests::TaskName;

async fn clear(db: &Db) -> Result<()> {
    TaskName::all()
        .find_each(db, 100, async |mut name| name.destroy(db).await)
        .await
}

fn main() {
    let _ = clear;
}
