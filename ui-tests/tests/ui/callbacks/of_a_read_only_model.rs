use velocious::prelude::*;

#[derive(Model)]
#[model(callbacks)]
struct Task {
    id: i64,
}

impl Callbacks for Task {
    async fn before_save(&mut self, _: &Db) -> Result<()> {
        Ok(())
    }
}

fn main() {}
