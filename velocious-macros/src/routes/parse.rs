//! From tokens to statements. A statement that cannot be read is reported and skipped, so that one build reports the
//! mistakes of all of them.

use proc_macro2::{Delimiter, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Path, Token, braced, bracketed, parenthesized, token};

use super::args::{
    ConcernArgs, KeyArgs, MountArgs, NamespaceArgs, Number, OnArgs, OnScope, Place, RedirectArgs,
    ResourcesArgs, RootArgs, Statement, TargetArgs, Verb, VerbArgs, WORDS,
};
use crate::fault::{Faults, unknown};

/// All statements that can be read.
pub(super) fn read(tokens: proc_macro2::TokenStream, faults: &mut Faults) -> Vec<Statement> {
    let parser = |input: ParseStream<'_>| Ok(statements(input, faults));
    parser.parse2(tokens).unwrap_or_default()
}

fn statements(input: ParseStream<'_>, faults: &mut Faults) -> Vec<Statement> {
    let mut statements = Vec::new();
    while !input.is_empty() {
        match statement(input, faults) {
            Ok(statement) => statements.push(statement),
            Err(error) => {
                faults.add(error);
                skip_statement(input);
            }
        }
    }
    statements
}

fn statement(input: ParseStream<'_>, faults: &mut Faults) -> syn::Result<Statement> {
    let word: Ident = input.call(Ident::parse_any).map_err(|error| {
        let message = "expected a route; it begins with a word like `get` or `resources`";
        syn::Error::new(error.span(), message)
    })?;
    let text = word.to_string();
    if let Some(verb) = Verb::ALL.into_iter().find(|verb| text == verb.word()) {
        return verb_statement(input, vec![verb], faults).map(Statement::Verb);
    }
    match text.as_str() {
        "root" => root(input, word, faults).map(Statement::Root),
        "match" => {
            let verbs = verbs(input, &word)?;
            verb_statement(input, verbs, faults).map(Statement::Verb)
        }
        "resources" => resources(input, Number::Many, faults),
        "resource" => resources(input, Number::One, faults),
        "namespace" => namespace(input, faults).map(Statement::Namespace),
        "concern" => concern(input, faults).map(Statement::Concern),
        "concerns" => concerns(input, faults).map(Statement::Concerns),
        "redirect" => redirect(input, faults).map(Statement::Redirect),
        "mount" => mount(input, faults).map(Statement::Mount),
        "head" => Err(syn::Error::new(
            word.span(),
            "HEAD is answered by the route of GET; write `get`",
        )),
        "options" => Err(syn::Error::new(
            word.span(),
            "OPTIONS is answered with the methods of a path's routes, and has no route of its own",
        )),
        _ => Err(syn::Error::new(
            word.span(),
            unknown("`routes!`", "word", &text, &WORDS),
        )),
    }
}

fn root(input: ParseStream<'_>, word: Ident, faults: &mut Faults) -> syn::Result<RootArgs> {
    let target = target(input)?;
    end(input, faults)?;
    Ok(RootArgs { word, target })
}

/// The verbs in the brackets behind `match`.
fn verbs(input: ParseStream<'_>, word: &Ident) -> syn::Result<Vec<Verb>> {
    if !input.peek(token::Bracket) {
        let message = "`match` names its verbs in brackets: `match [get, post] search`";
        return Err(syn::Error::new(word.span(), message));
    }
    let content;
    bracketed!(content in input);
    let words = Punctuated::<Ident, Token![,]>::parse_terminated_with(&content, Ident::parse_any)?;
    let mut verbs = Vec::new();
    for word in &words {
        let text = word.to_string();
        let Some(verb) = Verb::ALL.into_iter().find(|verb| text == verb.word()) else {
            let known = Verb::ALL.map(Verb::word);
            let message = unknown("`match`", "verb", &text, &known);
            return Err(syn::Error::new(word.span(), message));
        };
        if verbs.contains(&verb) {
            let message = format!("`{text}` is given twice; keep one");
            return Err(syn::Error::new(word.span(), message));
        }
        verbs.push(verb);
    }
    match verbs.is_empty() {
        true => {
            let message = "`match` needs a verb: `match [get, post] search`";
            Err(syn::Error::new(word.span(), message))
        }
        false => Ok(verbs),
    }
}

fn verb_statement(
    input: ParseStream<'_>,
    verbs: Vec<Verb>,
    faults: &mut Faults,
) -> syn::Result<VerbArgs> {
    let mut args = VerbArgs {
        verbs,
        place: place(input)?,
        target: None,
        on: None,
        name: None,
    };
    loop {
        if input.peek(Token![=>]) {
            input.parse::<Token![=>]>()?;
            args.target = Some(target(input)?);
        } else if input.peek(Token![as]) {
            input.parse::<Token![as]>()?;
            args.name = Some(input.call(Ident::parse_any)?);
        } else if peek_word(input).is_some_and(|word| word == "on") {
            args.on = Some(on(input)?);
        } else {
            break;
        }
    }
    end(input, faults)?;
    Ok(args)
}

fn place(input: ParseStream<'_>) -> syn::Result<Place> {
    if input.peek(LitStr) {
        return input.parse().map(Place::Path);
    }
    let word = input.call(Ident::parse_any).map_err(|error| {
        let message = "expected a name, or a path in quotes like \"/about\"";
        syn::Error::new(error.span(), message)
    })?;
    if input.peek(Token![-]) {
        let message = "a name has no dash; write the path in quotes";
        return Err(input.error(message));
    }
    Ok(Place::Word(word))
}

/// `tasks::overdue`. Rails writes `tasks#overdue`, which Rust reads only with a space before the `#`.
fn target(input: ParseStream<'_>) -> syn::Result<TargetArgs> {
    let expected = "expected a controller and an action like `tasks::index`";
    let controller = input
        .call(Ident::parse_any)
        .map_err(|error| syn::Error::new(error.span(), expected))?;
    if input.peek(Token![::]) {
        input.parse::<Token![::]>()?;
    } else if input.peek(Token![#]) {
        input.parse::<Token![#]>()?;
    } else {
        let message = format!(
            "`{controller}` is a controller; say which action of it, like `{controller}::index`"
        );
        return Err(syn::Error::new(controller.span(), message));
    }
    let action = input
        .call(Ident::parse_any)
        .map_err(|error| syn::Error::new(error.span(), expected))?;
    Ok(TargetArgs { controller, action })
}

fn on(input: ParseStream<'_>) -> syn::Result<OnArgs> {
    let on: Ident = input.parse()?;
    let word: Ident = input.call(Ident::parse_any)?;
    let scope = match word.to_string().as_str() {
        "member" => OnScope::Member,
        "collection" => OnScope::Collection,
        other => {
            let message = unknown("`on`", "place", other, &["member", "collection"]);
            return Err(syn::Error::new(word.span(), message));
        }
    };
    Ok(OnArgs {
        on: on.span(),
        scope,
    })
}

fn resources(
    input: ParseStream<'_>,
    number: Number,
    faults: &mut Faults,
) -> syn::Result<Statement> {
    let example = match number {
        Number::One => "profile",
        Number::Many => "tasks",
    };
    let mut args = ResourcesArgs {
        number,
        name: name(input, example)?,
        key: key(input)?,
        only: None,
        except: None,
        controller: None,
        body: Vec::new(),
    };
    while let Some(option) = peek_word(input).filter(|word| !WORDS.contains(&word.as_str())) {
        let word: Ident = input.call(Ident::parse_any)?;
        match option.as_str() {
            "only" => args.only = Some(actions(input, &word)?),
            "except" => args.except = Some(actions(input, &word)?),
            "controller" => {
                input.parse::<Token![=]>()?;
                args.controller = Some(input.call(Ident::parse_any)?);
            }
            _ => {
                let known = ["only", "except", "controller"];
                let place = format!("`{}`", number.word());
                let message = unknown(&place, "option", &option, &known);
                return Err(syn::Error::new(word.span(), message));
            }
        }
        input.parse::<Option<Token![,]>>()?;
    }
    if input.peek(token::Brace) {
        args.body = block(input, faults)?;
    } else {
        end(input, faults)?;
    }
    Ok(Statement::Resources(Box::new(args)))
}

/// `(id: i64)` behind the name of resources.
fn key(input: ParseStream<'_>) -> syn::Result<Option<KeyArgs>> {
    if !input.peek(token::Paren) {
        return Ok(None);
    }
    let content;
    let parentheses = parenthesized!(content in input);
    let expected = "expected a name and a type, like `(id: i64)`";
    let at = |error: syn::Error| syn::Error::new(error.span(), expected);
    if content.is_empty() {
        return Err(syn::Error::new(parentheses.span.join(), expected));
    }
    let name = content.call(Ident::parse_any).map_err(at)?;
    let of_type = match content.parse::<Option<Token![:]>>()? {
        Some(_) => Some(Box::new(content.parse().map_err(at)?)),
        None => None,
    };
    match content.is_empty() {
        true => Ok(Some(KeyArgs { name, of_type })),
        false => Err(content.error(expected)),
    }
}

/// The names in the parentheses behind `only` or `except`.
fn actions(input: ParseStream<'_>, word: &Ident) -> syn::Result<Vec<Ident>> {
    if !input.peek(token::Paren) {
        let message = format!("`{word}` names actions in parentheses: `{word}(index, show)`");
        return Err(syn::Error::new(word.span(), message));
    }
    let content;
    parenthesized!(content in input);
    let names = Punctuated::<Ident, Token![,]>::parse_terminated_with(&content, Ident::parse_any)?;
    Ok(names.into_iter().collect())
}

fn namespace(input: ParseStream<'_>, faults: &mut Faults) -> syn::Result<NamespaceArgs> {
    let name = name(input, "admin")?;
    if !input.peek(token::Brace) {
        let message = format!("a namespace has routes inside: `namespace {name} {{ … }}`");
        return Err(syn::Error::new(name.span(), message));
    }
    Ok(NamespaceArgs {
        name,
        body: block(input, faults)?,
    })
}

fn concern(input: ParseStream<'_>, faults: &mut Faults) -> syn::Result<ConcernArgs> {
    let name = name(input, "commentable")?;
    if !input.peek(token::Brace) {
        let message = format!(
            "a concern has routes inside: `concern {name} {{ … }}`; blocks have them by `concerns {name};`"
        );
        return Err(syn::Error::new(name.span(), message));
    }
    Ok(ConcernArgs {
        name,
        body: block(input, faults)?,
    })
}

fn concerns(input: ParseStream<'_>, faults: &mut Faults) -> syn::Result<Vec<Ident>> {
    let mut names = vec![name(input, "commentable")?];
    while input.parse::<Option<Token![,]>>()?.is_some() {
        names.push(name(input, "commentable")?);
    }
    end(input, faults)?;
    Ok(names)
}

fn redirect(input: ParseStream<'_>, faults: &mut Faults) -> syn::Result<RedirectArgs> {
    let from = place(input)?;
    let expected = "say where this leads, in quotes: `redirect \"/old\" => \"/new\"`";
    if !input.peek(Token![=>]) {
        return Err(syn::Error::new(from.span(), expected));
    }
    input.parse::<Token![=>]>()?;
    let is_file = peek_word(input).is_some_and(|word| word == "public");
    if is_file {
        input.call(Ident::parse_any)?;
    }
    let to = input
        .parse()
        .map_err(|error| syn::Error::new(error.span(), expected))?;
    input.parse::<Option<Token![,]>>()?;
    let mut status = None;
    while let Some(option) = peek_word(input).filter(|word| !WORDS.contains(&word.as_str())) {
        let word: Ident = input.call(Ident::parse_any)?;
        if option != "status" {
            let message = unknown("`redirect`", "option", &option, &["status"]);
            return Err(syn::Error::new(word.span(), message));
        }
        let expected = "`status` takes a number: `status = 302`";
        let at = |error: syn::Error| syn::Error::new(error.span(), expected);
        input.parse::<Token![=]>().map_err(at)?;
        status = Some(input.parse().map_err(at)?);
    }
    end(input, faults)?;
    Ok(RedirectArgs {
        from,
        is_file,
        to,
        status,
    })
}

fn mount(input: ParseStream<'_>, faults: &mut Faults) -> syn::Result<MountArgs> {
    let place = place(input)?;
    let expected = "say which function adds the services: `mount \"/api\" => crate::api::services`";
    if !input.peek(Token![=>]) {
        return Err(syn::Error::new(place.span(), expected));
    }
    input.parse::<Token![=>]>()?;
    let services = input
        .call(Path::parse_mod_style)
        .map_err(|error| syn::Error::new(error.span(), expected))?;
    end(input, faults)?;
    Ok(MountArgs { place, services })
}

fn block(input: ParseStream<'_>, faults: &mut Faults) -> syn::Result<Vec<Statement>> {
    let content;
    braced!(content in input);
    Ok(statements(&content, faults))
}

fn name(input: ParseStream<'_>, example: &str) -> syn::Result<Ident> {
    input
        .call(Ident::parse_any)
        .map_err(|error| syn::Error::new(error.span(), format!("expected a name like `{example}`")))
}

/// The semicolon. When the next statement begins without it, that one is still read.
fn end(input: ParseStream<'_>, faults: &mut Faults) -> syn::Result<()> {
    if input.peek(Token![;]) {
        input.parse::<Token![;]>()?;
        return Ok(());
    }
    if input.is_empty() {
        faults.add(input.error("a `;` is missing here"));
        return Ok(());
    }
    let begins = peek_word(input).is_some_and(|word| WORDS.contains(&word.as_str()));
    let error = input.error("expected `;` before this");
    if begins {
        faults.add(error);
        return Ok(());
    }
    Err(error)
}

fn peek_word(input: ParseStream<'_>) -> Option<String> {
    let (word, _) = input.cursor().ident()?;
    Some(word.to_string())
}

/// Goes on behind the next semicolon or block, which is where the statement most likely ends.
fn skip_statement(input: ParseStream<'_>) {
    while let Ok(tree) = input.parse::<TokenTree>() {
        let ends = match &tree {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        if ends {
            break;
        }
    }
}
