//! What a model and a resource are called in the other places that know them.

use crate::{pascal, pluralize, snake};

/// The table of the model `model`: snake case, the last word in the plural.
///
/// ```
/// assert_eq!(velocious_naming::table_name("Task"), "tasks");
/// assert_eq!(velocious_naming::table_name("BlogPost"), "blog_posts");
/// assert_eq!(velocious_naming::table_name("Person"), "people");
/// ```
pub fn table_name(model: &str) -> String {
    pluralize(&snake(model))
}

/// The controller of the resource `resource`, which keeps its number: `resources tasks` and
/// `resource session` are served by the controllers of exactly these names.
///
/// ```
/// assert_eq!(velocious_naming::controller_name("tasks"), "TasksController");
/// assert_eq!(velocious_naming::controller_name("blog_posts"), "BlogPostsController");
/// assert_eq!(velocious_naming::controller_name("session"), "SessionController");
/// ```
pub fn controller_name(resource: &str) -> String {
    let mut name = pascal(resource);
    name.push_str("Controller");
    name
}
