//! `impl` blocks, read no deeper than needed.
//!
//! A function's body stays one group of tokens: it costs nothing to pass on, and a half-typed body cannot fail here,
//! so that editors complete inside of it.
//!
//! * [`ImplBlock`]: the block; [`BlockItem`]: what is in it; [`Function`]: a function with its body unread.

use proc_macro2::{Group, TokenStream};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Generics, ImplItem, Path, Signature, Token, Type, Visibility, braced, token};

/// An `impl` block.
pub(crate) struct ImplBlock {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) generics: Generics,
    /// The trait of `impl Trait for Type`.
    pub(crate) of_trait: Option<Path>,
    pub(crate) self_type: Type,
    pub(crate) items: Vec<BlockItem>,
}

/// Something in an `impl` block.
#[expect(clippy::large_enum_variant, reason = "nearly every item is a function")]
pub(crate) enum BlockItem {
    Function(Function),
    /// A constant, a type or a macro call, as it stands there.
    Other(TokenStream),
}

/// A function of an `impl` block.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    /// The braces and what is between them.
    pub(crate) body: Group,
}

impl ImplBlock {
    /// The functions, in their order.
    pub(crate) fn functions(&self) -> impl Iterator<Item = &Function> {
        self.items.iter().filter_map(|item| match item {
            BlockItem::Function(function) => Some(function),
            BlockItem::Other(_) => None,
        })
    }
}

impl Parse for ImplBlock {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Option<Token![default]>>()?;
        input.parse::<Option<Token![unsafe]>>()?;
        if !input.peek(Token![impl]) {
            return Err(input.error("this attribute goes on an `impl` block"));
        }
        input.parse::<Token![impl]>()?;
        let mut generics: Generics = match input.peek(Token![<]) {
            true => input.parse()?,
            false => Generics::default(),
        };
        let first: Type = input.parse()?;
        let (of_trait, self_type) = match input.parse::<Option<Token![for]>>()? {
            Some(_) => (Some(trait_path(first)?), input.parse()?),
            None => (None, first),
        };
        generics.where_clause = input.parse()?;
        let content;
        braced!(content in input);
        content.call(Attribute::parse_inner)?;
        let mut items = Vec::new();
        while !content.is_empty() {
            items.push(content.parse()?);
        }
        Ok(ImplBlock {
            attributes,
            generics,
            of_trait,
            self_type,
            items,
        })
    }
}

fn trait_path(ty: Type) -> syn::Result<Path> {
    match ty {
        Type::Path(path) if path.qself.is_none() => Ok(path.path),
        other => Err(syn::Error::new_spanned(other, "expected a trait")),
    }
}

impl Parse for BlockItem {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if starts_function(&input.fork())? {
            return input.parse().map(BlockItem::Function);
        }
        let other: ImplItem = input.parse()?;
        Ok(BlockItem::Other(other.into_token_stream()))
    }
}

/// Whether an item is a function: of the words that may stand before `fn`, only `const` can begin something else.
fn starts_function(ahead: ParseStream<'_>) -> syn::Result<bool> {
    ahead.call(Attribute::parse_outer)?;
    ahead.parse::<Visibility>()?;
    let constant = ahead.parse::<Option<Token![const]>>()?.is_some();
    let modifier =
        ahead.peek(Token![async]) || ahead.peek(Token![unsafe]) || ahead.peek(Token![extern]);
    Ok(ahead.peek(Token![fn]) || (modifier && (!constant || !ahead.peek2(token::Brace))))
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Function {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse()?,
            signature: input.parse()?,
            body: body(input)?,
        })
    }
}

fn body(input: ParseStream<'_>) -> syn::Result<Group> {
    if !input.peek(token::Brace) {
        return Err(input.error("expected the function's body"));
    }
    input.parse()
}
