//! Translated attributes as Rust.
//!
//! * [`model`]: the model of their table.
//! * [`record_methods`], [`handle_methods`], [`change_fields`], [`apply`]: what the record and its companions get.
//! * [`definition`]: what the runtime knows of them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::rule::{Locale, Translations};
use crate::model::ir::{Column, Outline};

// Expands to: pub struct TaskTranslation { … }, what `#[derive(Model)]` makes of it, and impl Translation for it.
pub(in crate::model) fn model(outline: &Outline) -> Option<TokenStream> {
    let translations = outline.translations.as_ref()?;
    let Translations {
        model, table, key, ..
    } = translations;
    let (vis, owner) = (&outline.vis, &outline.ident);
    let key_type = outline.primary_key.and_then(|at| outline.columns.get(at));
    let key_type = key_type.map_or_else(|| quote! { i64 }, |Column { ty, .. }| quote! { #ty });
    let attributes = translations
        .attributes
        .iter()
        .map(|Column { ident, ty, .. }| {
            let doc = format!(" The text of `{}`.", ident.unraw());
            quote! { #[doc = #doc] #vis #ident: #ty, }
        });
    let times = ["created_at", "updated_at"]
        .iter()
        .filter(|_| translations.timestamps);
    let times = times.map(|name| {
        let (doc, name) = (format!(" `{name}` of the row."), format_ident!("{name}"));
        quote! { #[doc = #doc] #vis #name: ::velocious::__private::Time, }
    });
    let doc = format!(" The texts of one [`{owner}`] in one language.");
    let item = quote! {
        #[doc = #doc]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #vis struct #model {
            /// The row's own key.
            #vis id: i64,
            /// The key of the record.
            #vis #key: #key_type,
            /// The language.
            #vis locale: ::std::string::String,
            #(#attributes)*
            #(#times)*
            /// Whether the row is new or stored, and what changed.
            #vis record: ::velocious::__private::RecordState,
        }
    };
    // Nothing is written here that could be a mistake.
    let (derived, _) = crate::model::derive(quote! { #[model(table = #table)] #item });
    let texts = translations.attributes.iter().enumerate();
    let texts = texts.map(|(at, Column { ident, .. })| {
        let at = Literal::usize_unsuffixed(at);
        quote! { #at => ::core::option::Option::as_deref(&self.#ident), }
    });
    Some(quote! {
        #item
        #derived
        #[automatically_derived]
        impl ::velocious::__private::Translation for #model {
            fn locale(&self) -> &str {
                &self.locale
            }
            fn text(&self, attribute: usize) -> ::core::option::Option<&str> {
                match attribute {
                    #(#texts)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    })
}

/// An attribute with its position.
fn attributes(translations: &Translations) -> impl Iterator<Item = (Literal, &Ident)> {
    let attributes = translations.attributes.iter().enumerate();
    attributes.map(|(at, Column { ident, .. })| (Literal::usize_unsuffixed(at), ident))
}

/// The name of an attribute in a language.
fn name_in(ident: &Ident, locale: &Locale) -> Ident {
    format_ident!("{}_{}", ident.unraw(), locale.suffix, span = ident.span())
}

// Expands to: impl Task { pub fn title(&self) -> Result<Option<&str>> { … } pub fn title_en(&self) … pub fn set_title … }
pub(in crate::model) fn record_methods(outline: &Outline) -> Option<TokenStream> {
    let translations = outline.translations.as_ref()?;
    let (vis, owner, model) = (&outline.vis, &outline.ident, &translations.model);
    let methods = attributes(translations).map(|(at, ident)| {
        let name = ident.unraw();
        let (text_in, set, set_in) = (
            format_ident!("{name}_in", span = ident.span()),
            format_ident!("set_{name}", span = ident.span()),
            format_ident!("set_{name}_in", span = ident.span()),
        );
        let docs = [
            format!(
                " `{name}` in the current language, or the first of its fallbacks that has a text."
            ),
            format!(" `{name}` in one language."),
            format!(" Sets `{name}` in the current language; a blank text is none."),
            format!(" Sets `{name}` in one language; a blank text is none."),
        ];
        let [text_doc, text_in_doc, set_doc, set_in_doc] = docs;
        let each = translations.locales.iter().map(|locale| {
            let text = name_in(ident, locale);
            let set = format_ident!("set_{text}");
            let code = &locale.name;
            let doc = format!(" `{name}` in `{code}`, without fallbacks.");
            let set_doc = format!(" Sets `{name}` in `{code}`; a blank text is none.");
            quote! {
                #[doc = #doc]
                #vis fn #text(&self) -> __private::Result<::core::option::Option<&str>> {
                    __private::text_in(self, #at, #code)
                }
                #[doc = #set_doc]
                #vis fn #set(&mut self, text: impl __private::IntoColumn<__private::Text>) {
                    __private::set_text_in(self, #at, #code, text);
                }
            }
        });
        quote! {
            #[doc = #text_doc]
            #vis fn #ident(&self) -> __private::Result<::core::option::Option<&str>> {
                __private::text(self, #at)
            }
            #[doc = #text_in_doc]
            #vis fn #text_in(
                &self,
                locale: impl ::core::convert::AsRef<str>,
            ) -> __private::Result<::core::option::Option<&str>> {
                __private::text_in(self, #at, locale)
            }
            #[doc = #set_doc]
            #vis fn #set(&mut self, text: impl __private::IntoColumn<__private::Text>) {
                __private::set_text(self, #at, text);
            }
            #[doc = #set_in_doc]
            #vis fn #set_in(
                &mut self,
                locale: impl ::core::convert::Into<__private::Locale>,
                text: impl __private::IntoColumn<__private::Text>,
            ) {
                __private::set_text_in(self, #at, locale, text);
            }
            #(#each)*
        }
    });
    Some(quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl #owner {
            /// The texts in every language.
            #vis fn translations(&self) -> __private::Result<&[#model]> {
                __private::translations(self)
            }
            #(#methods)*
        }
    })
}

// Expands to: pub fn title(&self) -> Column<R, Text, Computed> { … } pub fn title_en(&self) …
pub(in crate::model) fn handle_methods(outline: &Outline) -> Option<TokenStream> {
    let translations = outline.translations.as_ref()?;
    let (vis, owner) = (&outline.vis, &outline.ident);
    let relation = outline.relations.iter().position(|it| !it.is_field)?;
    let relation = Literal::usize_unsuffixed(relation);
    let column = quote! { __private::Translated<R> };
    let methods = attributes(translations).map(|(_, ident)| {
        let name = ident.unraw().to_string();
        let text_in = format_ident!("{name}_in", span = ident.span());
        let doc = format!(
            " `{name}` in the current language, or the first of its fallbacks that has a text."
        );
        let in_doc = format!(" `{name}` in one language.");
        let each = translations.locales.iter().map(|locale| {
            let (text, code) = (name_in(ident, locale), &locale.name);
            let doc = format!(" `{name}` in `{code}`, without fallbacks.");
            quote! {
                #[doc = #doc]
                #vis fn #text(&self) -> #column {
                    __private::translated_in::<#owner, R>(&self.0, #relation, #name, #code)
                }
            }
        });
        quote! {
            #[doc = #doc]
            #vis fn #ident(&self) -> #column {
                __private::translated::<#owner, R>(&self.0, #relation, #name)
            }
            #[doc = #in_doc]
            #vis fn #text_in(
                &self,
                locale: impl ::core::convert::Into<__private::Locale>,
            ) -> #column {
                __private::translated_in::<#owner, R>(&self.0, #relation, #name, locale)
            }
            #(#each)*
        }
    });
    Some(methods.collect())
}

// Expands to: pub title: Option<String>, pub title_en: Option<String>, …
pub(in crate::model) fn change_fields(outline: &Outline) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    let vis = &outline.vis;
    each_change(outline, |_, ident, locale| {
        let doc = match locale {
            None => format!(
                " The new text of `{}` in the current language.",
                ident.unraw()
            ),
            Some(_) => format!(" The new text of `{ident}`."),
        };
        fields.push(quote! {
            #[doc = #doc] #vis #ident: ::core::option::Option<::std::string::String>
        });
    });
    fields
}

// Expands to: assign_text(self, 0, changes.title); assign_text_in(self, 0, "en", changes.title_en); …
pub(in crate::model) fn apply(outline: &Outline) -> Vec<TokenStream> {
    let mut assignments = Vec::new();
    each_change(outline, |at, ident, locale| {
        assignments.push(match locale {
            None => quote! { __private::assign_text(self, #at, changes.#ident); },
            Some(locale) => {
                quote! { __private::assign_text_in(self, #at, #locale, changes.#ident); }
            }
        });
    });
    assignments
}

/// Calls `visit` with the position of each attribute, its name, and each of its names in a language with that.
fn each_change(outline: &Outline, mut visit: impl FnMut(&Literal, &Ident, Option<&str>)) {
    let Some(translations) = &outline.translations else {
        return;
    };
    for (at, ident) in attributes(translations) {
        visit(&at, ident, None);
        for locale in &translations.locales {
            visit(&at, &name_in(ident, locale), Some(&locale.name));
        }
    }
}

// Expands to: static TRANSLATIONS: TranslationDefinition = …;
pub(in crate::model) fn definition(outline: &Outline) -> Option<TokenStream> {
    let translations = outline.translations.as_ref()?;
    let model = &translations.model;
    let names = attributes(translations).map(|(_, ident)| ident.unraw().to_string());
    let codes = translations.locales.iter().map(|locale| &locale.name);
    let each = attributes(translations).flat_map(|(_, ident)| {
        let locales = translations.locales.iter();
        locales.map(|locale| name_in(ident, locale).to_string())
    });
    Some(quote! {
        static TRANSLATIONS: __private::TranslationDefinition =
            __private::TranslationDefinition::of::<#model>(
                &[#(#names),*],
                &[#(#codes),*],
                &[#(#each),*],
            );
    })
}
