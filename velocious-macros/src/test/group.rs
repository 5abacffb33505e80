//! A module of tests: what its attribute says is handed down to the tests in it.

use darling::ast::NestedMeta;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Item, ItemMod, Meta, Token, parse_quote};

use super::args::TestOptions;
use crate::fault::Faults;
use crate::option::read_list;

/// The options that hold several things: those of the module come first, those of the test after them.
const LISTS: [&str; 3] = ["tags", "before", "after"];

/// The expansion of `#[velocious::tests(attribute)] mod …`, and the mistakes in it.
pub(crate) fn attribute(attribute: TokenStream, item: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let options = faults.take(read_list::<TestOptions>(
        attribute.clone(),
        "`#[velocious::tests]`",
    ));
    let module = faults.take(syn::parse2::<ItemMod>(item.clone()).map_err(|error| {
        syn::Error::new(
            error.span(),
            "`#[velocious::tests]` goes on a module of tests: `mod tasks { … }`",
        )
    }));
    let (Some(_), Some(mut module)) = (options, module) else {
        return (item, faults);
    };
    let inherited = NestedMeta::parse_meta_list(attribute).unwrap_or_default();
    let name = module.ident.clone();
    let Some((_, items)) = &mut module.content else {
        faults.at(
            &name,
            format!("the tests of `{name}` stand in another file, where this cannot reach them; write `mod {name} {{ … }}`"),
        );
        return (item, faults);
    };
    let mut tests = 0;
    for attribute in items.iter_mut().filter_map(attributes).flatten() {
        if is_of_tests(attribute) {
            tests += 1;
            hand_down(&inherited, attribute);
        }
    }
    if tests == 0 && faults.is_empty() {
        faults.at(
            &name,
            format!("`{name}` has no `#[velocious::test]`, so this says nothing"),
        );
    }
    (module.into_token_stream(), faults)
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Fn(function) => Some(&mut function.attrs),
        Item::Mod(module) => Some(&mut module.attrs),
        _ => None,
    }
}

/// Whether it is `#[velocious::test]` or `#[velocious::tests]`.
fn is_of_tests(attribute: &Attribute) -> bool {
    let path = &attribute.path().segments;
    let words: Vec<_> = path
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    matches!(words.as_slice(), [velocious, test] if velocious == "velocious" && (test == "test" || test == "tests"))
}

/// Adds to `attribute` what it does not say itself.
fn hand_down(inherited: &[NestedMeta], attribute: &mut Attribute) {
    let own = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    // What is wrong with it is said when it is expanded itself.
    let Ok(own) = NestedMeta::parse_meta_list(own) else {
        return;
    };
    let mut all = own;
    for option in inherited {
        match all.iter_mut().find(|own| name(own) == name(option)) {
            None => all.push(option.clone()),
            Some(own) if LISTS.iter().any(|list| name(own).as_deref() == Some(list)) => {
                *own = joined(option, own);
            }
            Some(_) => {}
        }
    }
    let path = attribute.path().clone();
    *attribute = parse_quote! { #[#path(#(#all),*)] };
}

fn name(option: &NestedMeta) -> Option<String> {
    match option {
        NestedMeta::Meta(meta) => meta.path().get_ident().map(ToString::to_string),
        NestedMeta::Lit(_) => None,
    }
}

/// Two lists in one, without what stands in both.
fn joined(inherited: &NestedMeta, own: &NestedMeta) -> NestedMeta {
    let mut all = elements(inherited);
    for element in elements(own) {
        if !all.contains(&element) {
            all.push(element);
        }
    }
    match own {
        NestedMeta::Meta(meta) => {
            let path = meta.path();
            NestedMeta::Meta(parse_quote! { #path(#(#all),*) })
        }
        NestedMeta::Lit(_) => own.clone(),
    }
}

fn elements(list: &NestedMeta) -> Vec<Expr> {
    match list {
        NestedMeta::Meta(Meta::List(list)) => {
            let elements = list.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated);
            elements.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}
