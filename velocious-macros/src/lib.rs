//! The proc macros of Velocious. Applications reach them through the crate `velocious`, which documents them.
//!
//! Each macro has a folder of its own with the same corridor: `args` (as written) → `ir` (as meant, and the rules) →
//! `expand` (tokens, no decisions). They share [`fault`], the mistakes to report, [`option`], the options of attributes,
//! [`block`], `impl` blocks whose functions' bodies nobody reads, [`hash`], by which routes find actions,
//! [`schema`], the tables that the database has, and [`catalogue`], the messages of the application.
//!
//! Expansions name `::core`, `::std` and `::velocious::__private`, and nothing else that is not the user's.

mod block;
mod catalogue;
mod column_type;
mod controller;
mod create;
mod fault;
mod folder;
mod hash;
mod message;
mod migration;
mod model;
mod model_enum;
mod option;
mod polymorphic;
mod projection;
mod routes;
mod schema;
mod test;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

use crate::fault::Faults;

#[doc = include_str!("docs/model.md")]
#[proc_macro_derive(Model, attributes(model, belongs_to, has_many, has_one, validate))]
pub fn derive_model(item: TokenStream) -> TokenStream {
    finished(model::derive(item.into()))
}

#[doc = include_str!("docs/polymorphic.md")]
#[proc_macro_derive(Polymorphic)]
pub fn derive_polymorphic(item: TokenStream) -> TokenStream {
    finished(polymorphic::derive(item.into()))
}

#[doc = include_str!("docs/model_enum.md")]
#[proc_macro_derive(ModelEnum, attributes(model_enum))]
pub fn derive_model_enum(item: TokenStream) -> TokenStream {
    finished(model_enum::derive(item.into()))
}

#[doc = include_str!("docs/column_type.md")]
#[proc_macro_derive(ColumnType, attributes(column_type))]
pub fn derive_column_type(item: TokenStream) -> TokenStream {
    finished(column_type::derive(item.into()))
}

#[doc = include_str!("docs/projection.md")]
#[proc_macro_derive(Projection, attributes(projection))]
pub fn derive_projection(item: TokenStream) -> TokenStream {
    finished(projection::derive(item.into()))
}

#[doc = include_str!("docs/controller.md")]
#[proc_macro_attribute]
pub fn controller(attribute: TokenStream, item: TokenStream) -> TokenStream {
    finished(controller::attribute(attribute.into(), item.into()))
}

#[doc = include_str!("docs/create.md")]
#[proc_macro]
pub fn create(tokens: TokenStream) -> TokenStream {
    finished(create::function_like(tokens.into()))
}

#[doc = include_str!("docs/migration.md")]
#[proc_macro_attribute]
pub fn migration(attribute: TokenStream, item: TokenStream) -> TokenStream {
    finished(migration::attribute(attribute.into(), item.into()))
}

#[doc = include_str!("docs/routes.md")]
#[proc_macro]
pub fn routes(tokens: TokenStream) -> TokenStream {
    finished(routes::function_like(tokens.into()))
}

#[doc = include_str!("docs/test.md")]
#[proc_macro_attribute]
pub fn test(attribute: TokenStream, item: TokenStream) -> TokenStream {
    finished(test::attribute(attribute.into(), item.into()))
}

#[doc = include_str!("docs/tests.md")]
#[proc_macro_attribute]
pub fn tests(attribute: TokenStream, item: TokenStream) -> TokenStream {
    finished(test::group::attribute(attribute.into(), item.into()))
}

#[doc = include_str!("docs/t.md")]
#[proc_macro]
pub fn t(tokens: TokenStream) -> TokenStream {
    finished_expression(message::function_like(tokens.into()))
}

#[doc = include_str!("docs/messages.md")]
#[proc_macro]
pub fn messages(tokens: TokenStream) -> TokenStream {
    finished_expression(message::all(tokens.into()))
}

/// The expansion, followed by one compile error for each mistake.
fn finished((mut expansion, faults): (proc_macro2::TokenStream, Faults)) -> TokenStream {
    expansion.extend(faults.into_compile_errors());
    expansion.into()
}

/// The same where an expression stands, which several errors are not.
fn finished_expression((expansion, faults): (proc_macro2::TokenStream, Faults)) -> TokenStream {
    if faults.is_empty() {
        return expansion.into();
    }
    let errors = faults.into_compile_errors();
    quote::quote! { { #errors #expansion } }.into()
}
