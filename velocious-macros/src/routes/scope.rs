//! Where a statement stands: the path, the names and the modules that the blocks around it contribute.
//!
//! * [`Scope`]: that place; [`Scope::walk`] adds the routes of statements to a table.
//! * The routes of a resource are in [`super::resource`], redirects and mounts in [`super::elsewhere`].

use proc_macro2::Span;
use quote::format_ident;
use syn::Ident;
use syn::ext::IdentExt;

use super::args::{
    ConcernArgs, NamespaceArgs, Number, OnScope, Place, RootArgs, Statement, TargetArgs, Verb,
    VerbArgs,
};
use super::ir::{Declaration, Destination, PathFunction, Route, Target};
use super::pattern::{Pattern, identifier};
use super::resource::Resource;
use crate::fault::{Faults, unknown};

/// What the blocks around a statement contribute to its routes.
#[derive(Clone, Default)]
pub(super) struct Scope<'a> {
    pub(super) pattern: Pattern,
    /// What the names of path functions begin with.
    pub(super) names: Vec<String>,
    /// The namespaces.
    pub(super) modules: Vec<Ident>,
    /// The innermost block, if it is one of resources.
    pub(super) resource: Option<Resource>,
    /// Those that can be used here.
    pub(super) concerns: Vec<&'a ConcernArgs>,
    /// The one that these statements are from, and those that it was used by.
    pub(super) within: Vec<&'a Ident>,
}

impl<'a> Scope<'a> {
    /// Adds the routes of `statements` to the table `all`.
    pub(super) fn walk(
        &self,
        statements: &'a [Statement],
        all: &mut Declaration,
        faults: &mut Faults,
    ) {
        let mut scope = self.clone();
        for statement in statements {
            if let Statement::Concern(args) = statement {
                scope.declare(args, faults);
            }
        }
        for statement in statements {
            match statement {
                Statement::Root(args) => scope.root(args, all, faults),
                Statement::Verb(args) => scope.verb(args, all, faults),
                Statement::Resources(args) => scope.resources(args, all, faults),
                Statement::Namespace(args) => scope.namespace(args, all, faults),
                Statement::Concern(_) => {}
                Statement::Concerns(names) => scope.concerns(names, all, faults),
                Statement::Redirect(args) => scope.redirect(args, all, faults),
                Statement::Mount(args) => scope.mount(args, all, faults),
            }
        }
    }

    /// Notes a concern, whose statements mean something only where it is used.
    fn declare(&mut self, args: &'a ConcernArgs, faults: &mut Faults) {
        let name = &args.name;
        if self.concerns.iter().any(|known| known.name == *name) {
            faults.at(
                name,
                format!("there is a concern `{name}` already; call this one something else"),
            );
            return;
        }
        self.concerns.push(args);
    }

    /// Adds what the concerns say, as if it stood here.
    fn concerns(&self, names: &'a [Ident], all: &mut Declaration, faults: &mut Faults) {
        for name in names {
            let Some(concern) = self.concerns.iter().find(|known| known.name == *name) else {
                let known: Vec<_> = self
                    .concerns
                    .iter()
                    .map(|known| known.name.unraw().to_string())
                    .collect();
                let word = name.unraw().to_string();
                faults.at(name, unknown("`routes!`", "concern", &word, &known));
                continue;
            };
            if self.within.contains(&name) {
                faults.at(
                    name,
                    format!("the concern `{name}` has itself inside; remove this"),
                );
                continue;
            }
            let mut inside = self.clone();
            inside.within.push(name);
            inside.walk(&concern.body, all, faults);
        }
    }

    /// A resource has no root of its own: that is its `index`.
    fn root(&self, args: &RootArgs, all: &mut Declaration, faults: &mut Faults) {
        let at = args.word.span();
        if self.resource.is_some() {
            faults.at(
                &args.word,
                "`root` stands outside of `resources`, whose root is the action `index`",
            );
            return;
        }
        let name = self.named(&["root"]);
        let target = Destination::Action(self.target(&args.target));
        add(all, at, &[Verb::Get], self.pattern.clone(), name, target);
    }

    fn namespace(&self, args: &'a NamespaceArgs, all: &mut Declaration, faults: &mut Faults) {
        let name = args.name.unraw().to_string();
        let mut inner = self.clone();
        if let Some(resource) = inner.resource.take() {
            inner.pattern = resource.member();
            inner.names = resource.names();
        }
        inner.pattern = inner.pattern.fixed(&name);
        inner.names.push(name);
        inner.modules.push(args.name.clone());
        inner.walk(&args.body, all, faults);
    }

    fn verb(&self, args: &VerbArgs, all: &mut Declaration, faults: &mut Faults) {
        let Some(base) = self.base_of(args, faults) else {
            return;
        };
        let Some(place) = place_pattern(&args.place, faults) else {
            return;
        };
        let Some(target) = self.target_of(args, &place, faults) else {
            return;
        };
        let name = match &args.name {
            Some(name) => name.unraw().to_string(),
            None => base.name(&place.words()),
        };
        let at = args.place.span();
        let pattern = base.pattern.join(&place);
        parameters_differ(&pattern, at, faults);
        let target = Destination::Action(target);
        add(all, at, &args.verbs, pattern, name, target);
    }

    /// What a verb's path is below, which `on` decides inside of resources, and only there.
    fn base_of(&self, args: &VerbArgs, faults: &mut Faults) -> Option<Base<'_>> {
        match (&self.resource, &args.on) {
            (Some(one), on) if one.number == Number::One => {
                if let Some(on) = on {
                    let word = &one.singular;
                    faults.at_span(
                        on.on,
                        format!("`resource {word}` is one record, and everything inside is below it; remove `on`"),
                    );
                    return None;
                }
                Some(Base {
                    scope: self,
                    pattern: one.member(),
                    noun: Some(one.singular.clone()),
                })
            }
            (None, None) => Some(Base {
                scope: self,
                pattern: self.pattern.clone(),
                noun: None,
            }),
            (None, Some(on)) => {
                faults.at_span(
                    on.on,
                    "`on` belongs inside of `resources tasks { … }`; remove it, or move the route there",
                );
                None
            }
            (Some(_), None) => {
                faults.at_span(
                    args.place.span(),
                    "say where this is: `on member` below one record, `on collection` below all of them",
                );
                None
            }
            (Some(resource), Some(on)) => Some(match on.scope {
                OnScope::Member => Base {
                    scope: self,
                    pattern: resource.member(),
                    noun: Some(resource.singular.clone()),
                },
                OnScope::Collection => Base {
                    scope: self,
                    pattern: resource.collection(),
                    noun: Some(resource.plural_name()),
                },
            }),
        }
    }

    /// The action given, else the one called like the place, of the controller that is at home here.
    fn target_of(&self, args: &VerbArgs, place: &Pattern, faults: &mut Faults) -> Option<Target> {
        if let Some(target) = &args.target {
            return Some(self.target(target));
        }
        let words = place.words();
        let plain = place.segments().len() == 1 && place.parameters().next().is_none();
        let action = match &args.place {
            Place::Word(word) => Some(word.clone()),
            Place::Path(path) => syn::parse_str::<Ident>(&words)
                .ok()
                .filter(|_| plain)
                .map(|action| Ident::new(&action.to_string(), path.span())),
        };
        let Some(action) = action else {
            let word = match args.verbs.as_slice() {
                [verb] => verb.word(),
                _ => "match […]",
            };
            faults.at_span(
                args.place.span(),
                format!("say where `{place}` leads: `{word} \"{place}\" => controller::action`"),
            );
            return None;
        };
        let (modules, controller) = self.home(args.place.span());
        Some(Target {
            modules,
            controller,
            action,
        })
    }

    /// The controller of a verb that names none: the resource's, the namespace's, or `RootController`.
    fn home(&self, at: Span) -> (Vec<Ident>, Ident) {
        if let Some(resource) = &self.resource {
            return (self.modules.clone(), resource.controller.clone());
        }
        match self.modules.split_last() {
            Some((namespace, outer)) => (outer.to_vec(), controller(namespace)),
            None => (Vec::new(), Ident::new("RootController", at)),
        }
    }

    pub(super) fn target(&self, args: &TargetArgs) -> Target {
        Target {
            modules: self.modules.clone(),
            controller: controller(&args.controller),
            action: args.action.clone(),
        }
    }

    /// The words of a path function's name behind those of the blocks.
    pub(super) fn named(&self, words: &[&str]) -> String {
        let names = self.names.iter().map(String::as_str);
        let names: Vec<_> = names.chain(words.iter().copied()).collect();
        names.join("_")
    }
}

/// What a verb's path is below.
struct Base<'a> {
    scope: &'a Scope<'a>,
    pattern: Pattern,
    /// The resource's name, behind the verb's own and those of the blocks.
    noun: Option<String>,
}

impl Base<'_> {
    /// `users_project_task` for `users` of a task of a project, `testing_truncate` for `truncate` in a namespace.
    fn name(&self, words: &str) -> String {
        match &self.noun {
            None if words.is_empty() => self.scope.named(&["root"]),
            None => self.scope.named(&[words]),
            Some(noun) => format!("{words}_{}", self.scope.named(&[noun])),
        }
    }
}

/// Adds one route for each verb, and the function of their path.
pub(super) fn add(
    all: &mut Declaration,
    at: Span,
    verbs: &[Verb],
    pattern: Pattern,
    name: String,
    destination: Destination,
) {
    for verb in verbs {
        all.routes.push(Route {
            verb: *verb,
            pattern: pattern.clone(),
            name: name.clone(),
            destination: destination.clone(),
            at,
        });
    }
    all.functions.push(PathFunction { name, pattern, at });
}

/// `TasksController` for `tasks`, standing where `tasks` stands.
pub(super) fn controller(resource: &Ident) -> Ident {
    let name = velocious_naming::controller_name(&resource.unraw().to_string());
    format_ident!("{}", name, span = resource.span())
}

/// One name for two segments would lose one of the values.
pub(super) fn parameters_differ(pattern: &Pattern, at: Span, faults: &mut Faults) {
    let mut seen = Vec::new();
    for name in pattern.parameters() {
        if seen.contains(&name) {
            faults.at_span(
                at,
                format!("`{pattern}` has two parameters called `{name}`; rename one"),
            );
        }
        seen.push(name);
    }
}

pub(super) fn place_pattern(place: &Place, faults: &mut Faults) -> Option<Pattern> {
    match place {
        Place::Word(word) => {
            let word = word.unraw().to_string();
            let pattern = Pattern::default().fixed(&word);
            debug_assert_eq!(identifier(&word), pattern.words());
            Some(pattern)
        }
        Place::Path(path) => Pattern::read(path, faults),
    }
}
