//! A controller as meant.
//!
//! * [`Declaration`]: the controller; [`Action`]: one of its actions; [`Filter`]: a function that runs around some.
//! * [`check`]: from what is written to what is meant, through the rules below it.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, Ident, Path, ReturnType, Type, Visibility};

use super::args::{ControllerArgs, FilterArgs, FilterKind, OptionsArgs};
use crate::block::{Function, ImplBlock};
use crate::fault::{Faults, source, unknown};
use crate::option::Names;

/// A controller. With mistakes in it, it has every action that was surely meant as one.
pub(super) struct Declaration {
    /// The controller's type, whose name is the controller's.
    pub(super) controller: Ident,
    /// The controller it is based on.
    pub(super) base: Option<Path>,
    /// Functions of the base that do not run for some actions, or all.
    pub(super) skips: Vec<Skip>,
    /// In the order in which they are written.
    pub(super) filters: Vec<Filter>,
    pub(super) actions: Vec<Action>,
}

/// A function that runs around some actions, or all.
pub(super) struct Filter {
    pub(super) kind: FilterKind,
    pub(super) function: Path,
    /// Whether the function is one of the block, as opposed to a path of its own.
    pub(super) own: bool,
    pub(super) actions: Selection,
    /// The type of the errors that it answers, of a rescue for all actions.
    pub(super) rescued: Option<Type>,
}

/// A function of the base that does not run.
pub(super) struct Skip {
    pub(super) function: Ident,
    pub(super) actions: Selection,
}

/// Some actions, by name.
#[derive(Clone)]
pub(super) enum Selection {
    All,
    Only(Vec<String>),
    Except(Vec<String>),
}

/// A function that answers requests.
pub(super) struct Action {
    pub(super) ident: Ident,
    pub(super) name: String,
    /// The `#[cfg(…)]` of the function.
    pub(super) conditions: Vec<Attribute>,
    /// The types of its arguments, and where they stand.
    pub(super) arguments: Vec<Type>,
    pub(super) arguments_at: Span,
    /// Where the type of its result stands; its name where it has none.
    pub(super) result_at: Span,
    /// Whether nothing is wrong with it.
    pub(super) sound: bool,
}

/// Judges `args`; what is wrong is noted in `faults`. `None` when this is not the block of a controller at all.
pub(super) fn check(args: &ControllerArgs, faults: &mut Faults) -> Option<Declaration> {
    let ControllerArgs { options, block } = args;
    let controller = block_is_a_controller(block, faults)?;
    let actions: Vec<_> = block
        .functions()
        .filter(|function| is_meant_as_action(function, &options.filters))
        .map(|function| action(function, faults))
        .collect();
    let base = base_is_another_controller(options, &controller, faults);
    functions_are_named_once(&options.filters, faults);
    let mut filters = Vec::new();
    let mut skips = Vec::new();
    for written in &options.filters {
        let chosen = selection(written, &actions, faults);
        if written.kind == FilterKind::Skip {
            skips.extend(skips_of(written, options, &chosen, faults));
            continue;
        }
        for function in &written.functions {
            let own = function.get_ident().is_some();
            if !own || filter_exists(written.kind, function, block, faults) {
                filters.push(Filter {
                    kind: written.kind,
                    function: function.clone(),
                    own,
                    actions: chosen.clone(),
                    rescued: rescued(written.kind, &chosen, function, block),
                });
            }
        }
    }
    Some(Declaration {
        controller,
        base,
        skips,
        filters,
        actions,
    })
}

/// What runs around a controller would run around itself.
fn base_is_another_controller(
    options: &OptionsArgs,
    controller: &Ident,
    faults: &mut Faults,
) -> Option<Path> {
    let base = options.base.as_ref()?;
    if base.is_ident(controller) {
        faults.at(
            base,
            format!(
                "`{controller}` cannot be based on itself; name another controller, or remove `base`"
            ),
        );
        return None;
    }
    Some(base.clone())
}

/// Written twice in one list, a function would run twice.
fn functions_are_named_once(filters: &[FilterArgs], faults: &mut Faults) {
    for filter in filters {
        for (index, function) in filter.functions.iter().enumerate() {
            if filter.functions[..index].contains(function) {
                let (word, name) = (filter.kind.word(), source(function));
                faults.at(
                    function,
                    format!("`{name}` stands in this `{word}` already; remove it here"),
                );
            }
        }
    }
}

/// The type of the errors that a function of the block answers for all actions.
fn rescued(kind: FilterKind, chosen: &Selection, path: &Path, block: &ImplBlock) -> Option<Type> {
    if kind != FilterKind::Rescue || !matches!(chosen, Selection::All) {
        return None;
    }
    let name = path.get_ident()?;
    let mut functions = block.functions();
    let function = functions.find(|function| function.signature.ident == *name)?;
    match function.signature.inputs.last()? {
        FnArg::Typed(argument) => match &*argument.ty {
            Type::Reference(reference) => Some((*reference.elem).clone()),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

/// What a base runs is known by its name alone.
fn skips_of(
    written: &FilterArgs,
    options: &OptionsArgs,
    chosen: &Selection,
    faults: &mut Faults,
) -> Vec<Skip> {
    if options.base.is_none() {
        faults.at_span(
            written.at,
            "only functions of a base can be skipped; write `base = ApplicationController`, or leave the function out",
        );
        return Vec::new();
    }
    let mut skips = Vec::new();
    for function in &written.functions {
        match function.get_ident() {
            Some(name) => skips.push(Skip {
                function: name.clone(),
                actions: chosen.clone(),
            }),
            None => faults.at(
                function,
                "a function of the base is skipped by its name alone: `skip(authenticate)`",
            ),
        }
    }
    skips
}

/// Routes find a controller by its name, and call its functions without an instance.
fn block_is_a_controller(block: &ImplBlock, faults: &mut Faults) -> Option<Ident> {
    if let Some(path) = &block.of_trait {
        let ty = source(&block.self_type);
        faults.at(
            path,
            format!("`#[controller]` goes on the controller's own block: `impl {ty}`"),
        );
        return None;
    }
    if !block.generics.params.is_empty() {
        faults.at(
            &block.generics,
            "a controller cannot be generic; routes name it by its type alone",
        );
        return None;
    }
    let name = match &block.self_type {
        Type::Path(path) => path.path.get_ident(),
        _ => None,
    };
    let Some(name) = name else {
        faults.at(
            &block.self_type,
            "a controller is a type of this module; write `pub struct TasksController;` and `impl TasksController`",
        );
        return None;
    };
    let text = name.unraw().to_string();
    if !text.ends_with("Controller") {
        faults.at(
            name,
            format!("routes look for names that end in `Controller`; call it `{text}Controller`"),
        );
    }
    Some(name.clone())
}

/// What is public is for others to call, and the only others are routes. What a `before` names is public only for
/// the controllers that share it.
fn is_meant_as_action(function: &Function, filters: &[FilterArgs]) -> bool {
    let runs_around = filters
        .iter()
        .flat_map(|filter| &filter.functions)
        .any(|path| path.is_ident(&function.signature.ident));
    matches!(function.visibility, Visibility::Public(_)) && !runs_around
}

fn action(function: &Function, faults: &mut Faults) -> Action {
    let before = faults.len();
    action_is_async(function, faults);
    if faults.len() == before {
        action_has_no_receiver(function, faults);
        action_is_not_generic(function, faults);
        action_owns_its_arguments(function, faults);
    }
    let signature = &function.signature;
    let ident = signature.ident.clone();
    let conditions = function.attributes.iter();
    let arguments = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some((*argument.ty).clone()),
        FnArg::Receiver(_) => None,
    });
    Action {
        name: ident.unraw().to_string(),
        ident,
        conditions: conditions
            .filter(|attribute| attribute.path().is_ident("cfg"))
            .cloned()
            .collect(),
        arguments: arguments.collect(),
        arguments_at: signature.paren_token.span.join(),
        result_at: match &signature.output {
            ReturnType::Type(_, ty) => ty.span(),
            ReturnType::Default => signature.ident.span(),
        },
        sound: faults.len() == before,
    }
}

/// An action waits for databases and other services, on a thread that many requests share.
fn action_is_async(function: &Function, faults: &mut Faults) {
    let name = &function.signature.ident;
    if function.signature.asyncness.is_none() {
        faults.at(
            name,
            format!(
                "`{name}` is not async, so it cannot be an action; write `pub async fn {name}`, or remove `pub` if it \
                 is none"
            ),
        );
    }
}

/// A controller has no state: every request finds everything in its arguments.
fn action_has_no_receiver(function: &Function, faults: &mut Faults) {
    if let Some(receiver) = function.signature.receiver() {
        let name = &function.signature.ident;
        faults.at(
            receiver,
            format!("an action has no `self`; take `ctx: Context`, or remove `pub` if `{name}` is no action"),
        );
    }
}

/// Nothing would say which types a request means.
fn action_is_not_generic(function: &Function, faults: &mut Faults) {
    let generics = &function.signature.generics;
    if !generics.params.is_empty() {
        faults.at(
            generics,
            "an action cannot be generic; name the types of its arguments",
        );
    }
    for input in &function.signature.inputs {
        if let FnArg::Typed(argument) = input
            && let Type::ImplTrait(ty) = &*argument.ty
        {
            faults.at(
                ty,
                "an action cannot be generic; name the type of this argument",
            );
        }
    }
}

/// Extractors make the arguments and give them away.
fn action_owns_its_arguments(function: &Function, faults: &mut Faults) {
    for input in &function.signature.inputs {
        if let FnArg::Typed(argument) = input
            && let Type::Reference(reference) = &*argument.ty
        {
            let owned = source(&reference.elem);
            faults.at(
                reference,
                format!("an action owns its arguments; write `{owned}`"),
            );
        }
    }
}

/// A misspelt before-action would leave an action unguarded. One from elsewhere is rustc's matter.
fn filter_exists(kind: FilterKind, path: &Path, block: &ImplBlock, faults: &mut Faults) -> bool {
    let Some(name) = path.get_ident() else {
        return false;
    };
    let Some(function) = block
        .functions()
        .find(|function| function.signature.ident == *name)
    else {
        let names: Vec<_> = block
            .functions()
            .map(|function| function.signature.ident.unraw().to_string())
            .collect();
        let place = format!("`{}`", source(&block.self_type));
        faults.at(
            name,
            unknown(&place, "function", &name.unraw().to_string(), &names),
        );
        return false;
    };
    filter_has_its_form(kind, function, faults)
}

/// Each kind is called with arguments of its own.
fn filter_has_its_form(kind: FilterKind, function: &Function, faults: &mut Faults) -> bool {
    let signature = &function.signature;
    let ident = &signature.ident;
    let (when, arguments, result) = match kind {
        FilterKind::Before | FilterKind::Skip => ("before actions", "ctx: &Context", "Result<()>"),
        FilterKind::After => (
            "after actions",
            "ctx: &Context, response: &mut Response",
            "Result<()>",
        ),
        FilterKind::Around => (
            "around actions",
            "ctx: &Context, next: Next<'_>",
            "Result<Response>",
        ),
        FilterKind::Rescue => (
            "when an action has failed",
            "ctx: &Context, error: &NotFound",
            "Result<Response>",
        ),
    };
    let form = format!("`async fn {ident}({arguments}) -> {result}`");
    if signature.asyncness.is_none() {
        faults.at(
            ident,
            format!("`{ident}` runs {when}, so it is async; write {form}"),
        );
        return false;
    }
    let count = arguments.split(", ").count();
    if let Some(receiver) = signature.receiver() {
        faults.at(
            receiver,
            format!("`{ident}` runs {when} and has no `self`; write {form}"),
        );
        return false;
    }
    if signature.inputs.len() != count {
        let number = match count {
            1 => "one argument",
            _ => "two arguments",
        };
        faults.at_span(
            signature.paren_token.span.join(),
            format!("`{ident}` runs {when} and takes {number}; write {form}"),
        );
        return false;
    }
    arguments_are_lent(function, arguments, when, &form, faults)
}

/// What runs around an action is lent the request; only the rest of it is given away.
fn arguments_are_lent(
    function: &Function,
    arguments: &str,
    when: &str,
    form: &str,
    faults: &mut Faults,
) -> bool {
    let signature = &function.signature;
    for (input, wanted) in signature.inputs.iter().zip(arguments.split(", ")) {
        let wanted = wanted.split_once(": ").map_or(wanted, |(_, ty)| ty);
        let FnArg::Typed(argument) = input else {
            continue;
        };
        let is_mutable = match &*argument.ty {
            Type::Reference(reference) => Some(reference.mutability.is_some()),
            _ => None,
        };
        let fits = match wanted {
            "&mut Response" => is_mutable == Some(true),
            lent if lent.starts_with('&') => is_mutable.is_some(),
            _ => is_mutable.is_none(),
        };
        if !fits {
            let name = &signature.ident;
            faults.at(
                &argument.ty,
                format!("`{name}` runs {when} and takes `{wanted}` here; write {form}"),
            );
            return false;
        }
    }
    true
}

/// Which actions are meant.
fn selection(written: &FilterArgs, actions: &[Action], faults: &mut Faults) -> Selection {
    let options = &written.options;
    if let (Some(_), Some(except)) = (&options.only, &options.except) {
        faults.at(&except.0[0], "`only` says it all; remove `except`");
    }
    if written.functions.is_empty() {
        let (word, example) = (written.kind.word(), written.kind.example());
        faults.at_span(
            written.at,
            format!("`{word}` needs a function to run: `{word}({example})`"),
        );
    }
    let mut listed = |names: &Option<Names>| {
        let names = names.as_ref();
        names.map(|names| actions_exist(&names.0, actions, faults))
    };
    let (only, except) = (listed(&options.only), listed(&options.except));
    match (only, except) {
        (Some(only), _) => Selection::Only(only),
        (None, Some(except)) => Selection::Except(except),
        (None, None) => Selection::All,
    }
}

/// A misspelt exception would guard an action that should be open, and a misspelt `only` the other way round. A
/// controller without actions is one that others are based on, and speaks of theirs.
fn actions_exist(names: &[Ident], actions: &[Action], faults: &mut Faults) -> Vec<String> {
    if actions.is_empty() {
        return names.iter().map(|name| name.unraw().to_string()).collect();
    }
    let known: Vec<_> = actions.iter().map(|action| action.name.as_str()).collect();
    let mut existing = Vec::new();
    for name in names {
        let text = name.unraw().to_string();
        if known.contains(&text.as_str()) {
            existing.push(text);
        } else {
            faults.at(name, unknown("this controller", "action", &text, &known));
        }
    }
    existing
}
