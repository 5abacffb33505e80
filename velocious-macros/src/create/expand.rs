//! `create!` as a call of the runtime.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Member};

use super::args::CreateArgs;

// Expands to:
//
//     __private::create(
//         &db,
//         {
//             const _: () = __private::assert_given::<Task>("Task", &["name", "project_id"]);
//             let record = Task { name, project_id: 1, ..<Task as Model>::new() };
//             record
//         },
//         &["name", "project_id"],
//     )
//
// A call and no block, so that what the database is borrowed from lives as long as it does in a call.
pub(super) fn expand(args: &CreateArgs) -> TokenStream {
    let CreateArgs { db, record } = args;
    let path = &record.path;
    let model = path
        .segments
        .last()
        .map(|model| model.ident.unraw().to_string());
    let model = model.unwrap_or_default();
    let given: Vec<_> = record
        .fields
        .iter()
        .map(|field| match &field.member {
            Member::Named(name) => name.unraw().to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        })
        .collect();
    let fields = record.fields.iter();
    let at = path.span();
    let assertion = quote_spanned! { at.resolved_at(Span::call_site()) =>
        ::velocious::__private::assert_given::<#path>(#model, &[#(#given),*])
    };
    // A constant knows nothing of the `impl` around it.
    let assertion = match path.to_token_stream().to_string().starts_with("Self") {
        true => quote! { const { #assertion }; },
        false => quote! { const _: () = #assertion; },
    };
    let filled = Ident::new("record", Span::mixed_site());
    let create =
        quote_spanned! { at.resolved_at(Span::call_site()) => ::velocious::__private::create };
    quote! {
        #create(
            #db,
            {
                #assertion
                #[allow(clippy::needless_update)]
                let #filled = #path {
                    #(#fields,)*
                    ..<#path as ::velocious::__private::Model>::new()
                };
                #filled
            },
            &[#(#given),*],
        )
    }
}
