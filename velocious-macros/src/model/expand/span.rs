//! Where rustc reports what is wrong with the code of this macro.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Ident;
use syn::spanned::Spanned;

/// Where `tokens` stand, but as code of this macro: what is wrong with a type is reported under it, however often it
/// is used, and no lint and no suggestion takes what is written here for the user's.
pub(in crate::model) fn behind(tokens: &impl Spanned) -> Span {
    tokens.span().resolved_at(Span::call_site())
}

/// The same name at another place.
pub(in crate::model) fn moved(ident: &Ident, span: Span) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(span);
    ident
}

pub(in crate::model) fn moved_tokens(tokens: &impl ToTokens, span: Span) -> TokenStream {
    let trees = tokens.to_token_stream().into_iter();
    let moved = trees.map(|mut tree| {
        if let TokenTree::Group(group) = &tree {
            let inside = moved_tokens(&group.stream(), span);
            tree = Group::new(group.delimiter(), inside).into();
        }
        tree.set_span(span);
        tree
    });
    moved.collect()
}
