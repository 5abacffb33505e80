//! The models: an account has projects, a project has tasks; users work with them.

mod account;
mod project;
mod task;
mod user;

pub use account::{Account, AccountChanges};
pub use project::{Project, ProjectChanges};
pub use task::{Task, TaskChanges};
pub use user::{User, UserChanges};
