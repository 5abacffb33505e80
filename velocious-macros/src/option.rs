//! Options of attributes, as the user wrote them.
//!
//! Darling distributes the options over the fields of a receiver. Names, repetitions and the form of a value are
//! checked here, because these are the mistakes people make and the sentence is what they see of us.
//!
//! * [`Options`]: a receiver and the names it knows; [`read_attributes`], [`read_each`], [`read_list`] and
//!   [`read_items`] fill one.
//! * [`Switch`], [`Text`], [`Name`], [`Named`], [`Names`], [`TypeName`], [`Count`], [`Number`], [`Code`], [`YesNo`],
//!   [`Nested`]: what an option can hold.

use darling::ast::NestedMeta;
use darling::{Error, FromMeta};
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta};

use crate::fault::{Faults, unknown};

/// What an attribute, or an option that has options of its own, can say.
pub(crate) trait Options: FromMeta + Default {
    /// The names of its options.
    const KNOWN: &'static [&'static str];

    /// What to say of a word that is an option of something else.
    fn elsewhere(word: &str, place: &str) -> Option<String> {
        let _ = (word, place);
        None
    }
}

/// The options of each attribute called `name` among `attributes`; else as [`read_attributes`].
pub(crate) fn read_each<T: Options>(
    attributes: &[Attribute],
    name: &str,
    place: &str,
    faults: &mut Faults,
) -> Vec<T> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(name))
        .map(|attribute| read_attributes(std::slice::from_ref(attribute), name, place, faults))
        .collect()
}

/// The options of all attributes called `name` among `attributes`, as if they stood in one.
///
/// `place` is how messages call the attribute, in backticks. What cannot be read is noted and left out, so that the
/// caller can go on looking for mistakes.
pub(crate) fn read_attributes<T: Options>(
    attributes: &[Attribute],
    name: &str,
    place: &str,
    faults: &mut Faults,
) -> T {
    let mut items = Vec::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(name))
    {
        match &attribute.meta {
            Meta::Path(_) => {}
            Meta::List(list) => {
                let parsed = NestedMeta::parse_meta_list(with_plain_names(list.tokens.clone()));
                items.extend(faults.take(parsed).into_iter().flatten());
            }
            Meta::NameValue(pair) => faults.at_span(
                pair.eq_token.span(),
                format!("options of `#[{name}]` stand in parentheses: `#[{name}(…)]`"),
            ),
        }
    }
    read_items(&items, place, faults)
}

/// The options in `tokens`, the inside of the parentheses behind `place`.
pub(crate) fn read_list<T: Options>(tokens: TokenStream, place: &str) -> syn::Result<T> {
    let items = NestedMeta::parse_meta_list(with_plain_names(tokens))?;
    let mut faults = Faults::default();
    let receiver = read_items(&items, place, &mut faults);
    faults.into_result(receiver)
}

/// The options `items`, of which nothing has been checked yet.
pub(crate) fn read_items<T: Options>(items: &[NestedMeta], place: &str, faults: &mut Faults) -> T {
    let mut seen: Vec<(String, NestedMeta)> = Vec::new();
    for item in items {
        match written_name(item) {
            None => faults.at_span(item.span(), format!("an option of {place} has a name")),
            Some(name) if !T::KNOWN.iter().any(|known| name == *known) => {
                let known: Vec<_> = T::KNOWN.iter().map(|known| as_written(known)).collect();
                let word = name.to_string();
                let word = as_written(&word);
                let message = T::elsewhere(word, place)
                    .unwrap_or_else(|| unknown(place, "option", word, &known));
                faults.at_span(name.span(), message);
            }
            Some(name) if seen.iter().any(|(earlier, _)| name == *earlier) => {
                let name_text = name.to_string();
                let message = format!("`{}` is given twice; keep one", as_written(&name_text));
                faults.at_span(name.span(), message);
            }
            Some(name) => seen.push((name.to_string(), item.clone())),
        }
    }
    let items: Vec<_> = seen.into_iter().map(|(_, item)| item).collect();
    let receiver = T::from_list(&items).map_err(syn::Error::from);
    faults.take(receiver).unwrap_or_default()
}

/// Options may be called like keywords, as in `as = subject`; for syn, they get the underscore with which their fields
/// are called.
fn with_plain_names(tokens: TokenStream) -> TokenStream {
    let mut starts = true;
    let plain = |(tree, starts): (TokenTree, bool)| match tree {
        TokenTree::Ident(word) if starts && is_keyword_option(&word) => {
            TokenTree::Ident(Ident::new(&format!("{word}_"), word.span()))
        }
        other => other,
    };
    tokens
        .into_iter()
        .map(|tree| {
            let at_start = starts;
            starts = matches!(&tree, TokenTree::Punct(comma) if comma.as_char() == ',');
            (tree, at_start)
        })
        .map(plain)
        .collect()
}

fn is_keyword_option(word: &Ident) -> bool {
    word == "as"
}

/// The name of an option without what [`with_plain_names`] has added.
fn as_written(name: &str) -> &str {
    name.trim_end_matches('_')
}

fn written_name(item: &NestedMeta) -> Option<Ident> {
    match item {
        NestedMeta::Meta(meta) => meta.path().get_ident().cloned(),
        NestedMeta::Lit(_) => None,
    }
}

/// An option that is there or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Switch(pub(crate) Span);

impl FromMeta for Switch {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        match meta {
            Meta::Path(path) => Ok(Switch(path.span())),
            other => Err(misfit(other, "takes no value: write only {}", "")),
        }
    }
}

/// An option with a text: `table = "people"`.
#[derive(Clone, Debug)]
pub(crate) struct Text(pub(crate) LitStr);

impl FromMeta for Text {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        match literal(meta) {
            Some(Lit::Str(text)) if !text.value().is_empty() => Ok(Text(text.clone())),
            _ => Err(misfit(meta, "takes a text: {}", " = \"…\"")),
        }
    }
}

/// An option that names a field or a function: `key = owner_id`.
#[derive(Clone, Debug)]
pub(crate) struct Name(pub(crate) Ident);

impl FromMeta for Name {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        match meta {
            Meta::NameValue(pair) => named(&pair.value),
            _ => None,
        }
        .map(Name)
        .ok_or_else(|| misfit(meta, "takes a name without quotes: {}", " = …"))
    }
}

/// An option that names a type: `model = crate::models::Task`.
#[derive(Debug)]
pub(crate) struct TypeName(pub(crate) syn::Path);

impl FromMeta for TypeName {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        match meta {
            Meta::NameValue(pair) => match &pair.value {
                Expr::Path(path) if path.attrs.is_empty() && path.qself.is_none() => {
                    Some(TypeName(path.path.clone()))
                }
                _ => None,
            },
            _ => None,
        }
        .ok_or_else(|| misfit(meta, "takes the name of a type: {}", " = Task"))
    }
}

/// An option that names one or several: `scope = project_id`, `scope(project_id, kind)`.
#[derive(Clone, Debug)]
pub(crate) struct Names(pub(crate) Vec<Ident>);

impl FromMeta for Names {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let names = match meta {
            Meta::NameValue(pair) => named(&pair.value).map(|name| vec![name]),
            Meta::List(list) => NestedMeta::parse_meta_list(list.tokens.clone())
                .ok()
                .and_then(|items| items.iter().map(bare_word).collect()),
            Meta::Path(_) => None,
        };
        match names {
            Some(names) if !names.is_empty() => Ok(Names(names)),
            _ => Err(misfit(meta, "takes names without quotes: {}", "(…, …)")),
        }
    }
}

/// An option with a number that is not negative: `max = 200`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count {
    pub(crate) value: usize,
    pub(crate) span: Span,
}

impl FromMeta for Count {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        if let Some(Lit::Int(number)) = literal(meta)
            && let Ok(value) = number.base10_parse()
        {
            let span = number.span();
            return Ok(Count { value, span });
        }
        Err(misfit(meta, "takes a whole number: {}", " = 200"))
    }
}

/// An option with an expression: `scope = |comment| comment.accepted().eq(true)`.
#[derive(Clone, Debug)]
pub(crate) struct Code(pub(crate) Expr);

impl FromMeta for Code {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        match meta {
            Meta::NameValue(pair) => Ok(Code(pair.value.clone())),
            other => Err(misfit(other, "takes an expression: {}", " = |record| …")),
        }
    }
}

/// An option with any number: `greater_than = -1.5`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    pub(crate) value: f64,
    /// The number, if it is whole.
    pub(crate) whole: Option<i64>,
    pub(crate) span: Span,
}

impl FromMeta for Number {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let value = match meta {
            Meta::NameValue(pair) => Some(&pair.value),
            _ => None,
        };
        let number = value.and_then(|value| {
            let text = value.to_token_stream().to_string().replace([' ', '_'], "");
            Some(Number {
                value: text.parse().ok()?,
                whole: text.parse().ok(),
                span: value.span(),
            })
        });
        number.ok_or_else(|| misfit(meta, "takes a number: {}", " = 100"))
    }
}

/// An option that is said to be or not to be: `case_sensitive = false`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct YesNo(pub(crate) bool);

impl FromMeta for YesNo {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        match literal(meta) {
            Some(Lit::Bool(answer)) => Ok(YesNo(answer.value)),
            _ => Err(misfit(meta, "takes `true` or `false`: {}", " = false")),
        }
    }
}

/// An option that is there or not, and may name something: `touch`, `touch = seen_at`.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) name: Option<Ident>,
    pub(crate) span: Span,
}

impl FromMeta for Named {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let span = meta.path().span();
        match meta {
            Meta::Path(_) => Ok(Named { name: None, span }),
            other => Name::from_meta(other).map(|Name(name)| Named {
                name: Some(name),
                span,
            }),
        }
    }
}

/// An option with options of its own: `length(max = 200)`, or the bare word for none of them.
#[derive(Clone, Debug)]
pub(crate) struct Nested<T> {
    pub(crate) options: T,
    pub(crate) span: Span,
}

impl<T: Options> FromMeta for Nested<T> {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let options = match meta {
            Meta::Path(_) => T::default(),
            Meta::List(list) => {
                let place = format!("`{}`", option_name(meta));
                read_list(list.tokens.clone(), &place).map_err(several)?
            }
            Meta::NameValue(_) => {
                return Err(misfit(meta, "has its options in parentheses: {}", "(…)"));
            }
        };
        let span = meta.path().span();
        Ok(Nested { options, span })
    }
}

/// The identifier that `item` consists of, if that is all it is.
pub(crate) fn bare_word(item: &NestedMeta) -> Option<Ident> {
    match item {
        NestedMeta::Meta(Meta::Path(path)) => path.get_ident().cloned(),
        _ => None,
    }
}

fn named(value: &Expr) -> Option<Ident> {
    match value {
        Expr::Path(path) if path.attrs.is_empty() && path.qself.is_none() => {
            path.path.get_ident().cloned()
        }
        _ => None,
    }
}

/// The literal behind `name =`.
pub(crate) fn literal(meta: &Meta) -> Option<&Lit> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit, .. }) => Some(lit),
            _ => None,
        },
        _ => None,
    }
}

/// Says which form the option `meta` has; `{}` in `rule` becomes the option with `value` behind it.
pub(crate) fn misfit(meta: &Meta, rule: &str, value: &str) -> Error {
    let name = option_name(meta);
    let name = as_written(&name);
    let rule = rule.replace("{}", &format!("`{name}{value}`"));
    let place = match meta {
        Meta::NameValue(pair) => pair.value.span(),
        _ => meta.path().span(),
    };
    Error::custom(format!("`{name}` {rule}")).with_span(&place)
}

/// The option's name without the `r#` of a keyword.
pub(crate) fn option_name(meta: &Meta) -> String {
    let name = meta.path().get_ident();
    name.map_or_else(String::new, |name| name.unraw().to_string())
}

/// Darling keeps only the first of several mistakes in one `syn::Error`.
pub(crate) fn several(error: syn::Error) -> Error {
    Error::multiple(error.into_iter().map(Error::from).collect())
}
