//! A test as Rust: a function that the test harness calls, around the user's.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::ir::Declaration;

// Expands to:
//
//     #[test]
//     fn creates_a_task() {
//         async fn creates_a_task(app: TestApp) { … }
//         run_test(
//             TestCase { name: "shop::creates_a_task", place: "tests/tasks.rs:7", retry: 2, timeout: Some(5000), on_retry: None },
//             application,
//             &[…], &[…],
//             creates_a_task,
//         )
//     }
pub(super) fn expand(declaration: &Declaration) -> TokenStream {
    let Declaration {
        attributes,
        signature,
        body,
        ..
    } = declaration;
    let name = &signature.ident;
    let case = case(declaration);
    let call = match declaration.takes_the_application {
        true => with_an_application(declaration, &case),
        false => quote! { ::velocious::__private::run_test(#case, #name) },
    };
    quote! {
        #(#attributes)*
        #[::core::prelude::v1::test]
        fn #name() {
            #signature #body
            #call
        }
    }
}

/// The function as the user wrote it, for one with mistakes: what is in it is judged all the same.
pub(super) fn kept(declaration: &Declaration) -> TokenStream {
    let Declaration {
        signature, body, ..
    } = declaration;
    quote! {
        #[allow(dead_code)]
        #signature #body
    }
}

fn case(declaration: &Declaration) -> TokenStream {
    let name = &declaration.signature.ident;
    let retry = Literal::usize_unsuffixed(declaration.retry);
    let timeout = match declaration.timeout {
        Some(milliseconds) => {
            let milliseconds = Literal::u64_unsuffixed(milliseconds);
            quote! { ::core::option::Option::Some(#milliseconds) }
        }
        None => quote! { ::core::option::Option::None },
    };
    let on_retry = match &declaration.on_retry {
        Some(function) => {
            let listener = quote_spanned! { function.span() =>
                |retry| ::velocious::__private::told(#function(retry))
            };
            quote! { ::core::option::Option::Some(#listener) }
        }
        None => quote! { ::core::option::Option::None },
    };
    quote! {
        ::velocious::__private::TestCase {
            name: ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#name)),
            place: ::core::concat!(::core::file!(), ":", ::core::line!()),
            retry: #retry,
            timeout: #timeout,
            on_retry: #on_retry,
        }
    }
}

fn with_an_application(declaration: &Declaration, case: &TokenStream) -> TokenStream {
    let name = &declaration.signature.ident;
    let application = match &declaration.application {
        Some(path) => quote! { #path },
        // Found where the test stands; what is said when it is not there belongs to the argument that asks for it.
        None => quote_spanned! { declaration.signature.inputs.span() => application },
    };
    let before = declaration.before.iter().map(hook);
    let after = declaration.after.iter().map(hook);
    quote! {
        ::velocious::__private::run_test_with_application(
            #case,
            #application,
            &[#(#before),*],
            &[#(#after),*],
            #name,
        )
    }
}

// Expands to: |app| told(sign_in(app))
fn hook(function: &Path) -> TokenStream {
    quote_spanned! { function.span() =>
        |app| ::velocious::__private::told(#function(app))
    }
}
