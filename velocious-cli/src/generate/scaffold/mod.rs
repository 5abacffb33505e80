//! `g:scaffold`: a model with everything that is needed to list, show, make, change and destroy its records in a browser
//! and as JSON.
//!
//! * [`controller`], [`views`], [`tests`]: the files beside the model's.
//! * [`markup`]: how one field is shown, edited and filled in.
//! * [`reference`]: what the pages need to know of a model that a field refers to.

mod controller;
mod markup;
mod reference;
mod tests;
mod views;

use super::{Draft, Generator, model};
use crate::{
    edit::Insertion,
    failure::Outcome,
    field::{Field, Kind},
    name::ModelName,
    plan::Unit,
};
use reference::Reference;

/// A scaffold under way: the model, its fields, and the models they refer to.
struct Scaffold<'a> {
    name: &'a ModelName,
    fields: &'a [Field],
    references: Vec<Reference>,
    crate_name: String,
}

/// Plans the scaffold of the model called `word`, after scaffolds of the models it refers to that do not exist.
///
/// # Errors
/// The name is impossible, or taken by a struct in another file.
pub(super) fn generate(draft: &mut Draft<'_>, word: &str, fields: &[Field]) -> Outcome {
    let name = ModelName::parse(word)?;
    if let Some(remark) = name.remark(word) {
        draft.note(remark);
    }
    model::check_references(&name, fields)?;
    for target in model::missing_targets(draft, &name, fields) {
        let command = model::referred("g:scaffold", &target);
        plan(
            draft,
            &target,
            &model::fields_of_a_missing_model()?,
            &command,
        )?;
        draft.note(model::remark_on_missing(
            &target,
            &name,
            Generator::Scaffold,
        ));
    }
    plan(draft, &name, fields, draft.command())
}

fn plan(draft: &mut Draft<'_>, name: &ModelName, fields: &[Field], command: &str) -> Outcome {
    let own_label = fields.iter().find(|field| is_title(field)).map(Field::name);
    let references = fields
        .iter()
        .filter_map(|field| Reference::of(draft, name, own_label, field))
        .collect();
    let scaffold = Scaffold {
        name,
        fields,
        references,
        crate_name: draft.application().crate_name(),
    };
    let mut unit = Unit::named(Generator::Scaffold.receipt(&name.snake)?, command);
    model::plan(draft, &mut unit, name, fields)?;
    scaffold.plan_controller(&mut unit);
    scaffold.plan_views(&mut unit);
    scaffold.plan_tests(draft, &mut unit);
    unit.insert(
        "src/config/routes.rs",
        Insertion::entry("routes!", format!("resources {};", name.plural)),
    );
    draft.push(unit);
    Ok(())
}

impl Scaffold<'_> {
    /// What the templates call the names of the model.
    fn values(&self) -> Vec<(&'static str, String)> {
        let name = self.name;
        vec![
            ("Model", name.pascal.clone()),
            ("model", name.snake.clone()),
            ("Models", name.pascal_plural.clone()),
            ("models", name.plural.clone()),
            ("human", name.human.clone()),
            ("human_lower", name.human.to_lowercase()),
            ("a_human", name.with_article()),
            ("a_model", name.with_article().replace(' ', "_")),
            ("human_plural", name.human_plural.clone()),
            ("human_plural_lower", name.human_plural.to_lowercase()),
            ("list", self.name.list()),
            ("crate", self.crate_name.clone()),
        ]
    }

    /// The fields that a form can hold: all but bytes, for which it would need an upload.
    fn in_forms(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.kind != Kind::Binary)
    }

    /// The field that stands for the record in lists and headings.
    fn title(&self) -> Option<&Field> {
        self.fields.iter().find(|field| is_title(field))
    }

    /// What the pages need to know of the model that `field` refers to.
    fn reference(&self, field: &Field) -> Option<&Reference> {
        self.references
            .iter()
            .find(|reference| reference.field == field.name())
    }
}

/// Whether the field can stand for its record.
fn is_title(field: &Field) -> bool {
    field.kind == Kind::String && !field.optional
}
