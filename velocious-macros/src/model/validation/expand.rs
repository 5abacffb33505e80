//! The rules as Rust.
//!
//! * [`validation`]: a rule as constant data.
//! * [`methods`]: the model's own functions, by their numbers.
//! * [`assertions`]: what only rustc knows: whether the types fit the rules.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Type};

use super::args::Values;
use super::rule::{Function, Guard, Occasion, Rule, Validation, Validations};
use crate::model::ir::{Outline, attribute_type};

// Expands to: rule::presence(1).on(Occasion::Create)
pub(in crate::model) fn validation(outline: &Outline, validation: &Validation) -> TokenStream {
    let rule = rule(outline, validation);
    let on = validation.on.map(|occasion| {
        let occasion = match occasion {
            Occasion::Create => format_ident!("Create"),
            Occasion::Update => format_ident!("Update"),
        };
        quote! { .on(__private::Occasion::#occasion) }
    });
    let guard = validation.guard.map(|guard| {
        let guard = Literal::usize_unsuffixed(guard);
        quote! { .guarded(#guard) }
    });
    let message = validation
        .message
        .as_ref()
        .map(|message| quote! { .saying(#message) });
    let blank = validation.allows_blank.then(|| quote! { .unless_blank() });
    quote! { __private::rule::#rule #on #guard #message #blank }
}

/// The rule as one of the runtime's functions.
fn rule(outline: &Outline, validation: &Validation) -> TokenStream {
    let number = |number: &usize| Literal::usize_unsuffixed(*number);
    let at = number(&validation.attribute);
    match &validation.rule {
        Rule::Presence => quote! { presence(#at) },
        Rule::Absence => quote! { absence(#at) },
        Rule::Acceptance => quote! { acceptance(#at) },
        Rule::OnlyInteger => quote! { only_integer(#at) },
        Rule::Odd => quote! { odd(#at) },
        Rule::Even => quote! { even(#at) },
        Rule::Length { minimum, maximum } => {
            let (name, bounds) = match (minimum, maximum) {
                (Some(minimum), None) => ("shortest", vec![minimum]),
                (None, Some(maximum)) => ("longest", vec![maximum]),
                (minimum, maximum) => ("length", minimum.iter().chain(maximum).collect()),
            };
            let (name, bounds) = (format_ident!("{name}"), bounds.into_iter().map(number));
            quote! { #name(#at, #(#bounds),*) }
        }
        Rule::Uniqueness { scope, any_case } => {
            let name = match any_case {
                true => format_ident!("unique_in_any_case"),
                false => format_ident!("unique"),
            };
            let scope = scope.iter().map(number);
            quote! { #name(#at, &[#(#scope),*]) }
        }
        Rule::Format { pattern, matches } => {
            let name = match matches {
                true => format_ident!("format"),
                false => format_ident!("no_format"),
            };
            quote! {
                #name(#at, || {
                    static PATTERN: __private::Pattern = __private::Pattern::new(#pattern);
                    &PATTERN
                })
            }
        }
        Rule::Inclusion(values) => {
            let allowed = allowed(outline, validation, values);
            quote! { inclusion(#at, #allowed) }
        }
        Rule::Exclusion(values) => {
            let allowed = allowed(outline, validation, values);
            quote! { exclusion(#at, #allowed) }
        }
        Rule::Number(operator, bound) => {
            let operator = format_ident!("{operator:?}");
            let (name, bound) = match bound.whole {
                Some(whole) => ("integer", Literal::i64_unsuffixed(whole)),
                None => ("double", Literal::f64_unsuffixed(bound.value)),
            };
            let name = format_ident!("{name}");
            quote! { #name(#at, __private::Operator::#operator, #bound) }
        }
        Rule::Comparison(operator, other) => {
            let (operator, other) = (format_ident!("{operator:?}"), number(other));
            quote! { comparison(#at, __private::Operator::#operator, #other) }
        }
        Rule::Confirmation(other) => {
            let other = number(other);
            quote! { confirmation(#at, #other) }
        }
        Rule::Associated(relation) => {
            let relation = number(relation);
            quote! { associated(#relation) }
        }
        Rule::Custom(function) => {
            let function = number(function);
            quote! { custom(#function) }
        }
    }
}

/// Values that do not fit the field are complained about where the first of them stands.
fn allowed(outline: &Outline, validation: &Validation, values: &Values) -> TokenStream {
    let ty = attribute_type(outline, validation.attribute);
    let list = |values: &[Expr]| {
        let at = values.first().map_or_else(Span::call_site, Spanned::span);
        quote_spanned! { at => || __private::allowed::<#ty, _, _>([#(#values),*]) }
    };
    let allowed = match values {
        Values::Each(values) => {
            let list = list(values);
            quote! { each(#list) }
        }
        Values::Range(ends) => {
            let list = list(&ends[..]);
            quote! { range(#list) }
        }
    };
    quote! {
        || {
            static ALLOWED: __private::Allowed = __private::Allowed::#allowed;
            &ALLOWED
        }
    }
}

// Expands to: fn is_guarded(…) { match guard { 0 => Self::is_open(self), _ => true } } and fn check_custom(…) { … }, or
// to nothing.
pub(in crate::model) fn methods(validations: &Validations) -> TokenStream {
    let guards = guards(&validations.guards);
    let functions = functions(&validations.functions);
    quote! { #guards #functions }
}

fn guards(guards: &[Guard]) -> Option<TokenStream> {
    if guards.is_empty() {
        return None;
    }
    let arms = guards.iter().enumerate().map(|(number, guard)| {
        let number = Literal::usize_unsuffixed(number);
        let when = guard
            .when
            .iter()
            .map(|name| quote_spanned! { name.span() => __private::holds(Self::#name(self)) });
        let unless = guard
            .unless
            .iter()
            .map(|name| quote_spanned! { name.span() => !__private::holds(Self::#name(self)) });
        let all = when.chain(unless);
        quote! { #number => #(#all)&&*, }
    });
    Some(quote! {
        fn is_guarded(&self, guard: usize) -> bool {
            match guard {
                #(#arms)*
                _ => true,
            }
        }
    })
}

fn functions(functions: &[Function]) -> Option<TokenStream> {
    if functions.is_empty() {
        return None;
    }
    let arms = functions.iter().enumerate().map(|(number, function)| {
        let number = Literal::usize_unsuffixed(number);
        let name = &function.name;
        match function.is_async {
            false => {
                let call = quote_spanned! { name.span() =>
                    __private::checked(Self::#name(self, errors))
                };
                quote! { #number => #call, }
            }
            true => {
                let call = quote_spanned! { name.span() => Self::#name(self, db, errors) };
                quote! { #number => ::std::boxed::Box::pin(#call), }
            }
        }
    });
    Some(quote! {
        #[allow(unused_variables)]
        fn check_custom<'a>(
            &'a self,
            function: usize,
            db: &'a __private::Db,
            errors: &'a mut __private::Errors,
        ) -> __private::BoxFuture<'a, __private::Result<()>> {
            match function {
                #(#arms)*
                _ => __private::checked(()),
            }
        }
    })
}

/// One call for each rule that asks something of a type, under the rule.
pub(in crate::model) fn assertions<'a>(
    outline: &'a Outline,
    validations: &'a Validations,
) -> impl Iterator<Item = TokenStream> + 'a {
    validations.list.iter().filter_map(|validation| {
        let ty = attribute_type(outline, validation.attribute)?;
        let (name, other): (_, Option<&Type>) = match &validation.rule {
            Rule::Length { .. } => ("assert_length", None),
            Rule::Format { .. } | Rule::Uniqueness { any_case: true, .. } => ("assert_text", None),
            Rule::Number(..) | Rule::OnlyInteger | Rule::Odd | Rule::Even => {
                ("assert_number", None)
            }
            Rule::Acceptance => ("assert_bool", None),
            Rule::Comparison(_, other) | Rule::Confirmation(other) => {
                ("assert_comparable", attribute_type(outline, *other))
            }
            _ => return None,
        };
        let name = format_ident!("{name}");
        let other = other.map(|other| quote! { , #other });
        Some(quote_spanned! { validation.span => __private::#name::<#ty #other>(); })
    })
}
