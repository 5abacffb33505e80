//! `#[derive(ColumnType)]`: from a newtype, or from what serde writes as JSON, to a column.
//!
//! Small enough to be read, judged and written in one place.

use darling::FromMeta;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, Ident, Type};

use crate::fault::Faults;
use crate::option::{Options, Switch, read_attributes};

/// The expansion of `#[derive(ColumnType)]` on `item`, and the mistakes in it.
pub(crate) fn derive(item: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let expansion = faults
        .take(syn::parse2(item))
        .and_then(|item: DeriveInput| Some((form(&item, &mut faults)?, item.ident)))
        .map(|(form, ident)| match form {
            Form::Newtype(inner) => newtype(&ident, &inner),
            Form::Json => json(&ident),
        });
    (expansion.unwrap_or_default(), faults)
}

/// `#[column_type(…)]`.
#[derive(Debug, Default, FromMeta)]
struct ColumnOptions {
    /// `json`: what serde writes, as JSON.
    json: Option<Switch>,
}

impl Options for ColumnOptions {
    const KNOWN: &'static [&'static str] = &["json"];
}

/// How a type becomes one value.
enum Form {
    /// As what is inside.
    Newtype(Box<Type>),
    /// As JSON.
    Json,
}

/// A column is one value, so there is one field, without a name and of one type; or all of it is JSON.
fn form(item: &DeriveInput, faults: &mut Faults) -> Option<Form> {
    let name = item.ident.unraw();
    let options: ColumnOptions =
        read_attributes(&item.attrs, "column_type", "`#[column_type]`", faults);
    if !item.generics.params.is_empty() {
        faults.at(
            &item.generics,
            format!("a column is of one type, so `{name}` cannot be generic"),
        );
        return None;
    }
    if options.json.is_some() {
        return Some(Form::Json);
    }
    // Whoever wrote an attribute means no newtype.
    if !faults.is_empty() {
        return None;
    }
    match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let Field { ty, .. } = &fields.unnamed[0];
                return Some(Form::Newtype(Box::new(ty.clone())));
            }
            _ => faults.at(
                &item.ident,
                format!(
                    "a column is one value; write `struct {name}(String);`, with the type of the column, or keep all of it as JSON with `#[column_type(json)]`"
                ),
            ),
        },
        _ => faults.at(
            &item.ident,
            format!(
                "`{name}` is no newtype; an enum is a column with `#[derive(ModelEnum)]`, or as JSON with `#[column_type(json)]`"
            ),
        ),
    }
    None
}

// Expands to: impl ColumnType for Email { type Base = <String as ColumnType>::Base; … }
fn newtype(ident: &Ident, inner: &Type) -> TokenStream {
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

// Expands to: impl ColumnType for Settings { const KIND: ValueKind = ValueKind::Json; … } impl JsonColumn for Settings {}
fn json(ident: &Ident) -> TokenStream {
    // That serde does not know the type is wrong where the type is declared.
    let inner = quote_spanned! { ident.span() => #ident };
    quote! {
        const _: () = {
            use ::velocious::__private;
            #[automatically_derived]
            impl __private::ColumnType for #ident {
                type Base = #ident;
                type Nullable = ::core::option::Option<#ident>;
                const KIND: __private::ValueKind = __private::ValueKind::Json;
                fn to_value(&self) -> __private::Value {
                    __private::json_value::<#inner>(self)
                }
                fn from_value(
                    value: __private::Value,
                ) -> ::core::result::Result<Self, __private::BoxError> {
                    __private::json_from_value::<#inner>(value)
                }
                fn from_cell(
                    cell: ::core::option::Option<__private::Cell<'_>>,
                ) -> ::core::result::Result<Self, __private::BoxError> {
                    __private::json_from_cell::<#inner>(cell)
                }
            }
            #[automatically_derived]
            impl __private::JsonColumn for #ident {}
        };
    }
}
