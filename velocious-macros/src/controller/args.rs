//! A controller as written: the attribute's options and the block below it.

use darling::FromMeta;
use darling::ast::NestedMeta;
use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned;
use syn::{Meta, MetaList, Path};

use crate::block::ImplBlock;
use crate::fault::{Faults, unknown};
use crate::option::{Names, Options, TypeName, misfit, option_name, read_items};

/// `#[controller(…)]` on an `impl` block.
pub(super) struct ControllerArgs {
    pub(super) options: OptionsArgs,
    pub(super) block: ImplBlock,
}

/// The inside of `#[controller(…)]`.
#[derive(Default)]
pub(super) struct OptionsArgs {
    /// `base = ApplicationController`.
    pub(super) base: Option<Path>,
    /// In their order.
    pub(super) filters: Vec<FilterArgs>,
}

/// `before(authenticate, except(index))`: functions to run around actions, in their order.
pub(super) struct FilterArgs {
    pub(super) kind: FilterKind,
    /// Where the word `before` stands.
    pub(super) at: Span,
    /// `authenticate`, a function of the block, or `ApplicationController::authenticate`, one from elsewhere.
    pub(super) functions: Vec<Path>,
    pub(super) options: FilterOptions,
}

/// When functions run, or that they do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FilterKind {
    Before,
    After,
    Around,
    Rescue,
    /// Functions of the base that do not run.
    Skip,
}

impl FilterKind {
    pub(super) const ALL: [FilterKind; 5] = [
        FilterKind::Before,
        FilterKind::After,
        FilterKind::Around,
        FilterKind::Rescue,
        FilterKind::Skip,
    ];

    /// The name of the option.
    pub(super) fn word(self) -> &'static str {
        match self {
            FilterKind::Before => "before",
            FilterKind::After => "after",
            FilterKind::Around => "around",
            FilterKind::Rescue => "rescue",
            FilterKind::Skip => "skip",
        }
    }

    /// A function that could be its first, for messages.
    pub(super) fn example(self) -> &'static str {
        match self {
            FilterKind::Before | FilterKind::Skip => "authenticate",
            FilterKind::After => "log",
            FilterKind::Around => "timed",
            FilterKind::Rescue => "missing",
        }
    }
}

/// What stands behind the functions.
#[derive(Debug, Default, FromMeta)]
pub(super) struct FilterOptions {
    /// `only(show, edit)`: for these actions.
    pub(super) only: Option<Names>,
    /// `except(index)`: for all others.
    pub(super) except: Option<Names>,
}

impl Options for FilterOptions {
    const KNOWN: &'static [&'static str] = &["only", "except"];
}

/// The options of `#[controller(…)]`. There can be several `before`, which is why darling does not read them.
pub(super) fn read(attribute: TokenStream, faults: &mut Faults) -> OptionsArgs {
    let items = faults.take(NestedMeta::parse_meta_list(attribute));
    let mut options = OptionsArgs::default();
    for item in items.into_iter().flatten() {
        match &item {
            NestedMeta::Meta(meta) => read_option(meta, &mut options, faults),
            NestedMeta::Lit(literal) => {
                faults.at(
                    literal,
                    "an option of `#[controller]` has a name, like `before(authenticate)`",
                );
            }
        }
    }
    options
}

fn read_option(meta: &Meta, options: &mut OptionsArgs, faults: &mut Faults) {
    let name = option_name(meta);
    if name == "base" {
        match (TypeName::from_meta(meta), &options.base) {
            (Err(_), _) => {
                let rule = "takes the name of a controller: {}";
                faults.add(misfit(meta, rule, " = ApplicationController").into());
            }
            (Ok(_), Some(_)) => faults.at(meta.path(), "`base` is given twice; keep one"),
            (Ok(TypeName(base)), None) => options.base = Some(base),
        }
        return;
    }
    let kind = FilterKind::ALL.into_iter().find(|kind| name == kind.word());
    match (kind, meta) {
        (Some(kind), Meta::List(list)) => options.filters.extend(read_filter(kind, list, faults)),
        (Some(kind), meta) => {
            let example = format!("({})", kind.example());
            let error = misfit(meta, "names its functions in parentheses: {}", &example);
            faults.add(error.into());
        }
        (None, meta) => {
            let words = FilterKind::ALL.map(FilterKind::word);
            let known: Vec<_> = words.into_iter().chain(["base"]).collect();
            faults.at(
                meta.path(),
                unknown("`#[controller]`", "option", &name, &known),
            );
        }
    }
}

fn read_filter(kind: FilterKind, list: &MetaList, faults: &mut Faults) -> Option<FilterArgs> {
    let items = faults.take(NestedMeta::parse_meta_list(list.tokens.clone()))?;
    let (functions, options): (Vec<_>, Vec<_>) = items.into_iter().partition(is_function);
    let functions = functions.into_iter().filter_map(|item| match item {
        NestedMeta::Meta(Meta::Path(path)) => Some(path),
        _ => None,
    });
    Some(FilterArgs {
        kind,
        at: list.path.span(),
        functions: functions.collect(),
        options: read_items(&options, &format!("`{}`", kind.word()), faults),
    })
}

/// A bare name is a function, unless it is an option that lacks its parentheses.
fn is_function(item: &NestedMeta) -> bool {
    match item {
        NestedMeta::Meta(Meta::Path(path)) => {
            let options = FilterOptions::KNOWN;
            !path
                .get_ident()
                .is_some_and(|name| options.iter().any(|option| name == option))
        }
        _ => false,
    }
}
