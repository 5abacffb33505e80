use velocious::prelude::*;
use velocious_ui_tests::Project;

async fn create_it(db: &Db) -> Result<()> {
    create!(Project { name: "Alpha".into() }).await?;
    Ok(())
}

fn main() {
    let _ = create_it;
}
