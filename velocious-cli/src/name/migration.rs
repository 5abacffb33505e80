//! The name of a migration, and what the name asks for.

use velocious_naming::{pascal, pluralize, snake};

use super::{check_keyword, check_letters};
use crate::failure::Outcome;

/// A migration's name: `AddDueOnToPosts` and `add_due_on_to_posts` are the same migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MigrationName {
    /// `add_due_on_to_posts`, the end of the module's name.
    pub(crate) snake: String,
    /// `AddDueOnToPosts`, the struct.
    pub(crate) pascal: String,
}

/// What a migration does to which table, read off its name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Intention {
    /// `create_posts`
    Create { table: String },
    /// `add_due_on_to_posts`
    Add { table: String },
    /// `remove_due_on_from_posts`
    Remove { table: String },
    /// Anything else: the body is the user's.
    Other,
}

impl MigrationName {
    /// The migration that `word` names.
    ///
    /// # Errors
    /// `word` cannot be the name of a struct and of a module.
    pub(crate) fn parse(word: &str) -> Outcome<Self> {
        check_letters(word, "migration")?;
        let name = Self::of(&snake(word));
        check_keyword(&name.snake, word, "migration")?;
        Ok(name)
    }

    /// The migration that creates `table`.
    pub(crate) fn creating(table: &str) -> Self {
        Self::of(&format!("create_{table}"))
    }

    fn of(snake: &str) -> Self {
        Self {
            snake: snake.to_owned(),
            pascal: pascal(snake),
        }
    }

    /// What the name asks for.
    pub(crate) fn intention(&self) -> Intention {
        if let Some(table) = self.snake.strip_prefix("create_") {
            return Intention::Create {
                table: pluralize(table),
            };
        }
        let change = |verb: &str, preposition: &str| {
            let (_, table) = self.snake.strip_prefix(verb)?.rsplit_once(preposition)?;
            (!table.is_empty()).then(|| pluralize(table))
        };
        if let Some(table) = change("add_", "_to_") {
            return Intention::Add { table };
        }
        match change("remove_", "_from_") {
            Some(table) => Intention::Remove { table },
            None => Intention::Other,
        }
    }

    /// The module of version `version`.
    pub(crate) fn module(&self, version: u64) -> String {
        format!("m{version}_{}", self.snake)
    }
}

#[cfg(test)]
mod tests {
    use super::{Intention, MigrationName};

    fn intention(word: &str) -> Intention {
        MigrationName::parse(word).expect(word).intention()
    }

    #[test]
    fn a_name_says_what_to_do_as_in_rails() {
        assert_eq!(
            intention("CreateBlogPosts"),
            Intention::Create {
                table: "blog_posts".into()
            }
        );
        assert_eq!(
            intention("create_person"),
            Intention::Create {
                table: "people".into()
            }
        );
        assert_eq!(
            intention("add_due_on_to_posts"),
            Intention::Add {
                table: "posts".into()
            }
        );
        assert_eq!(
            intention("AddLinkToToBlogPost"),
            Intention::Add {
                table: "blog_posts".into()
            }
        );
        assert_eq!(
            intention("remove_due_on_from_posts"),
            Intention::Remove {
                table: "posts".into()
            }
        );
        assert_eq!(intention("tidy_up"), Intention::Other);
        assert_eq!(intention("add_to_posts"), Intention::Other);
        assert_eq!(intention("remove_all_posts"), Intention::Other);
    }

    #[test]
    fn a_module_carries_version_and_name() {
        let name = MigrationName::creating("posts");
        assert_eq!(name.module(20260101120000), "m20260101120000_create_posts");
        assert_eq!(name.pascal, "CreatePosts");
    }
}
