//! The routes of a resource: seven, or six where there is only one record.
//!
//! * [`Resource`]: a resource in its place.
//! * [`Standard`]: one of the seven.

use proc_macro2::Span;
use syn::Ident;
use syn::ext::IdentExt;

use super::args::{KeyArgs, Number, ResourcesArgs, Verb};
use super::ir::{Declaration, Destination, Target};
use super::pattern::{Pattern, SegmentType, is_name};
use super::scope::{Scope, add, controller, parameters_differ};
use crate::fault::{Faults, unknown};

/// A resource, as the statements inside its block see it.
#[derive(Clone)]
pub(super) struct Resource {
    /// Where the block stands: the path and the names that its own are behind.
    outer_pattern: Pattern,
    outer_names: Vec<String>,
    pub(super) number: Number,
    /// As it stands in paths.
    word: String,
    pub(super) singular: String,
    /// How the key is called in the paths of a record: `id`, unless said otherwise.
    key: String,
    key_type: Option<SegmentType>,
    pub(super) controller: Ident,
}

impl Resource {
    /// `/tasks`, or `/profile`.
    pub(super) fn collection(&self) -> Pattern {
        self.outer_pattern.fixed(&self.word)
    }

    /// `/tasks/{id}`, or `/profile`.
    fn record(&self) -> Pattern {
        match self.number {
            Number::One => self.collection(),
            Number::Many => self
                .collection()
                .parameter(&self.key, self.key_type.clone()),
        }
    }

    /// `/tasks/{task_id}`, which everything below one record begins with; `/profile` where there is only one.
    pub(super) fn member(&self) -> Pattern {
        let parameter = format!("{}_{}", self.singular, self.key);
        match self.number {
            Number::One => self.collection(),
            Number::Many => self
                .collection()
                .parameter(parameter, self.key_type.clone()),
        }
    }

    /// What the names of path functions below one record begin with.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = self.outer_names.clone();
        names.push(self.singular.clone());
        names
    }

    /// `tasks`, or `news_index` where the plural could be mistaken for the singular.
    pub(super) fn plural_name(&self) -> String {
        match self.word == self.singular {
            true => format!("{}_index", self.word),
            false => self.word.clone(),
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

    /// Those of a resource; one record has no list.
    fn all(number: Number) -> &'static [Standard] {
        match number {
            Number::One => &Standard::ALL[1..],
            Number::Many => &Standard::ALL,
        }
    }

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
            Standard::Show | Standard::Update | Standard::Destroy => resource.record(),
            Standard::Edit => resource.record().fixed("edit"),
        }
    }

    /// The path function's name without `_path`.
    fn name(self, scope: &Scope<'_>, resource: &Resource) -> String {
        let one = scope.named(&[&resource.singular]);
        match self {
            Standard::Create if resource.number == Number::One => one,
            Standard::Index | Standard::Create => scope.named(&[&resource.plural_name()]),
            Standard::New | Standard::Edit => format!("{}_{one}", self.action()),
            Standard::Show | Standard::Update | Standard::Destroy => one,
        }
    }
}

impl<'a> Scope<'a> {
    /// Adds the routes of a resource and of what is in its block.
    pub(super) fn resources(
        &self,
        args: &'a ResourcesArgs,
        all: &mut Declaration,
        faults: &mut Faults,
    ) {
        let outer = self.around_resources();
        let resource = outer.resource_of(args, faults);
        if !args.body.is_empty() {
            parameters_differ(&resource.member(), args.name.span(), faults);
        }
        for (standard, at) in chosen(args, faults) {
            let target = Destination::Action(Target {
                modules: outer.modules.clone(),
                controller: resource.controller.clone(),
                action: Ident::new(standard.action(), at),
            });
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

    /// The resource of a statement that stands here.
    fn resource_of(&self, args: &ResourcesArgs, faults: &mut Faults) -> Resource {
        let word = args.name.unraw().to_string();
        let (singular, plural) = match args.number {
            Number::Many => (velocious_naming::singularize(&word), args.name.clone()),
            Number::One => {
                let plural = velocious_naming::pluralize(&word);
                (word.clone(), Ident::new(&plural, args.name.span()))
            }
        };
        let (key, key_type) = key_of(args, faults);
        Resource {
            outer_pattern: self.pattern.clone(),
            outer_names: self.names.clone(),
            number: args.number,
            word,
            singular,
            key,
            key_type,
            controller: controller(args.controller.as_ref().unwrap_or(&plural)),
        }
    }

    /// Resources inside of resources are below one record of the outer ones.
    fn around_resources(&self) -> Scope<'a> {
        match &self.resource {
            None => self.clone(),
            Some(resource) => Scope {
                pattern: resource.member(),
                names: resource.names(),
                resource: None,
                ..self.clone()
            },
        }
    }
}

/// Name and type of the key in paths.
fn key_of(args: &ResourcesArgs, faults: &mut Faults) -> (String, Option<SegmentType>) {
    let usual = ("id".to_owned(), None);
    let Some(KeyArgs { name, of_type }) = &args.key else {
        return usual;
    };
    let text = name.unraw().to_string();
    if args.number == Number::One {
        let resource = &args.name;
        faults.at(
            name,
            format!("`resource {resource}` is one record, whose paths have no key; remove the parentheses"),
        );
        return usual;
    }
    if !is_name(&text) {
        faults.at(
            name,
            format!("`{text}` cannot be the name of a parameter; write one like `id`"),
        );
        return usual;
    }
    (text, of_type.clone().map(SegmentType))
}

/// Which of the routes, and under which word to report that the action is missing.
fn chosen(args: &ResourcesArgs, faults: &mut Faults) -> Vec<(Standard, Span)> {
    if let (Some(_), Some(except)) = (&args.only, &args.except)
        && let Some(first) = except.first()
    {
        faults.at(first, "`only` says it all; remove `except`");
    }
    let mut listed = |names: &Option<Vec<Ident>>| {
        let names = names.as_ref();
        names.map(|names| are_standard(names, args.number, faults))
    };
    let (only, except) = (listed(&args.only), listed(&args.except));
    let standards = Standard::all(args.number).iter().filter_map(|&standard| {
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
fn are_standard(names: &[Ident], number: Number, faults: &mut Faults) -> Vec<(Standard, Span)> {
    let mut standards = Vec::new();
    for name in names {
        let text = name.unraw().to_string();
        let all = Standard::all(number);
        let standard = all.iter().find(|standard| standard.action() == text);
        match standard {
            Some(standard) => standards.push((*standard, name.span())),
            None => {
                let known: Vec<_> = all.iter().map(|standard| standard.action()).collect();
                let place = format!("`{}`", number.word());
                faults.at(name, unknown(&place, "action", &text, &known));
            }
        }
    }
    standards
}

fn position(names: &[(Standard, Span)], standard: Standard) -> Option<Span> {
    let found = names.iter().find(|(name, _)| *name == standard);
    found.map(|(_, span)| *span)
}
