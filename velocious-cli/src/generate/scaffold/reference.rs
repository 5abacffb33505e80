//! What the pages of a scaffold need to know of a model that one of its fields refers to.

use super::Draft;
use crate::{field::Field, generate::Generator, name::ModelName};

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
    /// The model that `field` of the model `name` refers to; `None` for other fields. `own_label` stands for a record
    /// of the model itself.
    pub(super) fn of(
        draft: &Draft<'_>,
        name: &ModelName,
        own_label: Option<&str>,
        field: &Field,
    ) -> Option<Self> {
        let target = field.target.clone()?;
        let is_itself = target == *name;
        let label = match is_itself {
            true => own_label.map(str::to_owned),
            false => draft.source_of(&target)?.label().map(str::to_owned),
        };
        let has_pages =
            is_itself || draft.has_generated(&Generator::Scaffold.receipt(&target.snake).ok()?);
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
