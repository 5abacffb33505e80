//! One name in its four spellings.

use heck::{ToKebabCase, ToPascalCase, ToSnakeCase};

/// `name` as a field, module or table spells it.
///
/// ```
/// assert_eq!(velocious_naming::snake("BlogPost"), "blog_post");
/// assert_eq!(velocious_naming::snake("blog-post"), "blog_post");
/// assert_eq!(velocious_naming::snake("HTTPServer"), "http_server");
/// ```
pub fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// `name` as a type spells it.
///
/// ```
/// assert_eq!(velocious_naming::pascal("blog_post"), "BlogPost");
/// assert_eq!(velocious_naming::pascal("blog-posts"), "BlogPosts");
/// ```
pub fn pascal(name: &str) -> String {
    name.to_pascal_case()
}

/// `name` as a package or a CSS class spells it.
///
/// ```
/// assert_eq!(velocious_naming::kebab("BlogPost"), "blog-post");
/// assert_eq!(velocious_naming::kebab("blog_post"), "blog-post");
/// ```
pub fn kebab(name: &str) -> String {
    name.to_kebab_case()
}

/// `name` as a label says it: one capital, spaces, and no trailing `_id`, because a reader
/// chooses an author, not the author's number.
///
/// ```
/// assert_eq!(velocious_naming::human("due_at"), "Due at");
/// assert_eq!(velocious_naming::human("author_id"), "Author");
/// assert_eq!(velocious_naming::human("BlogPost"), "Blog post");
/// ```
pub fn human(name: &str) -> String {
    let snake = snake(name);
    let words = match snake.strip_suffix("_id") {
        Some(relation) if !relation.is_empty() => relation,
        _ => &snake,
    };
    let mut label = words.replace('_', " ");
    if let Some(first) = label.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    label
}
