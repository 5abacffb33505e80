//! The migrations, one file each. `velocious g:migration` adds one.

/// All migrations, oldest first.
pub fn migrations() -> Vec<Box<dyn velocious::Migration>> {
    velocious::migrations! {}
}
