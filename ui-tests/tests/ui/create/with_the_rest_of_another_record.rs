use velocious::prelude::*;
use velocious_ui_tests::Project;

async fn create_it(db: &Db) -> Result<()> {
    create!(db, Project { name: "Alpha".into(), ..Project::new() }).await?;
    Ok(())
}

fn main() {
    let _ = create_it;
}
