//! `t!("Hello %{user_name}", user_name = …)` as written.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, LitStr, Result, Token};

/// A message and what is to be filled in.
pub(super) struct MessageArgs {
    pub(super) context: Option<LitStr>,
    pub(super) id: LitStr,
    pub(super) plural: Option<LitStr>,
    pub(super) arguments: Vec<Argument>,
}

/// `name = value`, or a variable of that name.
pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) value: Expr,
}

const FORM: &str = "`t!(\"Hello %{name}\", name = …)`";

impl Parse for MessageArgs {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.is_empty() {
            return Err(input.error(format!("the message is missing: {FORM}")));
        }
        let context = match input.peek(Ident::peek_any) && input.peek2(Token![=]) {
            true => Some(context(input)?),
            false => None,
        };
        let id = text(input)?;
        let mut args = MessageArgs {
            context,
            id,
            plural: None,
            arguments: Vec::new(),
        };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            if args.plural.is_none() && args.arguments.is_empty() && input.peek(LitStr) {
                args.plural = Some(input.parse()?);
                continue;
            }
            args.arguments.push(input.parse()?);
        }
        Ok(args)
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !input.peek(Ident::peek_any) {
            let value: Expr = input.parse()?;
            let cure = "give it the name that it has in the message, as in";
            return Err(syn::Error::new_spanned(
                value,
                format!("a value without a name; {cure} {FORM}"),
            ));
        }
        let name = input.call(Ident::parse_any)?;
        if input.parse::<Option<Token![=]>>()?.is_some() {
            let value = input.parse()?;
            return Ok(Argument { name, value });
        }
        if !input.is_empty() && !input.peek(Token![,]) {
            let cure = format!("write `{name} = …`, or `{name}` alone for a variable of that name");
            return Err(input.error(cure));
        }
        let variable = Expr::Path(syn::ExprPath {
            attrs: Vec::new(),
            qself: None,
            path: name.clone().into(),
        });
        Ok(Argument {
            name,
            value: variable,
        })
    }
}

/// `context = "menu",`
fn context(input: ParseStream<'_>) -> Result<LitStr> {
    let word = input.call(Ident::parse_any)?;
    if word != "context" {
        return Err(syn::Error::new(
            word.span(),
            format!("the message comes first: {FORM}"),
        ));
    }
    input.parse::<Token![=]>()?;
    let context = text(input)?;
    if input.is_empty() {
        return Err(input.error("the message is missing: `t!(context = \"menu\", \"Open\")`"));
    }
    input.parse::<Token![,]>()?;
    Ok(context)
}

/// A text in quotes.
fn text(input: ParseStream<'_>) -> Result<LitStr> {
    if input.peek(LitStr) {
        return input.parse();
    }
    let other: Expr = input.parse()?;
    Err(syn::Error::new_spanned(
        other,
        "a message is a text in quotes, so that it can be looked up while this compiles; `velocious::message::find` looks up any text",
    ))
}
