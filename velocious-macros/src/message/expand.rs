//! `t!` as a call of the runtime, `messages!` as data.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::ir::{Message, Text};
use crate::catalogue::plural::{Choice, Rule};
use crate::catalogue::po::Entry;
use crate::catalogue::{Catalogue, Catalogues};

// Expands to:
//
//     __private::message(
//         &__private::Message {
//             context: None,
//             id: "Hello %{name}",
//             plural: None,
//             texts: &[__private::MessageText { locale: "de", forms: &["Hallo %{name}"], rule: &__private::Plural::Number(0) }],
//         },
//         &[("name", &name)],
//     )
//
// or, of a message that is counted, `__private::counted_message(&…, n, &[…])`.
pub(super) fn message(message: &Message) -> TokenStream {
    let Message { id, .. } = message;
    let context = option(message.context.as_deref());
    let plural = option(message.plural.as_deref());
    let texts = message.texts.iter().map(text);
    let arguments = message.arguments.iter().map(|(name, value)| {
        let at = value.span().resolved_at(Span::call_site());
        // A value that cannot be shown is said of the value.
        quote_spanned! { at => (#name, &(#value)) }
    });
    let constant = quote! {
        &::velocious::__private::Message {
            context: #context,
            id: #id,
            plural: #plural,
            texts: &[#(#texts),*],
        }
    };
    match &message.count {
        None => quote! { ::velocious::__private::message(#constant, &[#(#arguments),*]) },
        Some(count) => {
            let at = count.span().resolved_at(Span::call_site());
            let counted = quote_spanned! { at => ::velocious::__private::counted_message };
            quote! { #counted(#constant, #count, &[#(#arguments),*]) }
        }
    }
}

// Expands to: &[__private::Catalogue { locale: "de", rule: &…, entries: &[__private::MessageEntry { … }] }]
pub(super) fn messages(catalogues: Option<&Catalogues>) -> TokenStream {
    let list = catalogues.iter().flat_map(|catalogues| &catalogues.list);
    let list = list.map(catalogue);
    quote! { &[#(#list),*] as &'static [::velocious::__private::Catalogue] }
}

fn catalogue(catalogue: &Catalogue) -> TokenStream {
    let Catalogue { locale, rule, .. } = catalogue;
    let rule = choice(&rule.choice);
    // A message that is counted is found by what it is for several, too.
    let plurals = catalogue.entries.iter().filter_map(|entry| {
        let plural = entry.plural.as_deref()?;
        let is_other = catalogue.find(entry.context.as_deref(), plural).is_none();
        is_other.then_some((plural, entry))
    });
    let entries = catalogue
        .entries
        .iter()
        .map(|entry| (entry.id.as_str(), entry));
    let mut entries: Vec<_> = entries.chain(plurals).collect();
    entries.retain(|(_, entry)| !entry.forms.is_empty());
    // They are found by halves.
    entries.sort_by_key(|(id, entry)| (*id, &entry.context));
    entries.dedup_by_key(|(id, entry)| (*id, &entry.context));
    let entries = entries.into_iter().map(|(id, it)| entry(id, it));
    quote! {
        ::velocious::__private::Catalogue {
            locale: #locale,
            rule: &#rule,
            entries: &[#(#entries),*],
        }
    }
}

fn entry(id: &str, entry: &Entry) -> TokenStream {
    let forms = &entry.forms;
    let context = option(entry.context.as_deref());
    quote! {
        ::velocious::__private::MessageEntry { id: #id, context: #context, forms: &[#(#forms),*] }
    }
}

fn text(text: &Text) -> TokenStream {
    let Text { locale, forms, .. } = text;
    let rule = match &text.rule {
        Some(Rule { choice: rule, .. }) => choice(rule),
        None => choice(&Choice::Number(0)),
    };
    quote! {
        ::velocious::__private::MessageText { locale: #locale, forms: &[#(#forms),*], rule: &#rule }
    }
}

fn choice(part: &Choice) -> TokenStream {
    let (name, inside): (_, Vec<_>) = match part {
        Choice::Count => return quote! { ::velocious::__private::Plural::Count },
        Choice::Number(number) => {
            return quote! { ::velocious::__private::Plural::Number(#number) };
        }
        Choice::Not(of) => ("Not", vec![of]),
        Choice::Two(name, one, other) => (*name, vec![one, other]),
        Choice::Choose(condition, one, other) => ("Choose", vec![condition, one, other]),
    };
    let name = syn::Ident::new(name, Span::call_site());
    let inside = inside.into_iter().map(|part| choice(part));
    quote! { ::velocious::__private::Plural::#name(#(&#inside),*) }
}

fn option(text: Option<&str>) -> impl ToTokens {
    match text {
        Some(text) => quote! { ::core::option::Option::Some(#text) },
        None => quote! { ::core::option::Option::None },
    }
}
