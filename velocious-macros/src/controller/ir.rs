//! A controller as meant.
//!
//! * [`Declaration`]: the controller; [`Action`]: one of its actions; [`Before`]: a function that runs before some.
//! * [`check`]: from what is written to what is meant, through the rules below it.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, Ident, Path, ReturnType, Type, Visibility};

use super::args::{BeforeArgs, ControllerArgs};
use crate::block::{Function, ImplBlock};
use crate::fault::{Faults, source, unknown};
use crate::option::Names;

/// A controller. With mistakes in it, it has every action that was surely meant as one.
pub(super) struct Declaration {
    /// The controller's type, whose name is the controller's.
    pub(super) controller: Ident,
    pub(super) befores: Vec<Before>,
    pub(super) actions: Vec<Action>,
}

/// A function that runs before some actions, or all.
pub(super) struct Before {
    pub(super) function: Path,
    /// Whether the function is one of the block, as opposed to a path of its own.
    pub(super) own: bool,
}

/// A function that answers requests.
pub(super) struct Action {
    pub(super) ident: Ident,
    pub(super) name: String,
    /// The `#[cfg(…)]` of the function.
    pub(super) conditions: Vec<Attribute>,
    /// Positions of what runs before it.
    pub(super) befores: Vec<usize>,
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
    let block = &args.block;
    let controller = block_is_a_controller(block, faults)?;
    let mut actions: Vec<_> = block
        .functions()
        .filter(|function| is_meant_as_action(function, &args.befores))
        .map(|function| action(function, faults))
        .collect();
    let mut befores = Vec::new();
    for written in &args.befores {
        let runs_before = selection(written, &actions, faults);
        for function in &written.functions {
            let own = function.get_ident().is_some();
            if own && !before_exists(function, block, faults) {
                continue;
            }
            for (action, runs) in actions.iter_mut().zip(&runs_before) {
                action.befores.extend(runs.then_some(befores.len()));
            }
            let function = function.clone();
            befores.push(Before { function, own });
        }
    }
    Some(Declaration {
        controller,
        befores,
        actions,
    })
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
fn is_meant_as_action(function: &Function, befores: &[BeforeArgs]) -> bool {
    let runs_before = befores
        .iter()
        .flat_map(|before| &before.functions)
        .any(|path| path.is_ident(&function.signature.ident));
    matches!(function.visibility, Visibility::Public(_)) && !runs_before
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
        befores: Vec::new(),
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
fn before_exists(path: &Path, block: &ImplBlock, faults: &mut Faults) -> bool {
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
    let ident = &function.signature.ident;
    if function.signature.asyncness.is_none() {
        faults.at(
            ident,
            format!("`{ident}` runs before actions, so it is async; write `async fn {ident}(ctx: &Context) -> Result<()>`"),
        );
    }
    function.signature.asyncness.is_some()
}

/// Before which of `actions` it runs.
fn selection(written: &BeforeArgs, actions: &[Action], faults: &mut Faults) -> Vec<bool> {
    let options = &written.options;
    if let (Some(_), Some(except)) = (&options.only, &options.except) {
        faults.at(&except.0[0], "`only` says it all; remove `except`");
    }
    if written.functions.is_empty() {
        faults.at_span(
            written.at,
            "`before` needs a function to run: `before(authenticate)`",
        );
    }
    let listed = |names: &Option<Names>, faults: &mut Faults| -> Option<Vec<String>> {
        names
            .as_ref()
            .map(|names| actions_exist(&names.0, actions, faults))
    };
    let only = listed(&options.only, faults);
    let except = listed(&options.except, faults);
    let runs = |action: &Action| {
        only.as_ref()
            .is_none_or(|names| names.contains(&action.name))
            && except
                .as_ref()
                .is_none_or(|names| !names.contains(&action.name))
    };
    actions.iter().map(runs).collect()
}

/// A misspelt exception would guard an action that should be open, and a misspelt `only` the other way round.
fn actions_exist(names: &[Ident], actions: &[Action], faults: &mut Faults) -> Vec<String> {
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
