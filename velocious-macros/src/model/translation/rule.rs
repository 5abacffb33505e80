//! Translated attributes as meant, and the rules for them.

use proc_macro2::Span;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Ident, Type, parse_quote};

use super::args::{LocaleArgs, TranslatedArgs, Translates};
use crate::fault::Faults;
use crate::model::args::{ColumnOptions, FieldArgs, ModelArgs, RelationKind};
use crate::model::ir::{Bond, Column, Dependent, Fate, Outline, Relation, RelationKey};

/// The translated attributes of a model, and the model of their table.
pub(in crate::model) struct Translations {
    /// Where the word stands.
    pub(in crate::model) word: Span,
    /// `TaskTranslation`.
    pub(super) model: Ident,
    /// `task_translations`.
    pub(super) table: String,
    /// `task_id`.
    pub(super) key: Ident,
    pub(in crate::model) attributes: Vec<Column>,
    pub(super) locales: Vec<Locale>,
    pub(super) timestamps: bool,
}

/// A language.
pub(super) struct Locale {
    /// `pt-BR`.
    pub(super) name: String,
    /// `pt_br`, as in `title_pt_br`.
    pub(super) suffix: String,
}

impl Translations {
    /// The relationship to the translations of a record.
    pub(in crate::model) fn relation(&self, outline: &Outline) -> Relation {
        let model = &self.model;
        Relation {
            vis: outline.vis.clone(),
            ident: Ident::new("translations", self.word),
            kind: RelationKind::HasMany,
            target: parse_quote!(#model),
            is_field: false,
        }
    }
}

/// What ties the translations to their record: the column of its key. They are deleted with it.
pub(in crate::model) fn bond(outline: &Outline) -> Option<Bond> {
    let translations = outline.translations.as_ref()?;
    Some(Bond {
        key: RelationKey::Theirs {
            field: translations.key.clone(),
            to: outline.primary_key?,
        },
        scope: None,
        distinct: false,
        dependent: Some(Dependent {
            fate: Fate::Delete,
            word: translations.key.clone(),
        }),
        inverse: None,
        counter: None,
        touch: None,
    })
}

/// The attributes with rules, as if they were fields.
pub(in crate::model) fn validated(args: &ModelArgs, outline: &Outline) -> Vec<FieldArgs> {
    let (Some(translates), Some(translations)) = (&args.options.translates, &outline.translations)
    else {
        return Vec::new();
    };
    let is_known = |ident: &Ident| translations.attributes.iter().any(|it| it.ident == *ident);
    translates
        .attributes
        .iter()
        .filter(|attribute| is_known(&attribute.ident))
        .map(|attribute| FieldArgs {
            vis: outline.vis.clone(),
            ident: attribute.ident.clone(),
            ty: text_type(),
            options: ColumnOptions::default(),
            relations: Vec::new(),
            validate: attribute.validate.clone().into_iter().collect(),
        })
        .collect()
}

/// What the struct's `translates(…)` means; nothing where it cannot mean anything.
pub(in crate::model) fn translations(
    args: &ModelArgs,
    outline: &Outline,
    table: &str,
    faults: &mut Faults,
) -> Option<Translations> {
    let translates = args.options.translates.as_ref()?;
    something_is_translated(translates, faults);
    let locales = locales(translates, faults);
    let attributes = attributes(args, outline, translates, &locales, faults);
    record_has_state(args, outline, translates, faults)?;
    translations_are_no_field(args, faults)?;
    let model = outline.ident.unraw();
    Some(Translations {
        word: translates.word,
        model: format_ident!("{model}Translation", span = outline.ident.span()),
        table: format!("{}_translations", velocious_naming::singularize(table)),
        key: key(args, translates.word),
        attributes,
        locales,
        timestamps: translates.timestamps.is_some(),
    })
}

fn key(args: &ModelArgs, span: Span) -> Ident {
    let model = velocious_naming::snake(&args.ident.unraw().to_string());
    Ident::new(&format!("{model}_id"), span)
}

fn text_type() -> Type {
    parse_quote!(::core::option::Option<::std::string::String>)
}

fn something_is_translated(translates: &Translates, faults: &mut Faults) {
    if translates.attributes.is_empty() {
        faults.at_span(
            translates.word,
            "`translates` names no attribute; write what is translated: `translates(title, locales(en, de))`",
        );
    }
}

/// Methods are named after the languages, so these are known when the model is compiled.
fn locales(translates: &Translates, faults: &mut Faults) -> Vec<Locale> {
    let Some(given) = &translates.locales else {
        faults.at_span(
            translates.word,
            "`translates` says nothing of the languages; add them: `locales(en, de)`",
        );
        return Vec::new();
    };
    if given.list.is_empty() && faults.is_empty() {
        faults.at_span(
            given.word,
            "`locales` names no language; write those that there are: `locales(en, de)`",
        );
    }
    let mut locales: Vec<Locale> = Vec::new();
    for locale in &given.list {
        if !is_locale(locale, faults) {
            continue;
        }
        let suffix = locale.name.to_lowercase().replace('-', "_");
        match locales.iter().find(|known| known.suffix == suffix) {
            Some(known) => faults.at_span(
                locale.span,
                format!("`{}` is there already; keep one", known.name),
            ),
            None => locales.push(Locale {
                name: locale.name.clone(),
                suffix,
            }),
        }
    }
    locales
}

/// A locale is stored as it is written, and looked for as others write it: a language in small letters, then perhaps a
/// script and a region.
fn is_locale(locale: &LocaleArgs, faults: &mut Faults) -> bool {
    let name = &locale.name;
    let mut parts = name.split('-');
    let language = parts.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_part = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if is_language && parts.all(is_part) {
        return true;
    }
    let mut words = name.split(['_', '-']);
    let language = words.next().unwrap_or_default().to_lowercase();
    let region = words.next().map(str::to_uppercase);
    let cure = match region {
        Some(region) if region.len() == 2 && (2..=3).contains(&language.len()) => {
            format!("did you mean `\"{language}-{region}\"`?")
        }
        _ => "write a language like `en`, with a region like `\"pt-BR\"`".to_owned(),
    };
    faults.at_span(locale.span, format!("`{name}` is no language; {cure}"));
    false
}

fn attributes(
    args: &ModelArgs,
    outline: &Outline,
    translates: &Translates,
    locales: &[Locale],
    faults: &mut Faults,
) -> Vec<Column> {
    let mut attributes: Vec<Column> = Vec::new();
    for TranslatedArgs { ident, .. } in &translates.attributes {
        let is_fine = is_listed_once(&attributes, ident, faults)
            && is_no_field(args, ident, locales, faults)
            && is_no_column_of_the_table(args, ident, faults)
            && is_no_text_of_another(translates, ident, locales, faults);
        if is_fine {
            attributes.push(Column {
                vis: outline.vis.clone(),
                ident: ident.clone(),
                ty: text_type(),
                name: ident.unraw().to_string(),
                is_optional: true,
                has_default: false,
            });
        }
    }
    attributes
}

fn is_listed_once(known: &[Column], ident: &Ident, faults: &mut Faults) -> bool {
    let is_known = known.iter().any(|column| column.ident == *ident);
    if is_known {
        faults.at(ident, format!("`{ident}` is there already; keep one"));
    }
    !is_known
}

/// A text is in one table or in the other, and its methods have the names that columns would have.
fn is_no_field(args: &ModelArgs, ident: &Ident, locales: &[Locale], faults: &mut Faults) -> bool {
    let name = ident.unraw().to_string();
    let mut fields = args.fields.iter().map(FieldArgs::name);
    let taken = fields.find(|field| *field == name || in_locale(&name, locales, field));
    if let Some(field) = &taken {
        let message = match *field == name {
            true => format!(
                "`{name}` is a field of `{}`; remove the field, because the text is stored with its translations",
                args.ident
            ),
            false => format!(
                "`{field}` is a field of `{}`, and the name of `{name}` in one language; give one of them another name",
                args.ident
            ),
        };
        faults.at(ident, message);
    }
    taken.is_none()
}

fn is_no_text_of_another(
    translates: &Translates,
    ident: &Ident,
    locales: &[Locale],
    faults: &mut Faults,
) -> bool {
    let name = ident.unraw().to_string();
    let mut others = translates
        .attributes
        .iter()
        .map(|it| it.ident.unraw().to_string());
    let other = others.find(|other| in_locale(other, locales, &name));
    if let Some(other) = &other {
        faults.at(
            ident,
            format!(
                "`{name}` is the name of `{other}` in one language; give one of them another name"
            ),
        );
    }
    other.is_none()
}

/// Whether `other` is what `name` is called in one of the languages.
fn in_locale(name: &str, locales: &[Locale], other: &str) -> bool {
    let suffix = other
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix('_'));
    suffix.is_some_and(|suffix| {
        suffix == "in" || locales.iter().any(|locale| locale.suffix == suffix)
    })
}

fn is_no_column_of_the_table(args: &ModelArgs, ident: &Ident, faults: &mut Faults) -> bool {
    let name = ident.unraw().to_string();
    let key = key(args, ident.span()).to_string();
    let reserved = ["id", "locale", "created_at", "updated_at", "record", &key];
    let is_reserved = reserved.contains(&name.as_str()) || name == "translations";
    if is_reserved {
        faults.at(
            ident,
            format!("every translation has its own `{name}`; give the attribute another name"),
        );
    }
    !is_reserved
}

/// The texts of a record are kept in its state.
fn record_has_state(
    args: &ModelArgs,
    outline: &Outline,
    translates: &Translates,
    faults: &mut Faults,
) -> Option<()> {
    if outline.record.is_none() {
        faults.at_span(
            translates.word,
            format!(
                "`{}` has no place for its translations; give it a field `pub record: RecordState`",
                args.ident
            ),
        );
        return None;
    }
    Some(())
}

fn translations_are_no_field(args: &ModelArgs, faults: &mut Faults) -> Option<()> {
    let field = args
        .fields
        .iter()
        .find(|field| field.name() == "translations");
    if let Some(field) = field {
        faults.at(
            &field.ident,
            "`translates` makes a relationship of this name; remove the field, or give it another name",
        );
        return None;
    }
    Some(())
}
