//! The name of a model.

use velocious_naming::{human, pascal, singularize, snake, table_name};

use super::{check_keyword, check_letters};
use crate::failure::{Failure, Outcome};

/// Types that generated files name themselves, so that a model of the same name could not be told apart.
const TAKEN: &[&str] = &[
    "BelongsTo",
    "Box",
    "Changes",
    "Context",
    "Controller",
    "DateTime",
    "Db",
    "Default",
    "Deserialize",
    "Err",
    "Error",
    "Errors",
    "HasMany",
    "HasOne",
    "Json",
    "Markup",
    "Migration",
    "Model",
    "NaiveDate",
    "None",
    "Ok",
    "Option",
    "Params",
    "Path",
    "Record",
    "RecordState",
    "Response",
    "Result",
    "Schema",
    "Serialize",
    "Some",
    "String",
    "Utc",
    "Vec",
    "View",
];

/// A model's name: `Post`, `post` and `posts` in a request are the same model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ModelName {
    /// `BlogPost`, the struct.
    pub(crate) pascal: String,
    /// `blog_post`, the module and the form's key.
    pub(crate) snake: String,
    /// `blog_posts`, the table, the resource and the folder of views.
    pub(crate) plural: String,
    /// `BlogPosts`, the first half of the controller's name.
    pub(crate) pascal_plural: String,
    /// `Blog post`, for sentences.
    pub(crate) human: String,
    /// `Blog posts`, for headings.
    pub(crate) human_plural: String,
}

impl ModelName {
    /// The model that `word` names.
    ///
    /// # Errors
    /// `word` cannot be the name of a struct and of a module, or the name is taken by Rust or Velocious.
    pub(crate) fn parse(word: &str) -> Outcome<Self> {
        check_letters(word, "model")?;
        let snake = singularize(&snake(word));
        check_keyword(&snake, word, "model")?;
        let name = Self::of(&snake);
        check_keyword(&name.plural, word, "model")?;
        if singularize(&name.plural) != snake {
            return Err(Failure::usage(format!(
                "`{word}` cannot name a model: many of it are `{}`, and one of those would be taken for a `{}`; choose \
                 another name",
                name.plural,
                singularize(&name.plural)
            )));
        }
        if TAKEN.contains(&name.pascal.as_str()) {
            return Err(Failure::usage(format!(
                "`{word}` cannot name a model: `{}` already means something in every file that would use it; choose a \
                 longer name",
                name.pascal
            )));
        }
        Ok(name)
    }

    /// All spellings of a model whose module is `snake`.
    fn of(snake: &str) -> Self {
        let plural = table_name(snake);
        Self {
            pascal: pascal(snake),
            snake: snake.to_owned(),
            pascal_plural: pascal(&plural),
            human: sentence(snake),
            human_plural: sentence(&plural),
            plural,
        }
    }

    /// What to tell a user who wrote `word` for this model and would be surprised by the spelling; `None` when not.
    pub(crate) fn remark(&self, word: &str) -> Option<String> {
        (pascal(word) != self.pascal).then(|| {
            format!(
                "note: `{word}` is a plural; the model is called `{}`",
                self.pascal
            )
        })
    }

    /// What the path function of the list is called before `_path`: `posts`, but `news_index` where one and many have
    /// the same name.
    pub(crate) fn list(&self) -> String {
        match self.snake == self.plural {
            true => format!("{}_index", self.snake),
            false => self.plural.clone(),
        }
    }

    /// `a blog post`, `an author`.
    pub(crate) fn with_article(&self) -> String {
        let name = self.human.to_lowercase();
        // Spoken as "you" or "one".
        let consonant = ["eu", "one", "uni", "us", "ut"]
            .iter()
            .any(|sound| name.starts_with(sound));
        let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']) && !consonant;
        let article = if vowel { "an" } else { "a" };
        format!("{article} {name}")
    }

    /// The source file of the struct.
    pub(crate) fn file(&self) -> String {
        format!("models/src/models/{}.rs", self.snake)
    }
}

/// `human`, but keeping a trailing `_id`, which is no relation here.
fn sentence(snake: &str) -> String {
    human(&format!("{snake}_id"))
}

#[cfg(test)]
mod tests {
    use super::ModelName;

    #[test]
    fn every_spelling_of_a_request_is_the_same_model() {
        let name = ModelName::parse("BlogPost").expect("a good name");
        for word in [
            "blog_post",
            "blog-post",
            "blogPost",
            "BlogPosts",
            "blog_posts",
        ] {
            assert_eq!(ModelName::parse(word).expect(word), name);
        }
        assert_eq!(name.snake, "blog_post");
        assert_eq!(name.plural, "blog_posts");
        assert_eq!(name.pascal_plural, "BlogPosts");
        assert_eq!(name.human, "Blog post");
        assert_eq!(name.human_plural, "Blog posts");
        assert_eq!(name.remark("blog_post"), None);
        assert!(
            name.remark("BlogPosts")
                .is_some_and(|remark| remark.contains("called `BlogPost`"))
        );
    }

    #[test]
    fn the_article_goes_by_the_sound() {
        for (word, phrase) in [
            ("BlogPost", "a blog post"),
            ("Author", "an author"),
            ("User", "a user"),
            ("Unit", "a unit"),
        ] {
            assert_eq!(ModelName::parse(word).expect(word).with_article(), phrase);
        }
    }

    #[test]
    fn the_list_has_a_path_of_its_own_also_where_one_and_many_are_the_same() {
        assert_eq!(ModelName::parse("Post").expect("good").list(), "posts");
        assert_eq!(ModelName::parse("News").expect("good").list(), "news_index");
    }

    #[test]
    fn names_that_cannot_work_are_refused_with_a_reason() {
        for (word, part) in [
            ("Type", "`type` is a keyword of Rust; `kind`"),
            ("crate", "keyword"),
            ("Result", "already means something"),
            ("strings", "already means something"),
            ("admin/post", "a single name"),
            ("Admin::Post", "a single name"),
            ("1st", "start with a letter"),
            ("Basis", "one of those would be taken for a `base`"),
        ] {
            let message = ModelName::parse(word).expect_err(word).message().to_owned();
            assert!(
                message.contains(part),
                "`{message}` should contain `{part}`"
            );
        }
    }
}
