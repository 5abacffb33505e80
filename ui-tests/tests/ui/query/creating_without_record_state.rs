use velocious::prelude::*;
use velocious_ui_tests::TaskName;

fn main() {
    let _ = async |db: &Db| TaskName::create(db, Default::default()).await;
}
