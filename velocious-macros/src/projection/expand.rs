//! A projection as Rust: its select list, and how a row of it is read.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use super::ir::{Declaration, Field};

/// The implementation.
// Expands to:
//
//     impl Projection for Line {
//         type Model = Task;
//         fn columns(model: …) -> Vec<SelectItem> { … model.project().name() … }
//         fn read(row: &dyn RowRead, at: &mut usize) -> Result<Self, BoxError> { … }
//     }
pub(super) fn expand(declaration: &Declaration) -> TokenStream {
    let columns = declaration.fields.iter().map(column);
    let fields = declaration.fields.iter().enumerate();
    let fields = fields.map(|(index, Field { ident, .. })| {
        let index = Literal::usize_unsuffixed(index);
        quote! { #ident: row.get(first + #index)? }
    });
    let count = Literal::usize_unsuffixed(declaration.fields.len());
    implementation(
        declaration,
        quote! {
            let columns = [#(#columns),*];
            ::std::vec::Vec::from(columns)
        },
        quote! {
            let first = *at;
            *at += #count;
            ::core::result::Result::Ok(Self { #(#fields),* })
        },
    )
}

/// The same with no code in it: the build fails anyway.
pub(super) fn expand_stub(declaration: &Declaration) -> TokenStream {
    let unreachable = quote! { ::core::unreachable!() };
    implementation(declaration, unreachable.clone(), unreachable)
}

fn implementation(
    declaration: &Declaration,
    columns: TokenStream,
    read: TokenStream,
) -> TokenStream {
    let Declaration { ident, model, .. } = declaration;
    // What is wrong with the model is wrong where it is named.
    let handle = quote_spanned! { model.span() => <#model as __private::Model>::Handle<#model> };
    quote! {
        const _: () = {
            use ::velocious::__private;
            #[automatically_derived]
            #[allow(unused_variables)]
            impl __private::Projection for #ident {
                type Model = #model;
                fn columns(
                    model: #handle,
                ) -> ::std::vec::Vec<__private::SelectItem> {
                    #columns
                }
                fn read(
                    row: &dyn __private::RowRead,
                    at: &mut usize,
                ) -> ::core::result::Result<Self, __private::BoxError> {
                    #read
                }
            }
        };
    }
}

/// A complaint about the column's type stands under the field's type, one about the path under its end.
fn column(field: &Field) -> TokenStream {
    let Field { ty, column, .. } = field;
    let projected = quote_spanned! { ty.span() => __private::projected::<#ty, _> };
    let end = column
        .names
        .last()
        .map_or_else(Span::call_site, Ident::span);
    let path = column.names.iter().fold(
        Ident::new("model", Span::call_site().located_at(end)).into_token_stream(),
        |path, name| quote_spanned! { end => #path.#name() },
    );
    quote! { #projected(#path) }
}
