//! `g:model`: a struct, and the migration that creates its table.

use super::{Draft, Generator, migration};
use crate::{
    edit::Insertion,
    failure::{Failure, Outcome},
    field::{Field, Index, Kind},
    name::ModelName,
    plan::Unit,
    template::fill,
};

const TEMPLATE: &str = include_str!("../../templates/generate/model.rs");
const LIST: &str = "models/src/models/mod.rs";

/// Plans the model called `word`, after the models it refers to that do not exist.
///
/// # Errors
/// The name is impossible, or taken by a struct in another file.
pub(super) fn generate(draft: &mut Draft<'_>, word: &str, fields: &[Field]) -> Outcome {
    let name = ModelName::parse(word)?;
    if let Some(remark) = name.remark(word) {
        draft.note(remark);
    }
    check_references(&name, fields)?;
    for target in missing_targets(draft, &name, fields) {
        let mut unit = Unit::named(
            Generator::Model.receipt(&target.snake)?,
            referred("g:model", &target),
        );
        plan(draft, &mut unit, &target, &fields_of_a_missing_model()?)?;
        draft.push(unit);
        draft.note(remark_on_missing(&target, &name, Generator::Model));
    }
    let mut unit = Unit::named(Generator::Model.receipt(word)?, draft.command());
    plan(draft, &mut unit, &name, fields)?;
    draft.push(unit);
    Ok(())
}

/// Adds model and migration to `unit`.
///
/// # Errors
/// Another file has a struct of this name.
pub(super) fn plan(
    draft: &mut Draft<'_>,
    unit: &mut Unit,
    name: &ModelName,
    fields: &[Field],
) -> Outcome {
    if let Some((file, _)) = draft
        .model_source(name)
        .filter(|(file, _)| *file != name.file())
    {
        return Err(Failure::new(format!(
            "there is a model `{}` already, in `{file}`; nothing was written",
            name.pascal
        )));
    }
    unit.create_rust(name.file(), source(name, fields));
    unit.insert(
        LIST,
        Insertion::declaration(format!("pub mod {};", name.snake)),
    );
    unit.insert(
        LIST,
        Insertion::declaration(format!("pub use {}::{};", name.snake, name.pascal)),
    );
    migration::plan_create_table(draft, unit, &name.plural, fields);
    Ok(())
}

/// Checks that a first record can exist.
///
/// # Errors
/// Each record would need another one of its kind before it.
pub(super) fn check_references(name: &ModelName, fields: &[Field]) -> Outcome {
    match fields
        .iter()
        .find(|field| field.target.as_ref() == Some(name) && !field.optional)
    {
        None => Ok(()),
        Some(field) => Err(Failure::usage(format!(
            "each `{}` would need another one before it, so there could be no first one; write `{}:references?`",
            name.pascal,
            field.name()
        ))),
    }
}

/// The models that `fields` of the model `name` refer to and that neither exist nor are planned.
pub(super) fn missing_targets(
    draft: &Draft<'_>,
    name: &ModelName,
    fields: &[Field],
) -> Vec<ModelName> {
    let targets = fields.iter().filter_map(|field| field.target.clone());
    targets
        .filter(|target| target != name && !draft.has_model(target))
        .collect()
}

/// What a model gets that is generated only because another one refers to it.
pub(super) fn fields_of_a_missing_model() -> Outcome<Vec<Field>> {
    crate::field::parse_all(&["name:string".to_owned()])
}

/// The command that would have generated `target` by itself.
pub(super) fn referred(generator: &str, target: &ModelName) -> String {
    format!("velocious {generator} {} name:string", target.pascal)
}

/// Tells the user of a model that was generated along with the one asked for.
pub(super) fn remark_on_missing(
    target: &ModelName,
    name: &ModelName,
    generator: Generator,
) -> String {
    format!(
        "note: there was no model `{0}` for `{1}` to refer to, so it was generated as by `g:{2} {0} name:string`; to have \
         other fields, run `velocious d:{2} {0}` and generate it again",
        target.pascal,
        name.pascal,
        generator.name()
    )
}

fn source(name: &ModelName, fields: &[Field]) -> String {
    let others = imports(name, fields);
    let columns: String = fields.iter().map(declaration).collect();
    let relations: String = fields.iter().filter_map(relation).collect();
    let values = [
        ("Model", name.pascal.as_str()),
        ("A_model", &capitalized(&name.with_article())),
        ("imports", &others),
        ("columns", columns.trim()),
        ("relations", relations.trim_end()),
    ];
    fill(TEMPLATE, &values)
}

fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// `use super::{Author, Tag};` for the models this one refers to.
fn imports(name: &ModelName, fields: &[Field]) -> String {
    let targets = fields
        .iter()
        .filter_map(|field| field.target.as_ref())
        .filter(|target| *target != name);
    let mut targets: Vec<&str> = targets.map(|target| target.pascal.as_str()).collect();
    targets.sort_unstable();
    match targets.as_slice() {
        [] => String::new(),
        [one] => format!("\nuse super::{one};"),
        several => format!("\nuse super::{{{}}};", several.join(", ")),
    }
}

fn declaration(field: &Field) -> String {
    let mut rules = Vec::new();
    if field.kind == Kind::String && !field.optional {
        rules.push("presence");
    }
    if field.index == Index::Unique {
        rules.push("uniqueness");
    }
    let rules = match rules.as_slice() {
        [] => String::new(),
        rules => format!("    #[validate({})]\n", rules.join(", ")),
    };
    format!(
        "{rules}    pub {}: {},\n",
        field.column(),
        field.rust_type()
    )
}

fn relation(field: &Field) -> Option<String> {
    let target = field.target.as_ref()?;
    Some(format!(
        "\n    #[belongs_to]\n    #[serde(skip_serializing_if = \"BelongsTo::is_unloaded\")]\n    pub {}: BelongsTo<{}>,\n",
        field.name(),
        target.pascal
    ))
}
