use velocious::prelude::*;

use std::collections::HashMap;

#[derive(Model)]
struct Comment {
    id: i64,
    tags: HashMap<String, String>,
    record: RecordState,
}

fn main() {}
