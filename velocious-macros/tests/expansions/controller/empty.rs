#[controller]
impl EmptyController {}
