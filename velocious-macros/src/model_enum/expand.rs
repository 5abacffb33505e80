//! An enum as Rust: its variants as data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ir::Declaration;

/// Everything the runtime needs of an enum.
// Expands to:
//
//     impl ModelEnum for Status {
//         const ALL: &'static [Self] = &[Self::Open, Self::Done];
//         const NAMES: &'static [&'static str] = &["open", "done"];
//         fn position(&self) -> usize { match self { Self::Open => 0, Self::Done => 1 } }
//     }
//     impl ColumnType for Status { … }
//     impl Serialize for Status { … }
//     impl<'de> Deserialize<'de> for Status { … }
pub(super) fn expand(declaration: &Declaration, is_sound: bool) -> TokenStream {
    let Declaration {
        ident, variants, ..
    } = declaration;
    let name = ident.to_string();
    let idents: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    // Where something is wrong, a variant may be no value by itself.
    let all = if is_sound { &idents[..] } else { &[] };
    let names = variants.iter().map(|variant| &variant.name);
    let numbers = declaration.is_integer.then(|| {
        let numbers = variants
            .iter()
            .map(|variant| Literal::i32_unsuffixed(variant.number));
        quote! { const NUMBERS: &'static [i32] = &[#(#numbers),*]; }
    });
    let position = match variants.as_slice() {
        [] => quote! { 0 },
        _ => {
            let positions = (0..variants.len()).map(Literal::usize_unsuffixed);
            quote! {
                match self {
                    #(Self::#idents { .. } => #positions,)*
                }
            }
        }
    };
    let serde = declaration.has_serde.then(|| serde(declaration));
    quote! {
        const _: () = {
            use ::velocious::__private;
            #[automatically_derived]
            impl __private::ModelEnum for #ident {
                const ENUM: &'static str = #name;
                const ALL: &'static [Self] = &[#(Self::#all),*];
                const NAMES: &'static [&'static str] = &[#(#names),*];
                #numbers
                fn position(&self) -> usize {
                    #position
                }
            }
            #[automatically_derived]
            impl __private::ColumnType for #ident {
                type Base = #ident;
                type Nullable = ::core::option::Option<#ident>;
                const KIND: __private::ValueKind = __private::enum_kind::<#ident>();
                fn to_value(&self) -> __private::Value {
                    __private::enum_value(self)
                }
                fn from_value(
                    value: __private::Value,
                ) -> ::core::result::Result<Self, __private::BoxError> {
                    __private::enum_from_value(&value)
                }
                fn from_cell(
                    cell: ::core::option::Option<__private::Cell<'_>>,
                ) -> ::core::result::Result<Self, __private::BoxError> {
                    __private::enum_from_cell(cell)
                }
            }
            #serde
        };
    }
}

fn serde(declaration: &Declaration) -> TokenStream {
    let ident = &declaration.ident;
    quote! {
        #[automatically_derived]
        impl __private::serde::Serialize for #ident {
            fn serialize<S: __private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<
                <S as __private::serde::Serializer>::Ok,
                <S as __private::serde::Serializer>::Error,
            > {
                __private::serialize_enum(self, serializer)
            }
        }
        #[automatically_derived]
        impl<'de> __private::serde::Deserialize<'de> for #ident {
            fn deserialize<D: __private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<
                Self,
                <D as __private::serde::Deserializer<'de>>::Error,
            > {
                __private::deserialize_enum(deserializer)
            }
        }
    }
}
