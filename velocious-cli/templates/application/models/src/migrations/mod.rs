//! The migrations, one file each. `velocious g:migration` adds one.

use velocious::prelude::*;

/// All migrations, oldest first.
pub fn migrations() -> Vec<Box<dyn Migration>> {
    velocious::migrations! {}
}
