//! The seven routes of a resource.
//!
//! * [`Resource`]: a resource in its place.
//! * [`Standard`]: one of the seven.

use proc_macro2::Span;
use syn::Ident;
use syn::ext::IdentExt;

use super::args::{ResourcesArgs, Verb};
use super::ir::{Declaration, Target};
use super::pattern::Pattern;
use super::scope::{Scope, add, controller, parameters_differ};
use crate::fault::{Faults, unknown};

/// A resource, as the statements inside its block see it.
#[derive(Clone)]
pub(super) struct Resource {
    /// Where the block stands: the path and the names that its own are behind.
    outer_pattern: Pattern,
    outer_names: Vec<String>,
    pub(super) plural: String,
    pub(super) singular: String,
    pub(super) controller: Ident,
}

impl Resource {
    /// `/tasks`.
    pub(super) fn collection(&self) -> Pattern {
        self.outer_pattern.fixed(&self.plural)
    }

    /// `/tasks/{task_id}`, which everything below one record begins with.
    pub(super) fn member(&self) -> Pattern {
        let parameter = format!("{}_id", self.singular);
        self.collection().parameter(parameter)
    }

    /// What the names of path functions below one record begin with.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = self.outer_names.clone();
        names.push(self.singular.clone());
        names
    }

    /// `tasks`, or `news_index` where the plural could be mistaken for the singular.
    pub(super) fn plural_name(&self) -> String {
        match self.plural == self.singular {
            true => format!("{}_index", self.plural),
            false => self.plural.clone(),
        }
    }
}

/// One of the seven actions that a resource has routes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standard {
    Index,
    New,
    Create,
    Show,
    Edit,
    Update,
    Destroy,
}

impl Standard {
    const ALL: [Standard; 7] = [
        Standard::Index,
        Standard::New,
        Standard::Create,
        Standard::Show,
        Standard::Edit,
        Standard::Update,
        Standard::Destroy,
    ];

    fn action(self) -> &'static str {
        match self {
            Standard::Index => "index",
            Standard::New => "new",
            Standard::Create => "create",
            Standard::Show => "show",
            Standard::Edit => "edit",
            Standard::Update => "update",
            Standard::Destroy => "destroy",
        }
    }

    /// A form sends PUT or PATCH, and means the same by them.
    fn verbs(self) -> &'static [Verb] {
        match self {
            Standard::Index | Standard::New | Standard::Show | Standard::Edit => &[Verb::Get],
            Standard::Create => &[Verb::Post],
            Standard::Update => &[Verb::Patch, Verb::Put],
            Standard::Destroy => &[Verb::Delete],
        }
    }

    fn pattern(self, resource: &Resource) -> Pattern {
        let collection = resource.collection();
        match self {
            Standard::Index | Standard::Create => collection,
            Standard::New => collection.fixed("new"),
            Standard::Show | Standard::Update | Standard::Destroy => collection.parameter("id"),
            Standard::Edit => collection.parameter("id").fixed("edit"),
        }
    }

    /// The path function's name without `_path`.
    fn name(self, scope: &Scope, resource: &Resource) -> String {
        let one = scope.named(&[&resource.singular]);
        match self {
            Standard::Index | Standard::Create => scope.named(&[&resource.plural_name()]),
            Standard::New | Standard::Edit => format!("{}_{one}", self.action()),
            Standard::Show | Standard::Update | Standard::Destroy => one,
        }
    }
}

impl Scope {
    /// Adds the routes of a resource and of what is in its block.
    pub(super) fn resources(
        &self,
        args: &ResourcesArgs,
        all: &mut Declaration,
        faults: &mut Faults,
    ) {
        let outer = self.around_resources();
        let plural = args.name.unraw().to_string();
        let resource = Resource {
            outer_pattern: outer.pattern.clone(),
            outer_names: outer.names.clone(),
            singular: velocious_naming::singularize(&plural),
            plural,
            controller: controller(args.controller.as_ref().unwrap_or(&args.name)),
        };
        if !args.body.is_empty() {
            parameters_differ(&resource.member(), args.name.span(), faults);
        }
        for (standard, at) in chosen(args, faults) {
            let target = Target {
                modules: outer.modules.clone(),
                controller: resource.controller.clone(),
                action: Ident::new(standard.action(), at),
            };
            let pattern = standard.pattern(&resource);
            let name = standard.name(&outer, &resource);
            add(
                all,
                args.name.span(),
                standard.verbs(),
                pattern,
                name,
                target,
            );
        }
        let inner = Scope {
            resource: Some(resource),
            ..outer
        };
        inner.walk(&args.body, all, faults);
    }

    /// Resources inside of resources are below one record of the outer ones.
    fn around_resources(&self) -> Scope {
        match &self.resource {
            None => self.clone(),
            Some(resource) => Scope {
                pattern: resource.member(),
                names: resource.names(),
                modules: self.modules.clone(),
                resource: None,
            },
        }
    }
}

/// Which of the seven, and under which word to report that the action is missing.
fn chosen(args: &ResourcesArgs, faults: &mut Faults) -> Vec<(Standard, Span)> {
    if let (Some(_), Some(except)) = (&args.only, &args.except)
        && let Some(first) = except.first()
    {
        faults.at(first, "`only` says it all; remove `except`");
    }
    let only = args.only.as_ref().map(|names| are_standard(names, faults));
    let except = args
        .except
        .as_ref()
        .map(|names| are_standard(names, faults));
    let standards = Standard::ALL.into_iter().filter_map(|standard| {
        let excluded = except
            .as_ref()
            .is_some_and(|names| position(names, standard).is_some());
        let at = match &only {
            None => Some(args.name.span()),
            Some(names) => position(names, standard),
        };
        at.filter(|_| !excluded).map(|at| (standard, at))
    });
    standards.collect()
}

/// A misspelt name would leave out a route, or leave one in.
fn are_standard(names: &[Ident], faults: &mut Faults) -> Vec<(Standard, Span)> {
    let mut standards = Vec::new();
    for name in names {
        let text = name.unraw().to_string();
        let standard = Standard::ALL
            .into_iter()
            .find(|standard| standard.action() == text);
        match standard {
            Some(standard) => standards.push((standard, name.span())),
            None => {
                let known = Standard::ALL.map(Standard::action);
                faults.at(name, unknown("`resources`", "action", &text, &known));
            }
        }
    }
    standards
}

fn position(names: &[(Standard, Span)], standard: Standard) -> Option<Span> {
    let found = names.iter().find(|(name, _)| *name == standard);
    found.map(|(_, span)| *span)
}
