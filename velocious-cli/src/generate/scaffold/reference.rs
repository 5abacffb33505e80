//! What the pages of a scaffold need to know of a model that one of its fields refers to.

use super::Draft;
use crate::{field::Field, generate::Generator, name::ModelName, receipt::Receipt};

/// A model that a field refers to.
#[derive(Debug)]
pub(super) struct Reference {
    /// The field's name in the request.
    pub(super) field: String,
    /// The model.
    pub(super) target: ModelName,
    /// The column that stands for one of its records; the key when none does.
    pub(super) label: Option<String>,
    /// Whether it has pages to link to.
    pub(super) has_pages: bool,
}

impl Reference {
    /// The model that `field` of the model `name` refers to; `None` for other fields.
    pub(super) fn of(draft: &Draft<'_>, name: &ModelName, field: &Field) -> Option<Self> {
        let target = field.target.clone()?;
        let receipt = Generator::Scaffold.receipt(&target.snake).ok()?;
        let source = draft.model_source(&target).map(|(_, source)| source);
        let label = match &source {
            Some(source) => label_in(source),
            // Not on the disk, so it is the model being generated, or one that is generated along with it.
            None if target == *name => None,
            None => Some("name".to_owned()),
        };
        let has_pages = source.is_none() || draft.has_file(&Receipt::path(&receipt));
        Some(Self {
            field: field.name().to_owned(),
            target,
            label,
            has_pages,
        })
    }

    /// A Rust expression for what a reader sees of the record `variable`.
    pub(super) fn label_of(&self, variable: &str) -> String {
        match &self.label {
            Some(label) => format!("&{variable}.{label}"),
            None => format!("format!(\"{} {{}}\", {variable}.id)", self.target.human),
        }
    }
}

/// The field of a model's source that stands for a record: its name or title, else its first text.
fn label_in(source: &str) -> Option<String> {
    let texts = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub ")?.strip_suffix(": String,"));
    let texts: Vec<&str> = texts.collect();
    let preferred = ["name", "title"]
        .into_iter()
        .find(|preferred| texts.contains(preferred));
    preferred
        .or_else(|| texts.first().copied())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::label_in;

    #[test]
    fn a_name_or_title_stands_for_a_record_before_any_other_text() {
        let source =
            "pub struct A {\n    pub email: String,\n    pub age: i32,\n    pub name: String,\n}";
        assert_eq!(label_in(source).as_deref(), Some("name"));
        assert_eq!(
            label_in("    pub email: String,\n    pub bio: String,\n").as_deref(),
            Some("email")
        );
        assert_eq!(
            label_in("    pub email: Option<String>,\n    pub age: i32,\n"),
            None
        );
    }
}
