//! `#[derive(ColumnType)]`: from a newtype to a column.
//!
//! Small enough to be read, judged and written in one place.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, Ident, Type};

use crate::fault::Faults;

/// The expansion of `#[derive(ColumnType)]` on `item`, and the mistakes in it.
pub(crate) fn derive(item: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let newtype = faults
        .take(syn::parse2(item))
        .and_then(|item| newtype(&item, &mut faults));
    let expansion = newtype.map(|(ident, inner)| expand(&ident, &inner));
    (expansion.unwrap_or_default(), faults)
}

/// A column is one value, so there is one field, without a name and of one type.
fn newtype(item: &DeriveInput, faults: &mut Faults) -> Option<(Ident, Type)> {
    let name = item.ident.unraw();
    if !item.generics.params.is_empty() {
        faults.at(
            &item.generics,
            "a column is of one type, so a newtype of it cannot be generic",
        );
        return None;
    }
    match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let Field { ty, .. } = &fields.unnamed[0];
                return Some((item.ident.clone(), ty.clone()));
            }
            _ => faults.at(
                &item.ident,
                format!("a column is one value; write `struct {name}(String);`, with the type of the column"),
            ),
        },
        _ => faults.at(
            &item.ident,
            format!("`{name}` is no newtype; an enum is a column with `#[derive(ModelEnum)]`"),
        ),
    }
    None
}

// Expands to: impl ColumnType for Email { type Base = <String as ColumnType>::Base; … }
fn expand(ident: &Ident, inner: &Type) -> TokenStream {
    // What is wrong with the type inside is wrong where it stands.
    let column = quote_spanned! { inner.span() => <#inner as __private::ColumnType> };
    quote! {
        const _: () = {
            use ::velocious::__private;
            #[automatically_derived]
            impl __private::ColumnType for #ident {
                type Base = #column::Base;
                type Nullable = ::core::option::Option<#ident>;
                const KIND: __private::ValueKind = #column::KIND;
                fn to_value(&self) -> __private::Value {
                    #column::to_value(&self.0)
                }
                fn from_value(
                    value: __private::Value,
                ) -> ::core::result::Result<Self, __private::BoxError> {
                    ::core::result::Result::Ok(Self(#column::from_value(value)?))
                }
                fn from_cell(
                    cell: ::core::option::Option<__private::Cell<'_>>,
                ) -> ::core::result::Result<Self, __private::BoxError> {
                    ::core::result::Result::Ok(Self(#column::from_cell(cell)?))
                }
            }
        };
    }
}
