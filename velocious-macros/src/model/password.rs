//! `#[model(password)]`: the field that keeps the digest of a password.
//!
//! * [`PasswordOptions`]: the option as written; [`password`]: as meant, and its rules.
//! * [`methods`], [`companion`], [`change_fields`], [`apply`]: what the record and its changes get.

use darling::FromMeta;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::args::{FieldArgs, ModelArgs};
use super::expand::{behind, moved};
use super::ir::{Outline, position};
use crate::fault::Faults;
use crate::option::{Count, Nested, Options};

/// The fewest characters of a password, where nobody says otherwise.
const MINIMUM: usize = 8;

/// `password(min = 12)`.
#[derive(Debug, Default, FromMeta)]
pub(super) struct PasswordOptions {
    /// `min = 12`: the fewest characters of a password; 8 without it.
    pub(super) min: Option<Count>,
}

impl Options for PasswordOptions {
    const KNOWN: &'static [&'static str] = &["min"];
}

/// The password of a model.
pub(super) struct PasswordColumn {
    /// Its column.
    column: usize,
    minimum: usize,
}

/// Which field keeps the password, if there is one.
pub(super) fn password(
    args: &ModelArgs,
    outline: &Outline,
    faults: &mut Faults,
) -> Option<PasswordColumn> {
    let marked = args
        .fields
        .iter()
        .filter_map(|field| Some((field, field.options.password.as_ref()?)));
    let mut marked = marked.collect::<Vec<_>>().into_iter();
    let (field, options) = marked.next()?;
    one_password(field, marked, faults);
    feature_is_on(options.span, faults);
    record_is_saved(args, outline, options.span, faults);
    names_are_free(args, faults);
    let Some(column) = position(outline, &field.name()) else {
        faults.at_span(
            options.span,
            format!(
                "`{}` is not a column, so it cannot keep a password; make it a `velocious::PasswordDigest`",
                field.name()
            ),
        );
        return None;
    };
    faults.is_empty().then(|| PasswordColumn {
        column,
        minimum: options.options.min.map_or(MINIMUM, |min| min.value),
    })
}

/// There is one `set_password`.
fn one_password<'a>(
    first: &FieldArgs,
    others: impl Iterator<Item = (&'a FieldArgs, &'a Nested<PasswordOptions>)>,
    faults: &mut Faults,
) {
    for (_, options) in others {
        faults.at_span(
            options.span,
            format!(
                "`{}` keeps the password already; a record has one",
                first.name()
            ),
        );
    }
}

/// Hashing brings dependencies along that an application without passwords does not need.
fn feature_is_on(at: Span, faults: &mut Faults) {
    if !cfg!(any(feature = "password", test)) {
        faults.at_span(
            at,
            "passwords need the feature `password`; write `velocious = { …, features = [\"password\"] }` in `Cargo.toml`",
        );
    }
}

/// The digest is made when the record is saved.
fn record_is_saved(args: &ModelArgs, outline: &Outline, at: Span, faults: &mut Faults) {
    if outline.record.is_none() {
        faults.at_span(
            at,
            format!(
                "`{}` is read-only, so nobody can set its password; give it a field `pub record: RecordState`",
                args.ident
            ),
        );
    }
}

/// What is assigned is the password, and what is stored is not.
fn names_are_free(args: &ModelArgs, faults: &mut Faults) {
    for field in &args.fields {
        let name = field.name();
        if ["password", "password_confirmation"].contains(&name.as_str()) {
            faults.at(
                &field.ident,
                format!(
                    "`{name}` is what is assigned, not what is stored; remove the field, or call the digest `encrypted_password`"
                ),
            );
        }
    }
}

// Expands to: fn known_password(&self) -> Option<&PasswordDigest> { … } and the like, or to nothing.
pub(super) fn methods(outline: &Outline) -> Option<TokenStream> {
    let password = outline.password.as_ref()?;
    let column = &outline.columns[password.column];
    let ty = &column.ty;
    let ident = moved(&column.ident, behind(ty));
    let at = Literal::usize_unsuffixed(password.column);
    let minimum = Literal::usize_unsuffixed(password.minimum);
    let field = quote_spanned! { behind(ty) => __private::PasswordField::of::<#ty>(#at, #minimum) };
    let known = quote_spanned! { behind(ty) => __private::PasswordColumn::digest(&self.#ident) };
    let changed = quote_spanned! { behind(ty) =>
        __private::PasswordColumn::digest_mut(&mut self.#ident)
    };
    Some(quote! {
        fn password_field(&self) -> ::core::option::Option<__private::PasswordField> {
            ::core::option::Option::Some(#field)
        }
        fn known_password(&self) -> ::core::option::Option<&__private::PasswordDigest> {
            #known
        }
        fn known_password_mut(
            &mut self,
        ) -> ::core::option::Option<&mut __private::PasswordDigest> {
            ::core::option::Option::Some(#changed)
        }
    })
}

// Expands to: impl PasswordRecord for User {}, or to nothing.
pub(super) fn companion(outline: &Outline) -> Option<TokenStream> {
    outline.password.as_ref()?;
    let ident = &outline.ident;
    Some(quote! {
        #[automatically_derived]
        impl __private::PasswordRecord for #ident {}
    })
}

// Expands to: pub password: Option<Password>, pub password_confirmation: Option<Password>, or to nothing.
pub(super) fn change_fields(outline: &Outline) -> Option<TokenStream> {
    outline.password.as_ref()?;
    let vis = &outline.vis;
    Some(quote! {
        /// The new password.
        #vis password: ::core::option::Option<::velocious::__private::Password>,
        /// The new password, typed in once more.
        #vis password_confirmation: ::core::option::Option<::velocious::__private::Password>,
    })
}

// Expands to: assign_password(self, changes.password, changes.password_confirmation);, or to nothing.
pub(super) fn apply(outline: &Outline) -> Option<TokenStream> {
    outline.password.as_ref()?;
    Some(quote! {
        __private::assign_password(self, changes.password, changes.password_confirmation);
    })
}
