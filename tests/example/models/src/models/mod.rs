//! The models: an account has projects, a project has tasks.

mod account;
mod project;
mod task;

pub use account::{Account, AccountChanges};
pub use project::{Project, ProjectChanges};
pub use task::{Task, TaskChanges};
