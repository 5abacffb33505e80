//! A model against the table that the database has, by `db/schema.json`.
//!
//! Names are compared here. Whether a type fits is left to rustc, unless it plainly does: only rustc knows what an alias
//! stands for, and how an enum or a newtype is stored.

use proc_macro2::TokenStream;
use quote::{format_ident, quote_spanned};
use syn::ext::IdentExt;
use syn::{GenericArgument, PathArguments, Type};

use super::args::ModelArgs;
use super::expand::behind;
use super::ir::{Column, Declaration, last_segment};
use crate::fault::{Faults, source};
use crate::schema::{Source, Stored, Table};

/// What of `declaration` is not as the database has it goes to `faults`; what only rustc can tell is code.
pub(super) fn check(
    args: &ModelArgs,
    declaration: &mut Declaration,
    source: &Source,
    faults: &mut Faults,
) -> TokenStream {
    if args.options.unchecked.is_some() {
        return TokenStream::new();
    }
    let Some(table) = table(args, declaration, source, faults) else {
        return TokenStream::new();
    };
    let mut assertions = TokenStream::new();
    // Columns that a field was probably meant for.
    let mut meant = Vec::new();
    for column in &mut declaration.outline.columns {
        match table.get(&column.name) {
            Some(stored) => {
                column.has_default = stored.has_default;
                assertions.extend(assertion(&declaration.table, column, stored));
            }
            None => meant.extend(missing(args, &declaration.table, column, table, faults)),
        }
    }
    left_out(declaration, table, &meant, faults);
    assertions
}

/// A table of that name, or what is wrong.
fn table<'a>(
    args: &ModelArgs,
    declaration: &Declaration,
    source: &'a Source,
    faults: &mut Faults,
) -> Option<&'a Table> {
    let schema = match &source.schema {
        Ok(schema) => schema,
        Err(error) => {
            faults.at(
                &args.ident,
                format!(
                    "`{}` cannot be read: {error}; `velocious db:migrate` writes it anew",
                    source.path.display()
                ),
            );
            return None;
        }
    };
    let name = &declaration.table;
    let found = schema.table(name);
    if found.is_none() {
        let meant = velocious_naming::nearest(name, schema.table_names());
        let cure = match meant {
            Some(meant) => format!("did you mean `#[model(table = \"{meant}\")]`?"),
            None => "a migration creates it, and `velocious db:migrate` runs that".to_owned(),
        };
        let fault = format!("the database has no table `{name}`; {cure}");
        match &args.options.table {
            Some(given) => faults.at(&given.0, fault),
            None => faults.at(&args.ident, fault),
        }
    }
    found
}

/// A field whose column is called otherwise, which is answered, or is not there yet.
fn missing<'a>(
    args: &ModelArgs,
    table_name: &str,
    column: &Column,
    table: &'a Table,
    faults: &mut Faults,
) -> Option<&'a str> {
    let Column { ident, name, .. } = column;
    let fault = format!("the table `{table_name}` has no column `{name}`");
    let is_free =
        |candidate: &&String| !args.fields.iter().any(|field| field.name() == **candidate);
    let others: Vec<_> = table.keys().filter(is_free).collect();
    let meant = velocious_naming::nearest(name, others);
    let cure = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "add it in a migration (`m.add_column(\"{table_name}\", |t| t.{}(\"{name}\"))`) and run `velocious db:migrate`, or mark a field that is not stored with `#[model(transient)]`",
            plainly(without_option(&column.ty).0).map_or("string", |kinds| kinds[0])
        ),
    };
    let given = args.fields.iter().find(|field| field.ident == *ident);
    match given.and_then(|field| field.options.column.as_ref()) {
        Some(given) => faults.at(&given.0, format!("{fault}; {cure}")),
        None => faults.at(ident, format!("{fault}; {cure}")),
    }
    meant
}

/// A row cannot be inserted without a value for these. A struct that is only read does not insert.
fn left_out(declaration: &Declaration, table: &Table, meant: &[&str], faults: &mut Faults) {
    let outline = &declaration.outline;
    if outline.record.is_none() {
        return;
    }
    for (name, stored) in table {
        let mut columns = outline.columns.iter();
        let has_field =
            columns.any(|column| column.name == *name) || meant.contains(&name.as_str());
        if !has_field && !stored.is_nullable && !stored.has_default {
            let field = match velocious_naming::is_rust_keyword(name) {
                true => format!("r#{name}"),
                false => name.clone(),
            };
            faults.at(
                &outline.ident,
                format!(
                    "the column `{}.{name}` cannot be NULL and has no default, and `{}` has no field for it; add `pub {field}: {}`, or give the column a default in a migration",
                    declaration.table,
                    outline.ident.unraw(),
                    rust_type(&stored.kind).unwrap_or("…")
                ),
            );
        }
    }
}

/// Asks rustc whether the type fits; nothing where it plainly does.
// Expands to: const _: () = __private::fits::<TaskStatus>(__private::Stored::String, false, "…", "…");
fn assertion(table: &str, column: &Column, stored: &Stored) -> Option<TokenStream> {
    let ty = &column.ty;
    let (inner, is_option) = without_option(ty);
    let fits = plainly(inner).is_some_and(|kinds| kinds.contains(&stored.kind.as_str()));
    if fits && (is_option || !stored.is_nullable) {
        return None;
    }
    let name = format!("{table}.{}", column.name);
    let kind = &stored.kind;
    let other = match rust_type(kind) {
        Some(other) if is_option => format!("make the field `Option<{other}>`"),
        Some(other) => format!("make the field `{other}`"),
        None => "give the field another type".to_owned(),
    };
    let of_another_type = format!(
        "the column `{name}` has the type `{kind}` in the database, and `{}` cannot hold that; {other}, or change the column in a migration",
        source(inner)
    );
    let nullable = format!(
        "the column `{name}` can be NULL in the database; make the field `Option<{}>`, or forbid that in a migration: `m.change_column_null(\"{table}\", \"{}\", false)`",
        source(ty),
        column.name
    );
    let variant = format_ident!("{}", variant(kind));
    let is_nullable = stored.is_nullable;
    Some(quote_spanned! { behind(ty) =>
        const _: () = __private::fits::<#ty>(
            __private::Stored::#variant,
            #is_nullable,
            #of_another_type,
            #nullable,
        );
    })
}

/// The type inside of an `Option`.
fn without_option(ty: &Type) -> (&Type, bool) {
    if let Some(segment) = last_segment(ty)
        && segment.ident == "Option"
        && let PathArguments::AngleBracketed(arguments) = &segment.arguments
        && let Some(GenericArgument::Type(inner)) = arguments.args.first()
    {
        return (inner, true);
    }
    (ty, false)
}

/// The types of columns that a type of this name holds. It need not be the type that is usually called so; then the
/// database has the last word.
fn plainly(ty: &Type) -> Option<&'static [&'static str]> {
    let written = source(ty);
    let last = written.rsplit("::").next().unwrap_or(&written);
    Some(match last {
        "bool" => &["boolean"],
        "i16" => &["smallint"],
        "i32" => &["integer", "smallint"],
        "i64" => &["bigint", "integer", "smallint"],
        "f32" => &["float"],
        "f64" => &["double", "float"],
        "String" => &["string", "text", "json"],
        "Vec<u8>" => &["binary"],
        "NaiveDate" => &["date"],
        "NaiveTime" => &["time"],
        "NaiveDateTime" | "DateTime<Utc>" => &["datetime"],
        _ => return None,
    })
}

/// The type for a column of this type.
fn rust_type(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "boolean" => "bool",
        "smallint" => "i16",
        "integer" => "i32",
        "bigint" => "i64",
        "float" => "f32",
        "double" => "f64",
        "decimal" => "Decimal",
        "uuid" => "Uuid",
        "json" => "serde_json::Value",
        "string" | "text" => "String",
        "binary" => "Vec<u8>",
        "date" => "NaiveDate",
        "time" => "NaiveTime",
        "datetime" => "DateTime<Utc>",
        _ => return None,
    })
}

/// The variant of the runtime's `Stored`.
fn variant(kind: &str) -> &'static str {
    match kind {
        "boolean" => "Boolean",
        "smallint" => "SmallInt",
        "integer" => "Integer",
        "bigint" => "BigInt",
        "float" => "Float",
        "double" => "Double",
        "decimal" => "Decimal",
        "string" | "text" => "Text",
        "binary" => "Binary",
        "json" => "Json",
        "uuid" => "Uuid",
        "date" => "Date",
        "time" => "Time",
        "datetime" => "DateTime",
        _ => "Other",
    }
}
