use velocious::prelude::*;

#[derive(Clone, ColumnType)]
struct Tags(std::collections::HashSet<String>);

fn main() {}
