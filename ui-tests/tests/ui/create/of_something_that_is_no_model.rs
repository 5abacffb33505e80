use velocious::prelude::*;

#[derive(Default)]
struct Wish {
    name: String,
}

async fn create_it(db: &Db) -> Result<()> {
    create!(db, Wish { name: "Peace".into() }).await?;
    Ok(())
}

fn main() {
    let _ = create_it;
}
