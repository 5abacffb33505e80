//! `impl Model`: of a declaration in full, and of one that has a mistake.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::span::{behind, moved};
use super::surface::changeable;
use crate::model::bond::relation_definition;
use crate::model::ir::{Column, Declaration, Fill, Outline, Relation, attributes, fill};
use crate::model::{password, translation, validation};

// Expands to: impl Model for Task { … }
pub(super) fn model_impl(declaration: &Declaration) -> TokenStream {
    let outline = &declaration.outline;
    let Outline {
        ident,
        handle,
        changes,
        columns,
        ..
    } = outline;
    let key = &columns[declaration.primary_key];
    let (key_type, key_field) = (&key.ty, &key.ident);
    let column_definitions = column_definitions(declaration);
    let definition = definition(declaration);
    let new = new(outline);
    let from_row = from_row(outline);
    let value = value(declaration);
    let set_value = set_value(outline);
    let apply = apply(outline);
    let changed_columns = changed_columns(outline);
    let slots = slots(outline);
    let as_record = as_record(outline);
    quote! {
        #[automatically_derived]
        impl __private::Model for #ident {
            type Handle<R: 'static> = #handle<R>;
            type Key = #key_type;
            type Changes = #changes;
            #column_definitions
            #definition
            #new
            fn key(&self) -> Self::Key {
                ::core::clone::Clone::clone(&self.#key_field)
            }
            #from_row
            #value
            #set_value
            #apply
            #changed_columns
            #slots
            #as_record
        }
    }
}

// Expands to: const COLUMNS: &'static [ColumnDefinition] = &[column::<i64>("id").kept(), …];
fn column_definitions(declaration: &Declaration) -> TokenStream {
    let columns = declaration.outline.columns.iter().enumerate();
    let columns = columns.map(|(index, column)| {
        let Column { ty, name, .. } = column;
        let field = column.ident.unraw().to_string();
        let called = (*name != field).then(|| quote! { .called(#field) });
        let filled = match fill(declaration, index) {
            Fill::Given => None,
            Fill::Framework => Some(quote! { .kept() }),
            Fill::Database => Some(quote! { .defaulted() }),
        };
        quote! { __private::column::<#ty>(#name) #called #filled }
    });
    quote! {
        const COLUMNS: &'static [__private::ColumnDefinition] = &[#(#columns),*];
    }
}

// Expands to: fn definition() -> &'static ModelDefinition { … }
fn definition(declaration: &Declaration) -> TokenStream {
    let outline = &declaration.outline;
    let Declaration {
        table, primary_key, ..
    } = declaration;
    let ident = &outline.ident;
    let model = ident.unraw().to_string();
    let primary_key = Literal::usize_unsuffixed(*primary_key);
    let relations = outline.relations.iter().zip(&declaration.bonds).enumerate();
    let relations = relations
        .map(|(index, (relation, bond))| relation_definition(declaration, index, relation, bond));
    let transients = attributes(outline).skip(outline.columns.len());
    let transients = transients.map(|attribute| &attribute.name);
    let translations = translation::definition(outline);
    let validations = declaration.validations.iter();
    let validations = validations.map(|rule| validation::validation(outline, rule));
    let created_at = option(declaration.created_at);
    let updated_at = option(declaration.updated_at);
    quote! {
        fn definition() -> &'static __private::ModelDefinition {
            #translations
            static DEFINITION: __private::ModelDefinition =
                __private::ModelDefinition {
                    model: #model,
                    table: #table,
                    primary_key: #primary_key,
                    columns: <#ident as __private::Model>::COLUMNS,
                    relations: &[#(#relations),*],
                    transients: &[#(#transients),*],
                    validations: &[#(#validations),*],
                    created_at: #created_at,
                    updated_at: #updated_at,
                };
            &DEFINITION
        }
    }
}

fn new(outline: &Outline) -> TokenStream {
    let columns = outline.columns.iter().map(|Column { ident, ty, .. }| {
        let default = quote_spanned! { behind(ty) => ::core::default::Default::default() };
        quote! { #ident: #default }
    });
    let relations = relations(outline);
    let rest = columnless_fields(outline, "of_new");
    quote! {
        fn new() -> Self {
            #relations
            Self {
                #(#columns,)*
                #(#rest,)*
            }
        }
    }
}

fn from_row(outline: &Outline) -> TokenStream {
    let columns = outline.columns.iter().enumerate();
    let columns = columns.map(|(index, Column { ident, ty, .. })| {
        let index = Literal::usize_unsuffixed(index);
        let value = quote_spanned! { behind(ty) => row.get(at + #index)? };
        quote! { #ident: #value }
    });
    let relations = relations(outline);
    let rest = columnless_fields(outline, "unloaded");
    let fields = quote! { Self { #(#columns,)* #(#rest,)* } };
    let record = match &outline.record {
        Some(_) => quote! { __private::loaded(#fields) },
        None => fields,
    };
    quote! {
        fn from_row(
            row: &dyn __private::RowRead,
            at: usize,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            #relations
            ::core::result::Result::Ok(#record)
        }
    }
}

/// What [`columnless_fields`] reads.
fn relations(outline: &Outline) -> Option<TokenStream> {
    let ident = &outline.ident;
    outline.relations.iter().any(|it| it.is_field).then(|| {
        quote! { let relations = <#ident as __private::Model>::definition().relations; }
    })
}

/// The fields that no column fills: relationships, as the slot's function `how` makes them, and the state of a new
/// record.
fn columnless_fields<'a>(
    outline: &'a Outline,
    how: &'a str,
) -> impl Iterator<Item = TokenStream> + 'a {
    let relations = outline.relations.iter().enumerate();
    let relations = relations.filter(|(_, relation)| relation.is_field);
    let how = Ident::new(how, Span::call_site());
    let relations = relations.map(move |(index, Relation { ident, kind, .. })| {
        let slot = format_ident!("{}", kind.slot());
        let index = Literal::usize_unsuffixed(index);
        quote! { #ident: __private::#slot::#how(&relations[#index]) }
    });
    let rest = outline.transients.iter().map(|field| &field.ident);
    let rest = rest.chain(&outline.record).map(|record| {
        quote! { #record: ::core::default::Default::default() }
    });
    relations.chain(rest)
}

/// The values of the columns and, behind them, of what else a rule is about.
fn value(declaration: &Declaration) -> TokenStream {
    let outline = &declaration.outline;
    let fields = outline.columns.len() + outline.transients.len();
    let attributes = attributes(outline).enumerate().filter(|(index, _)| {
        *index < outline.columns.len() || declaration.validations.reads(*index)
    });
    let arms = attributes.map(|(index, Column { ident, ty, .. })| {
        let at = Literal::usize_unsuffixed(index);
        if let Some(translated) = index.checked_sub(fields) {
            let translated = Literal::usize_unsuffixed(translated);
            return quote! { #at => __private::text_value(self, #translated), };
        }
        let field = moved(ident, behind(ty));
        let value = quote_spanned! { behind(ty) => __private::ColumnType::to_value(&self.#field) };
        quote! { #at => #value, }
    });
    quote! {
        fn value(&self, column: usize) -> __private::Value {
            match column {
                #(#arms)*
                _ => __private::Value::Null(__private::ValueKind::Bool),
            }
        }
    }
}

fn set_value(outline: &Outline) -> TokenStream {
    let columns = outline.columns.iter().enumerate();
    let arms = columns.map(|(index, Column { ident, ty, .. })| {
        let index = Literal::usize_unsuffixed(index);
        let field = moved(ident, behind(ty));
        let assignment = quote_spanned! { behind(ty) =>
            self.#field = __private::ColumnType::from_value(value)?
        };
        quote! { #index => #assignment, }
    });
    quote! {
        fn set_value(
            &mut self,
            column: usize,
            value: __private::Value,
        ) -> ::core::result::Result<(), __private::BoxError> {
            match column {
                #(#arms)*
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
    }
}

// Expands to: fn apply(…) { assign(&mut self.name, changes.name); … }
fn apply(outline: &Outline) -> TokenStream {
    let columns = changeable(outline).map(|(_, column)| column);
    let fields = columns.chain(&outline.transients);
    let assignments = fields.map(|Column { ident, .. }| {
        quote! { __private::assign(&mut self.#ident, changes.#ident); }
    });
    let texts = translation::apply(outline);
    let password = password::apply(outline);
    quote! {
        fn apply(&mut self, changes: Self::Changes) {
            #(#assignments)*
            #(#texts)*
            #password
        }
    }
}

// Expands to: fn changed_columns(changes: &Self::Changes) -> Vec<usize> { … }
fn changed_columns(outline: &Outline) -> TokenStream {
    let columns = changeable(outline).map(|(index, Column { ident, .. })| {
        let index = Literal::usize_unsuffixed(index);
        quote! { (#index, changes.#ident.is_some()) }
    });
    quote! {
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([#(#columns),*])
        }
    }
}

// Expands to:
//
//     fn slot(&self, relation: usize) -> Option<&dyn Slot> { match relation { 0 => Some(&self.project), _ => None } }
//     fn slot_mut(&mut self, relation: usize) -> Option<&mut dyn Slot> { … }
fn slots(outline: &Outline) -> TokenStream {
    let arms = |mutability: Option<TokenStream>, of_state: TokenStream| {
        let relations = outline.relations.iter().enumerate();
        relations
            .map(move |(index, relation)| {
                let Relation { ident, target, .. } = relation;
                let index = Literal::usize_unsuffixed(index);
                if !relation.is_field {
                    return quote! { #index => __private::#of_state(self), };
                }
                // A target that is no model is complained about where it is named.
                let (span, mut field) = (target.span(), ident.clone());
                field.set_span(span);
                let slot = quote_spanned! { span =>
                    ::core::option::Option::Some(&#mutability self.#field)
                };
                quote! { #index => #slot, }
            })
            .collect::<TokenStream>()
    };
    let shared = arms(None, quote! { translation_slot });
    let unique = arms(Some(quote! { mut }), quote! { translation_slot_mut });
    quote! {
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                #shared
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                #unique
                _ => ::core::option::Option::None,
            }
        }
    }
}

// Expands to: fn as_record(&self) -> Option<&dyn AnyRecord> { Some(self) } and the same to change, or to nothing.
fn as_record(outline: &Outline) -> Option<TokenStream> {
    outline.record.as_ref().map(|_| {
        quote! {
            fn as_record(&self) -> ::core::option::Option<&dyn __private::AnyRecord> {
                ::core::option::Option::Some(self)
            }
            fn as_record_mut(&mut self) -> ::core::option::Option<&mut dyn __private::AnyRecord> {
                ::core::option::Option::Some(self)
            }
        }
    })
}

/// The same `impl` with no code in it.
pub(super) fn stub_impl(outline: &Outline) -> TokenStream {
    let Outline {
        ident,
        handle,
        changes,
        ..
    } = outline;
    let key = match outline.primary_key {
        Some(column) => outline.columns[column].ty.to_token_stream(),
        None => quote! { i64 },
    };
    quote! {
        #[automatically_derived]
        impl __private::Model for #ident {
            type Handle<R: 'static> = #handle<R>;
            type Key = #key;
            type Changes = #changes;
            const COLUMNS: &'static [__private::ColumnDefinition] = &[];
            fn definition() -> &'static __private::ModelDefinition {
                ::core::unreachable!()
            }
            fn new() -> Self {
                ::core::unreachable!()
            }
            fn key(&self) -> Self::Key {
                ::core::unreachable!()
            }
            fn from_row(
                _: &dyn __private::RowRead,
                _: usize,
            ) -> ::core::result::Result<Self, __private::BoxError> {
                ::core::unreachable!()
            }
            fn value(&self, _: usize) -> __private::Value {
                ::core::unreachable!()
            }
            fn set_value(
                &mut self,
                _: usize,
                _: __private::Value,
            ) -> ::core::result::Result<(), __private::BoxError> {
                ::core::unreachable!()
            }
            fn apply(&mut self, _: Self::Changes) {}
            fn changed_columns(_: &Self::Changes) -> ::std::vec::Vec<usize> {
                ::core::unreachable!()
            }
            fn slot(&self, _: usize) -> ::core::option::Option<&dyn __private::Slot> {
                ::core::unreachable!()
            }
            fn slot_mut(
                &mut self,
                _: usize,
            ) -> ::core::option::Option<&mut dyn __private::Slot> {
                ::core::unreachable!()
            }
        }
    }
}

fn option(value: Option<usize>) -> TokenStream {
    match value.map(Literal::usize_unsuffixed) {
        Some(value) => quote! { ::core::option::Option::Some(#value) },
        None => quote! { ::core::option::Option::None },
    }
}
