//! The `velocious` command.
fn main() {}
