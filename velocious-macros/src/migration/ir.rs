//! A migration as meant.
//!
//! * [`Declaration`]: the migration; [`Step`]: one of its two functions.
//! * [`check`]: from what is written to what is meant, through the rules below it.

use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Attribute, FnArg, Ident, Lifetime, Path, ReturnType, Signature, Token, Type};

use super::args::{MigrationArgs, MigrationOptions};
use crate::block::{BlockItem, Function, ImplBlock};
use crate::fault::{Faults, unknown};

/// A migration. With mistakes in it, what is missing has a stand-in.
pub(super) struct Declaration {
    pub(super) attributes: Vec<Attribute>,
    /// The trait, as the user names it.
    pub(super) of_trait: Option<Path>,
    pub(super) self_type: Type,
    pub(super) version: u64,
    pub(super) name: String,
    /// The databases it is for; none where it does not say.
    pub(super) databases: Vec<String>,
    pub(super) steps: Vec<Step>,
    /// Whether `up` or `change` is there.
    pub(super) complete: bool,
}

/// `up`, `down` or `change`: a function that answers with a boxed future.
pub(super) struct Step {
    pub(super) attributes: Vec<Attribute>,
    pub(super) ident: Ident,
    /// `&'a self` and the schema, whose references live as long as the future.
    pub(super) inputs: Punctuated<FnArg, Token![,]>,
    /// What the future resolves to.
    pub(super) output: Type,
    pub(super) body: proc_macro2::Group,
}

/// The functions of a migration.
const STEPS: [&str; 3] = ["up", "down", "change"];

/// How a step is written, for messages.
fn model_signature(name: &str) -> String {
    format!("async fn {name}(&self, schema: &mut Schema) -> Result<()>")
}

/// Judges `args`; what is wrong is noted in `faults`.
pub(super) fn check(args: MigrationArgs, faults: &mut Faults) -> Declaration {
    let MigrationArgs { options, block } = args;
    block_is_a_migration(&block, faults);
    let version = version(&options, &block.self_type, faults);
    let mut steps = Vec::new();
    for item in block.items {
        match item {
            BlockItem::Function(function) => steps.extend(step(function, faults)),
            BlockItem::Other(tokens) => faults.at(
                tokens,
                "a migration consists of `up` and `down`, or of `change`; move this out of the block",
            ),
        }
    }
    change_is_alone(&steps, faults);
    let complete = steps
        .iter()
        .any(|step| step.ident == "up" || step.ident == "change");
    if !complete && faults.is_empty() {
        faults.at(
            &block.self_type,
            format!(
                "this migration does nothing; write `{} {{ … }}`",
                model_signature("up")
            ),
        );
    }
    Declaration {
        attributes: block.attributes,
        of_trait: block.of_trait,
        name: name(&block.self_type),
        databases: databases(&options, faults),
        self_type: block.self_type,
        version,
        steps,
        complete,
    }
}

/// The runtime runs migrations through the trait, and knows one of each.
fn block_is_a_migration(block: &ImplBlock, faults: &mut Faults) {
    if block.of_trait.is_none() {
        let ty = crate::fault::source(&block.self_type);
        faults.at(
            &block.self_type,
            format!("`#[migration]` goes on an implementation: `impl Migration for {ty}`"),
        );
    }
    if !block.generics.params.is_empty() {
        faults.at(
            &block.generics,
            "a migration runs once, so it cannot be generic",
        );
    }
}

/// What `change` does is done by `up`, and its reverse by `down`.
fn change_is_alone(steps: &[Step], faults: &mut Faults) {
    let is_there = steps.iter().any(|step| step.ident == "change");
    for step in steps
        .iter()
        .filter(|step| is_there && step.ident != "change")
    {
        faults.at(
            &step.ident,
            format!(
                "`change` is `up` and `down` in one; remove `{}`, or `change`",
                step.ident
            ),
        );
    }
}

/// Each database is migrated once by it.
fn databases(options: &MigrationOptions, faults: &mut Faults) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in options.databases.iter().flat_map(|databases| &databases.0) {
        match names.contains(&name.value()) {
            true => faults.at(
                name,
                format!("`{}` is there already; keep one", name.value()),
            ),
            false => names.push(name.value()),
        }
    }
    names
}

/// The version orders the migrations of all developers, so it is a time to the second: 14 digits.
fn version(options: &MigrationOptions, self_type: &Type, faults: &mut Faults) -> u64 {
    let Some(version) = &options.version else {
        if faults.is_empty() {
            faults.at(
                self_type,
                "a migration needs a version; write `#[migration(version = 20260101120000)]`",
            );
        }
        return 0;
    };
    let digits = version.0.base10_digits();
    if digits.len() != 14 {
        faults.at(
            &version.0,
            format!(
                "a version has 14 digits, the date and the time as in 20260131235959; this one has {}",
                digits.len()
            ),
        );
    } else if !is_a_time(digits) {
        faults.at(
            &version.0,
            "a version is a date and a time as in 20260131235959: year, month, day, hour, minute, second",
        );
    }
    version.0.base10_parse().unwrap_or_default()
}

/// Whether the digits of a version can be read off a calendar and a clock.
fn is_a_time(digits: &str) -> bool {
    let part = |from: usize| digits.get(from..from + 2).and_then(|two| two.parse().ok());
    let within = |from: usize, least: u32, most: u32| {
        part(from).is_some_and(|value: u32| (least..=most).contains(&value))
    };
    within(4, 1, 12)
        && within(6, 1, 31)
        && within(8, 0, 23)
        && within(10, 0, 59)
        && within(12, 0, 59)
}

/// A step is one of three async functions, whose future the trait boxes.
fn step(function: Function, faults: &mut Faults) -> Option<Step> {
    let Function {
        attributes,
        signature,
        body,
        ..
    } = function;
    let ident = signature.ident.clone();
    let name = ident.unraw().to_string();
    if !STEPS.contains(&name.as_str()) {
        let message = unknown("a migration", "function", &name, &STEPS);
        faults.at(&ident, message);
        return None;
    }
    if signature.asyncness.is_none() {
        faults.at(
            &ident,
            format!("`{name}` is not async; write `{}`", model_signature(&name)),
        );
    }
    let output = takes_a_schema(&signature, faults)?;
    let inputs = signature
        .inputs
        .into_iter()
        .map(living_as_long_as_the_future);
    Some(Step {
        attributes,
        ident,
        inputs: inputs.collect(),
        output,
        body,
    })
}

/// The trait's function takes `&self` and the schema and says whether it worked; the types are rustc's matter.
fn takes_a_schema(signature: &Signature, faults: &mut Faults) -> Option<Type> {
    let borrowed = signature
        .receiver()
        .is_some_and(|receiver| receiver.reference.is_some() && receiver.mutability.is_none());
    let fits = borrowed && signature.inputs.len() == 2 && signature.generics.params.is_empty();
    match &signature.output {
        ReturnType::Type(_, output) if fits => Some((**output).clone()),
        _ => {
            let name = &signature.ident;
            let wanted = model_signature(&name.to_string());
            faults.at(name, format!("`{name}` has another signature: `{wanted}`"));
            None
        }
    }
}

/// Gives `&self` and `&mut Schema` the lifetime of the boxed future that holds them.
fn living_as_long_as_the_future(mut input: FnArg) -> FnArg {
    let lifetime = || Lifetime::new("'a", proc_macro2::Span::call_site());
    match &mut input {
        FnArg::Receiver(receiver) => {
            if let Some((_, elided @ None)) = &mut receiver.reference {
                *elided = Some(lifetime());
            }
            if let Type::Reference(reference) = &mut *receiver.ty {
                reference.lifetime.get_or_insert_with(lifetime);
            }
        }
        FnArg::Typed(argument) => {
            if let Type::Reference(reference) = &mut *argument.ty {
                reference.lifetime.get_or_insert_with(lifetime);
            }
        }
    }
    input
}

/// What the migration is called: its type, in snake case.
fn name(self_type: &Type) -> String {
    match self_type {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map_or_else(String::new, |segment| {
                velocious_naming::snake(&segment.ident.unraw().to_string())
            }),
        _ => String::new(),
    }
}
