//! An enum as written: its variants and their attributes.

use darling::FromMeta;
use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Expr, Fields, Ident, Lit, LitStr, Meta};

use crate::fault::Faults;
use crate::option::{Options, Switch, YesNo, literal, misfit, read_attributes};

/// An enum under `#[derive(ModelEnum)]`.
pub(super) struct EnumArgs {
    pub(super) ident: Ident,
    pub(super) options: EnumOptions,
    pub(super) variants: Vec<VariantArgs>,
}

/// One of its variants.
pub(super) struct VariantArgs {
    pub(super) ident: Ident,
    pub(super) options: VariantOptions,
    /// `= 3` behind the variant.
    pub(super) discriminant: Option<Expr>,
}

/// `#[model_enum(…)]` on the enum.
#[derive(Debug, Default, FromMeta)]
pub(super) struct EnumOptions {
    /// `integer`: the database holds numbers.
    pub(super) integer: Option<Switch>,
    /// `serde = false`: `Serialize` and `Deserialize` are implemented elsewhere.
    pub(super) serde: Option<YesNo>,
}

impl Options for EnumOptions {
    const KNOWN: &'static [&'static str] = &["integer", "serde"];
}

/// `#[model_enum(…)]` on a variant.
#[derive(Debug, Default, FromMeta)]
pub(super) struct VariantOptions {
    /// `value = "finished"` or `value = 3`: what the database holds, where it is not the variant's name in snake case
    /// or its number.
    pub(super) value: Option<Stored>,
}

impl Options for VariantOptions {
    const KNOWN: &'static [&'static str] = &["value"];
}

/// What the database holds for a variant.
#[derive(Clone, Debug)]
pub(super) enum Stored {
    Name(LitStr),
    Number(i32, Span),
}

impl FromMeta for Stored {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let value = match meta {
            Meta::NameValue(pair) => Some(&pair.value),
            _ => None,
        };
        if let Some(Lit::Str(name)) = literal(meta)
            && !name.value().is_empty()
        {
            return Ok(Stored::Name(name.clone()));
        }
        value
            .and_then(|value| Some(Stored::Number(number(value)?, value.span())))
            .ok_or_else(|| misfit(meta, "takes a text or a number: {}", " = \"…\""))
    }
}

/// A number of 32 bits, which may be negative.
pub(super) fn number(expression: &Expr) -> Option<i32> {
    let text = expression.to_token_stream().to_string();
    text.replace([' ', '_'], "").parse().ok()
}

impl EnumArgs {
    /// Reads the item under `#[derive(ModelEnum)]`.
    pub(super) fn read(input: DeriveInput, faults: &mut Faults) -> Option<Self> {
        let name = input.ident.unraw();
        if !input.generics.params.is_empty() {
            faults.at(
                &input.generics,
                "the database holds the name of a variant and nothing else, so the enum cannot be generic",
            );
            return None;
        }
        let Data::Enum(data) = &input.data else {
            faults.at(
                &input.ident,
                format!("`{name}` is no enum; a newtype is a column with `#[derive(ColumnType)]`"),
            );
            return None;
        };
        let variants = data.variants.iter().map(|variant| {
            if !matches!(variant.fields, Fields::Unit) {
                faults.at(
                    &variant.fields,
                    format!(
                        "the database holds the name of `{}` and nothing else; give its fields columns of their own",
                        variant.ident
                    ),
                );
            }
            let place = "`#[model_enum]` on a variant";
            VariantArgs {
                ident: variant.ident.clone(),
                options: read_attributes(&variant.attrs, "model_enum", place, faults),
                discriminant: variant.discriminant.as_ref().map(|(_, value)| value.clone()),
            }
        });
        let variants = variants.collect();
        let place = "`#[model_enum]` on an enum";
        Some(EnumArgs {
            options: read_attributes(&input.attrs, "model_enum", place, faults),
            variants,
            ident: input.ident,
        })
    }
}
