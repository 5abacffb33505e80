//! `translates(…)` as written.

use darling::FromMeta;
use darling::ast::NestedMeta;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Ident, Lit, Meta};

use crate::fault::Faults;
use crate::model::validation::ValidateOptions;
use crate::option::{Switch, misfit, read_list, several};

/// `translates(title(presence), description, locales(en, "pt-BR"))`.
#[derive(Debug)]
pub(in crate::model) struct Translates {
    /// Where the word stands.
    pub(super) word: Span,
    pub(super) attributes: Vec<TranslatedArgs>,
    /// `locales(en, de)`: the languages that there are.
    pub(super) locales: Option<LocalesArgs>,
    /// `timestamps`: the table of the translations has `created_at` and `updated_at`.
    pub(super) timestamps: Option<Switch>,
}

/// One attribute, with the rules for its text: `title(presence, length(max = 200))`.
#[derive(Debug)]
pub(super) struct TranslatedArgs {
    pub(super) ident: Ident,
    pub(super) validate: Option<ValidateOptions>,
}

#[derive(Debug)]
pub(super) struct LocalesArgs {
    pub(super) word: Span,
    pub(super) list: Vec<LocaleArgs>,
}

/// A word, or a text where it is no word.
#[derive(Debug)]
pub(super) struct LocaleArgs {
    pub(super) name: String,
    pub(super) span: Span,
}

impl FromMeta for Translates {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let Meta::List(list) = meta else {
            let rule = "lists what is translated, and into which languages: {}";
            return Err(misfit(meta, rule, "(title, locales(en, de))"));
        };
        let mut translates = Translates {
            word: list.path.span(),
            attributes: Vec::new(),
            locales: None,
            timestamps: None,
        };
        let mut faults = Faults::default();
        let items = faults.take(NestedMeta::parse_meta_list(list.tokens.clone()));
        for item in items.into_iter().flatten() {
            translates.add(&item, &mut faults);
        }
        faults.into_result(translates).map_err(several)
    }
}

impl Translates {
    fn add(&mut self, item: &NestedMeta, faults: &mut Faults) {
        let name = match item {
            NestedMeta::Meta(meta) => meta.path().get_ident().cloned(),
            NestedMeta::Lit(_) => None,
        };
        match (item, name) {
            (NestedMeta::Meta(Meta::Path(path)), Some(name)) if name == "timestamps" => {
                self.timestamps = Some(Switch(path.span()));
            }
            (NestedMeta::Meta(Meta::Path(path)), Some(name)) if name == "locales" => {
                faults.at(path, "`locales` names the languages: `locales(en, de)`");
            }
            (NestedMeta::Meta(Meta::List(list)), Some(name)) if name == "locales" => {
                let items = faults.take(NestedMeta::parse_meta_list(list.tokens.clone()));
                let items = items.unwrap_or_default();
                let list = items.iter().filter_map(|item| locale(item, faults));
                let list = list.collect();
                let word = name.span();
                self.locales = Some(LocalesArgs { word, list });
            }
            (NestedMeta::Meta(Meta::Path(_)), Some(ident)) => {
                self.attributes.push(TranslatedArgs {
                    ident,
                    validate: None,
                })
            }
            (NestedMeta::Meta(Meta::List(list)), Some(ident)) => {
                let rules = read_list(list.tokens.clone(), &format!("`{ident}`"));
                self.attributes.push(TranslatedArgs {
                    ident,
                    validate: faults.take(rules),
                });
            }
            _ => faults.at_span(
                item.span(),
                "`translates` lists names without quotes: `translates(title, locales(en, de))`",
            ),
        }
    }
}

fn locale(item: &NestedMeta, faults: &mut Faults) -> Option<LocaleArgs> {
    let name = match item {
        NestedMeta::Meta(Meta::Path(path)) => path.get_ident().map(Ident::to_string),
        NestedMeta::Lit(Lit::Str(text)) => Some(text.value()),
        _ => None,
    };
    let span = item.span();
    if name.is_none() {
        faults.at_span(
            span,
            "a language is a word or a text: `locales(en, \"pt-BR\")`",
        );
    }
    name.map(|name| LocaleArgs { name, span })
}
