//! What the source of a model says, as far as other generators need to know.

use crate::name::ModelName;

/// The fields of a model's struct.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// Texts that are always there.
    pub(crate) texts: Vec<String>,
    /// What it belongs to in any case: the key's field and the other model.
    pub(crate) owners: Vec<(String, ModelName)>,
}

impl Source {
    /// Reads the struct's lines. Whatever is written in an unusual way is not seen, and then generated code says
    /// less about it.
    pub(crate) fn read(text: &str) -> Self {
        let fields = || {
            text.lines().filter_map(|line| {
                line.trim()
                    .strip_prefix("pub ")?
                    .strip_suffix(',')?
                    .split_once(": ")
            })
        };
        let texts = fields()
            .filter(|(_, kind)| *kind == "String")
            .map(|(name, _)| name.to_owned());
        let owners = fields().filter_map(|(name, kind)| {
            let target = kind.strip_prefix("BelongsTo<")?.strip_suffix('>')?;
            let key = format!("{name}_id");
            let is_needed =
                fields().any(|(name, kind)| name == key && !kind.starts_with("Option<"));
            is_needed.then_some((key, ModelName::parse(target).ok()?))
        });
        Self {
            texts: texts.collect(),
            owners: owners.collect(),
        }
    }

    /// The field that stands for a record: its name or title, else its first text.
    pub(crate) fn label(&self) -> Option<&str> {
        let preferred = self
            .texts
            .iter()
            .find(|text| matches!(text.as_str(), "name" | "title"));
        preferred.or_else(|| self.texts.first()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn texts_and_owners_are_found() {
        let source = Source::read(
            "pub struct Post {\n    pub id: i64,\n    pub email: String,\n    pub title: String,\n    pub note: Option<String>,\n    \
             pub author_id: i64,\n    pub editor_id: Option<i64>,\n    pub author: BelongsTo<Author>,\n    \
             pub editor: BelongsTo<Person>,\n}\n",
        );
        assert_eq!(source.texts, ["email", "title"]);
        let owners: Vec<_> = source
            .owners
            .iter()
            .map(|(key, owner)| (key.as_str(), owner.pascal.as_str()))
            .collect();
        assert_eq!(owners, [("author_id", "Author")]);
    }

    #[test]
    fn a_name_or_title_stands_for_a_record_before_any_other_text() {
        let label = |text: &str| Source::read(text).label().map(str::to_owned);
        assert_eq!(
            label("    pub email: String,\n    pub name: String,\n").as_deref(),
            Some("name")
        );
        assert_eq!(
            label("    pub email: String,\n    pub bio: String,\n").as_deref(),
            Some("email")
        );
        assert_eq!(label("    pub email: Option<String>,\n"), None);
    }
}
