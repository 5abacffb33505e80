//! A controller as written: the attribute's options and the block below it.

use darling::FromMeta;
use darling::ast::NestedMeta;
use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned;
use syn::{Meta, MetaList, Path};

use crate::block::ImplBlock;
use crate::fault::{Faults, unknown};
use crate::option::{Names, Options, misfit, option_name, read_items};

/// `#[controller(…)]` on an `impl` block.
pub(super) struct ControllerArgs {
    pub(super) befores: Vec<BeforeArgs>,
    pub(super) block: ImplBlock,
}

/// `before(authenticate, except(index))`: functions to run before actions, in their order.
pub(super) struct BeforeArgs {
    /// Where the word `before` stands.
    pub(super) at: Span,
    /// `authenticate`, a function of the block, or `ApplicationController::authenticate`, one from elsewhere.
    pub(super) functions: Vec<Path>,
    pub(super) options: BeforeOptions,
}

/// What a `before` can say behind its functions.
#[derive(Debug, Default, FromMeta)]
pub(super) struct BeforeOptions {
    /// `only(show, edit)`: before these actions.
    pub(super) only: Option<Names>,
    /// `except(index)`: before all others.
    pub(super) except: Option<Names>,
}

impl Options for BeforeOptions {
    const KNOWN: &'static [&'static str] = &["only", "except"];
}

/// The options of `#[controller(…)]`. There can be several `before`, which is why darling does not read them.
pub(super) fn read_befores(attribute: TokenStream, faults: &mut Faults) -> Vec<BeforeArgs> {
    let items = faults.take(NestedMeta::parse_meta_list(attribute));
    let mut befores = Vec::new();
    for item in items.into_iter().flatten() {
        match &item {
            NestedMeta::Meta(Meta::List(list)) if list.path.is_ident("before") => {
                befores.extend(read_before(list, faults));
            }
            NestedMeta::Meta(meta) if meta.path().is_ident("before") => {
                let error = misfit(
                    meta,
                    "names its functions in parentheses: {}",
                    "(authenticate)",
                );
                faults.add(error.into());
            }
            NestedMeta::Meta(meta) => {
                let name = option_name(meta);
                faults.at(
                    meta.path(),
                    unknown("`#[controller]`", "option", &name, &["before"]),
                );
            }
            NestedMeta::Lit(literal) => {
                faults.at(
                    literal,
                    "an option of `#[controller]` has a name, like `before(authenticate)`",
                );
            }
        }
    }
    befores
}

fn read_before(list: &MetaList, faults: &mut Faults) -> Option<BeforeArgs> {
    let items = faults.take(NestedMeta::parse_meta_list(list.tokens.clone()))?;
    let (functions, options): (Vec<_>, Vec<_>) = items.into_iter().partition(is_function);
    let functions = functions.into_iter().filter_map(|item| match item {
        NestedMeta::Meta(Meta::Path(path)) => Some(path),
        _ => None,
    });
    Some(BeforeArgs {
        at: list.path.span(),
        functions: functions.collect(),
        options: read_items(&options, "`before`", faults),
    })
}

/// A bare name is a function, unless it is an option that lacks its parentheses.
fn is_function(item: &NestedMeta) -> bool {
    match item {
        NestedMeta::Meta(Meta::Path(path)) => {
            let options = BeforeOptions::KNOWN;
            !path
                .get_ident()
                .is_some_and(|name| options.iter().any(|option| name == option))
        }
        _ => false,
    }
}
