use velocious::prelude::*;

#[derive(Model)]
#[model(callbacks)]
struct Task {
    id: i64,
    name: String,
    record: RecordState,
}

impl Callbacks for Task {
    async fn before_save(&mut self, _: &Db) {
        self.name = self.name.trim().into();
    }
}

fn main() {}
