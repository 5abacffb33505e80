//! A model as Rust: a handle for queries, the changes to assign, and the traits of the runtime.
//!
//! * [`expand`]: a declaration in full; [`expand_outline`]: what stands in for one that has a mistake, so that
//!   the code around it has nothing to complain about.
//! * One emitter for each item, in the order in which they are emitted.

use proc_macro2::{Group, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Type};

use super::args::RelationKind;
use super::bond::{effect_assertions, relation_definition};
use super::ir::{
    Column, Declaration, Fill, Outline, Relation, RelationKey, attributes, fill, position,
};
use super::{password, translation, validation};

/// Everything the runtime and the user's code need of a model.
pub(super) fn expand(declaration: &Declaration, stored: &TokenStream) -> TokenStream {
    let model = model_impl(declaration);
    let assertions = assertions(declaration);
    let mut methods = validation::methods(&declaration.validations);
    methods.extend(declaration.outline.callbacks.map(lifecycle));
    methods.extend(password::methods(&declaration.outline));
    with_surface(
        &declaration.outline,
        methods,
        quote! { #model #assertions #stored },
    )
}

/// A model to compile against, never to run: the build fails anyway.
pub(super) fn expand_outline(outline: &Outline) -> TokenStream {
    with_surface(outline, TokenStream::new(), stub_impl(outline))
}

/// The types the model brings along and, out of the sight of the user's names, what is implemented for them.
fn with_surface(
    outline: &Outline,
    record_methods: TokenStream,
    implementations: TokenStream,
) -> TokenStream {
    let handle = handle(outline);
    let changes = changes(outline);
    let handle_impl = handle_impl(outline);
    let record_impl = record_impl(outline, &record_methods);
    let marks = marks(outline);
    let loaders = loaders(outline);
    let translations = translation::model(outline);
    let texts = translation::record_methods(outline);
    let password = password::companion(outline);
    quote! {
        #handle
        #changes
        #translations
        const _: () = {
            use ::velocious::__private;
            #handle_impl
            #record_impl
            #marks
            #loaders
            #texts
            #password
            #implementations
        };
    }
}

// Expands to: pub struct TaskHandle<R>(Path, PhantomData<fn() -> R>);
fn handle(outline: &Outline) -> TokenStream {
    let Outline {
        vis, ident, handle, ..
    } = outline;
    let doc = format!(" The columns and relationships of [`{ident}`] in a query.");
    quote! {
        #[doc = #doc]
        #vis struct #handle<R>(::velocious::__private::Path, ::core::marker::PhantomData<fn() -> R>);
    }
}

// Expands to:
//
//     impl<R: 'static> TaskHandle<R> {
//         pub fn name(&self) -> Column<R, String> { … }
//         pub fn project(&self) -> <Project as Model>::Handle<R> { … }
//     }
//     impl<R: 'static> RelationPath for TaskHandle<R> { … }
fn handle_impl(outline: &Outline) -> TokenStream {
    let Outline { ident, handle, .. } = outline;
    let columns = outline.columns.iter().map(column_method);
    let relations = outline.relations.iter().enumerate();
    let relations = relations.map(|(index, relation)| relation_method(outline, index, relation));
    let texts = translation::handle_methods(outline);
    quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl<R: 'static> #handle<R> {
            #(#columns)*
            #(#relations)*
            #texts
        }

        #[automatically_derived]
        impl<R: 'static> __private::RelationPath for #handle<R> {
            type Root = R;
            type Target = #ident;
            fn path(&self) -> &__private::Path {
                &self.0
            }
            fn at(path: __private::Path) -> Self {
                Self(path, ::core::marker::PhantomData)
            }
        }
    }
}

fn column_method(column: &Column) -> TokenStream {
    let Column {
        vis,
        ident,
        ty,
        name,
        ..
    } = column;
    let doc = format!(" The column `{name}`.");
    quote! {
        #[doc = #doc]
        #vis fn #ident(&self) -> __private::Column<R, #ty> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), #name)
        }
    }
}

fn relation_method(outline: &Outline, index: usize, relation: &Relation) -> TokenStream {
    let Relation {
        vis, ident, target, ..
    } = relation;
    let owner = &outline.ident;
    let index = Literal::usize_unsuffixed(index);
    let (kind, related) = match relation.kind {
        RelationKind::BelongsToAny => (quote! { Polymorphic }, quote! { related_any }),
        _ => (quote! { Model }, quote! { related }),
    };
    let handle = quote_spanned! { target.span() => <#target as __private::#kind>::Handle<R> };
    let path = quote_spanned! { behind(target) =>
        __private::#related::<#owner, _>(&self.0, #index)
    };
    let doc = format!(" The relationship `{}`.", ident.unraw());
    quote! {
        #[doc = #doc]
        #vis fn #ident(&self) -> #handle {
            #path
        }
    }
}

// Expands to:
//
//     #[derive(Clone, Debug, Default)]
//     pub struct TaskChanges { pub name: Option<String>, … }
fn changes(outline: &Outline) -> TokenStream {
    let Outline {
        vis,
        ident,
        changes,
        ..
    } = outline;
    let columns = changeable(outline).map(|(_, column)| column);
    let fields = columns.chain(&outline.transients).map(|column| {
        let Column { vis, ident, ty, .. } = column;
        let doc = format!(" The new value of `{}`.", ident.unraw());
        quote! { #[doc = #doc] #vis #ident: ::core::option::Option<#ty> }
    });
    let texts = translation::change_fields(outline);
    let password = password::change_fields(outline);
    let doc = format!(" New values for some fields of a [`{ident}`].");
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone,
            ::core::fmt::Debug,
            ::core::default::Default,
        )]
        #vis struct #changes {
            #(#fields,)*
            #(#texts,)*
            #password
        }
    }
}

/// Every column but the primary key, which is given once and never assigned.
fn changeable(outline: &Outline) -> impl Iterator<Item = (usize, &Column)> {
    let columns = outline.columns.iter().enumerate();
    columns.filter(|(index, _)| Some(*index) != outline.primary_key)
}

// Expands to: impl Record for Task { … }, or to nothing.
fn record_impl(outline: &Outline, methods: &TokenStream) -> Option<TokenStream> {
    let ident = &outline.ident;
    let (record, record_mut) = match (&outline.record, outline.callbacks) {
        (Some(record), _) => (quote! { &self.#record }, quote! { &mut self.#record }),
        // The mistake is told; its callbacks are none.
        (None, Some(_)) => (
            quote! { ::core::unreachable!() },
            quote! { ::core::unreachable!() },
        ),
        (None, None) => return None,
    };
    Some(quote! {
        #[automatically_derived]
        impl __private::Record for #ident {
            fn record(&self) -> &__private::RecordState {
                #record
            }
            fn record_mut(&mut self) -> &mut __private::RecordState {
                #record_mut
            }
            #methods
        }
    })
}

// Expands to: const LIFECYCLE: Option<Lifecycle<Self>> = Some(Lifecycle::of());
fn lifecycle(word: Span) -> TokenStream {
    let of = quote_spanned! { word.resolved_at(Span::call_site()) => __private::Lifecycle::of() };
    quote! {
        const LIFECYCLE: ::core::option::Option<__private::Lifecycle<Self>> =
            ::core::option::Option::Some(#of);
    }
}

// Expands to: impl RunsCallbacks for Task {} and impl Timestamped for Task {}, as far as they are true.
fn marks(outline: &Outline) -> TokenStream {
    let ident = &outline.ident;
    let callbacks = outline.callbacks.map(|_| quote! { RunsCallbacks });
    let is_timestamped = outline.record.is_some() && position(outline, "updated_at").is_some();
    let timestamped = is_timestamped.then(|| quote! { Timestamped });
    let marks = callbacks.into_iter().chain(timestamped);
    let marks = marks.map(|mark| {
        quote! {
            #[automatically_derived]
            impl __private::#mark for #ident {}
        }
    });
    marks.collect()
}

// Expands to: impl Task { pub async fn load_project(&mut self, db: &Db) -> Result<()> { … } }, or to nothing.
fn loaders(outline: &Outline) -> Option<TokenStream> {
    if outline.relations.is_empty() {
        return None;
    }
    let ident = &outline.ident;
    let loaders = outline
        .relations
        .iter()
        .enumerate()
        .map(|(index, relation)| {
            let Relation { vis, ident, .. } = relation;
            let loader = format_ident!("load_{}", ident.unraw(), span = ident.span());
            let index = Literal::usize_unsuffixed(index);
            let doc = format!(
                " Loads the relationship `{}` from the database.",
                ident.unraw()
            );
            quote! {
                #[doc = #doc]
                #vis async fn #loader(
                    &mut self,
                    db: &__private::Db,
                ) -> __private::Result<()> {
                    <Self as __private::Model>::load_relation(self, db, #index).await
                }
            }
        });
    Some(quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident {
            #(#loaders)*
        }
    })
}

// Expands to: impl Model for Task { … }
fn model_impl(declaration: &Declaration) -> TokenStream {
    let outline = &declaration.outline;
    let Outline {
        ident,
        handle,
        changes,
        columns,
        ..
    } = outline;
    let key = &columns[declaration.primary_key];
    let (key_type, key_field) = (&key.ty, &key.ident);
    let column_definitions = column_definitions(declaration);
    let definition = definition(declaration);
    let new = new(outline);
    let from_row = from_row(outline);
    let value = value(declaration);
    let set_value = set_value(outline);
    let apply = apply(outline);
    let changed_columns = changed_columns(outline);
    let slots = slots(outline);
    let as_record = as_record(outline);
    quote! {
        #[automatically_derived]
        impl __private::Model for #ident {
            type Handle<R: 'static> = #handle<R>;
            type Key = #key_type;
            type Changes = #changes;
            #column_definitions
            #definition
            #new
            fn key(&self) -> Self::Key {
                ::core::clone::Clone::clone(&self.#key_field)
            }
            #from_row
            #value
            #set_value
            #apply
            #changed_columns
            #slots
            #as_record
        }
    }
}

// Expands to: const COLUMNS: &'static [ColumnDefinition] = &[column::<i64>("id").kept(), …];
fn column_definitions(declaration: &Declaration) -> TokenStream {
    let columns = declaration.outline.columns.iter().enumerate();
    let columns = columns.map(|(index, column)| {
        let Column { ty, name, .. } = column;
        let field = column.ident.unraw().to_string();
        let called = (*name != field).then(|| quote! { .called(#field) });
        let filled = match fill(declaration, index) {
            Fill::Given => None,
            Fill::Framework => Some(quote! { .kept() }),
            Fill::Database => Some(quote! { .defaulted() }),
        };
        quote! { __private::column::<#ty>(#name) #called #filled }
    });
    quote! {
        const COLUMNS: &'static [__private::ColumnDefinition] = &[#(#columns),*];
    }
}

// Expands to: fn definition() -> &'static ModelDefinition { … }
fn definition(declaration: &Declaration) -> TokenStream {
    let outline = &declaration.outline;
    let Declaration {
        table, primary_key, ..
    } = declaration;
    let ident = &outline.ident;
    let model = ident.unraw().to_string();
    let primary_key = Literal::usize_unsuffixed(*primary_key);
    let relations = outline.relations.iter().zip(&declaration.bonds).enumerate();
    let relations = relations
        .map(|(index, (relation, bond))| relation_definition(declaration, index, relation, bond));
    let transients = attributes(outline).skip(outline.columns.len());
    let transients = transients.map(|attribute| &attribute.name);
    let translations = translation::definition(outline);
    let validations = declaration.validations.iter();
    let validations = validations.map(|rule| validation::validation(outline, rule));
    let created_at = option(declaration.created_at);
    let updated_at = option(declaration.updated_at);
    quote! {
        fn definition() -> &'static __private::ModelDefinition {
            #translations
            static DEFINITION: __private::ModelDefinition =
                __private::ModelDefinition {
                    model: #model,
                    table: #table,
                    primary_key: #primary_key,
                    columns: <#ident as __private::Model>::COLUMNS,
                    relations: &[#(#relations),*],
                    transients: &[#(#transients),*],
                    validations: &[#(#validations),*],
                    created_at: #created_at,
                    updated_at: #updated_at,
                };
            &DEFINITION
        }
    }
}

fn new(outline: &Outline) -> TokenStream {
    let columns = outline.columns.iter().map(|Column { ident, ty, .. }| {
        let default = quote_spanned! { behind(ty) => ::core::default::Default::default() };
        quote! { #ident: #default }
    });
    let relations = relations(outline);
    let rest = columnless_fields(outline, "of_new");
    quote! {
        fn new() -> Self {
            #relations
            Self {
                #(#columns,)*
                #(#rest,)*
            }
        }
    }
}

fn from_row(outline: &Outline) -> TokenStream {
    let columns = outline.columns.iter().enumerate();
    let columns = columns.map(|(index, Column { ident, ty, .. })| {
        let index = Literal::usize_unsuffixed(index);
        let value = quote_spanned! { behind(ty) => row.get(at + #index)? };
        quote! { #ident: #value }
    });
    let relations = relations(outline);
    let rest = columnless_fields(outline, "unloaded");
    let fields = quote! { Self { #(#columns,)* #(#rest,)* } };
    let record = match &outline.record {
        Some(_) => quote! { __private::loaded(#fields) },
        None => fields,
    };
    quote! {
        fn from_row(
            row: &dyn __private::RowRead,
            at: usize,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            #relations
            ::core::result::Result::Ok(#record)
        }
    }
}

/// What [`columnless_fields`] reads.
fn relations(outline: &Outline) -> Option<TokenStream> {
    let ident = &outline.ident;
    outline.relations.iter().any(|it| it.is_field).then(|| {
        quote! { let relations = <#ident as __private::Model>::definition().relations; }
    })
}

/// The fields that no column fills: relationships, as the slot's function `how` makes them, and the state of a new
/// record.
fn columnless_fields<'a>(
    outline: &'a Outline,
    how: &'a str,
) -> impl Iterator<Item = TokenStream> + 'a {
    let relations = outline.relations.iter().enumerate();
    let relations = relations.filter(|(_, relation)| relation.is_field);
    let how = Ident::new(how, Span::call_site());
    let relations = relations.map(move |(index, Relation { ident, kind, .. })| {
        let slot = format_ident!("{}", kind.slot());
        let index = Literal::usize_unsuffixed(index);
        quote! { #ident: __private::#slot::#how(&relations[#index]) }
    });
    let rest = outline.transients.iter().map(|field| &field.ident);
    let rest = rest.chain(&outline.record).map(|record| {
        quote! { #record: ::core::default::Default::default() }
    });
    relations.chain(rest)
}

/// The values of the columns and, behind them, of what else a rule is about.
fn value(declaration: &Declaration) -> TokenStream {
    let outline = &declaration.outline;
    let fields = outline.columns.len() + outline.transients.len();
    let attributes = attributes(outline).enumerate().filter(|(index, _)| {
        *index < outline.columns.len() || declaration.validations.reads(*index)
    });
    let arms = attributes.map(|(index, Column { ident, ty, .. })| {
        let at = Literal::usize_unsuffixed(index);
        if let Some(translated) = index.checked_sub(fields) {
            let translated = Literal::usize_unsuffixed(translated);
            return quote! { #at => __private::text_value(self, #translated), };
        }
        let field = moved(ident, behind(ty));
        let value = quote_spanned! { behind(ty) => __private::ColumnType::to_value(&self.#field) };
        quote! { #at => #value, }
    });
    quote! {
        fn value(&self, column: usize) -> __private::Value {
            match column {
                #(#arms)*
                _ => __private::Value::Null(__private::ValueKind::Bool),
            }
        }
    }
}

fn set_value(outline: &Outline) -> TokenStream {
    let columns = outline.columns.iter().enumerate();
    let arms = columns.map(|(index, Column { ident, ty, .. })| {
        let index = Literal::usize_unsuffixed(index);
        let field = moved(ident, behind(ty));
        let assignment = quote_spanned! { behind(ty) =>
            self.#field = __private::ColumnType::from_value(value)?
        };
        quote! { #index => #assignment, }
    });
    quote! {
        fn set_value(
            &mut self,
            column: usize,
            value: __private::Value,
        ) -> ::core::result::Result<(), __private::BoxError> {
            match column {
                #(#arms)*
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
    }
}

// Expands to: fn apply(…) { assign(&mut self.name, changes.name); … }
fn apply(outline: &Outline) -> TokenStream {
    let columns = changeable(outline).map(|(_, column)| column);
    let fields = columns.chain(&outline.transients);
    let assignments = fields.map(|Column { ident, .. }| {
        quote! { __private::assign(&mut self.#ident, changes.#ident); }
    });
    let texts = translation::apply(outline);
    let password = password::apply(outline);
    quote! {
        fn apply(&mut self, changes: Self::Changes) {
            #(#assignments)*
            #(#texts)*
            #password
        }
    }
}

// Expands to: fn changed_columns(changes: &Self::Changes) -> Vec<usize> { … }
fn changed_columns(outline: &Outline) -> TokenStream {
    let columns = changeable(outline).map(|(index, Column { ident, .. })| {
        let index = Literal::usize_unsuffixed(index);
        quote! { (#index, changes.#ident.is_some()) }
    });
    quote! {
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([#(#columns),*])
        }
    }
}

// Expands to:
//
//     fn slot(&self, relation: usize) -> Option<&dyn Slot> { match relation { 0 => Some(&self.project), _ => None } }
//     fn slot_mut(&mut self, relation: usize) -> Option<&mut dyn Slot> { … }
fn slots(outline: &Outline) -> TokenStream {
    let arms = |mutability: Option<TokenStream>, of_state: TokenStream| {
        let relations = outline.relations.iter().enumerate();
        relations
            .map(move |(index, relation)| {
                let Relation { ident, target, .. } = relation;
                let index = Literal::usize_unsuffixed(index);
                if !relation.is_field {
                    return quote! { #index => __private::#of_state(self), };
                }
                // A target that is no model is complained about where it is named.
                let (span, mut field) = (target.span(), ident.clone());
                field.set_span(span);
                let slot = quote_spanned! { span =>
                    ::core::option::Option::Some(&#mutability self.#field)
                };
                quote! { #index => #slot, }
            })
            .collect::<TokenStream>()
    };
    let shared = arms(None, quote! { translation_slot });
    let unique = arms(Some(quote! { mut }), quote! { translation_slot_mut });
    quote! {
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                #shared
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                #unique
                _ => ::core::option::Option::None,
            }
        }
    }
}

// Expands to: fn as_record(&self) -> Option<&dyn AnyRecord> { Some(self) } and the same to change, or to nothing.
fn as_record(outline: &Outline) -> Option<TokenStream> {
    outline.record.as_ref().map(|_| {
        quote! {
            fn as_record(&self) -> ::core::option::Option<&dyn __private::AnyRecord> {
                ::core::option::Option::Some(self)
            }
            fn as_record_mut(&mut self) -> ::core::option::Option<&mut dyn __private::AnyRecord> {
                ::core::option::Option::Some(self)
            }
        }
    })
}

/// What only rustc knows: the types of keys, the fields of other models, and what has a length.
// Expands to: const _: fn() = || { assert_own_key::<i64, Project>(); … };
fn assertions(declaration: &Declaration) -> Option<TokenStream> {
    let outline = &declaration.outline;
    let bonds = outline.relations.iter().zip(&declaration.bonds);
    let keys = bonds.filter_map(|(relation, bond)| match bond.key {
        RelationKey::Own { column, to: None } => {
            Some(own_key_assertion(&outline.columns[column], relation))
        }
        RelationKey::Any { column, model } => {
            let (key, model) = (&outline.columns[column].ty, &outline.columns[model].ty);
            Some(any_assertion(relation, key, model))
        }
        // Checked where it is looked up.
        _ => None,
    });
    let effects = outline.relations.iter().zip(&declaration.bonds);
    let effects = effects.filter_map(|(relation, bond)| effect_assertions(relation, bond));
    let rules = validation::assertions(outline, &declaration.validations);
    let version = declaration.lock_version.map(|column| {
        let ty = &outline.columns[column].ty;
        quote! { __private::assert_lock_version::<#ty>(); }
    });
    let assertions = keys.chain(effects).chain(rules).chain(version);
    let assertions: Vec<_> = assertions.collect();
    if assertions.is_empty() {
        return None;
    }
    Some(quote! {
        const _: fn() = || {
            #(#assertions)*
        };
    })
}

fn own_key_assertion(column: &Column, relation: &Relation) -> TokenStream {
    let (ty, target) = (&column.ty, &relation.target);
    quote! { __private::assert_own_key::<#ty, #target>(); }
}

fn any_assertion(relation: &Relation, key: &Type, model: &Type) -> TokenStream {
    // rustc would report under the enum that its models have other keys.
    let target = moved_tokens(&relation.target, behind(key));
    let key = quote_spanned! { behind(key) => __private::assert_any_key::<#target, #key>(); };
    let model = quote_spanned! { behind(model) => __private::assert_model_name::<#model>(); };
    quote! { #key #model }
}

/// The same `impl` with no code in it.
fn stub_impl(outline: &Outline) -> TokenStream {
    let Outline {
        ident,
        handle,
        changes,
        ..
    } = outline;
    let key = match outline.primary_key {
        Some(column) => outline.columns[column].ty.to_token_stream(),
        None => quote! { i64 },
    };
    quote! {
        #[automatically_derived]
        impl __private::Model for #ident {
            type Handle<R: 'static> = #handle<R>;
            type Key = #key;
            type Changes = #changes;
            const COLUMNS: &'static [__private::ColumnDefinition] = &[];
            fn definition() -> &'static __private::ModelDefinition {
                ::core::unreachable!()
            }
            fn new() -> Self {
                ::core::unreachable!()
            }
            fn key(&self) -> Self::Key {
                ::core::unreachable!()
            }
            fn from_row(
                _: &dyn __private::RowRead,
                _: usize,
            ) -> ::core::result::Result<Self, __private::BoxError> {
                ::core::unreachable!()
            }
            fn value(&self, _: usize) -> __private::Value {
                ::core::unreachable!()
            }
            fn set_value(
                &mut self,
                _: usize,
                _: __private::Value,
            ) -> ::core::result::Result<(), __private::BoxError> {
                ::core::unreachable!()
            }
            fn apply(&mut self, _: Self::Changes) {}
            fn changed_columns(_: &Self::Changes) -> ::std::vec::Vec<usize> {
                ::core::unreachable!()
            }
            fn slot(&self, _: usize) -> ::core::option::Option<&dyn __private::Slot> {
                ::core::unreachable!()
            }
            fn slot_mut(
                &mut self,
                _: usize,
            ) -> ::core::option::Option<&mut dyn __private::Slot> {
                ::core::unreachable!()
            }
        }
    }
}

/// Where `tokens` stand, but as code of this macro: what is wrong with a type is reported under it, however often it
/// is used, and no lint and no suggestion takes what is written here for the user's.
pub(super) fn behind(tokens: &impl Spanned) -> Span {
    tokens.span().resolved_at(Span::call_site())
}

/// The same name at another place.
pub(super) fn moved(ident: &Ident, span: Span) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(span);
    ident
}

pub(super) fn moved_tokens(tokens: &impl ToTokens, span: Span) -> TokenStream {
    let trees = tokens.to_token_stream().into_iter();
    let moved = trees.map(|mut tree| {
        if let TokenTree::Group(group) = &tree {
            let inside = moved_tokens(&group.stream(), span);
            tree = Group::new(group.delimiter(), inside).into();
        }
        tree.set_span(span);
        tree
    });
    moved.collect()
}

fn option(value: Option<usize>) -> TokenStream {
    match value.map(Literal::usize_unsuffixed) {
        Some(value) => quote! { ::core::option::Option::Some(#value) },
        None => quote! { ::core::option::Option::None },
    }
}
