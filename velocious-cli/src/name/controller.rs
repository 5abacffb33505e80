//! The name of a controller.

use velocious_naming::{controller_name, human, snake};

use super::{check_keyword, check_letters};
use crate::failure::Outcome;

/// A controller's name: `Pages`, `pages` and `PagesController` in a request are the same controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ControllerName {
    /// `PagesController`, the struct.
    pub(crate) controller: String,
    /// `pages`, the module, the route's namespace and the folder of views.
    pub(crate) snake: String,
    /// `Pages`, for titles.
    pub(crate) human: String,
}

impl ControllerName {
    /// The controller that `word` names.
    ///
    /// # Errors
    /// `word` cannot be the name of a struct and of a module.
    pub(crate) fn parse(word: &str) -> Outcome<Self> {
        check_letters(word, "controller")?;
        let whole = snake(word);
        let snake = match whole.strip_suffix("_controller") {
            Some(resource) if !resource.is_empty() => resource,
            _ => &whole,
        };
        check_keyword(snake, word, "controller")?;
        Ok(Self {
            controller: controller_name(snake),
            snake: snake.to_owned(),
            human: human(snake),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ControllerName;

    #[test]
    fn every_spelling_of_a_request_is_the_same_controller() {
        let name = ControllerName::parse("StaticPages").expect("a good name");
        for word in [
            "static_pages",
            "static-pages",
            "StaticPagesController",
            "static_pages_controller",
        ] {
            assert_eq!(ControllerName::parse(word).expect(word), name);
        }
        assert_eq!(name.controller, "StaticPagesController");
        assert_eq!(name.snake, "static_pages");
        assert_eq!(name.human, "Static pages");
        assert!(ControllerName::parse("admin/pages").is_err());
        assert!(ControllerName::parse("use").is_err());
    }
}
