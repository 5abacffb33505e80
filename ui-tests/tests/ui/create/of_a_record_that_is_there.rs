use velocious::prelude::*;
use velocious_ui_tests::Project;

async fn create_it(db: &Db) -> Result<()> {
    let project = Project::new();
    create!(db, project).await?;
    Ok(())
}

fn main() {
    let _ = create_it;
}
